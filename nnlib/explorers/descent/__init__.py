"""Gradient descent and its relatives on a surface of two weights."""
