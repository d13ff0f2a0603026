"""Explorers that play: a clock, Play and Pause, the epoch at which they stop."""
