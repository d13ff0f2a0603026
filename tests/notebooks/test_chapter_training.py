"""Chapter 5: what its prose says of training holds for the starts and shuffles around its runs."""

from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import SGD, Adam, Network, RMSProp, Trainer, datasets, fit
from nnlib.exercises.predictions.prediction import QUESTIONS

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "05_training.ipynb"
PROSE = {cell.id: cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells}
LOSS = "binary_cross_entropy"
STARTS = range(8)


@cache
def ring():
    """The rows of sections 5 and 6: for training, and kept aside."""
    X, y = datasets.circles(400, noise=0.1, seed=0)
    return (X[:200], y[:200]), (X[200:], y[200:])


@cache
def moons():
    """The rows of section 7: few to train on, and the others."""
    X, y = datasets.moons(400, noise=0.3, seed=0)
    return (X[:40], y[:40]), (X[40:], y[40:])


def on_the_ring(rate, rows=10, start=1, shuffle=1):
    """Train the network of sections 5 and 6 for 50 epochs; return the trainer."""
    network = Network([2, 4, 1], seed=start)
    trainer = Trainer(network, *ring()[0], LOSS, SGD(rate), rows, seed=shuffle)
    trainer.run(50)
    return trainer


def end(rate, rows=10, start=1):
    return on_the_ring(rate, rows, start).history.train_loss[-1]


# Part A -------------------------------------------------------------------------------------

KINDS = {
    "gradient descent": SGD,
    "momentum": lambda rate: SGD(rate, momentum=0.9),
    "Nesterov": lambda rate: SGD(rate, momentum=0.9, nesterov=True),
    "RMSProp": RMSProp,
    "Adam": Adam,
}


def walk(kind, rate, start=(-3.0, 2.0)):
    """Return the losses of 100 steps down the tilted valley."""
    line = Network([1, 1], output="linear")
    line.parameters = start
    x, y = np.arange(1.0, 6.0), 0.4 * np.array([-1.2, -0.7, 0.9, 1.1, 2.4])
    optimizer = KINDS[kind](rate)
    return fit(line, x[:, None], y[:, None], 100, "mean_squared_error", optimizer).train_loss


def test_momentum_and_nesterov_have_settled_when_the_question_asks():
    losses = {kind: walk(kind, 0.05) for kind in KINDS}
    others = min(losses[kind][90:].min() for kind in ("gradient descent", "RMSProp", "Adam"))
    assert max(losses[kind][90:].max() for kind in ("momentum", "Nesterov")) < others
    swings = np.flatnonzero(losses["momentum"] > losses["gradient descent"])
    assert swings[-1] < 60 and "some 60 steps" in PROSE["compare-why"]


@pytest.mark.parametrize("start", [(3, -2), (-3, -2), (2, 3), (0, 4), (-1, -4), (4, 0)])
def test_nesterov_is_lowest_from_other_starts_too(start):
    last = {kind: walk(kind, 0.05, start)[-1] for kind in KINDS}
    assert min(last, key=last.get) == "Nesterov"


def test_the_limit_in_the_tilted_valley():
    x = np.arange(1.0, 6.0)
    hessian = 2 * np.array([[np.mean(x**2), np.mean(x)], [np.mean(x), 1.0]])
    limit = f"{2 / np.linalg.eigvalsh(hessian)[-1]:.4f}"
    assert limit in PROSE["exercise-largest-rate"]
    assert limit in PROSE["exercise-largest-rate-solution"]


# Part B -------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", range(5))
def test_three_learning_rates(start):
    assert end(0.01, start=start) > 0.6 and end(1.0, start=start) < 0.1
    losses = on_the_ring(10.0, start=start).history.train_loss
    assert losses.max() > 5 * losses[0]


def test_what_a_learning_rate_that_was_too_large_leaves():
    after = []
    for shuffle in range(1, 8):
        trainer = on_the_ring(10.0, shuffle=shuffle)
        trainer.optimizer.learning_rate = 0.1
        trainer.run(50)
        after.append(f"{trainer.history.train_loss[-1]:.2f}")
    said = PROSE["learning-rate-why"]
    assert f"only to {after[0]}, where a start at 0.1 comes to {end(0.1):.2f}" in said
    assert f"between {min(after)} and {max(after)}" in said


@pytest.mark.parametrize("start", range(5))
def test_batches(start):
    losses = [end(0.1, rows, start) for rows in (1, 10, 100, None)]
    assert losses == sorted(losses)
    assert end(3.0, 1, start) > 1 > 2 * end(3.0, None, start)
    assert end(1.0, 100, start) == pytest.approx(end(0.1, 10, start), abs=0.01)
    assert end(0.01, 1, start) == pytest.approx(end(0.1, 10, start), abs=0.01)


@pytest.mark.parametrize("start", STARTS)
def test_overfitting_and_its_penalty(start):
    few, rest = moons()

    def run(**penalty):
        network = Network([2, 8, 8, 1], seed=start)
        trainer = Trainer(network, *few, LOSS, Adam(0.02), test_data=rest, **penalty)
        trainer.run(1000)
        return trainer.history

    plain, held = run(), run(l2=0.01)
    lowest = plain.test_loss.argmin()
    assert 0 < lowest < 120 and plain.test_loss[lowest] < plain.test_loss[0] < plain.test_loss[-1]
    assert plain.train_loss[-1] < held.train_loss[-1]
    assert held.test_loss[-1] < plain.test_loss[-1]


# Part C and "Going further" -----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_about_half_of_the_digits_survive_a_shift(seed):
    X, y = datasets.digits()
    order = np.random.default_rng(seed).permutation(len(X))
    train, held_out = order[:1437], order[1437:]
    network = Network([64, 32, 10], hidden="relu", output="softmax", seed=seed)
    fit(network, X[train], y[train], 30, "cross_entropy", SGD(0.1, momentum=0.9), batch_size=32)
    moved = np.roll(X[held_out].reshape(-1, 8, 8), 1, axis=2).reshape(-1, 64)
    right = network.predict(moved).argmax(axis=1) == y[held_out].argmax(axis=1)
    assert 0.4 < right.mean() < 0.6
    assert QUESTIONS["training-digit-moved"].answer == "About half"


def test_how_far_forks_come_back():
    few, rest = moons()
    lowest, forks, without = [], [], []
    for start in STARTS:
        network = Network([2, 8, 8, 1], seed=start)
        first = fit(network, *few, 300, LOSS, Adam(0.01), test_data=rest).test_loss
        at_300 = network.parameters.copy()
        forked = fit(network, *few, 200, LOSS, Adam(0.01), l2=0.01, test_data=rest).test_loss
        network.parameters = at_300
        on = fit(network, *few, 200, LOSS, Adam(0.01), test_data=rest).test_loss
        lowest.append(first.min())
        forks.append(forked[-1])
        without.append(on[-1])
    said = PROSE["timeline-why"]
    assert f"{min(forks):.2f} to {max(forks):.2f}" in said
    assert f"{min(without):.1f} to {max(without):.1f}" in said
    as_low = np.array(forks) <= np.array(lowest)
    assert as_low.tolist() == [start == 1 for start in STARTS] and "only this one" in said
