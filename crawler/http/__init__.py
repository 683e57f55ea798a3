"""How pages are fetched: the guarded download handler, and what an answer means."""
