"""Scrapy's spiders: ``watch`` is the daemon's; ``feed``, ``section`` and ``sitemap`` export one source."""
