"""Checks of chapter 5, training."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.datasets import digits, moons
from nnlib.exercises.chapters.given_network import outputs_of, require_network
from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.checking import exercise
from nnlib.exercises.checks.comparing import AnyOf, compare, require
from nnlib.exercises.checks.given_numbers import numbers, parts
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
            "An epoch ends with a batch that is not full, and that one makes an update too.": 156,
            "A number of updates is a whole number: the last batch of an epoch is smaller.": (
                156.25
            ),
            "That counts the rows that are seen; count the updates.": 5000,
            "Batches are counted in rows, not in epochs: an epoch has 250 rows in batches of "
            "32.": 640,
        },
        "How many batches of at most 32 are needed for 250 rows? That many in each epoch.",
    )
    return "Seven full batches and one of 26 rows: 8 updates an epoch, 20 times."


@exercise
def check_largest_rate(largest_rate: Callable[..., Any]) -> str:
    """Check ``largest_rate(H)``: the limit of gradient descent, 2 / λmax, for symmetric H."""
    rng = np.random.default_rng(8)
    # tilted at first; then along the axes, where np.linalg.eigvals keeps the order of the axes
    for curvatures, tilt in (([3, 7], 1), ([0.5, 4, 9], 1), ([36, 2], 0), ([1, 30, 6], 0)):
        n = len(curvatures)
        turn, _ = np.linalg.qr(np.eye(n) + tilt * rng.normal(size=(n, n)))
        H = turn @ np.diag(curvatures) @ turn.T
        H = (H + H.T) / 2  # symmetric, but for rounding
        *others, largest = sorted(curvatures)
        compare(
            numbers(call(largest_rate, H), (), "the learning rate"),
            2 / largest,
            {
                "That is 1/λmax: safe, but the limit lies twice as high.": 1 / largest,
                "You took a smaller eigenvalue; the sharpest direction has the largest, and sets "
                "the limit. np.linalg.eigvalsh lists them in order, np.linalg.eigvals in none.": (
                    AnyOf(2 / value for value in others)
                ),
                "The sum of the diagonal is the sum of all eigenvalues; take the largest one.": (
                    2 / np.trace(H)
                ),
                "The largest number on the diagonal is the curvature along one axis. The sharpest "
                "direction may lie between the axes: take the eigenvalues.": 2 / H.diagonal().max(),
                "np.linalg.norm(H) puts all eigenvalues together. Only the largest one counts.": (
                    2 / np.linalg.norm(H)
                ),
                "That is λmax itself: the larger the curvature, the smaller the rate.": largest,
                "Divide 2 by λmax; you have multiplied or turned the fraction over.": largest / 2,
            },
            "The limit is 2 divided by the largest eigenvalue of H (np.linalg.eigvalsh).",
        )
    return "Above it the sharpest direction runs away; below it every direction shrinks."


@exercise
def check_verdict(verdict: Callable[..., Any]) -> str:
    """Check ``verdict(validation, test)``: rate and epoch from one set, the loss on the other.

    Both hold losses, a row for each learning rate and a column for each epoch.
    """
    rng = np.random.default_rng(10)
    for n_rates, n_epochs in ((3, 8), (4, 6), (2, 9)):
        validation, test = rng.uniform(0.2, 0.9, size=(2, n_rates, n_epochs))
        rate, epoch = np.argwhere(validation == validation.min())[0]
        last = validation[:, -1].argmin()
        compare(
            numbers(call(verdict, validation, test), (3,), "rate, epoch and loss"),
            (rate, epoch, test[rate, epoch]),
            {
                "The test set has chosen here. Choose the rate and the epoch on the validation "
                "set.": (*np.argwhere(test == test.min())[0], test.min()),
                "You report the loss that has chosen: it is the lowest of many, and low partly by "
                "luck. Report the test loss at that place.": (rate, epoch, validation.min()),
                "That is the lowest test loss: to pick it is to choose on the test set.": (
                    (rate, epoch, test.min())
                ),
                "That is the lowest test loss of this rate: to pick it is to choose on the test "
                "set.": (rate, epoch, test[rate].min()),
                "You report the test loss of the last epoch; the network that you keep is that of "
                "the epoch you have chosen.": (rate, epoch, test[rate, -1]),
                "You compare the last epochs only. A run may have been better before.": (
                    (last, n_epochs - 1, test[last, -1])
                ),
                "First the row, which is the learning rate, then the column, the epoch.": (
                    (epoch, rate, test[rate, epoch])
                ),
                "Column 0 is epoch 0, the start: count the epochs from 0.": (
                    (rate, epoch + 1, test[rate, epoch])
                ),
                "These are losses: the lowest is the best.": (
                    *(high := np.argwhere(validation == validation.max())[0]),
                    test[tuple(high)],
                ),
            },
            "Find the lowest number in validation: its row is the rate, its column the epoch. Then "
            "read test at that place.",
        )
    return "However much was tried, the test set was asked once: its loss is a fair one."


@exercise
def check_recall(recall: Callable[..., Any]) -> str:
    """Check ``recall(confusion)``: for each true class, the share that was answered right."""
    rng = np.random.default_rng(9)
    for n, most_are_right in ((3, True), (4, False), (10, True)):
        confusion = rng.integers(1, 9, size=(n, n)) + 20 * most_are_right * np.eye(n, dtype=int)
        right, rows, columns = confusion.diagonal(), confusion.sum(axis=1), confusion.sum(axis=0)
        compare(
            numbers(call(recall, confusion), (n,), "the shares"),
            right / rows,
            {
                "You divided by the columns: of all that were answered so, how many are so. That "
                "is precision. A row holds one true class.": right / columns,
                "You divided by all pictures; divide each by those of its own class.": (
                    right / confusion.sum()
                ),
                "These are counts; divide by how many there are of each class.": right,
                "That is the share of mistakes; the share of right answers is asked for.": (
                    1 - right / rows
                ),
                "That is precision and recall in one. Recall alone looks at the rows.": (
                    2 * right / (rows + columns)
                ),
                "The answer given most often need not be the right one: take the diagonal.": (
                    confusion.max(axis=1) / rows
                ),
                "`//` leaves out what stands behind the point. Divide with /.": right // rows,
            },
            "Each class's number on the diagonal, divided by the sum of its row.",
        )
    return "One number for each class: a mean over all would hide the class that fares badly."


@exercise
def check_rmsprop(rmsprop_step: Callable[..., Any]) -> str:
    """Check ``rmsprop_step(p, g, s, learning_rate, decay, epsilon)``, which returns p and s."""
    rng = np.random.default_rng(6)
    for n, rate, decay, epsilon in ((4, 0.1, 0.9, 1e-3), (3, 0.02, 0.7, 1e-2), (5, 0.5, 0.99, 0.1)):
        p, g = rng.normal(size=(2, n))
        s = rng.uniform(0.5, 2, size=n)
        answer = call(rmsprop_step, p, g, s, rate, decay, epsilon)
        new_p, new_s = parts(answer, {"p": p.shape, "s": s.shape})
        right_s = decay * s + (1 - decay) * g**2
        right_p = p - rate * g / (np.sqrt(right_s) + epsilon)
        compare(
            new_s,
            right_s,
            {
                "s has not changed: it is a running mean of the squared gradients.": s,
                "In s the gradient has to be squared.": decay * s + (1 - decay) * g,
                "In s the squared gradient counts 1 − ρ, not in full.": decay * s + g**2,
                "In s the two weights are swapped: ρ belongs to the old mean.": (
                    (1 - decay) * s + decay * g**2
                ),
                "In s the decay is fixed at 0.9; use the argument.": 0.9 * s + 0.1 * g**2,
                "You have returned them in the other order: first p, then s.": right_p,
            },
            "s is not right yet: decay times the old s, plus (1 - decay) times g squared.",
        )
        compare(
            new_p,
            right_p,
            {
                "p still follows the plain gradient: divide it by the root of s, plus ε.": (
                    p - rate * g
                ),
                "p divides by s; it should be by the root of s.": p
                - rate * g / (right_s + epsilon),
                "Here ε stands outside the root.": p - rate * g / np.sqrt(right_s + epsilon),
                "p uses the old s; use the new one.": p - rate * g / (np.sqrt(s) + epsilon),
                "p goes up the slope: subtract.": 2 * p - right_p,
                "This is the change alone; add it to p.": right_p - p,
                "The learning rate is fixed; use the argument.": (
                    p - 0.1 * g / (np.sqrt(right_s) + epsilon)
                ),
                "ε is missing: without it a gradient of 0 divides by 0.": (
                    p - rate * g / np.sqrt(right_s)
                ),
            },
            "p is not right yet: p minus learning_rate times g, divided by (root of s plus "
            "epsilon).",
        )
    return (
        "Each parameter has its own rate, large where gradients are small: the steps become alike."
    )


@exercise
def check_trained_network(network: Any) -> str:
    """Check a network trained on moons: 95 of 100 rows that it has never seen, or more.

    Of one output, more than 0.5 means the class 1; of two, the larger one is the answer.
    """
    network = require_network(network)
    require(
        network.sizes[0] == 2 and network.sizes[-1] in (1, 2),
        f"It needs 2 inputs and 1 output, or 2 of them; this one has the sizes {network.sizes}.",
    )
    X, y = moons(n_samples=400, noise=0.1, seed=1234)
    outputs = outputs_of(network, X)
    answers = outputs[:, 0] > 0.5 if network.sizes[-1] == 1 else outputs.argmax(axis=1) == 1
    share = float(np.mean(answers == (y[:, 0] == 1)))
    require(
        share > 0.05,
        f"It answers {100 * (1 - share):.0f} of 100 new rows the wrong way round: have 0 and 1 "
        "been swapped in the targets?",
    )
    require(
        share >= 0.95,
        f"It answers {int(100 * share)} of 100 new rows rightly; 95 are wanted. "
        "Train for longer, or with another learning rate, or give it more hidden neurons.",
    )
    return "95 of 100 new rows or more: it has learned the moons, not the rows."


@exercise
def check_small_network(network: Any) -> str:
    """Check a function ``small_network(X, y)`` that returns a network trained on these digits.

    At most 400 parameters; 90 of 100 right of the digits that the check keeps for itself. Which
    rows a network was trained on cannot be seen in it, so the check trains it itself.
    """
    trains = callable(network) and not isinstance(network, Network)
    X, y = digits()
    # To the learner's function a 0 is called 3, a 1 is called 4: who does not learn from y, fails.
    y = np.roll(y, 3 if trains else 0, axis=1)
    training, held_out = np.split(np.random.default_rng(0).permutation(len(X)), [1437])
    answer = call(network, X[training], y[training]) if trains else network
    trained = require_network(answer)
    require(
        trained.sizes[0] == 64 and trained.sizes[-1] == 10,
        f"It needs 64 inputs and 10 outputs; this one has the sizes {trained.sizes}.",
    )
    n_parameters = trained.parameters.size
    require(
        n_parameters <= 400,
        f"It has {n_parameters} parameters; 400 are allowed. One layer from 64 to 10 alone has "
        "650: a hidden layer that is narrower than the output saves some.",
    )
    answers = outputs_of(trained, X[held_out]).argmax(axis=1)
    share = float(np.mean(answers == y[held_out].argmax(axis=1)))
    as_they_are = float(np.mean((answers + 3) % 10 == y[held_out].argmax(axis=1)))
    require(
        as_they_are < 0.8,
        "It has learned from other rows than those that the function is given: there a 0 is "
        "called 3, a 1 is called 4 and so on. Train it on the X and y in the brackets.",
    )
    require(
        share >= 0.9,
        f"It answers {int(100 * share)} of 100 held-out digits rightly; 90 are wanted. Train for "
        "longer, with another optimiser or learning rate, or use more of the 400 parameters.",
    )
    require(
        trains,
        f"It answers {int(100 * share)} of 100 held-out digits rightly, but no check can see in a "
        "network which rows it was trained on. Write a function small_network(X, y) that builds "
        "it, trains it on these rows and returns it, and hand over the function itself.",
    )
    return (
        f"{n_parameters} parameters, and {int(100 * share)} of 100 digits that it has never seen: "
        "each had to pass through a layer narrower than the ten answers."
    )
