"""A network as a program for PyTorch or Keras."""
