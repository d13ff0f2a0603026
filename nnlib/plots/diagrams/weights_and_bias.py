"""What a weight and a bias do: to a neuron's curve, and to its boundary in the plane."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from nnlib import ACTIVATIONS
from nnlib.plots.diagrams.card import BLUE, GREY, INK, ORANGE, ORANGE_TEXT, SMALL, TEXT, Card
from nnlib.plots.palette import LIGHT

TITLE = "What weights and bias do"
ALT_TEXT = (
    "Four plots of a sigmoid neuron. Top left: with one input, the weights 1, 2 and 5 make its "
    "curve steeper and steeper, and the weight −2 turns it round. Top right: the biases 4, 0 and "
    "−4 shift the curve sideways and keep its shape. Bottom left: in the plane of two inputs, "
    "two pairs of weights, (1, 1) and (1, −0.4), give boundary lines at different angles, each "
    "at right angles to its own w. Bottom right: three biases give three parallel boundary lines."
)
_POINTS, _LABEL = 0.75 * SMALL, 0.75 * TEXT
_SIGMOID = ACTIVATIONS["sigmoid"]


def draw() -> Card:
    """Draw the diagram."""
    card = Card(900, 640)
    _draw_steepness(card, card.panel(62, 386, 350, 180))
    _draw_shift(card, card.panel(512, 386, 350, 180))
    _draw_turns(card, card.panel(62, 62, 350, 212))
    _draw_parallels(card, card.panel(512, 62, 350, 212))
    return card


def _head(card: Card, x: float, title: str, note: str) -> None:
    """Write a panel's title and remark: the upper row first, then the lower."""
    y = 612 if note.startswith("a =") else 320
    card.title(x, y, title)
    card.note(x, y - 23, note, ha="left")


def _curve_axes(ax: Axes) -> None:
    ax.set(xlim=(-5, 5), ylim=(-0.05, 1.2), xticks=[-4, -2, 0, 2, 4], yticks=[0, 0.5, 1])
    ax.set_xlabel("input x", fontsize=_POINTS, color=GREY, labelpad=2)
    ax.set_ylabel("output a", fontsize=_POINTS, color=GREY, labelpad=4)
    ax.axhline(0.5, color=GREY, linewidth=0.6, dashes=(2, 2))
    ax.axvline(0, color=GREY, linewidth=0.6)


def _plane_axes(ax: Axes) -> None:
    ax.set(xlim=(-3.3, 3.3), ylim=(-2, 2), xticks=[-3, 0, 3], yticks=[-2, 0, 2])
    ax.set_xlabel("input x₁", fontsize=_POINTS, color=GREY, labelpad=2)
    ax.set_ylabel("input x₂", fontsize=_POINTS, color=GREY, labelpad=4)


def _write(
    ax: Axes, x: float, y: float, words: str, color: str = INK, side: str = "center"
) -> None:
    ax.text(x, y, words, fontsize=_LABEL, color=color, ha=side, va="center", zorder=5)


def _draw_steepness(card: Card, ax: Axes) -> None:
    _head(card, 24, "A weight: how steep, and which way", "a = σ(w·x)")
    _curve_axes(ax)
    x = np.linspace(-5, 5, 201)
    for w in (1, 2, 5):
        ax.plot(x, _SIGMOID(w * x), color=BLUE, linewidth=0.8 + 0.45 * w)
    ax.plot(x, _SIGMOID(-2 * x), color=ORANGE, linewidth=1.7, dashes=(4, 2))
    _write(ax, 0.25, 1.1, "w = 5", BLUE, "left")
    _write(ax, 1.8, 1.1, "w = 2", BLUE, "left")
    _write(ax, 2.6, 0.8, "w = 1", BLUE, "left")
    _write(ax, -2.0, 0.8, "w = −2", ORANGE_TEXT, "right")


def _draw_shift(card: Card, ax: Axes) -> None:
    _head(card, 474, "The bias: where", "a = σ(2·x + b); a = 0.5 at x = −b/2")
    _curve_axes(ax)
    x = np.linspace(-5, 5, 201)
    for b, words in ((4, "b = 4"), (0, "b = 0"), (-4, "b = −4")):
        ax.plot(x, _SIGMOID(2 * x + b), color=INK if b == 0 else GREY, linewidth=1.8)
        ax.plot([-b / 2], [0.5], "o", color=INK, markersize=5)
        _write(ax, 0.35 - b / 2, 0.4, words, INK if b == 0 else GREY, "left")


def _draw_half_planes(ax: Axes) -> None:
    """Tint the two sides of the line x₁ + x₂ = 0: blue where w·x + b is positive."""
    ax.fill([-4, 4, 4], [4, 4, -4], color=LIGHT.map(0.75), linewidth=0, zorder=0)
    ax.fill([-4, -4, 4], [4, -4, -4], color=LIGHT.map(0.25), linewidth=0, zorder=0)


def _boundary(ax: Axes, w1: float, w2: float, b: float, color: str) -> None:
    """Draw the line w₁x₁ + w₂x₂ + b = 0, long enough to leave the plot."""
    length = np.hypot(w1, w2)
    foot = -b * np.array([w1, w2]) / length**2
    along = 6.0 * np.array([-w2, w1]) / length
    (x0, y0), (x1, y1) = foot - along, foot + along
    ax.plot([x0, x1], [y0, y1], color=color, linewidth=2.0 if color == INK else 1.5)


def _weights_arrow(ax: Axes, w1: float, w2: float, color: str) -> None:
    arrow = FancyArrowPatch(
        (0, 0),
        (w1, w2),
        arrowstyle="-|>,head_length=5,head_width=2.6",
        mutation_scale=1.5,
        shrinkA=0,
        shrinkB=0,
        color=color,
        linewidth=1.5,
    )
    ax.add_patch(arrow)


def _draw_turns(card: Card, ax: Axes) -> None:
    _head(card, 24, "Two weights: which way the boundary lies", "w₁x₁ + w₂x₂ = 0")
    _plane_axes(ax)
    _draw_half_planes(ax)
    for w1, w2, words, color in (
        (1.0, -0.4, "w = (1, −0.4)", GREY),
        (1.0, 1.0, "w = (1, 1)", INK),
    ):
        _boundary(ax, w1, w2, 0.0, color)
        _weights_arrow(ax, w1, w2, color)
        _write(ax, w1 + 0.12, w2 + 0.1, words, color, "left")
    _write(ax, 3.1, 1.7, "a > 0.5", BLUE, "right")
    _write(ax, -3.1, -1.7, "a < 0.5", ORANGE_TEXT, "left")


def _draw_parallels(card: Card, ax: Axes) -> None:
    _head(card, 474, "The bias: where the boundary lies", "x₁ + x₂ + b = 0")
    _plane_axes(ax)
    _draw_half_planes(ax)
    for b, x2, words in ((3, -1.6, "b = 3"), (0, -1.2, "b = 0"), (-3, 1.6, "b = −3")):
        color = INK if b == 0 else GREY
        _boundary(ax, 1.0, 1.0, b, color)
        _write(ax, 0.3 - b - x2, x2, words, color, "left")
    _weights_arrow(ax, 1.0, 1.0, INK)
    _write(ax, 1.06, 0.86, "w", INK, "left")
