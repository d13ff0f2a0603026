"""Where the weights start: bounds, variances, seeds."""

import numpy as np
import pytest

from nnlib import INITIALIZERS
from nnlib.initializers import find_initializer


def drawn(name, n_in=300, n_out=200, seed=0):
    return INITIALIZERS[name](n_in, n_out, np.random.default_rng(seed))


def test_the_registry_lists_exactly_the_five():
    assert list(INITIALIZERS) == ["zeros", "uniform", "xavier", "he", "lecun"]


@pytest.mark.parametrize("name", INITIALIZERS)
def test_shape_and_seed(name):
    weights = drawn(name)
    assert weights.shape == (300, 200)
    np.testing.assert_array_equal(weights, drawn(name))
    if name != "zeros":
        assert (weights != drawn(name, seed=1)).all()


@pytest.mark.parametrize(
    "name, variance",
    [("zeros", 0), ("uniform", 1 / 3), ("xavier", 2 / 500), ("he", 2 / 300), ("lecun", 1 / 300)],
)
def test_mean_and_variance(name, variance):
    weights = drawn(name)
    assert weights.mean() == pytest.approx(0, abs=4 * np.sqrt(variance / weights.size))
    assert weights.var() == pytest.approx(variance, rel=0.03)


@pytest.mark.parametrize("name, bound", [("uniform", 1), ("xavier", np.sqrt(6 / 500))])
def test_uniform_ones_keep_their_bounds_and_reach_them(name, bound):
    assert 0.999 * bound < np.abs(drawn(name)).max() <= bound


@pytest.mark.parametrize("name", ["he", "lecun"])
def test_normal_ones_have_tails(name):
    weights = drawn(name)
    assert np.abs(weights).max() > 3.5 * weights.std()


def test_a_function_is_taken_and_an_unknown_name_refused():
    assert find_initializer(np.ones) is np.ones
    with pytest.raises(ValueError, match=r"'glorot'.*zeros, uniform, xavier, he, lecun"):
        find_initializer("glorot")
