"""Checks of chapter 5, training."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.datasets import digits, moons
from nnlib.exercises.checks.checking import Mistake, call, compare, exercise, numbers, require
from nnlib.network import Network


@exercise
def check_updates(updates: Any) -> str:
    """Check the number of updates: 250 rows in batches of 32, for 20 epochs."""
    value = numbers(updates, (), "your answer")
    compare(
        value,
        160,
        {
            "The last batch of an epoch is smaller, but it makes an update too.": 140,
            "That is one epoch; there are 20 of them.": 8,
            "That would be one update an epoch, all rows at once.": 20,
            "An epoch ends with a batch that is not full: no batch reaches over into the next.": (
                157
            ),
            "A number of updates is a whole number: the last batch of an epoch is smaller.": (
                156.25
            ),
            "That counts the rows that are seen; count the updates.": 5000,
        },
        "How many batches of at most 32 are needed for 250 rows? That many in each epoch.",
    )
    return "Seven full batches and one of 26 rows: 8 updates an epoch, 20 times."


@exercise
def check_largest_rate(largest_rate: Callable[..., Any]) -> str:
    """Check ``largest_rate(H)``: the limit of gradient descent, 2 / λmax, for symmetric H."""
    rng = np.random.default_rng(8)
    for n in (2, 2, 3):
        half = rng.normal(size=(n, n + 2))
        H = half @ half.T + 0.1 * np.eye(n)
        curvatures = np.linalg.eigvalsh(H)
        compare(
            numbers(call(largest_rate, H), (), "the learning rate"),
            2 / curvatures[-1],
            {
                "That is 1/λmax: safe, but the limit lies twice as high.": 1 / curvatures[-1],
                "You took the smallest eigenvalue; the sharpest direction sets the limit.": (
                    2 / curvatures[0]
                ),
                "The sum of the diagonal is the sum of all eigenvalues; take the largest one.": (
                    2 / np.trace(H)
                ),
                "The largest number on the diagonal is the curvature along one axis. The sharpest "
                "direction may lie between the axes: take the eigenvalues.": 2 / H.diagonal().max(),
                "That is λmax itself: the larger the curvature, the smaller the rate.": (
                    curvatures[-1]
                ),
                "Divide 2 by λmax; you have multiplied or turned the fraction over.": (
                    curvatures[-1] / 2
                ),
            },
            "The limit is 2 divided by the largest eigenvalue of H (np.linalg.eigvalsh).",
        )
    return "Above it the sharpest direction runs away; below it every direction shrinks."


@exercise
def check_recall(recall: Callable[..., Any]) -> str:
    """Check ``recall(confusion)``: for each true class, the share that was answered right."""
    rng = np.random.default_rng(9)
    for n in (3, 4):
        confusion = rng.integers(1, 9, size=(n, n)) + 20 * np.eye(n, dtype=int)
        right = confusion.diagonal()
        compare(
            numbers(call(recall, confusion), (n,), "the shares"),
            right / confusion.sum(axis=1),
            {
                "You divided by the columns: of all that were answered so, how many are so. That "
                "is precision. A row holds one true class.": right / confusion.sum(axis=0),
                "You divided by all pictures; divide each by those of its own class.": (
                    right / confusion.sum()
                ),
                "These are counts; divide by how many there are of each class.": right,
                "That is the share of mistakes; the share of right answers is asked for.": (
                    1 - right / confusion.sum(axis=1)
                ),
            },
            "Each class's number on the diagonal, divided by the sum of its row.",
        )
    return "One number for each class: a mean over all would hide the class that fares badly."


@exercise
def check_small_network(network: Any) -> str:
    """Check a digit network of at most 400 parameters: 90 of 100 of the held-out fifth."""
    if not isinstance(network, Network):
        raise Mistake("A Network is expected here, the one you have trained.")
    require(
        network.sizes[0] == 64 and network.sizes[-1] == 10,
        f"It needs 64 inputs and 10 outputs; this one has the sizes {network.sizes}.",
    )
    n_parameters = network.parameters.size
    require(
        n_parameters <= 400,
        f"It has {n_parameters} parameters; 400 are allowed. One layer from 64 to 10 alone has "
        "650: a hidden layer that is narrower than the output saves some.",
    )
    X, y = digits()
    held_out = np.random.default_rng(0).permutation(len(X))[1437:]
    answers = network.predict(X[held_out]).argmax(axis=1)
    share = float(np.mean(answers == y[held_out].argmax(axis=1)))
    require(
        share >= 0.9,
        f"It answers {100 * share:.0f} of 100 held-out digits rightly; 90 are wanted. Train for "
        "longer, with another optimiser or learning rate, or use more of the 400 parameters.",
    )
    return (
        f"{n_parameters} parameters, and 90 of 100 or more: each digit had to pass through a "
        "layer narrower than the ten answers."
    )


@exercise
def check_rmsprop(rmsprop_step: Callable[..., Any]) -> str:
    """Check ``rmsprop_step(p, g, s, learning_rate, decay, epsilon)``, which returns p and s."""
    rng = np.random.default_rng(6)
    p, g = rng.normal(size=(2, 4))
    s = rng.uniform(0.5, 2, size=4)
    answer = call(rmsprop_step, p, g, s, 0.1, 0.9, 1e-3)
    require(
        isinstance(answer, tuple | list) and len(answer) == 2,
        "Return two arrays, in this order: p and s.",
    )
    new_p = numbers(answer[0], p.shape, "p")
    new_s = numbers(answer[1], s.shape, "s")
    right_s = 0.9 * s + 0.1 * g**2
    compare(
        new_s,
        right_s,
        {
            "s has not changed: it is a running mean of the squared gradients.": s,
            "In s the gradient has to be squared.": 0.9 * s + 0.1 * g,
            "In s the squared gradient counts 1 − ρ, not in full.": 0.9 * s + g**2,
            "In s the two weights are swapped: ρ belongs to the old mean.": 0.1 * s + 0.9 * g**2,
            "You have returned them in the other order: first p, then s.": (
                p - 0.1 * g / (np.sqrt(right_s) + 1e-3)
            ),
        },
        "s is not right yet: decay times the old s, plus (1 - decay) times g squared.",
    )
    compare(
        new_p,
        p - 0.1 * g / (np.sqrt(right_s) + 1e-3),
        {
            "p still follows the plain gradient: divide it by the root of s, plus ε.": p - 0.1 * g,
            "p divides by s; it should be by the root of s.": p - 0.1 * g / (right_s + 1e-3),
            "Here ε stands outside the root.": p - 0.1 * g / np.sqrt(right_s + 1e-3),
            "p uses the old s; use the new one.": p - 0.1 * g / (np.sqrt(s) + 1e-3),
            "p goes up the slope: subtract.": p + 0.1 * g / (np.sqrt(right_s) + 1e-3),
            "ε is missing: without it a gradient of 0 divides by 0.": p
            - 0.1 * g / np.sqrt(right_s),
        },
        "p is not right yet: p minus learning_rate times g, divided by (root of s plus epsilon).",
    )
    return (
        "Each parameter has its own rate, large where gradients are small: the steps become alike."
    )


@exercise
def check_trained_network(network: Any) -> str:
    """Check a network trained on moons: 95 of 100 rows that it has never seen, or more."""
    if not isinstance(network, Network):
        raise Mistake("A Network is expected here, the one you have trained.")
    require(
        network.sizes[0] == 2 and network.sizes[-1] == 1,
        f"It needs 2 inputs and 1 output; this one has the sizes {network.sizes}.",
    )
    X, y = moons(n_samples=400, noise=0.1, seed=1234)
    share = float(np.mean((network.predict(X) > 0.5) == (y == 1)))
    require(
        share >= 0.95,
        f"It answers {100 * share:.0f} of 100 new rows rightly; 95 are wanted. "
        "Train for longer, or with another learning rate, or give it more hidden neurons.",
    )
    return "95 of 100 new rows or more: it has learned the moons, not the rows."
