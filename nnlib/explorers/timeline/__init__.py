"""A training run, moment by moment, and a fork of it."""
