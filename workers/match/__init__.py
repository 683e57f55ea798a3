"""Queries read, stories matched, matches explained: pure functions over values."""
