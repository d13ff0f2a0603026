"""Digits drawn by hand, read by a network."""
