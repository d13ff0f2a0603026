"""The weights and biases of any network: where each stands, and its number."""

import numpy as np
import pytest

from nnlib import Network
from nnlib.explorers.shared.network_parts import named_parameters, place_of, value_of

SIZES = (2, 3, 1)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("w1_23", "sin x₂ → h₃"),
        ("b1_3", "bias of h₃"),
        ("w2_1", "h₁ → ŷ"),
        ("b2", "bias of ŷ"),
    ],
)
def test_a_place_is_told_with_the_symbols_of_the_inputs(name, place):
    quantity = named_parameters(SIZES)[name]
    assert place_of(SIZES, quantity, ("x₁²", "sin x₂")) == place
    assert place_of(SIZES, quantity) == place.replace("sin x₂", "x₂")


def test_a_value_is_that_of_the_layers_own_array():
    network = Network(SIZES)
    network.parameters = np.arange(13.0)
    hidden, last = network.layers
    values = {
        name: value_of(network, quantity) for name, quantity in named_parameters(SIZES).items()
    }
    assert values["w1_23"] == hidden.weights[1, 2] and values["b1_3"] == hidden.bias[2]
    assert values["w2_1"] == last.weights[0, 0] and values["b2"] == last.bias[0]
    assert sorted(values.values()) == list(range(13))
