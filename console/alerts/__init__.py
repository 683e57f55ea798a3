"""What ``wirewatch alerts`` does."""
