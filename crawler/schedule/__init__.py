"""When a source is polled next: pure decisions."""
