"""``wirewatch.yaml``: its model, its loading with errors that name file and line, its live edits."""
