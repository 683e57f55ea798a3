"""A story's facts beside its text: each by agreement of what the page, its markup and the feed say."""
