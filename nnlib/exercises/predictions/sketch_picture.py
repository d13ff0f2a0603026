"""The picture of a `Sketch`: a small SVG in the page's own colours, light or dark."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from math import ceil, floor

from nnlib.exercises.predictions.sketch import Curve, Point, Sketch, write_number, write_points
from nnlib.exercises.predictions.sketch_labels import Label, LabelPlacer, along

WIDTH, HEIGHT = 340, 350  # CSS pixels; the plane itself is a square
LEFT, BOTTOM, RIGHT, TOP = 44, 40, 12, 26  # margins around the plane
INK = "var(--jp-content-font-color1, #22272e)"
FAINT = "var(--jp-border-color2, #d0d4da)"
GREY = "var(--jp-content-font-color2, #5b6470)"
GROUND = "var(--jp-layout-color0, white)"


def draw(
    sketch: Sketch,
    points: Sequence[Point],
    answer: Sequence[Point] = (),
    others: Sequence[Sequence[Point]] = (),
) -> str:
    """Return the plane with what is given, what the learner has drawn, and what is so.

    Parameters
    ----------
    points : sequence of (x, y)
        What the learner has marked so far.
    answer : sequence of (x, y)
        What is so; empty until the learner has committed.
    others : sequence of sequences of (x, y)
        What a class has drawn, each learner's points.
    """
    place = _Place(sketch)
    parts = [*_axes(sketch, place)]
    parts += [place.line(curve, GREY, 2) for _, curve in sketch.given]
    parts += _all_drawings(sketch, place, others)
    if sketch.outcome and answer:
        parts.append(place.line(sketch.outcome, INK, 3))
    parts += _drawing(sketch, place, answer, is_answer=True)
    parts += _drawing(sketch, place, points, is_answer=False)
    parts += [
        _label(label, colour) for label, colour in _labels(sketch, place, points, answer, others)
    ]
    words = escape(describe(sketch, points, answer, others), quote=True)
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    style = "max-width: 100%; height: auto; font: 12px sans-serif; display: block"
    return f'<svg role="img" aria-label="{words}" {box} style="{style}">{"".join(parts)}</svg>'


def point_under(sketch: Sketch, x: float, y: float) -> Point:
    """Return the point of the plane that is at x from the left and y from above, in pixels."""
    left, right, bottom, top = sketch.limits
    across, up = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    return left + (x - LEFT) / across * (right - left), top - (y - TOP) / up * (top - bottom)


def describe(
    sketch: Sketch,
    points: Sequence[Point],
    answer: Sequence[Point] = (),
    others: Sequence[Sequence[Point]] = (),
) -> str:
    """Return the picture in words."""
    words = [f"A plane: {sketch.names[0]} to the right, {sketch.names[1]} upwards."]
    words += [
        f"Given: {name}, from {write_points(curve[:1])} to {write_points(curve[-1:])}."
        for name, curve in sketch.given
    ]
    drawn = Counter(map(write_points, others)).most_common()
    words += [f"Drawn {count} time{'s' * (count > 1)}: {each}." for each, count in drawn]
    if points or not others:
        words.append(f"My prediction: {write_points(points) or 'nothing yet'}.")
    if answer:
        words.append(f"What is so: {write_points(answer)}.")
    return " ".join(words)


class _Place:
    """Where on the picture a point of the plane is."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch

    def __call__(self, point: Point) -> Point:
        left, right, bottom, top = self._sketch.limits
        across, up = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
        x = LEFT + across * (point[0] - left) / (right - left)
        return round(x, 1), round(TOP + up * (top - point[1]) / (top - bottom), 1)

    def line(self, curve: Curve, colour: str, width: float, dashes: str = "") -> str:
        """Return a curve through points."""
        corners = " ".join(f"{x},{y}" for x, y in map(self, curve))
        return (
            f'<polyline points="{corners}" fill="none" stroke="{colour}" '
            f'stroke-width="{width}" stroke-dasharray="{dashes}"/>'
        )


