"""The learning loop: forward, loss, backward, update, and again."""

from itertools import pairwise

import numpy as np

from nnlib.plots.diagrams.card import (
    BLUE,
    FAINT,
    GREY,
    INK,
    NODE,
    ORANGE_TEXT,
    PURPLE,
    Card,
)

TITLE = "The learning loop"
ALT_TEXT = (
    "A loop of four stations, entered from the data X and y. Forward pass: the network turns X "
    "into the output ŷ. Loss: one number L says how far ŷ is from the target y. Backward pass: the "
    "gradient ∂L/∂w of every weight and bias. Update: every parameter takes a small step against "
    "its gradient, w ← w − η ∂L/∂w. An arrow leads from the update back to the forward pass: "
    "again, until the loss no longer falls."
)
_WIDTH, _HEIGHT = 216.0, 138.0
_FORWARD, _LOSS = (352.0, 330.0), (722.0, 330.0)  # centres of the stations
_UPDATE, _BACKWARD = (352.0, 112.0), (722.0, 112.0)


def draw() -> Card:
    """Draw the diagram."""
    card = Card(900, 446)
    _draw_data(card)
    _station(card, _FORWARD, "1  Forward pass", "ŷ = network(X)", INK)
    _station(card, _LOSS, "2  Loss", "L = loss(ŷ, y)", INK)
    _station(card, _BACKWARD, "3  Backward pass", "∂L/∂w of every parameter", PURPLE)
    _station(card, _UPDATE, "4  Update", "w ← w − η ∂L/∂w", INK)
    _draw_network_icon(card, *_FORWARD, INK, 1)
    _draw_loss_icon(card, *_LOSS)
    _draw_network_icon(card, *_BACKWARD, PURPLE, -1)
    _draw_update_icon(card, *_UPDATE)
    _draw_ring(card)
    return card


def _station(card: Card, centre: tuple[float, float], name: str, formula: str, color: str) -> None:
    x, y = centre
    card.box(x - _WIDTH / 2, y - _HEIGHT / 2, _WIDTH, _HEIGHT, corner=12, face=NODE, edge=color)
    card.text(x, y + 50, name, color=color, fontweight="bold")
    card.text(x, y - 50, formula, color=color)


def _draw_ring(card: Card) -> None:
    """Draw the arrows from station to station, and say what goes along them."""
    half, up = _WIDTH / 2 + 8, _HEIGHT / 2 + 8
    card.arrow((_FORWARD[0] + half, 330), (_LOSS[0] - half, 330), width=2.6)
    card.arrow((722, 330 - up), (722, 112 + up), width=2.6)
    card.arrow((_BACKWARD[0] - half, 112), (_UPDATE[0] + half, 112), PURPLE, width=2.6)
    card.arrow((352, 112 + up), (352, 330 - up), width=2.6)
    card.text(537, 348, "output ŷ")
    card.text(736, 221, "loss L", ha="left")
    card.text(537, 130, "gradient", color=PURPLE)
    card.text(338, 221, "new w and b", ha="right")
    card.text(537, 231, "and again,", fontweight="bold")
    card.text(537, 210, "until the loss no longer falls")


def _draw_data(card: Card) -> None:
    """Draw a small table of samples; X goes to the forward pass, y to the loss."""
    left, bottom, row = 34.0, 276.0, 24.0
    card.text(left + 66, bottom + 5 * row, "Data", fontweight="bold")
    for k, words in enumerate(("x₁", "x₂", "y")):
        card.note(left + 22 + 44 * k, bottom + 4 * row - 4, words)
    for r, values in enumerate(((1, 1, 1), (1, 0, 1), (0, 1, 1), (0, 0, 0))):
        y = bottom + row * r
        for k, value in enumerate(values):
            color = INK if k < 2 else (BLUE if value else ORANGE_TEXT)
            card.text(left + 22 + 44 * k, y, str(value), color=color)
    card.line([left + 88, left + 88], [bottom - 14, bottom + 4 * row + 8], color=FAINT)
    card.arrow((left + 140, 330), (_FORWARD[0] - _WIDTH / 2 - 8, 330), width=2.6)
    card.text(209, 348, "X")
    # The targets take the way round the forward pass, straight to the loss.
    card.line([left + 110, left + 110, 722], [412, 428, 428], color=GREY, linewidth=1.6)
    card.arrow((722, 429), (722, 330 + _HEIGHT / 2 + 4), GREY, width=1.6)
    card.text(537, 414, "targets y", color=GREY)


def _draw_network_icon(card: Card, x: float, y: float, color: str, direction: int) -> None:
    """Draw a tiny network with an arrow over it: 1 is to the right, −1 to the left."""
    columns = [[(x + dx, y - 4 + dy) for dy in dys] for dx, dys in _ICON]
    for left, right in pairwise(columns):
        for start in left:
            for end in right:
                card.line(
                    (start[0], end[0]), (start[1], end[1]), color=color, linewidth=1, zorder=4
                )
    for centre in (centre for column in columns for centre in column):
        card.circle(*centre, 5, edge=color, width=1.4)
    card.arrow((x - 24 * direction, y + 31), (x + 24 * direction, y + 31), color, width=1.6)


_ICON = ((-42, (-10, 10)), (0, (-18, 0, 18)), (42, (0,)))  # column's distance, nodes' heights


def _draw_loss_icon(card: Card, x: float, y: float) -> None:
    """Draw the gap between output and target on a line from 0 to 1."""
    card.line([x - 70, x + 70], [y - 4, y - 4], color=GREY, linewidth=1.4, zorder=4)
    for at, words, color in ((-34, "ŷ", INK), (58, "y", BLUE)):
        card.circle(x + at, y - 4, 6, face=color, edge=color)
        card.text(x + at, y - 24, words, color=color)
    card.arrow((x + 2, y + 14), (x - 32, y + 14), width=1.6)
    card.arrow((x + 22, y + 14), (x + 56, y + 14), width=1.6)
    card.text(x + 12, y + 14, "L")


def _draw_update_icon(card: Card, x: float, y: float) -> None:
    """Draw a step down a loss curve, against the slope."""
    t = np.linspace(-1, 1, 41)
    card.line(x + 64 * t, y - 26 + 58 * t**2, color=GREY, linewidth=1.8, zorder=4)
    for at, face in ((-0.88, NODE), (-0.5, INK)):
        card.circle(x + 64 * at, y - 26 + 58 * at**2, 5.5, face=face)
    card.arrow((x - 44, y + 21), (x - 22, y - 2), width=1.8)
