"""Gradients of a whole batch: arrows, checks, bugs, and layers in which they vanish."""
