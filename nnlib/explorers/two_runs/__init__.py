"""Two training runs that differ in one setting."""
