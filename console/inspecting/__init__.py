"""What one stage makes of files, addresses and lines: the work of ``wirewatch inspect``."""
