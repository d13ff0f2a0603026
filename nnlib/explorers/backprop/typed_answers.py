"""A learner's own number for one step of a pass: read, compared within rounding, diagnosed."""

import ast
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass

from nnlib.explorers.backprop.mistakes import known_mistakes
from nnlib.explorers.passes.steps import Pass, steps_of
from nnlib.explorers.shared.network_parts import n_parameters
from nnlib.plots.words.symbols import Quantity
from nnlib.widgets.typed_numbers import as_python_reads

LEVELS = ("shown", "last", "backward", "all")

NEAR = 0.01  # relative: as far off as it gets by going on with numbers of three digits
FOUR_DECIMALS = 0.5e-4
LONGEST = 60  # characters
HOW_TO_WRITE = "Fractions and products are read too."

_OPERATORS: dict[type, Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_SIGNS = str.maketrans({"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", ":": "/", ",": "."})


@dataclass(frozen=True)
class Verdict:
    """What there is to say of an answer."""

    right: bool
    message: str


def asks_for(level: str, sizes: tuple[int, ...], step: int) -> bool:
    """Say whether a level asks for the number of step ``step``, from 1; the last steps first."""
    steps = steps_of(sizes)
    asked = {
        "shown": 0,
        "last": n_parameters(sizes[:2]),  # the gradients of the first layer
        "backward": len(steps.backward),
        "all": steps.last,
    }
    return step > steps.last - asked[level]


def read_answer(text: str) -> float:
    """Return the number that was typed: a decimal, a fraction, or a product of such.

    Raises
    ------
    ValueError
        If it is no number.

    Examples
    --------
    >>> read_answer("−3/8"), read_answer("0,25"), read_answer("2·(0.5 − 1)"), read_answer("2·10⁻⁵")
    (-0.375, 0.25, -1.0, 2e-05)
    """
    plain = as_python_reads(text.strip().removeprefix("=").strip()).translate(_SIGNS)
    try:
        if len(plain) > LONGEST:
            raise ValueError
        value = _evaluate(ast.parse(plain, mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, OverflowError, RecursionError):
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"“{text}” is no number. {HOW_TO_WRITE}")
    return value


def _evaluate(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    if isinstance(node, ast.UnaryOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_evaluate(node.operand))
    raise ValueError


def judge(run: Pass, step: Quantity, text: str) -> Verdict:
    """Say whether ``text`` is the number of a step; if not, what the likeliest mistake was."""
    try:
        answer = read_answer(text)
    except ValueError as refusal:
        return Verdict(False, str(refusal))
    value = run.value(step)
    if _near(answer, value) or (_digits(text) >= 2 and _rounded(text, answer, value)):
        return Verdict(True, "✓ Right.")
    for sentence, wrong in known_mistakes(run, step):
        if math.isfinite(wrong) and not _near(wrong, value) and _near(answer, wrong):
            return Verdict(False, f"✗ {sentence}")
    if answer and _rounded(text, answer, value):
        return Verdict(False, "Right as far as it goes. Give one more digit.")
    return Verdict(False, "✗ Not yet. Put the numbers into the equation.")


def _near(answer: float, value: float) -> bool:
    return abs(answer - value) <= max(NEAR * abs(value), FOUR_DECIMALS)


def _rounded(text: str, answer: float, value: float) -> bool:
    """Say whether ``text`` is a plain decimal and ``value`` rounds to it."""
    plain = text.strip().translate(_SIGNS).lstrip("+-")
    if not plain.replace(".", "", 1).isdigit():
        return False
    decimals = len(plain.partition(".")[2])
    return abs(answer - value) <= 0.5000001 * 10.0**-decimals


def _digits(text: str) -> int:
    """Return how many significant digits were typed."""
    return len("".join(c for c in text if c.isdigit()).lstrip("0"))
