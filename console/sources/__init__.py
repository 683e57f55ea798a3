"""What ``wirewatch sources`` does."""
