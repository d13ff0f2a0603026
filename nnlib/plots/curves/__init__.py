"""Curves: losses against epochs, activations, and how their axes are marked."""
