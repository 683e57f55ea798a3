"""Where we may connect."""
