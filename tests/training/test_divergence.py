"""How a run away is noticed and told."""

import pickle

import numpy as np
import pytest

from nnlib import Network, TrainingDiverged
from nnlib.training.divergence import TOO_LARGE, largest_useful, runaway_layer


def test_the_message_is_in_words():
    error = TrainingDiverged(epoch=7, layer=2, learning_rate=30.0)
    assert isinstance(error, ArithmeticError)
    assert str(error).startswith("Training diverged in epoch 7: the numbers of layer 2 grew")
    assert "The learning rate is probably too large (30)" in str(error)
    assert "last finite parameters" in str(error)
    assert "noticed" not in str(error)
    error = TrainingDiverged(epoch=7, layer=2, learning_rate=30.0, step=133)
    assert "without bound. It was noticed after update 133. The learning rate" in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_the_limit_follows_data_and_start():
    assert largest_useful(np.array([0.1]), np.array([-0.5])) == TOO_LARGE
    assert largest_useful(np.array([0.1, -300.0]), np.array([1.0])) == 300 * TOO_LARGE


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 11.0, -11.0])
@pytest.mark.parametrize("place, layer", [(0, 1), (8, 1), (9, 2), (12, 2)])
def test_the_first_layer_beyond_the_limit_is_named(value, place, layer):
    network = Network([2, 3, 1])
    assert runaway_layer(network.layers, limit=10) is None
    network.parameters[place] = value
    assert runaway_layer(network.layers, limit=10) == layer


def test_of_several_layers_the_first_is_named():
    network = Network([2, 3, 1])
    network.parameters[:] = np.nan
    assert runaway_layer(network.layers, limit=10) == 1
