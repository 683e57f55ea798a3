"""Finds and fetches: polls sources, finds their new entries, fetches the pages. Never decides."""
