"""Sources that are no feeds: section pages and sitemaps, and how an address is told to be which."""
