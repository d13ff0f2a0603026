"""Backpropagation on one row, number by number."""
