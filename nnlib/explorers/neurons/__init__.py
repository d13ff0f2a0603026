"""One neuron: its line, its map of right answers, a new row."""
