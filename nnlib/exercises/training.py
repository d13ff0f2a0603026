"""Predictions and checks of chapter 5, training."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.datasets import moons
from nnlib.exercises.checking import Mistake, call, compare, exercise, numbers, require
from nnlib.exercises.questions import Question
from nnlib.network import Network

QUESTIONS = (
    Question(
        name="training-learning-rate",
        text=(
            "The same network is trained three times for 100 epochs, with the learning rates "
            "0.01, 1 and 100. What will the three loss curves look like?"
        ),
        options=(
            "The larger the learning rate, the lower the loss",
            "0.01 hardly falls, 1 falls smoothly, 100 jumps about and stays high",
            "All three end at the same loss, the smaller rate later",
            "0.01 ends lowest: small steps are exact",
        ),
        answer="0.01 hardly falls, 1 falls smoothly, 100 jumps about and stays high",
        why=(
            "The gradient tells the slope where you stand, and only there. Small steps trust it "
            "and get nowhere in 100 epochs; steps that are too large leap across the valley to "
            "places of which the slope said nothing."
        ),
    ),
    Question(
        name="training-batches",
        text=(
            "200 rows, 50 epochs. Once every update sees all 200 rows, once only 10 of them. "
            "The learning rate is the same. Which loss is lower after 50 epochs?"
        ),
        options=(
            "All rows: each step knows the exact gradient",
            "Batches of 10: twenty times as many steps",
            "They are the same: both have seen each row 50 times",
        ),
        answer="Batches of 10: twenty times as many steps",
        why=(
            "All rows at once make 50 updates, batches of 10 make 20 · 50 = 1,000. Each of those "
            "follows a gradient that is a little off, but on average it points the right way, and "
            "a thousand good steps go further than fifty exact ones."
        ),
    ),
    Question(
        name="training-while-it-plays",
        text=(
            "The network is being trained, and the loss has become almost flat. You now move the "
            "learning rate to ten times its value, without stopping. What can happen to the loss?"
        ),
        options=(
            "Nothing: the learning rate counts only at the start",
            "It always falls faster",
            "It may fall faster, or jump up and swing",
            "The training starts again from the beginning",
        ),
        answer="It may fall faster, or jump up and swing",
        why=(
            "The learning rate is read at every step. On a gentle slope longer steps get down "
            "sooner; where the valley is narrow they overshoot and the loss swings. "
            "Lower it again, and the curve settles."
        ),
    ),
    Question(
        name="training-test-loss",
        text=(
            "30 rows with a good deal of noise, a network with 32 hidden neurons, 2,000 epochs. "
            "The loss on these 30 rows falls and falls. What does the loss on new rows do?"
        ),
        options=(
            "It falls as well, just a little later",
            "It falls at first, then rises",
            "It rises from the start",
            "It stays the same",
        ),
        answer="It falls at first, then rises",
        why=(
            "First the network learns what both have in common, the shape of the moons. After "
            "that the only thing left to learn is the noise of these 30 rows, and that is "
            "different in new ones. This is overfitting, and only data kept aside shows it."
        ),
    ),
)


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
    return "Each parameter has its own step: long where gradients are small, short where large."


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
