"""Which stories are one: fingerprints, and how alike is alike enough."""
