"""A biological neuron and an artificial one, side by side, with their parts matched."""

import numpy as np
from matplotlib.patches import Polygon

from nnlib import ACTIVATIONS
from nnlib._typing import Array
from nnlib.plots.diagrams.card import (
    BLUE,
    CARD,
    FAINT,
    GREY,
    INK,
    NODE,
    ORANGE,
    ORANGE_TEXT,
    Card,
)
from nnlib.plots.diagrams.tapering import Point, blob, branch

TITLE = "A biological neuron and an artificial neuron"
ALT_TEXT = (
    "Left, a biological neuron: dendrites on the left receive signals from other neurons through "
    "synapses, the cell body gathers them, and the axon carries the answer to its terminals on the "
    "right. Right, an artificial neuron: the inputs x₁, x₂, x₃ are multiplied by the weights w₁, "
    "w₂, w₃ and summed together with the bias b, z = x₁w₁ + x₂w₂ + x₃w₃ + b; the activation f "
    "gives the output a = f(z). Numbers match the parts: 1 dendrites and inputs, 2 synapses and "
    "weights, 3 cell body and sum with bias, 4 the threshold at the axon's root and the "
    "activation, 5 axon with terminals and output."
)
_FILL, _OUTLINE = "#dfe6ee", "#4a5563"
_BODY: Point = (182.0, 258.0)
# Dendrites: control points, width at the body, width at the tip.
_DENDRITES = (
    (((164, 276), (132, 314), (118, 348), (72, 368)), 17, 4),
    (((126, 331), (118, 358), (126, 376), (118, 392)), 8, 3),
    (((98, 356), (76, 348), (62, 336), (46, 334)), 6, 3),
    (((159, 258), (118, 260), (90, 280), (44, 272)), 15, 4),
    (((100, 267), (80, 254), (66, 242), (48, 236)), 7, 3),
    (((166, 240), (132, 200), (114, 172), (66, 160)), 17, 4),
    (((122, 192), (98, 192), (72, 202), (48, 198)), 7, 3),
    (((106, 176), (104, 158), (108, 142), (98, 128)), 6, 3),
    (((186, 281), (192, 322), (204, 344), (192, 380)), 14, 3),
    (((198, 336), (208, 352), (220, 362), (236, 368)), 6, 3),
    (((188, 236), (196, 200), (184, 176), (198, 138)), 14, 3),
    (((191, 186), (204, 170), (220, 164), (232, 150)), 6, 3),
)
_AXON = (((204, 258), (264, 254), (314, 272), (366, 258)), 20, 8)
_TERMINALS = (
    (((362, 259), (388, 272), (396, 302), (422, 314)), 7, 3),
    (((366, 258), (390, 258), (408, 268), (430, 260)), 7, 3),
    (((362, 257), (386, 246), (398, 214), (422, 202)), 7, 3),
)
# Ends of other neurons' axons that touch a dendrite: from, to.
_SYNAPSES = (((28, 394), (61, 377)), ((24, 296), (37, 280)), ((28, 136), (57, 152)))
_PARTS = (  # number, places on the left and on the right, the part's two names
    ("1", (126, 308), (512, 412), "dendrites", "inputs x"),
    ("2", (84, 384), (590, 366), "synapses", "weights w"),
    ("3", (182, 258), (676, 326), "cell body", "sum z, with bias b"),
    ("4", (228, 292), (772, 322), "threshold", "activation f"),
    ("5", (314, 292), (846, 310), "axon, terminals", "output a"),
)
_INPUTS = ((512, 372), (512, 275), (512, 178))
_SUM, _F, _A = (676, 275), (772, 275), (846, 275)


def draw() -> Card:
    """Draw the diagram."""
    card = Card(900, 510)
    card.title(28, 478, "A biological neuron")
    card.title(478, 478, "An artificial neuron")
    card.line([450, 450], [118, 486], color=FAINT, linewidth=1.2)
    _draw_biological(card)
    _draw_artificial(card)
    _draw_matches(card)
    return card


