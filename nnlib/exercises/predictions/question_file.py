"""A chapter's questions, read from the TOML file in which a teacher writes them.

How the file is written stands at its top; all of it is checked when it is read.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.predictions.questions import Question
from nnlib.exercises.predictions.sketch import Curve, Sketch
from nnlib.toml_tables import (
    Expected,
    TomlTable,
    number,
    positive,
    prose,
    proses,
    read_tables,
    text,
    texts,
)

_QUESTION = ("question", "options", "answer", "why", "mistakes", "plane")
_PLANE = ("draw", "x", "y", "step", "given", "outcome")
_AXIS = ("name", "from", "to", "grid")
_SLOPE_OF = "slope of "
_CORNERS = 61  # of a curve that is drawn from its equation


def read_questions(file: Path) -> dict[str, Question]:
    """Return the questions of a chapter under their names, in the file's order.

    Raises
    ------
    ValueError
        If the file is not as it should be. The message names the file, the question, what is wrong
        there and what was expected.
    """
    return read_tables(file, partial(_question, file.stem))


def _question(chapter: str, name: str, content: Any) -> Question:
    if not isinstance(content, dict):
        raise ValueError(f"{name!r} belongs to no question. Above it, write a name: [{chapter}-…].")
    if not name.startswith(f"{chapter}-"):
        raise ValueError(f"[{name}] should begin with the chapter's name: [{chapter}-…].")
    table = TomlTable(name, content, _QUESTION)
    return Question(
        name=name,
        text=table.take("question", prose),
        options=table.take("options", texts, ()),
        answer=table.take("answer", text),
        why=table.take("why", prose),
        known_mistakes=table.take("mistakes", proses, ()),
        sketch=_sketch(table.table("plane", _PLANE)) if "plane" in table else None,
    )


def _sketch(plane: TomlTable) -> Sketch:
    (x_name, left, right, x_grid), (y_name, bottom, top, y_grid) = (
        _axis(plane.table(name, _AXIS)) for name in "xy"
    )
    curve = partial(_curve, left=left, right=right)
    return Sketch(
        limits=(left, right, bottom, top),
        names=(x_name, y_name),
        asks_for_line=plane.take("draw", _asks_for_line),
        given=plane.take("given", partial(_named_curves, read=curve), ()),
        outcome=plane.take("outcome", curve, ()),
        step=plane.take("step", positive, Sketch.step),
        ticks=(x_grid, y_grid),
    )


def _axis(axis: TomlTable) -> tuple[str, float, float, float]:
    """Return the axis's name, where it begins and ends, and how far apart its grid lines are."""
    low, high = axis.take("from", number), axis.take("to", number)
    if not low < high:
        raise ValueError(f"{axis.where}: “from” should be below “to”; they are {low} and {high}.")
    return axis.take("name", text), low, high, axis.take("grid", positive, 1.0)


def _asks_for_line(value: Any) -> bool:
    """Read what is to be drawn."""
    if value not in ("a point", "a line"):
        raise Expected('"a point" or "a line"')
    return value == "a line"


def _named_curves(value: Any, read: Callable[[Any], Curve]) -> tuple[tuple[str, Curve], ...]:
    """Read curves, each under its name."""
    if not isinstance(value, dict):
        raise Expected('curves, each under its name: { "the line now" = [[0, 1], [1, 0]] }')
    return tuple((name, read(curve)) for name, curve in value.items())


def _curve(value: Any, left: float, right: float) -> Curve:
    """Read points, or the name of an activation: its curve, or that of its slope."""
    if not isinstance(value, str):
        return _points(value)
    f = ACTIVATIONS.get(value.removeprefix(_SLOPE_OF))
    if f is None or not f.elementwise:
        raise Expected(f'points, or an activation such as "tanh" or "{_SLOPE_OF}tanh"')
    z = np.linspace(left, right, _CORNERS)
    heights = f.derivative(z) if value.startswith(_SLOPE_OF) else f(z)
    return tuple(zip(z.tolist(), np.round(heights, 4).tolist(), strict=True))


def _points(value: Any) -> Curve:
    """Read points in the order in which a curve joins them."""
    try:
        return tuple((number(x), number(y)) for x, y in value)
    except (TypeError, ValueError, Expected):
        raise Expected("points, [[0, 1], [0.5, -0.5]]") from None