def _axes(sketch: Sketch, place: _Place) -> list[str]:
    """Return the lines of the grid, each with its number, and the axes' names."""
    left, right, bottom, top = sketch.limits
    parts = []
    for x in _multiples(sketch.ticks[0], left, right):
        at, _ = place((x, bottom))
        parts.append(place.line(((x, bottom), (x, top)), FAINT, 1))
        parts.append(_text(at, HEIGHT - BOTTOM + 15, write_number(x), "middle"))
    for y in _multiples(sketch.ticks[1], bottom, top):
        _, at = place((left, y))
        parts.append(place.line(((left, y), (right, y)), FAINT, 1))
        parts.append(_text(LEFT - 6, at + 4, write_number(y), "end"))
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(_text(middle, HEIGHT - 6, sketch.names[0], "middle"))
    parts.append(_text(LEFT, TOP - 10, sketch.names[1], "middle"))
    return parts


def _multiples(of: float, low: float, high: float) -> list[float]:
    return [k * of for k in range(ceil(low / of), floor(high / of) + 1)]


def _drawing(sketch: Sketch, place: _Place, points: Sequence[Point], is_answer: bool) -> list[str]:
    """Return points, and the line through two of them.

    What is so is a disc and a solid line; a prediction is a ring, which fits around the disc, and a
    dashed line.
    """
    if not points:
        return []
    parts = []
    if _is_line(sketch, points):
        style = (3.0, "") if is_answer else (2.0, "6 5")
        parts.append(place.line(sketch.across(points), INK, *style))
    look = f'r="5" fill="{INK}"' if is_answer else f'r="8" fill="none" stroke="{INK}"'
    parts += [f'<circle cx="{x}" cy="{y}" {look}/>' for x, y in map(place, points)]
    return parts


def _all_drawings(sketch: Sketch, place: _Place, others: Sequence[Sequence[Point]]) -> list[str]:
    """Return what a class has drawn: the more have drawn the same, the larger or wider it is."""
    lines = Counter(sketch.across(sorted(line)) for line in others if _is_line(sketch, line))
    parts = [
        place.line(line, INK, min(1 + count, 9)).replace("/>", ' stroke-opacity="0.4"/>')
        for line, count in lines.items()
    ]
    dots = Counter(place(point) for points in others for point in points)
    smallest = 3.0 if sketch.asks_for_line else 5.0
    parts += [
        f'<circle cx="{x}" cy="{y}" r="{min(smallest * count**0.5, 26):.1f}" fill="{INK}" '
        f'fill-opacity="0.6" stroke="{GROUND}"/>'
        for (x, y), count in dots.items()
    ]
    return parts


def _labels(
    sketch: Sketch,
    place: _Place,
    points: Sequence[Point],
    answer: Sequence[Point],
    others: Sequence[Sequence[Point]],
) -> list[tuple[Label, str]]:
    """Return the words on the plane with their colours, none of them crossed by a line."""
    drawn = [sketch.across(line) for line in (points, answer, *others) if _is_line(sketch, line)]
    curves = [*(curve for _, curve in sketch.given), *drawn, *[sketch.outcome] * bool(answer)]
    frame = (LEFT, TOP, WIDTH - RIGHT, HEIGHT - BOTTOM)
    marks = [place(point) for each in (points, answer, *others) for point in each]
    placer = LabelPlacer(frame, [[*map(place, curve)] for curve in curves], marks)
    labels = [
        (placer.place(name, along([*map(place, curve)])), GREY) for name, curve in sketch.given
    ]
    for name, whose in (("what is so", answer), ("my prediction", points)):
        if whose:
            beside = [*map(place, whose)]
            if _is_line(sketch, whose):
                beside += along([*map(place, sketch.across(whose))])
            labels.append((placer.place(name, beside, below=whose is points), INK))
    return labels


def _is_line(sketch: Sketch, points: Sequence[Point]) -> bool:
    """Say whether these points make a line that is drawn."""
    return sketch.asks_for_line and len(points) == 2 and points[0] != points[1]


def _label(label: Label, colour: str) -> str:
    """Return a word, legible on the lines of the grid."""
    x, y = label.baseline
    return (
        f'<text x="{x}" y="{y}" fill="{colour}" stroke="{GROUND}" stroke-width="4" '
        f'paint-order="stroke">{escape(label.text)}</text>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" fill="{GREY}" text-anchor="{anchor}">{escape(text)}</text>'
