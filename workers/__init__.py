"""Decides and tells: reads pages, matches topics, joins copies, delivers alerts. Never fetches pages."""
