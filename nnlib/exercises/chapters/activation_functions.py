"""Checks of chapter 2 for functions that a learner writes or designs."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.activations import ACTIVATIONS
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

_SLIGHT = 0.01  # changes of slopes that are smaller than this are no corners


@exercise
def check_relu_slope(relu_slope: Callable[..., Any]) -> str:
    """Check a function ``relu_slope(z)`` for an array of z; at 0 any slope from 0 to 1 is right."""
    rng = np.random.default_rng(6)
    z = np.append(rng.permutation([*rng.uniform(-3, -0.2, 3), *rng.uniform(0.2, 3, 3)]), 0.0)
    answer = call(relu_slope, z)
    if np.shape(answer) == z.shape and np.array_equal(_not_finite(answer), z == 0):
        raise Mistake(
            "Right but for z = 0, where it is not finite. A corner has no slope, but a program "
            "needs a number: choose any from 0 to 1."
        )
    answer = returned(answer, z.shape)
    away = z != 0
    compare(
        answer[away],
        np.where(z > 0, 1.0, 0.0)[away],
        {
            "This is the ReLU itself; its slope is wanted.": np.maximum(z, 0)[away],
            "The two sides are swapped.": np.where(z > 0, 0.0, 1.0)[away],
            "On the left the ReLU stays at 0: it does not fall.": np.sign(z)[away],
            "This is 1 everywhere, the slope of no activation at all.": np.ones(6),
            "This is 0 everywhere, the slope of the step.": np.zeros(6),
            "On the left this is leaky ReLU.": np.where(z > 0, 1.0, 0.01)[away],
            "This multiplies the slope by z.": (z * (z > 0))[away],
        },
        "Draw max(0, z). How far does it rise for one step to the right, on either side of 0?",
    )
    at_zero = answer[z == 0][0]
    require(0 <= at_zero <= 1, f"At z = 0 it gives {at_zero:.4g}: choose a number from 0 to 1.")
    return f"1 on the right, 0 on the left. At the corner yours is {at_zero:.4g}; nnlib takes 0."


def _not_finite(answer: Any) -> Any:
    try:
        return ~np.isfinite(np.asarray(answer, dtype=float))
    except (TypeError, ValueError):
        return None


@exercise
def check_leaky_relu(leaky_relu: Callable[..., Any]) -> str:
    """Check a function ``leaky_relu(z, slope)`` for an array of z."""
    rng = np.random.default_rng(5)
    z = np.append(rng.uniform(-3, -0.5, 3), rng.uniform(0.5, 3, 3))
    for slope in (0.01, 0.3):
        compare(
            returned(call(leaky_relu, z, slope), z.shape),
            np.where(z > 0, z, slope * z),
            {
                "This is the ReLU: nothing leaks for negative z.": np.maximum(z, 0),
                "The two sides are swapped: z stays as it is where it is positive.": np.where(
                    z > 0, slope * z, z
                ),
                "Where z is negative, multiply the slope by z.": np.where(z > 0, z, slope),
                "The sign is flipped on the left: it goes down there.": np.where(
                    z > 0, z, -slope * z
                ),
                "The slope is fixed at 0.01; use the argument.": np.where(z > 0, z, 0.01 * z),
                "This is its slope; the function itself is wanted.": np.where(z > 0, 1, slope),
            },
            "With a slope of 0.1, z = −2 should give −0.2, and z = 3 should give 3.",
        )
    return "A small slope is left for negative z, so the gradient is not 0 there either."


@exercise
def check_softmax(softmax: Callable[..., Any]) -> str:
    """Check a function ``softmax(Z, temperature)``; each row of Z holds the scores of a sample."""
    right = ACTIVATIONS["softmax"]
    rng = np.random.default_rng(8)
    for temperature in (2.0, 0.5):
        Z = rng.uniform(0.5, 3, (4, 3))
        powers = np.exp(Z / temperature)
        compare(
            _rows(softmax, Z, temperature),
            right(Z / temperature),
            {
                "Each column adds up to 1. It should be each row: a row is one sample.": (
                    powers / powers.sum(axis=0)
                ),
                "The whole table adds up to 1. It should be each row.": powers / powers.sum(),
                "The temperature has no effect.": right(Z),
                "Divide the scores by the temperature; here they are multiplied.": (
                    right(Z * temperature)
                ),
                "The temperature comes too late: divide the scores, not the probabilities.": (
                    right(Z) / temperature
                ),
                "These are the powers of e. Make each row add up to 1.": powers,
                "The powers of e are missing: these are shares of the scores themselves.": (
                    Z / Z.sum(axis=1, keepdims=True)
                ),
                "The sign is flipped: the largest score has to come out with the most.": (
                    right(-Z / temperature)
                ),
            },
            "Divide by the temperature, take powers of e, and make each row add up to 1.",
        )
    large = np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1002.0, -1001.0]])
    answer = call(softmax, large, 1.0)
    if np.shape(answer) == large.shape and not np.isfinite(np.asarray(answer, dtype=float)).all():
        raise Mistake(
            "Right for small scores. With scores near 1000 or −1000 a row is not finite: powers "
            "of e leave what a computer can hold. Section 7 has the remedy; each row needs its own."
        )
    require(
        close(returned(answer, large.shape), right(large)),
        "Right for small scores, wrong for scores near 1000: only differences may count.",
    )
    return "Each row adds up to 1, at any temperature, and no score is too large."


def _rows(softmax: Callable[..., Any], Z: Array, temperature: float) -> Array:
    try:
        return returned(call(softmax, Z, temperature), Z.shape)
    except Mistake as mistake:
        if "broadcast" in str(mistake.__cause__):
            raise Mistake(
                f"{mistake} One number for each row has to stay a column: "
                "`.sum(axis=1, keepdims=True)`."
            ) from None
        raise


@exercise
def check_positive_output(f: Callable[..., Any]) -> str:
    """Check an activation ``f(z)``: above 0, rising everywhere, smooth, and without an upper limit.

    ``z`` is an array. Every function with these properties is right.
    """
    z = np.linspace(-6, 6, 1201) + np.random.default_rng(9).uniform(0, 0.005)
    a = returned(call(f, z), z.shape)
    _require_positive(z, a)
    _require_rising(z, a)
    _require_smooth(f, z, a)
    far = numbers(call(f, np.array([50.0, 100.0, 200.0])), (3,), "f(50), f(100), f(200)")
    first, second = np.diff(far)  # a function with a limit gains less and less
    require(
        first > 0 and second > 0.7 * first,
        f"Far to the right it comes to a stop near {far[2]:.4g}. It should have no limit.",
    )
    return "Above 0, rising, smooth, without a limit. Softplus is the usual one; there are others."


def _require_positive(z: Array, a: Array) -> None:
    lowest = int(np.argmin(a))
    require(a[lowest] >= 0, f"At z = {z[lowest]:.2f} it answers {a[lowest]:.4g}: below 0.")
    require(a[lowest] > 0, f"At z = {z[lowest]:.2f} it answers 0. It should be above 0 everywhere.")


def _require_rising(z: Array, a: Array) -> None:
    rises = np.diff(a)
    lowest = int(np.argmin(rises))
    require(rises[lowest] >= 0, f"It falls at z = {z[lowest]:.2f}. It should rise everywhere.")
    require(
        rises[lowest] > 0,
        f"It is flat at z = {z[lowest]:.2f}: without a slope nothing is learned there.",
    )


def _require_smooth(f: Callable[..., Any], z: Array, a: Array) -> None:
    """Look where the slope changes most, and there closely at both sides."""
    slopes = np.diff(a) / np.diff(z)
    change = np.abs(np.diff(slopes)) / (slopes[1:] + slopes[:-1] + _SLIGHT)
    suspect = int(np.argmax(change)) + 1
    places = np.linspace(z[suspect - 1], z[suspect + 1], 20_001)
    values = returned(call(f, places), places.shape)
    slopes = np.diff(values) / np.diff(places)
    # a corner changes the slope from one step to the next, and a little apart just as much
    apart = 20
    change = np.abs(slopes[apart:] - slopes[:-apart])
    change /= slopes[apart:] + slopes[:-apart] + _SLIGHT
    k = int(np.argmax(change))
    corner = round(places[k + apart // 2], 2) + 0.0  # + 0.0: no −0
    require(
        change[k] < 0.05,
        f"At z = {corner:.2f} the slope jumps from {slopes[k]:.3g} to "
        f"{slopes[k + apart]:.3g}: a corner or a jump. It should be smooth.",
    )
