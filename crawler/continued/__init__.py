"""Stories that go on over several pages: where the next page is, and the way to it."""
