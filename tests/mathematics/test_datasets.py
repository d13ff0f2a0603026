"""Data sets: shapes, answers, noise, seeds."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from nnlib import datasets

CLOUDS = ["blobs", "circles", "moons", "spiral", "xor_cloud"]
ANSWERS = {
    "and": lambda p, q: p and q,
    "or": lambda p, q: p or q,
    "nand": lambda p, q: not (p and q),
    "nor": lambda p, q: not (p or q),
    "xor": lambda p, q: p != q,
    "xnor": lambda p, q: p == q,
    "first": lambda p, q: p,
    "second": lambda p, q: q,
}


@pytest.mark.parametrize("name", ANSWERS)
def test_truth_tables(name):
    X, y = datasets.truth_table(name)
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.tolist() == [[float(ANSWERS[name](p, q))] for p, q in X]
    assert X.dtype == y.dtype == np.float64
    X[:], y[:] = 9, 9  # a fresh one each time
    assert datasets.truth_table(name)[0].max() == 1


def test_unknown_truth_tables_are_refused():
    with pytest.raises(ValueError, match=r"Unknown truth table 'maybe'. Known: and, or, nand"):
        datasets.truth_table("maybe")
    with pytest.raises(TypeError, match="truth table must be a name"):
        datasets.truth_table(1)


@pytest.mark.parametrize("name", CLOUDS)
@pytest.mark.parametrize("n_samples", [2, 101, 200])
def test_clouds_have_two_equal_classes_in_random_order(name, n_samples):
    X, y = getattr(datasets, name)(n_samples)
    assert X.shape == (n_samples, 2) and y.shape == (n_samples, 1)
    assert X.dtype == y.dtype == np.float64
    assert set(y.ravel()) == {0, 1} and y.sum() == n_samples // 2
    if n_samples == 200:
        assert 30 < y[:100].sum() < 70
    assert np.abs(X).max() < 2


@pytest.mark.parametrize("name", [*CLOUDS, "sine"])
def test_same_seed_same_data_and_defaults(name):
    make = getattr(datasets, name)
    for found, same, other in zip(make(), make(200, 0.1, 0), make(seed=1), strict=True):
        np.testing.assert_array_equal(found, same)
        assert not np.array_equal(found, other)


def test_without_noise_the_rules_hold_exactly():
    X, y = datasets.circles(noise=0)
    np.testing.assert_allclose(np.hypot(*X.T), np.where(y.ravel() == 1, 0.4, 1))
    X, y = datasets.xor_cloud(noise=0)
    np.testing.assert_array_equal(X[:, 0] * X[:, 1] < 0, y.ravel() == 1)
    X, y = datasets.moons(noise=0)
    centre = np.where(y == 1, [0.5, 0.25], [-0.5, -0.25])
    np.testing.assert_allclose(np.hypot(*(X - centre).T), 1)
    assert ((X[:, 1] > centre[:, 1]) == (y.ravel() == 0)).all()
    X, y = datasets.spiral(noise=0)
    t = np.hypot(*X.T)
    side = np.column_stack([np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)]) * t[:, None]
    np.testing.assert_allclose(X, np.where(y == 1, -side, side), atol=1e-12)
    X, y = datasets.blobs(1000, noise=0)
    assert X[y.ravel() == 1].mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.03)
    assert X[y.ravel() == 0].std(axis=0) == pytest.approx([0.15, 0.15], abs=0.02)
    X, y = datasets.sine(noise=0)
    np.testing.assert_array_equal(y, np.sin(X))


@pytest.mark.parametrize("name", [*CLOUDS, "sine"])
def test_noise_is_a_standard_deviation(name):
    still, shaken = (getattr(datasets, name)(20_000, noise) for noise in (0, 0.3))
    column = 1 if name == "sine" else 0
    assert (shaken[column] - still[column]).std() == pytest.approx(0.3, rel=0.03)


def test_sine_is_a_regression_in_order_of_x():
    X, y = datasets.sine(50)
    assert X.shape == y.shape == (50, 1)
    assert (np.diff(X.ravel()) > 0).all() and -np.pi <= X.min() < -2.8 and 2.8 < X.max() <= np.pi


@pytest.mark.parametrize("name", [*CLOUDS, "sine"])
@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"n_samples": 1}, ValueError, "n_samples must be at least 2"),
        ({"n_samples": -5}, ValueError, "n_samples must be at least 2"),
        ({"n_samples": 10.0}, TypeError, "n_samples must be a whole number"),
        ({"noise": -0.1}, ValueError, "noise must be 0 or more"),
        ({"noise": np.nan}, ValueError, "noise must be finite"),
        ({"noise": "a"}, TypeError, "noise must be a number"),
        ({"seed": -1}, ValueError, "seed must be at least 0"),
    ],
)
def test_arguments_are_checked(name, arguments, error, message):
    with pytest.raises(error, match=message):
        getattr(datasets, name)(**arguments)


def test_digits_are_the_published_ones():
    X, y = datasets.digits()
    published = load_digits()
    assert X.shape == (1797, 64) and y.shape == (1797, 10) and X.dtype == np.float64
    np.testing.assert_array_equal(X * 16, published.data)
    np.testing.assert_array_equal(y, np.eye(10)[published.target])
    assert (X.min(), X.max()) == (0, 1)


def test_numpy_s_global_generator_is_left_alone():
    before = np.random.get_state()[1].copy()
    for name in [*CLOUDS, "sine"]:
        getattr(datasets, name)()
    np.testing.assert_array_equal(before, np.random.get_state()[1])
