"""Activation functions, softmax, and curves made of hinges."""
