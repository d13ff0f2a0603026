"""Predictions: a question, a place to answer it, and Commit."""
