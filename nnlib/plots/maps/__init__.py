"""Colours and heights over a plane: outputs, losses, weights."""
