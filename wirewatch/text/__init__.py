"""Normalising, tokens, URLs, plain text: pure functions."""
