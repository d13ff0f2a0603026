"""Each data set is solved: by which network, in how many epochs, and how well on other data."""

import numpy as np
import pytest

from nnlib import Adam, Network, datasets, fit
from nnlib.training.metrics import accuracy

STARTS = range(5)


# All with ReLU from He's start, Adam(0.01), mini-batches of 10 and 500 noisy samples.
@pytest.mark.parametrize(
    "name, sizes, epochs",
    [
        ("blobs", [2, 1], 20),
        ("circles", [2, 8, 1], 50),
        ("moons", [2, 8, 1], 100),
        ("xor_cloud", [2, 8, 1], 100),
        ("spiral", [2, 16, 16, 1], 100),
    ],
)
def test_two_dimensions(name, sizes, epochs):
    """From every start at least 99 % of what another seed draws without noise."""
    data = getattr(datasets, name)
    answers = []
    for seed in STARTS:
        network = Network(sizes, "relu", "sigmoid", "he", seed)
        fit(network, *data(500, seed=seed), epochs, "binary_cross_entropy", Adam(0.01), 10)
        X, y = data(1000, noise=0, seed=100 + seed)
        answers.append(accuracy(network.predict(X), y))
    assert min(answers) >= 0.99


def test_digits():
    """Of ten random splits, half have at least 96.5 % of the held-out fifth right."""
    X, y = datasets.digits()
    answers = []
    for seed in range(10):
        order = np.random.default_rng(seed).permutation(len(X))
        test, train = np.split(order, [len(X) // 5])
        network = Network([64, 32, 10], "relu", "softmax", "he", seed)
        fit(network, X[train], y[train], 60, "cross_entropy", Adam(0.003), 32, l2=1e-4)
        answers.append(accuracy(network.predict(X[test]), y[test]))
    assert np.median(answers) >= 0.965