def _draw_biological(card: Card) -> None:
    """Draw all outlines first and all fillings over them: the branches grow together."""
    shapes = [branch(*parts) for parts in (*_DENDRITES, _AXON, *_TERMINALS)]
    shapes.append(blob(_BODY, 36, (0.06, 0.05, -0.04)))
    shapes += [blob(points[-1], tip / 2, ()) for points, _, tip in _DENDRITES]  # rounds the tips
    shapes += [blob(points[-1], 7, ()) for points, _, _ in _TERMINALS]
    for shape in shapes:
        _fill(card, shape, _OUTLINE, 3.2, zorder=2)
    for shape in shapes:
        _fill(card, shape, _FILL, 0.0, zorder=3)
    card.circle(*_BODY, 13, face="#c3cedb", edge=_OUTLINE, width=1.2)
    for start, end in _SYNAPSES:
        control = ((start[0] + end[0]) / 2, start[1])
        _fill(card, branch((start, control, end), 3, 4), GREY, 0.0, zorder=3)
        _fill(card, blob(end, 5.5, ()), GREY, 0.0, zorder=3)
    card.arrow((250, 224), (344, 224), GREY, width=1.6)
    card.note(297, 208, "signal")


def _fill(card: Card, shape: Array, color: str, edge: float, zorder: float) -> None:
    patch = Polygon(shape, closed=True, facecolor=color, edgecolor=color, linewidth=edge)
    patch.set(joinstyle="round", zorder=zorder)
    card.ax.add_patch(patch)


def _draw_artificial(card: Card) -> None:
    """Draw inputs, weights, sum with bias, activation and output."""
    for (x, y), k, width in zip(_INPUTS, "₁₂₃", (2.4, 4.2, 2.4), strict=True):
        negative = k == "₃"
        start, end = _between((x, y), _SUM, 26, 40)
        card.arrow(start, end, ORANGE if negative else BLUE, width=width, dashed=negative)
        card.circle(x, y, 24, face=NODE)
        card.text(x, y, f"x{k}", 17)
        label = (start[0] + 0.45 * (end[0] - start[0]), start[1] + 0.45 * (end[1] - start[1]))
        card.box(label[0] - 17, label[1] - 12, 34, 24, edge="none", zorder=5)
        card.text(*label, f"w{k}", 16, color=ORANGE_TEXT if negative else BLUE)
    card.circle(*_SUM, 36, face=NODE)
    card.text(_SUM[0], _SUM[1] + 9, "Σ", 19)
    card.text(_SUM[0], _SUM[1] - 14, "z", 17)
    card.tag(_SUM[0], _SUM[1] - 52, "b", INK, 30, 25)
    card.arrow((_SUM[0] + 39, 275), (_F[0] - 31, 275))
    card.circle(*_F, 28, face=NODE)
    z = np.linspace(-1, 1, 31)
    sigmoid = ACTIVATIONS["sigmoid"](5 * z)
    card.line(_F[0] + 17 * z, _F[1] + 26 * (sigmoid - 0.5), linewidth=2.4, zorder=6)
    card.arrow((_F[0] + 31, 275), (_A[0] - 23, 275))
    card.circle(*_A, 20, face=NODE)
    card.text(*_A, "a", 17)
    card.text(676, 158, "z = x₁w₁ + x₂w₂ + x₃w₃ + b", 16)
    card.text(676, 130, "a = f(z)", 16)


def _between(start: Point, end: Point, before: float, after: float) -> tuple[Point, Point]:
    """Return the ends of a line that leaves gaps before and after it."""
    (x0, y0), (x1, y1) = start, end
    length = float(np.hypot(x1 - x0, y1 - y0))
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    return (x0 + before * ux, y0 + before * uy), (x1 - after * ux, y1 - after * uy)


def _draw_matches(card: Card) -> None:
    """Give parts that play the same role the same number, and list them below."""
    card.note(450, 92, "parts that play the same role")
    for k, (number, left, right, biology, model) in enumerate(_PARTS):
        x = 96 + 177 * k
        for place in (left, right, (x - 62, 62)):
            card.circle(*place, 10, face=GREY, edge=CARD, width=1.5)
            card.text(*place, number, 13, color=CARD, fontweight="bold", zorder=8)
        card.text(x - 44, 62, biology, ha="left")
        card.text(x - 44, 38, model, ha="left", fontweight="bold")
