"""What a learner answers: predictions to commit to, and checks of the exercises."""

from nnlib.exercises.neurons import check_and_gate, check_mean_squared_error, check_neuron
from nnlib.exercises.predictions import open_all, predict

__all__ = [
    "check_and_gate",
    "check_mean_squared_error",
    "check_neuron",
    "open_all",
    "predict",
]
