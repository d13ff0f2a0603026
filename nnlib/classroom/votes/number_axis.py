"""Numbers that a class has typed, as dots above an axis: a small SVG in the page's colours."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import isfinite

import numpy as np

from nnlib.exercises.predictions.sketch import write_number
from nnlib.exercises.predictions.sketch_picture import GREY, INK

WIDTH, HEIGHT = 560, 350  # CSS pixels
LEFT, RIGHT, FLOOR, TOP = 40, 520, 280, 40  # where the axis is, and how high dots may be stacked
LARGEST = 9.0  # a dot's radius

_STEPS = (1, 2, 5, 10)


def axis(numbers: Sequence[float], every: Sequence[float], answer: float) -> str:
    """Return the numbers above an axis, equal ones one above the other.

    Parameters
    ----------
    numbers : sequence of float
        What was typed in this round.
    every : sequence of float
        What was typed in all rounds: their pictures have the same axis.
    answer : float
        What is so; NaN as long as that is not shown.
    """
    low, high = limits([*every, answer] if isfinite(answer) else every)
    parts = [_line(LEFT, FLOOR, RIGHT, FLOOR, GREY)]
    for tick in ticks(low, high):
        x = _place(tick, low, high)
        parts += [_line(x, FLOOR, x, FLOOR + 8, GREY), _text(x, FLOOR + 30, write_number(tick))]
    if isfinite(answer):
        x = _place(answer, low, high)
        parts += [_line(x, TOP, x, FLOOR, INK, 3), _text(x, TOP - 12, "what is so", INK)]
    parts += _dots(numbers, low, high)
    words = f"{_in_words(numbers)}{f' What is so: {write_number(answer)}.' * isfinite(answer)}"
    style = "max-width: 100%; height: auto; font: 20px sans-serif; display: block"
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg class="axis" role="img" aria-label="{words}" {box} style="{style}">'
        f"{''.join(parts)}</svg>"
    )


def limits(numbers: Sequence[float]) -> tuple[float, float]:
    """Return where the axis begins and ends: most of the numbers are between.

    One that is far from all others does not press these together; it stands at the end.

    Examples
    --------
    >>> limits([1.5, 1.5, 2.5, 1000])
    (1.0, 3.0)
    """
    if not len(numbers):
        return -1.0, 1.0
    middle = np.median(numbers)
    off = np.abs(np.asarray(numbers) - middle)
    near = np.asarray(numbers)[off <= max(5 * np.median(off), 1.0)]
    first, last = float(near.min()), float(near.max())
    room = max((last - first) / 8, 0.5)
    step = _step(first - room, last + room) / 2
    return float(np.floor((first - room) / step) * step), float(
        np.ceil((last + room) / step) * step
    )


def ticks(low: float, high: float) -> list[float]:
    """Return the numbers that are written below the axis."""
    step = _step(low, high)
    return [k * step for k in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def _step(low: float, high: float) -> float:
    """Return 1, 2 or 5 times a power of ten, so that there are about five of them."""
    power = 10.0 ** np.floor(np.log10((high - low) / 5))
    return float(power * next(k for k in _STEPS if k * power >= (high - low) / 6))


def _place(number: float, low: float, high: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * (min(max(number, low), high) - low) / (high - low), 1)


def _dots(numbers: Sequence[float], low: float, high: float) -> Iterator[str]:
    """Yield a dot for each number, in stacks; those at an end of the axis may be beyond it."""
    stacks = _stacks(sorted(_place(number, low, high) for number in numbers))
    radius = min(LARGEST, (FLOOR - TOP) / 2 / max(map(len, stacks), default=1))
    for stack in stacks:
        x = sum(stack) / len(stack)
        for k in range(len(stack)):
            y = FLOOR - radius * (2 * k + 1)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{0.9 * radius:.1f}" fill="{INK}"/>'
    for x, anchor, beyond in (
        (0, "start", sum(number < low for number in numbers)),
        (WIDTH, "end", sum(number > high for number in numbers)),
    ):
        if beyond:
            words = f"← {beyond} further" if x == 0 else f"{beyond} further →"
            yield _text(x, FLOOR + 58, words, anchor=anchor)


def _stacks(places: Sequence[float]) -> list[list[float]]:
    """Return places that are nearer than a dot is wide together."""
    stacks: list[list[float]] = []
    for x in places:
        if stacks and x - stacks[-1][0] < 2 * LARGEST:
            stacks[-1].append(x)
        else:
            stacks.append([x])
    return stacks


def _in_words(numbers: Sequence[float]) -> str:
    counts = sorted(Counter(numbers).items())
    return " ".join(f"{write_number(number)}: {count}." for number, count in counts)


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float = 2) -> str:
    return (
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="{colour}" stroke-width="{width}"/>'
    )


def _text(x: float, y: float, text: str, colour: str = GREY, anchor: str = "middle") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}">{text}</text>'
