"""Parameters, and the sliders, boxes and lists that move them."""
