"""nnlib: neural networks from scratch, in NumPy.

The library behind the notebooks: small enough to read, one module for each idea. ``import nnlib``
loads NumPy and nothing else; pictures are in ``nnlib.plots``, widgets in ``nnlib.explorers``.
"""

from nnlib import datasets
from nnlib.activations import ACTIVATIONS, Activation, LeakyReLU
from nnlib.gradcheck import GradientCheck, gradient_check
from nnlib.initializers import INITIALIZERS
from nnlib.layers import Dense
from nnlib.losses import LOSSES, Loss
from nnlib.network import Network
from nnlib.optimizers import OPTIMIZERS, SGD, Adam, RMSProp
from nnlib.training.divergence import TrainingDiverged
from nnlib.training.history import History
from nnlib.training.trainer import Trainer, fit

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "SGD",
    "Activation",
    "Adam",
    "Dense",
    "GradientCheck",
    "History",
    "LeakyReLU",
    "Loss",
    "Network",
    "RMSProp",
    "Trainer",
    "TrainingDiverged",
    "__version__",
    "datasets",
    "fit",
    "gradient_check",
]
