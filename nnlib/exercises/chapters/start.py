"""The prediction and the exercise to try out in "Start here"."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.exercises.checks.checking import call, compare, exercise, returned
from nnlib.exercises.predictions.questions import Question

QUESTIONS = (
    Question(
        name="start-slider",
        text=(
            "Above is an explorer, named explorer. The next cell says "
            "explorer.bias = −0.5. What happens to the slider called b?"
        ),
        options=(
            "Nothing: a slider moves only by hand",
            "It moves to −0.5, and the picture follows",
            "It moves when the explorer is shown again",
        ),
        answer="It moves to −0.5, and the picture follows",
        why=(
            "An explorer and its sliders are one thing. What you move by hand, code can read; "
            "what code sets, you see. Run the cell and watch."
        ),
    ),
)


@exercise
def check_double(double: Callable[..., Any]) -> str:
    """Check a function ``double(x)`` that returns twice x."""
    for x in np.random.default_rng(0).uniform(1, 9, 3):
        compare(
            returned(call(double, float(x)), ()),
            2 * x,
            {
                "This is x itself.": x,
                "This is the square of x.": x**2,
                "This is the half of x.": x / 2,
                "This is x + 2.": x + 2,
            },
            "Return 2 * x.",
        )
    return "That is all there is to an exercise."
