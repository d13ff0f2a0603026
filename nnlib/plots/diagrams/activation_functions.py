"""Small multiples: nine activation functions, each with its derivative."""

from math import ceil

import numpy as np

from nnlib import ACTIVATIONS
from nnlib.plots.diagrams.card import GREY, INK, PURPLE, SMALL, Card

TITLE = "Activation functions and their derivatives"
ALT_TEXT = (
    "Nine small plots of activation functions f (solid) with their derivatives f′ (dashed) for z "
    "from −4 to 4. Linear, step, sigmoid, tanh, ReLU, leaky ReLU, ELU, softplus and GELU. Sigmoid "
    "and tanh level off on both sides and their derivatives sink to 0 there; ReLU and its "
    "relatives are flat or nearly so on the left and grow without bound on the right."
)
_SHORT = {"gelu": "z Φ(z), in the tanh form"}  # its formula is too long for its plot
# Where "f" and "f′" stand, (z, height): beside their own curve, away from the other.
_MARKS = {
    "linear": ((1.6, 2.25), (-3.2, 1.4)),
    "step": ((3.0, 1.35), (3.0, 0.35)),
    "sigmoid": ((3.0, 1.35), (-1.9, 0.5)),
    "tanh": ((3.0, 1.4), (-1.5, 0.85)),
    "relu": ((1.6, 2.25), (3.2, 0.65)),
    "leaky_relu": ((1.6, 2.25), (3.2, 0.65)),
    "elu": ((1.6, 2.25), (3.2, 0.65)),
    "softplus": ((1.3, 2.25), (3.2, 0.6)),
    "gelu": ((1.6, 2.25), (3.2, 0.65)),
}


def draw() -> Card:
    """Draw the diagram."""
    names = [name for name, f in ACTIVATIONS.items() if f.elementwise]
    height = 20 + 222 * ceil(len(names) / 3)
    card = Card(900, height)
    for k, name in enumerate(names):
        _draw_one(card, name, left=50 + 290 * (k % 3), bottom=height - 196 - 222 * (k // 3))
    return card


def _draw_one(card: Card, name: str, left: float, bottom: float) -> None:
    f = ACTIVATIONS[name]
    card.title(left - 12, bottom + 170, f.title)
    card.note(left - 12, bottom + 148, f"f(z) = {_SHORT.get(name, f.formula)}", ha="left")
    ax = card.panel(left, bottom, 230, 128)
    ax.set(xlim=(-4, 4), ylim=(-1.35, 2.6), xticks=[-4, -2, 0, 2, 4], yticks=[-1, 0, 1, 2])
    ax.axhline(0, color=GREY, linewidth=0.6)
    ax.axvline(0, color=GREY, linewidth=0.6)
    ax.text(4.25, -1.35, "z", fontsize=SMALL * 0.75, color=GREY, va="center")
    for side in (np.linspace(-4, -1e-9, 81), np.linspace(1e-9, 4, 81)):  # a jump stays open
        ax.plot(side, f.derivative(side), color=PURPLE, linewidth=1.6, dashes=(3.5, 2))
        ax.plot(side, f(side), color=INK, linewidth=2.0)
    for (z, height), words, color in zip(_MARKS[name], ("f", "f′"), (INK, PURPLE), strict=True):
        ax.text(z, height, words, fontsize=10.5, color=color, ha="center", va="center")
