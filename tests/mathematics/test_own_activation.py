"""An activation that a learner adds is as good as those of the course."""

import numpy as np
import pytest
import traitlets

from nnlib import ACTIVATIONS, Activation, Network
from nnlib.explorers import (
    ActivationExplorer,
    BackpropExplorer,
    FeedforwardExplorer,
    GradientCheckExplorer,
    TrainingExplorer,
    TwoRunsExplorer,
    VanishingGradientsExplorer,
)


class MySwish(Activation):
    """No more than what `Activation` asks for."""

    name = "my_swish"

    def __call__(self, z):
        return z * ACTIVATIONS["sigmoid"](z)

    def derivative(self, z):
        sigmoid = ACTIVATIONS["sigmoid"]
        return sigmoid(z) + z * sigmoid.derivative(z)


@pytest.fixture
def swish(monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "my_swish", MySwish())
    return ACTIVATIONS["my_swish"]


@pytest.mark.parametrize(
    ("explorer", "setting"),
    [
        (ActivationExplorer, {"activation": "my_swish", "compare": "relu"}),
        (ActivationExplorer, {"activation": "sigmoid", "compare": "my_swish"}),
        (FeedforwardExplorer, {"activation": "my_swish"}),
        (BackpropExplorer, {"activation": "my_swish"}),
        (GradientCheckExplorer, {"activation": "my_swish"}),
        (VanishingGradientsExplorer, {"activation": "my_swish"}),
        (TrainingExplorer, {"activation": "my_swish"}),
        (TwoRunsExplorer, {"varied": "activation", "a": "my_swish", "b": "tanh"}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else " ".join(value),
)
def test_every_explorer_takes_it_once_it_is_listed(swish, explorer, setting):
    made = explorer(**setting)
    try:
        offered = [known for c in made.controls.values() for known in getattr(c, "options", ())]
        assert "my_swish" in str(offered)
        assert made.error is None
        assert "my_swish" in made.summary
    finally:
        made.close()


def test_before_that_it_is_refused_and_the_known_ones_are_named():
    with pytest.raises(traitlets.TraitError, match=r"'my_swish'.*'sigmoid', 'tanh'"):
        ActivationExplorer(activation="my_swish")


def test_its_curve_and_its_slope_are_drawn(swish):
    explorer = ActivationExplorer(activation="my_swish", z=1.0)
    curve, derivative = explorer.view._f, explorer.view._derivative
    assert curve.point.get_xydata().tolist() == [[1.0, float(swish(1.0))]]
    assert derivative.point.get_xydata().tolist() == [[1.0, float(swish.derivative(1.0))]]
    assert explorer.summary.startswith("my_swish: slope 0.9277 at z = 1.00")
    explorer.close()


@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_what_is_not_ours_cannot_be_written_as_code(swish, framework):
    with pytest.raises(ValueError, match=r"'my_swish' is your own.*softplus"):
        Network([2, 2, 1], "my_swish").to_code(framework)


def test_it_needs_no_more_than_its_name():
    assert (MySwish.title, MySwish.symbol, MySwish.at_zero) == ("my_swish", "my_swish", "")
    assert np.isclose(MySwish().backward(np.array([0.0]), np.array([2.0])), 1.0)
