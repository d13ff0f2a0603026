"""Explorers: live figures that a learner touches. Each can be built with no argument."""

import nnlib.plots  # noqa: F401 (before anything here imports Matplotlib)
from nnlib.explorers.activations.activation_explorer import ActivationExplorer
from nnlib.explorers.activations.hinges_explorer import HingesExplorer
from nnlib.explorers.activations.softmax import SoftmaxExplorer
from nnlib.explorers.backprop.explorer import BackpropExplorer
from nnlib.explorers.descent.explorer import DescentExplorer
from nnlib.explorers.descent.optimizers_explorer import OptimizersExplorer
from nnlib.explorers.digits.explorer import DigitExplorer
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.export.explorer import ExportExplorer
from nnlib.explorers.feedforward.feedforward_explorer import FeedforwardExplorer
from nnlib.explorers.feedforward.hidden_space_explorer import HiddenSpaceExplorer
from nnlib.explorers.gradients.arrows_explorer import GradientArrowsExplorer
from nnlib.explorers.gradients.bug_lab_explorer import BugLabExplorer
from nnlib.explorers.gradients.check_explorer import GradientCheckExplorer
from nnlib.explorers.gradients.vanishing_explorer import VanishingGradientsExplorer
from nnlib.explorers.graph.explorer import GraphExplorer
from nnlib.explorers.in_class import shown as shown  # `__all__` has explorers alone
from nnlib.explorers.neurons.accuracy_map import AccuracyMapExplorer
from nnlib.explorers.neurons.neuron_explorer import NeuronExplorer
from nnlib.explorers.neurons.new_row import NewRowExplorer
from nnlib.explorers.timeline.explorer import TimelineExplorer
from nnlib.explorers.training.explorer import TrainingExplorer
from nnlib.explorers.two_runs.explorer import TwoRunsExplorer
from nnlib.explorers.update.explorer import UpdateExplorer

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
    "GraphExplorer",
    "HiddenSpaceExplorer",
    "HingesExplorer",
    "NeuronExplorer",
    "NewRowExplorer",
    "OptimizersExplorer",
    "SoftmaxExplorer",
    "TimelineExplorer",
    "TrainingExplorer",
    "TwoRunsExplorer",
    "UpdateExplorer",
    "VanishingGradientsExplorer",
]
