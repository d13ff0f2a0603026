"""What a node does: its value, its local derivatives, and both as a book writes them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nnlib.plots.words.labels import bracketed
from nnlib.plots.words.numbers import MINUS, raised, significant


@dataclass(frozen=True)
class Operation:
    """One kind of node. Its functions take the operands' values, then its own value.

    Parameters
    ----------
    sign : str
        What stands in the node.
    form : str
        The expression, with {0} and {1} for the operands.
    value : callable
        Of the operands.
    slopes : callable
        The derivative with respect to each operand: of the operands, and of the value.
    slope_forms : tuple of str
        The same, with {r} for the node's own name.
    needs : str
        What is said where there is no value; {} is the first operand's.
    """

    sign: str
    form: str
    value: Callable[..., float]
    slopes: Callable[..., tuple[float, ...]]
    slope_forms: tuple[str, ...]
    needs: str = ""

    def written(self, operands: Sequence[str]) -> str:
        """Return the expression with these words for its operands; negative ones in brackets."""
        if self.form == "{0} + {1}" or self.form == f"{{0}} {MINUS} {{1}}":
            return self.form.format(operands[0], bracketed(operands[1]))
        if self.form.endswith((")", "|")):  # its own brackets do
            return self.form.format(*operands)
        return self.form.format(*map(bracketed, operands))

    def slopes_written(self, operands: Sequence[str], name: str) -> list[str]:
        """Return its local derivatives in names, as they stand in a product."""
        names = list(map(bracketed, operands))
        return [bracketed(form.format(*names, r=name)) for form in self.slope_forms]


def sigmoid(z: float) -> float:
    """Return 1 / (1 + e⁻ᶻ), for any z without overflow."""
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def power(exponent: float) -> Operation:
    """Return the operation that raises to ``exponent``, a number."""
    n, less = significant(exponent), exponent - 1
    whole = exponent == int(exponent)
    return Operation(
        f"( ){raised(exponent)}",
        "{0}" + raised(exponent),
        lambda u: u**exponent if u >= 0 or whole else math.nan,
        lambda u, r: (exponent * u**less if exponent else 0.0,),
        (_power_slope(n, less) if exponent else "0",),
        "{} has no such power",
    )


def _power_slope(n: str, less: float) -> str:
    """Return n·uⁿ⁻¹, as short as it is written: 2·u, 3·u²."""
    times = "" if n == "1" else f"{n}·"
    return n if less == 0 else times + "{0}" + ("" if less == 1 else raised(less))


def _function(name: str, value: Callable, slope: Callable, form: str, needs: str = "") -> Operation:
    return Operation(name, name + "({0})", value, lambda u, r: (slope(u, r),), (form,), needs)


OPERATIONS = {
    "+": Operation("+", "{0} + {1}", lambda u, v: u + v, lambda u, v, r: (1.0, 1.0), ("1", "1")),
    "-": Operation(
        *(MINUS, f"{{0}} {MINUS} {{1}}", lambda u, v: u - v),
        *(lambda u, v, r: (1.0, -1.0), ("1", f"{MINUS}1")),
    ),
    "*": Operation("×", "{0}·{1}", lambda u, v: u * v, lambda u, v, r: (v, u), ("{1}", "{0}")),
    "/": Operation(
        *("÷", "{0} / {1}", lambda u, v: u / v, lambda u, v, r: (1 / v, -r / v)),
        ("1/{1}", f"{MINUS}{{r}}/{{1}}"),
        "{} cannot be divided by 0",
    ),
    "neg": Operation(
        f"{MINUS}( )", MINUS + "{0}", lambda u: -u, lambda u, r: (-1.0,), (f"{MINUS}1",)
    ),
    "tanh": _function("tanh", math.tanh, lambda u, r: 1 - r * r, f"(1 {MINUS} {{r}}²)"),
    "sigmoid": _function("σ", sigmoid, lambda u, r: r * (1 - r), f"{{r}}·(1 {MINUS} {{r}})"),
    "relu": _function("relu", lambda u: max(u, 0.0), lambda u, r: float(u > 0), "relu′({0})"),
    "exp": _function("exp", math.exp, lambda u, r: r, "{r}"),
    "log": _function("log", math.log, lambda u, r: 1 / u, "1/{0}", "{} has no log: only above 0"),
    "sqrt": _function(
        *("sqrt", math.sqrt, lambda u, r: 0.5 / r, "1/(2·{r})", "{} has no root: only 0 and above")
    ),
    "sin": _function("sin", math.sin, lambda u, r: math.cos(u), "cos({0})"),
    "cos": _function("cos", math.cos, lambda u, r: -math.sin(u), f"({MINUS}sin({{0}}))"),
    "abs": Operation(
        *("| |", "|{0}|", abs, lambda u, r: (float((u > 0) - (u < 0)),), ("sign({0})",))
    ),
}
KINKS = ("relu", "abs")  # no slope at 0; taken is 0
ACTIVATIONS = ("tanh", "sigmoid", "relu")
