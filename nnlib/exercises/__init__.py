"""What a learner answers: predictions to commit to, and checks of the exercises."""

from nnlib.exercises.chapters.activations import (
    check_collapse,
    check_leaky_relu,
    check_outputs,
    check_positive_output,
    check_relu_slope,
    check_sigmoid_derivative,
    check_softmax,
)
from nnlib.exercises.chapters.backprop import (
    check_dead_share,
    check_diagnosis,
    check_layer_backward,
    check_network_gradient,
    check_numeric_slope,
    check_update,
)
from nnlib.exercises.chapters.feedforward import (
    check_any_depth,
    check_distance,
    check_forward_pass,
    check_layer,
    check_parameter_count,
    check_xnor,
)
from nnlib.exercises.chapters.neurons import (
    check_and_gate,
    check_boundary,
    check_majority,
    check_mean_squared_error,
    check_neuron,
    check_sure_nor,
    check_with_ones,
)
from nnlib.exercises.chapters.start import check_double
from nnlib.exercises.chapters.training import (
    check_largest_rate,
    check_recall,
    check_rmsprop,
    check_small_network,
    check_trained_network,
    check_updates,
    check_verdict,
)
from nnlib.exercises.class_progress import share_progress
from nnlib.exercises.course_progress import progress
from nnlib.exercises.forgetting import forget
from nnlib.exercises.predictions.prediction import open_all, predict

__all__ = [
    "check_and_gate",
    "check_any_depth",
    "check_boundary",
    "check_collapse",
    "check_dead_share",
    "check_diagnosis",
    "check_distance",
    "check_double",
    "check_forward_pass",
    "check_largest_rate",
    "check_layer",
    "check_layer_backward",
    "check_leaky_relu",
    "check_majority",
    "check_mean_squared_error",
    "check_network_gradient",
    "check_neuron",
    "check_numeric_slope",
    "check_outputs",
    "check_parameter_count",
    "check_positive_output",
    "check_recall",
    "check_relu_slope",
    "check_rmsprop",
    "check_sigmoid_derivative",
    "check_small_network",
    "check_softmax",
    "check_sure_nor",
    "check_trained_network",
    "check_update",
    "check_updates",
    "check_verdict",
    "check_with_ones",
    "check_xnor",
    "forget",
    "open_all",
    "predict",
    "progress",
    "share_progress",
]
