"""Page readers side by side: the pages with their truth, the readers, the report."""
