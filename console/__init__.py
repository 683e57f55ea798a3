"""What people touch: the command line, and the supervisor that runs the parts of one machine."""
