"""Predictions and checks of chapter 2, activations."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS, Activation
from nnlib.exercises.checks.checking import (
    Mistake,
    call,
    compare,
    exercise,
    numbers,
    require,
    returned,
)
from nnlib.exercises.predictions.questions import Question
from nnlib.exercises.predictions.sketch import Curve, Sketch


def _curve(f: Callable[[Any], Any]) -> Curve:
    """Return points of f for z from −6 to 6."""
    z = np.linspace(-6, 6, 61)
    return tuple(zip(z.tolist(), np.round(f(z), 4).tolist(), strict=True))


QUESTIONS = (
    Question(
        name="activations-linear-stack",
        text=(
            "You stack ten layers, each with 100 neurons and no activation function, "
            "on one input x. Which functions of x can the stack compute?"
        ),
        options=(
            "Any curve, with the right weights",
            "Polynomials up to degree ten",
            "Straight lines only",
            "Curves with at most ten bends",
        ),
        answer="Straight lines only",
        why=(
            "Each layer multiplies by weights and adds a bias, and a line of a line is a line. "
            "However many there are, one layer does the same."
        ),
    ),
    Question(
        name="activations-steepest",
        text=(
            "Where is the sigmoid steepest, and how steep is it there? The plane shows the sigmoid "
            "f. Mark the highest point of another curve, that of its slope f′."
        ),
        options=(),
        sketch=Sketch(
            limits=(-6, 6, 0, 1.2),
            names=("z", "f, f′"),
            given=(("the sigmoid f", _curve(ACTIVATIONS["sigmoid"])),),
            outcome=_curve(ACTIVATIONS["sigmoid"].derivative),
            step=0.05,
            ticks=(2, 0.25),
        ),
        answer="(0, 0.25)",
        known_mistakes=(
            ("(0, 0.5)", "0.5 is the output at z = 0, not the slope."),
            ("(0, 1)", "The place is right. A slope of 1 would be four times as steep."),
            ("(6, 1)", "There the curve is highest, and nearly flat."),
            ("(4, 1)", "There the curve is high, and already flat."),
        ),
        why=(
            "Its slope is σ(z)·(1 − σ(z)). The output is between 0 and 1, and such a product is "
            "largest in the middle: 0.5 · 0.5 = 0.25. Far out the curve is flat: there the neuron "
            "is sure of itself, and a small change of z changes next to nothing."
        ),
    ),
    Question(
        name="activations-dead-relu",
        text=(
            "A neuron with ReLU has z = −2. Training moves its weights a little, and z becomes "
            "−1.9. What does the output do?"
        ),
        options=(
            "It rises by 0.1",
            "It rises, by less than 0.1",
            "It stays the same",
            "It falls by 0.1",
        ),
        answer="It stays the same",
        why=(
            "max(0, −2) = max(0, −1.9) = 0. The slope is 0 for every negative z, so no small "
            "change of the weights changes the output. If z is negative for every row, and the "
            "rows stay as they are, training never moves this neuron again: a dead ReLU."
        ),
    ),
    Question(
        name="activations-tanh",
        text=(
            "“tanh is also like logistic sigmoid but better”, says Tutorial C. A flat curve learns "
            "slowly. Which of the two is flatter at z = 5?"
        ),
        options=(
            "The sigmoid: tanh does not get flat",
            "tanh",
            "They are equally flat",
        ),
        answer="tanh",
        why=(
            "σ′(5) = 0.0066 and tanh′(5) = 0.0002. tanh(z) = 2σ(2z) − 1 is the same curve, twice "
            "as high and twice as fast, so it saturates sooner. What it has over the sigmoid: its "
            "outputs lie around 0, and its slope in the middle is 1 instead of 0.25."
        ),
    ),
    Question(
        name="activations-weight-saturates",
        text=(
            "60 inputs lie around 0 with a standard deviation of 1. They reach a sigmoid with "
            "w = 1 and b = 0, and none of them is saturated: every slope is above 0.01. "
            "Now w becomes 5. How many are saturated?"
        ),
        options=(
            "None: the inputs are the same",
            "About one in twenty",
            "About one in three",
            "Nearly all",
        ),
        answer="About one in three",
        why=(
            "The sigmoid is flat beyond z = ±4.6. With z = 5x that is beyond x = ±0.92, and about "
            "a third of such inputs lie there. A large weight saturates a neuron just as a large "
            "input does. That is why inputs are brought to one scale and weights start small."
        ),
    ),
    Question(
        name="activations-smooth",
        text="ELU, softplus and GELU are smooth relatives of the ReLU. Which one falls somewhere?",
        options=("None: an activation never falls", "ELU", "Softplus", "GELU"),
        answer="GELU",
        why=(
            "GELU has a lowest point near z = −0.75, where it is −0.17. To the left of it the "
            "slope is negative: a larger z gives a smaller output. ELU and softplus rise "
            "everywhere, though ever more slowly to the left."
        ),
    ),
    Question(
        name="activations-depth",
        text=(
            "A small change is passed on from layer to layer, and each layer multiplies it by the "
            "slope of its activation. How much is left of it, at most, after ten layers of "
            "sigmoids, weights aside?"
        ),
        options=(
            "All of it",
            "A quarter",
            "About a thousandth",
            "About a millionth",
        ),
        answer="About a millionth",
        why=(
            "The slope of a sigmoid is at most 0.25, and 0.25 to the power of 10 is 0.00000095. "
            "Chapter 4 shows where the product comes from."
        ),
    ),
    Question(
        name="activations-softmax-shift",
        text=(
            "Three scores z are 1, 2 and 3. All three are raised by 100. "
            "What happens to the outputs of softmax?"
        ),
        options=(
            "They become 100 times larger",
            "They all come close to 1",
            "They all come close to one third",
            "They stay the same",
        ),
        answer="They stay the same",
        why=(
            "Softmax divides by the sum: a factor e¹⁰⁰ stands above and below, and cancels. "
            "Only the differences of the scores count, here 1 and 2."
        ),
    ),
    Question(
        name="activations-temperature",
        text=(
            "Now the scores 1, 2 and 3 are divided by a temperature T before softmax. T rises "
            "from 1 to 100. What happens to the three outputs?"
        ),
        options=(
            "They stay the same, as with the shift",
            "The largest comes close to 1, the others to 0",
            "They all come close to one third",
            "They all come close to 0",
        ),
        answer="They all come close to one third",
        why=(
            "Only differences count, and dividing by 100 shrinks them to 0.01 and 0.02. With "
            "equal scores the outputs are equal, and they add up to 1: one third each. "
            "The order stays. A T near 0 does the opposite: the largest score takes all."
        ),
    ),
)


@exercise
def check_collapse(collapse: Callable[..., Any]) -> str:
    """Check a function ``collapse(W1, b1, W2, b2)`` that returns weights and bias of one layer."""
    rng = np.random.default_rng(3)
    for n_in, n_hidden, n_out in ((2, 3, 4), (4, 5, 3)):
        W1, W2 = rng.normal(size=(n_in, n_hidden)), rng.normal(size=(n_hidden, n_out))
        b1, b2 = rng.normal(size=n_hidden), rng.normal(size=n_out)
        answer = call(collapse, W1, b1, W2, b2)
        if not (isinstance(answer, (tuple, list)) and len(answer) == 2):
            raise Mistake("Return two things: `return weights, bias`.")
        weights = numbers(answer[0], (n_in, n_out), "the weights")
        compare(
            weights,
            W1 @ W2,
            {},
            "The weights are not right. Put z₁ = x W₁ + b₁ into z₁ W₂ + b₂ and multiply out.",
        )
        compare(
            numbers(answer[1], (n_out,), "the bias"),
            b1 @ W2 + b2,
            {
                "The weights are right. In the bias, b₂ is missing.": b1 @ W2,
                "The weights are right. In the bias, b₁ is missing: it passes layer 2 as well.": b2,
            },
            "The weights are right. For the bias, ask what comes out for x = 0.",
        )
    return "Two layers without an activation are one layer: W₁W₂ and b₁W₂ + b₂."


@exercise
def check_sigmoid_derivative(derivative: Callable[..., Any]) -> str:
    """Check a function ``derivative(z)`` that returns σ′(z) for an array of z."""
    sigmoid = ACTIVATIONS["sigmoid"]
    z = np.random.default_rng(4).uniform(-4, 4, 6)
    a = sigmoid(z)
    compare(
        returned(call(derivative, z), z.shape),
        sigmoid.derivative(z),
        {
            "This is z(1 − z): it takes its argument for the output a. Compute a = σ(z) first.": (
                z * (1 - z)
            ),
            "You used a where z belongs: this is the slope at σ(z), not at z.": (
                sigmoid.derivative(a)
            ),
            "This is σ(z), the output; its slope is wanted.": a,
            "This is 1 − σ(z); a factor σ(z) is missing.": 1 - a,
            "The sign is flipped: the sigmoid always rises.": -sigmoid.derivative(z),
            "This is 1 − a², the slope of tanh.": 1 - a**2,
        },
        "Compare it with a measured slope: (σ(z + h) − σ(z − h)) / 2h for a small h.",
    )
    return "It takes z, computes a = σ(z), and returns a(1 − a)."


_OUTPUT_MISTAKES = {
    "temperature": {
        "relu": "The ReLU cannot answer −5 °C: its output is never negative.",
        "sigmoid": "The sigmoid cannot answer 20 °C: its output stays between 0 and 1.",
        "tanh": "tanh cannot answer 20 °C: its output stays between −1 and 1.",
        "softmax": "One output of softmax is always 1, whatever the weather.",
        "step": "The step answers 0 or 1, and nothing else.",
        "leaky_relu": "Leaky ReLU treats frost unlike warmth: one degree there is 0.01 degrees.",
        "elu": "The ELU cannot answer −5 °C: its output stays above −1.",
        "softplus": "Softplus cannot answer −5 °C: its output is never negative.",
        "gelu": "The GELU cannot answer −5 °C: its output stays above −0.18.",
    },
    "spam": {
        "softmax": "Softmax over a single output is always 1.",
        "linear": "A linear output can leave 0 … 1, so it is no probability.",
        "relu": "A ReLU output can exceed 1, so it is no probability.",
        "tanh": "tanh can be negative, so it is no probability.",
        "step": "The step says yes or no, never how sure it is, and has no slope to learn from.",
    },
    "digit": {
        "sigmoid": "Ten sigmoids answer ten separate questions: they need not add up to 1.",
        "linear": "Linear outputs are scores: they need not lie in 0 … 1, nor add up to 1.",
        "relu": "ReLU outputs need not lie in 0 … 1, nor add up to 1.",
        "step": "Several steps may say 1, or none: the ten outputs need not add up to 1.",
    },
    "tags": {
        "softmax": "Softmax shares out 1 among the tags, but several tags may be true at once.",
        "linear": "Linear outputs can leave 0 … 1, so they are no probabilities.",
        "relu": "ReLU outputs can exceed 1, so they are no probabilities.",
        "tanh": "tanh can be negative, so it is no probability.",
        "step": "The step says yes or no, never how sure it is, and has no slope to learn from.",
    },
}
_OUTPUTS = {"temperature": "linear", "spam": "sigmoid", "digit": "softmax", "tags": "sigmoid"}


@exercise
def check_outputs(temperature: Any, spam: Any, digit: Any, tags: Any) -> str:
    """Check the names of the activations chosen for the outputs of four networks."""
    given = {"temperature": temperature, "spam": spam, "digit": digit, "tags": tags}
    for question, answer in given.items():
        name = answer.name if isinstance(answer, Activation) else answer
        known = ", ".join(ACTIVATIONS)
        require(isinstance(name, str), f"{question} has to be a name in quotation marks: {known}.")
        name = name.strip().lower().replace(" ", "_")  # "Leaky ReLU" is meant as well
        require(
            name in ACTIVATIONS, f"{question}: there is no activation {answer!r}. Known: {known}."
        )
        if name != _OUTPUTS[question]:
            why = _OUTPUT_MISTAKES[question].get(name, f"{name} does not fit. Which values occur?")
            raise Mistake(f"{question}: {why}")
    return "The output's range has to be that of the answers."
