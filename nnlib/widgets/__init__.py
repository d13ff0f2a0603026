"""What all widgets of the course share: when they end, where they stand, what their kernel does."""
