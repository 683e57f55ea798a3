"""Feed pollers side by side on loopback: the servers, the contestants, the report."""
