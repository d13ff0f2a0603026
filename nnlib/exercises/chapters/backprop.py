"""Predictions and checks of chapter 4, backpropagation."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.exercises.checks.checking import (
    Mistake,
    call,
    close,
    compare,
    exercise,
    numbers,
    require,
    returned,
)
from nnlib.exercises.predictions.questions import Question

QUESTIONS = (
    Question(
        name="backprop-input",
        text=(
            "A neuron has the inputs x₁ = 1 and x₂ = 0.5. "
            "How steep is the loss along its weight w₂, compared with w₁?"
        ),
        options=(
            "Half as steep",
            "Equally steep: it is the same neuron",
            "Twice as steep",
            "That depends on the weights w₁ and w₂",
        ),
        answer="Half as steep",
        why=(
            "∂L/∂w = 2(a − y) · σ′(z) · x. The first two factors belong to the neuron and are the "
            "same for both weights; only the input differs, and x₂ is half of x₁. A change of w₂ "
            "moves z half as much as the same change of w₁."
        ),
    ),
    Question(
        name="backprop-zero-input",
        text=(
            "One row of data has x₂ = 0. What is the gradient of the two weights "
            "that lead from x₂ to the hidden neurons?"
        ),
        options=(
            "0 for both",
            "As large as for the weights from x₁",
            "It depends on the target",
            "It is largest where the weight is largest",
        ),
        answer="0 for both",
        why=(
            "The gradient of a weight is the value at its start times the δ at its end. "
            "The value at the start is x₂ = 0. The weight had no part in this answer: "
            "whatever it is, it is multiplied by 0."
        ),
    ),
    Question(
        name="backprop-large-change",
        text=(
            "In row (1, 0) the loss is 0.250, and its slope along w⁽²⁾₁ is −0.125. "
            "You raise this weight by 5. What does the loss do?"
        ),
        options=(
            "It falls by 0.625: that is 5 · 0.125",
            "It falls by less than 0.25",
            "It stays where it is",
            "It rises",
        ),
        answer="It falls by less than 0.25",
        why=(
            "A slope of −0.125 foretells 5 · (−0.125) = −0.625, more than the loss has, and a "
            "square is never negative. It falls by 0.244, to almost 0; there the curve is nearly "
            "flat. A slope holds where it was found, and near it."
        ),
    ),
    Question(
        name="backprop-lowest-point",
        text=(
            "Five rows of data, two of them much alike but with different targets. At the lowest "
            "point of the batch's loss, how long are the arrows of the single rows?"
        ),
        options=(
            "0, all five: that is what lowest means",
            "Not 0, but their mean is",
            "0, but for the two rows that disagree",
            "As long as everywhere else",
        ),
        answer="Not 0, but their mean is",
        why=(
            "The batch's gradient is the mean of the rows' gradients, and it is the mean that is 0 "
            "there. Each row would still like to move the point its own way; together they hold it."
        ),
    ),
    Question(
        name="backprop-epsilon",
        text=(
            "You make ε smaller and smaller, from 0.1 to 10⁻¹⁴. What does the difference between "
            "backpropagation and trying do?"
        ),
        options=(
            "It shrinks all the way to 0",
            "It shrinks, then grows again",
            "It grows all the way",
            "It stays the same: both are the slope",
        ),
        answer="It shrinks, then grows again",
        why=(
            "A large ε misses the curve between the two places: that error falls with ε². A small "
            "one subtracts two losses that agree in nearly all their 16 digits and divides what "
            "is left by ε: that error grows with 1/ε. Here the best ε lies near 10⁻⁵."
        ),
    ),
    Question(
        name="backprop-bugs-seen",
        text=(
            "Six bugs: σ′ of a for z, bias never updated, gradients not cleared, sign flipped, sum "
            "for mean, a smaller step for the bias. How many of them does a gradient check in the "
            "first epoch see?"
        ),
        options=("None", "Three", "Five", "All six"),
        answer="Three",
        why=(
            "It sees the three that make the gradient wrong: σ′ of a, the sign, the sum. What "
            "is done with the gradient afterwards is none of its business: a bias left out, "
            "another step. And gradients that are not cleared are right the first time."
        ),
    ),
    Question(
        name="backprop-twenty-layers",
        text=(
            "Twenty hidden layers of sigmoids, weights by Xavier, no training yet. What arrives in "
            "layer 1 of the δ in layer 20?"
        ),
        options=(
            "About all of it",
            "About a tenth",
            "About a thousandth",
            "Less than a billionth",
        ),
        answer="Less than a billionth",
        why=(
            "Each layer multiplies by σ′(z), which is 0.25 at most, and by weights that on average "
            "keep the size. A quarter, nineteen times over, is less than 10⁻¹¹. Layer 1 learns "
            "next to nothing."
        ),
    ),
    Question(
        name="backprop-ways-back",
        text=(
            "A network 2-4-4-1. How many neurons of the second hidden layer have a share in the δ "
            "of one neuron of the first?"
        ),
        options=(
            "One: the one straight behind it",
            "Two",
            "Four",
            "Sixteen: all weights between the layers",
        ),
        answer="Four",
        why=(
            "The neuron sends its output to all four, so it reaches the loss through all four. "
            "Each sends back its own δ times the weight between them; the four products are added."
        ),
    ),
    Question(
        name="backprop-zero-units",
        text=(
            "Fifteen of sixteen ReLU units answer 0 to every row of the data. The network trains "
            "for 4,000 epochs. How many of the fifteen come back?"
        ),
        options=("All", "About half", "One or two", "None"),
        answer="None",
        why=(
            "Where z < 0 the slope of ReLU is 0, so δ is 0, and so is the gradient of every weight "
            "and of the bias of this unit. Nothing moves it, however long one trains. Leaky ReLU "
            "leaves a slope of 0.01, and that is enough to come back."
        ),
    ),
    Question(
        name="backprop-saturated",
        text=(
            "A sigmoid neuron answers 0.98 where 0 is asked: as wrong as can be. "
            "With which loss does it start to learn at once?"
        ),
        options=(
            "With squared error: the error is large",
            "With both: the error is the same",
            "With cross-entropy",
            "With neither: it is too sure of itself",
        ),
        answer="With cross-entropy",
        why=(
            "Squared error multiplies the error by σ′(z), which is 0.018 at z = 4: the step is "
            "tiny because the neuron is so sure. With cross-entropy this factor cancels, and δ is "
            "the error itself, 0.98."
        ),
    ),
    Question(
        name="backprop-xor-slip",
        text=(
            "With the right derivative 33 of 40 networks 2-2-1 learn XOR. "
            "How many do with the wrong one, σ′ of a?"
        ),
        options=(
            "More: it learnt faster on one neuron",
            "The same 33",
            "About two thirds of the 33",
            "None",
        ),
        answer="About two thirds of the 33",
        why=(
            "21. On one neuron the wrong factor is nearly a constant and amounts to another loss. "
            "In front of a hidden layer it is handed down, and what arrives there is no multiple "
            "of any gradient: a third of the successes is lost."
        ),
    ),
    Question(
        name="backprop-who-updates",
        text="You call network.loss_and_gradient(X, y, loss), which runs backpropagation. "
        "Which numbers of the network are different afterwards?",
        options=(
            "The weights, but not the biases",
            "All weights and biases",
            "The gradient alone",
            "The weights whose error was largest",
        ),
        answer="The gradient alone",
        why=(
            "Backpropagation computes slopes; it moves nothing. Only a second step, "
            "parameters −= η · gradient, changes weights and biases. That step is gradient "
            "descent, and it could be replaced by another one: momentum, Adam."
        ),
    ),
    Question(
        name="backprop-direction",
        text=(
            "h₁ bears about twice as much of the error as h₂. "
            "What does the next step do with the two weights that lead into h₁?"
        ),
        options=(
            "It lowers both: h₁ is to blame",
            "It raises both",
            "It lowers one and raises the other",
            "It sets both closer to 0",
        ),
        answer="It lowers one and raises the other",
        why=(
            "The size of the error at a node says how far its weights move, not which way. "
            "The way comes from the sign of each weight's own partial derivative: negative here "
            "for the weight from x₁, which rises, positive for the one from x₂, which falls. "
            "The weights into h₂, with the smaller error, both rise."
        ),
    ),
    Question(
        name="backprop-wrong-derivative",
        text=(
            "The loop multiplies each error by σ′(a), with a between 0 and 1, in place of σ′(z). "
            "What becomes of this factor when the neuron is very sure of itself, at z = 8?"
        ),
        options=(
            "It goes to 0, as the right one does",
            "It stays close to 0.2",
            "It changes its sign",
            "It grows beyond all bounds",
        ),
        answer="It stays close to 0.2",
        why=(
            "At z = 8 the output a is almost 1, and σ′(1) = 0.1966. The right factor σ′(8) is "
            "0.0003. Between a = 0 and a = 1 the wrong factor only falls from 0.25 to 0.1966: "
            "it is nearly a constant, and never slows the learning of a neuron that is very sure."
        ),
    ),
)


@exercise
def check_numeric_slope(numeric_slope: Callable[..., Any]) -> str:
    """Check ``numeric_slope(function, w, epsilon)``: the slope found by trying on both sides."""
    for function, w in ((np.sin, 0.7), (np.exp, -1.3)):
        answer = call(numeric_slope, function, w, 1e-3)
        value = returned(answer, ())
        expected = (function(w + 1e-3) - function(w - 1e-3)) / 2e-3
        one_sided = (function(w + 1e-3) - function(w)) / 1e-3
        compare(
            value,
            expected,
            {
                "You tried on one side only. Try on both: nearer to the true slope.": one_sided,
                "From w − ε to w + ε is a distance of 2ε; divide by that.": 2 * expected,
                "Divide the difference by the distance 2ε.": 2e-3 * expected,
                "The sign is turned round: higher minus lower.": -expected,
            },
            "Take function(w + epsilon) minus function(w - epsilon), divided by 2 * epsilon.",
        )
    return "It works for any smooth function, and that makes it the judge of every formula."


@exercise
def check_layer_backward(layer_backward: Callable[..., Any]) -> str:
    """Check ``layer_backward(X, W, Z, dA)``: ∂L/∂W, ∂L/∂b and ∂L/∂X of a layer with tanh."""
    rng = np.random.default_rng(4)
    X, W, b = rng.normal(size=(5, 2)), rng.normal(size=(2, 3)), rng.normal(size=3)
    Z, dA = X @ W + b, rng.normal(size=(5, 3))
    answer = call(layer_backward, X, W, Z, dA)
    require(
        isinstance(answer, tuple | list) and len(answer) == 3,
        "Return three arrays, in this order: dW, db, dX.",
    )
    dZ = dA * (1 - np.tanh(Z) ** 2)
    parts = (("dW", W.shape), ("db", b.shape), ("dX", X.shape))
    dW, db, dX = (
        numbers(part, shape, name) for part, (name, shape) in zip(answer, parts, strict=True)
    )
    slips = _backward_slips(X, W, Z, dA)
    for name, value, right in (("dW", dW, X.T @ dZ), ("db", db, dZ.sum(0)), ("dX", dX, dZ @ W.T)):
        for sentence, wrong in slips.items():
            if close(value, wrong[name]) and not close(value, right):
                raise Mistake(f"{name}: {sentence}")
        compare(value, right, {}, f"{name} is not right yet. See the table in section 4.")
    return "Three gradients from what arrives; the one for X goes on to the layer below."


def _backward_slips(X: Any, W: Any, Z: Any, dA: Any) -> dict[str, dict[str, Any]]:
    """Return the three gradients after each known mistake in δ, under the mistake's sentence."""
    deltas = {
        "the slope of tanh is missing: multiply dA by 1 − tanh².": dA,
        "the slope is 1 − tanh², so the square is missing.": dA * (1 - np.tanh(Z)),
        "this takes tanh itself for its slope, which is 1 − tanh².": dA * np.tanh(Z),
        "the slope is taken at A; it is a function of Z.": dA * (1 - np.tanh(np.tanh(Z)) ** 2),
    }
    slips = {
        sentence: {"dW": X.T @ dZ, "db": dZ.sum(axis=0), "dX": dZ @ W.T}
        for sentence, dZ in deltas.items()
    }
    dZ = dA * (1 - np.tanh(Z) ** 2)
    mean = {"dW": X.T @ dZ / len(X), "db": dZ.mean(axis=0), "dX": dZ @ W.T / len(X)}
    return {
        **slips,
        "add up over the rows; the 1/n stands in the gradient of the loss already.": mean,
    }


