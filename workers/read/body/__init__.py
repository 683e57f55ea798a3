"""A story's own paragraphs among all that its page shows."""
