"""Lists of sources as files: OPML, CSV and TSV, JSON, and plain lists; read and written."""
