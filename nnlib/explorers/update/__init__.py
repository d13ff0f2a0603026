"""The update that a network in training makes next: its rows, its gradients, its new weights."""
