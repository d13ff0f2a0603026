"""Predictions and checks of chapter 5, training."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.datasets import digits, moons
from nnlib.exercises.checks.checking import Mistake, call, compare, exercise, numbers, require
from nnlib.exercises.predictions.questions import Question
from nnlib.network import Network

QUESTIONS = (
    Question(
        name="training-learning-rate",
        text=(
            "The same network is trained three times for 50 epochs, with the learning rates "
            "0.01, 1 and 10. What will the three loss curves look like?"
        ),
        options=(
            "The larger the learning rate, the lower the loss",
            "0.01 hardly falls, 1 falls far, 10 leaps far above its start",
            "All three end at the same loss, the smaller rate later",
            "0.01 ends lowest: small steps are exact",
        ),
        answer="0.01 hardly falls, 1 falls far, 10 leaps far above its start",
        why=(
            "The gradient tells the slope where you stand, and only there. Small steps trust it "
            "and get nowhere in 50 epochs; steps that are too large leap across the valley to "
            "places of which the slope said nothing."
        ),
    ),
    Question(
        name="training-batches",
        text=(
            "200 rows, 50 epochs, a learning rate of 0.1. Once every update sees all 200 rows, "
            "once only 10 of them. Which loss is lower after 50 epochs?"
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
            "a thousand small steps go further than fifty. The learning rate counts, too: at η = 3 "
            "single rows jump about, where all rows together learn."
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
        name="training-ravine",
        text=(
            "A line is fitted to five points. Along w the loss is a steep valley, along b a gentle "
            "one. You raise the learning rate a little at a time. What gives way first?"
        ),
        options=(
            "b: its slope is gentle, so it is lost first",
            "w: its steps overshoot, each wider than the one before",
            "Both at the same learning rate",
            "Neither: a larger learning rate only gets there sooner",
        ),
        answer="w: its steps overshoot, each wider than the one before",
        why=(
            "The steepest direction sets the limit. There a step of η times the slope lands on the "
            "other side, and above η = 2/λmax it lands higher than it started. The gentle "
            "direction would bear a far larger η, but it has to share the same one."
        ),
    ),
    Question(
        name="training-same-rate",
        text=(
            "Five optimisers start at the same place of a long, tilted valley, with the same "
            "learning rate of 0.05. Whose loss is lowest after 100 steps?"
        ),
        options=(
            "Gradient descent: the gradient points the right way",
            "Momentum or Nesterov: they gather speed along the valley",
            "RMSProp or Adam: they are the newest",
            "All the same: they have the same learning rate",
        ),
        answer="Momentum or Nesterov: they gather speed along the valley",
        why=(
            "Along the valley the gradients agree, and a velocity adds them up. On the way both "
            "swing, and momentum's loss rises and falls; after 100 steps they have settled. Adam "
            "moves each parameter by about η a step, whatever the slope, and so does RMSProp after "
            "longer first steps: with 0.05 that is slow here, and no verdict on them. They need a "
            "learning rate of their own."
        ),
    ),
    Question(
        name="training-digit-moved",
        text=(
            "A network answers about 98 of 100 held-out digits rightly. Now each picture is moved "
            "to the right by one column of pixels. How many are still right?"
        ),
        options=(
            "About 98: it is the same digit",
            "About 90",
            "About half",
            "About 10: it guesses",
        ),
        answer="About half",
        why=(
            "Each pixel has weights of its own. What the network learned about column 3 it does "
            "not know about column 4, because in the data the digits stand in the middle, rarely a "
            "column off. Trained on moved copies as well, it reads those too."
        ),
    ),
    Question(
        name="training-zeros",
        text=(
            "All weights of a 2-4-1 network with tanh start at 0. It is trained for 100 epochs on "
            "the ring. How far does it come?"
        ),
        options=(
            "As far as from random weights, only a little later",
            "It finds the one best line, and stays there",
            "Nowhere: about half of the rows are right",
            "It diverges",
        ),
        answer="Nowhere: about half of the rows are right",
        why=(
            "Every hidden neuron answers 0, so the output's weights have no gradient; and those "
            "weights are 0, so no gradient comes back to the hidden layer. Only the bias of the "
            "output can move."
        ),
    ),
    Question(
        name="training-l2",
        text=(
            "The same network on the same 40 rows, now with the penalty L2 = 0.01 on the weights. "
            "How do the losses after 1,000 epochs compare with those without the penalty?"
        ),
        options=(
            "Both are lower",
            "Training loss higher, test loss lower",
            "Training loss lower, test loss higher",
            "Both are higher: the penalty is added to them",
        ),
        answer="Training loss higher, test loss lower",
        why=(
            "The penalty holds down the large weights that bend the boundary round single rows. "
            "The training rows are fitted less closely, and new rows are answered better. The "
            "penalty itself is not part of either loss that is shown."
        ),
    ),
    Question(
        name="training-test-loss",
        text=(
            "40 rows with a good deal of noise, a network with two layers of 8, 1,000 epochs. "
            "The loss on these 40 rows falls and falls. What does the loss on new rows do?"
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
            "that the only thing left to learn is the noise of these 40 rows, and that is "
            "different in new ones. This is overfitting, and only data kept aside shows it."
        ),
    ),
    Question(
        name="training-two-activations",
        text=(
            "Two networks 2-8-1 with the very same weights at the start learn the ring for 100 "
            "epochs, with η = 0.1. A's hidden neurons are sigmoids, B's are tanh. How do they "
            "compare?"
        ),
        options=(
            "They are even: it is the same curve",
            "A is ahead: its neurons are like the output",
            "B has learned the ring, A has hardly begun",
            "Neither has begun: 0.1 is too small",
        ),
        answer="B has learned the ring, A has hardly begun",
        why=(
            "tanh is up to four times as steep as the sigmoid, so the gradient that comes back to "
            "the first layer is up to four times as large; and tanh answers around 0, not around "
            "0.5. Whether that makes tanh better is another question: try η = 1."
        ),
    ),
    Question(
        name="training-fork",
        text=(
            "This run has done 300 epochs and overfitted: its test loss is 0.60, once it was 0.27. "
            "It goes on for 200 epochs from these weights, now with an L2 penalty of 0.01. "
            "What will its test loss do?"
        ),
        options=(
            "It keeps rising: what is overfitted stays overfitted",
            "It stays about where it is",
            "It comes down again, about as low as it ever was",
            "It comes down to 0",
        ),
        answer="It comes down again, about as low as it ever was",
        why=(
            "Every step the penalty takes a little from every weight. Weights that many rows need "
            "are built up again by their gradients; those that serve a single noisy row are not, "
            "and shrink. The training loss rises, the test loss falls. How far depends on the run: "
            "this is a kind one."
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
