"""Training: mini-batches, the step, the history of its losses, and what is kept of it."""

from nnlib.training.trainer import Trainer, fit

__all__ = ["Trainer", "fit"]
