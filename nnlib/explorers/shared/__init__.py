"""What explorers of several topics have in common."""