@exercise
def check_update(update: Callable[..., Any]) -> str:
    """Check ``update(weights, gradient, learning_rate)``: one step of gradient descent."""
    rng = np.random.default_rng(5)
    weights, gradient = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    given: list[Any] = []

    def watched(weights: Any, gradient: Any, learning_rate: float) -> Any:
        given.append(weights)
        return update(weights, gradient, learning_rate)

    answer = call(watched if callable(update) else update, weights, gradient, 0.1)
    compare(
        returned(answer, weights.shape),
        weights - 0.1 * gradient,
        {
            "This goes up the slope. Subtract: the gradient points to a higher loss.": (
                weights + 0.1 * gradient
            ),
            "The learning rate is missing.": weights - gradient,
            "This is the change alone; add it to the weights.": -0.1 * gradient,
            "Every weight has fallen. Leave the gradient its sign: some weights must rise.": (
                weights - 0.1 * np.abs(gradient)
            ),
            "The learning rate multiplies, it does not divide.": weights - gradient / 0.1,
            "Only the gradient is multiplied by the learning rate.": 0.1 * (weights - gradient),
        },
        "The new weights are the old ones minus learning_rate * gradient.",
    )
    require(
        close(given[0], weights),
        "The numbers are right, but the old weights were changed as well: "
        "write weights - …, not weights -= ….",
    )
    return "Each weight moves against its own partial derivative, up or down."
