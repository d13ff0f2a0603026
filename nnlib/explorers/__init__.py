"""Explorers: live figures that a learner touches. Each can be built with no argument."""

from nnlib.explorers.accuracy_map import AccuracyMapExplorer
from nnlib.explorers.activation import ActivationExplorer
from nnlib.explorers.backprop import BackpropExplorer
from nnlib.explorers.bug_lab import BugLabExplorer
from nnlib.explorers.descent import DescentExplorer
from nnlib.explorers.digits import DigitExplorer
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.export import ExportExplorer
from nnlib.explorers.feedforward import FeedforwardExplorer
from nnlib.explorers.gradient_arrows import GradientArrowsExplorer
from nnlib.explorers.gradient_check import GradientCheckExplorer
from nnlib.explorers.hidden_space import HiddenSpaceExplorer
from nnlib.explorers.hinges import HingesExplorer
from nnlib.explorers.neuron import NeuronExplorer
from nnlib.explorers.new_row import NewRowExplorer
from nnlib.explorers.softmax import SoftmaxExplorer
from nnlib.explorers.timeline import TimelineExplorer
from nnlib.explorers.training import TrainingExplorer
from nnlib.explorers.two_runs import TwoRunsExplorer
from nnlib.explorers.vanishing_gradients import VanishingGradientsExplorer

__all__ = [
    "AccuracyMapExplorer",
    "ActivationExplorer",
    "BackpropExplorer",
    "BugLabExplorer",
    "DescentExplorer",
    "DigitExplorer",
    "Explorer",
    "ExportExplorer",
    "FeedforwardExplorer",
    "GradientArrowsExplorer",
    "GradientCheckExplorer",
    "HiddenSpaceExplorer",
    "HingesExplorer",
    "NeuronExplorer",
    "NewRowExplorer",
    "SoftmaxExplorer",
    "TimelineExplorer",
    "TrainingExplorer",
    "TwoRunsExplorer",
    "VanishingGradientsExplorer",
]
