"""A training run as a value: its settings, its data, what it has learned. No widgets here."""
