"""A network that learns while you watch."""
