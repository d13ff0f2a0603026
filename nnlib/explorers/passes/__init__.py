"""One row's pass through a small network: its steps, in words, and on a figure."""
