"""A 2-3-1 network with its layers and parts named."""

from itertools import pairwise

from nnlib.plots.diagrams.card import BLUE, GREY, NODE, ORANGE, ORANGE_TEXT, Card

TITLE = "The parts and layers of a network"
ALT_TEXT = (
    "A network of three layers. The input layer holds x₁ and x₂, the hidden layer the neurons h₁, "
    "h₂ and h₃, the output layer the neuron ŷ. Every node is joined to every node of the next "
    "layer by a weight, and every neuron of the hidden and output layer has a bias. Marked as "
    "examples: the neuron h₁, the weight w⁽¹⁾₂₃ from x₂ to h₃, and the bias b⁽²⁾. Below: W⁽¹⁾ is "
    "2 × 3 and b⁽¹⁾ has 3 numbers, W⁽²⁾ is 3 × 1 and b⁽²⁾ has 1: 13 parameters in all."
)
_LAYERS = (  # name, x of its nodes, their names, what it holds
    ("input layer", 190, ("x₁", "x₂"), "X: one row, 2 numbers"),
    ("hidden layer", 450, ("h₁", "h₂", "h₃"), "W⁽¹⁾ 2 × 3,  b⁽¹⁾ 3"),
    ("output layer", 710, ("ŷ",), "W⁽²⁾ 3 × 1,  b⁽²⁾ 1"),
)
_MIDDLE, _SPACING, _RADIUS = 256.0, 112.0, 28.0


def draw() -> Card:
    """Draw the diagram."""
    card = Card(900, 480)
    columns = [_nodes(x, len(names)) for _, x, names, _ in _LAYERS]
    for k, (name, x, symbols, holds) in enumerate(_LAYERS):
        card.box(x - 74, 68, 148, 388, corner=12, face=NODE, edge="none", zorder=1)
        card.text(x, 434, name, fontweight="bold")
        card.note(x, 46, holds)
        for (node_x, y), symbol in zip(columns[k], symbols, strict=True):
            card.circle(node_x, y, _RADIUS)
            card.text(node_x, y, symbol, 17)
            if k:
                card.tag(node_x, y - _RADIUS - 14, "b", GREY, 26, 21)
    _draw_edges(card, columns)
    _name_parts(card, columns)
    card.note(450, 22, "9 weights and 4 biases: 13 parameters")
    return card


def _nodes(x: float, n: int) -> list[tuple[float, float]]:
    return [(x, _MIDDLE + _SPACING * ((n - 1) / 2 - k)) for k in range(n)]


def _draw_edges(card: Card, columns: list[list[tuple[float, float]]]) -> None:
    """Draw every weight: some positive (blue, solid), some negative (orange, dashed)."""
    k = 0
    for left, right in pairwise(columns):
        for x0, y0 in left:
            for x1, y1 in right:
                negative = k in (1, 5, 7)
                length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
                ux, uy = (x1 - x0) / length, (y1 - y0) / length
                card.arrow(
                    (x0 + _RADIUS * ux, y0 + _RADIUS * uy),
                    (x1 - (_RADIUS + 3) * ux, y1 - (_RADIUS + 3) * uy),
                    ORANGE if negative else BLUE,
                    width=1.6 + 0.9 * (k % 3),
                    dashed=negative,
                )
                k += 1


def _name_parts(card: Card, columns: list[list[tuple[float, float]]]) -> None:
    """Point at one neuron, one weight and one bias."""
    (hidden_x, hidden_y), (output_x, output_y) = columns[1][0], columns[2][0]
    card.text(62, _MIDDLE, "2 inputs\nof a sample")
    card.text(580, 400, "a neuron")
    card.pointer((546, 399), (hidden_x + 23, hidden_y + 21), bend=0.15)
    card.text(320, 108, "a weight")
    card.text(320, 86, "w⁽¹⁾₂₃", 17, color=ORANGE_TEXT)
    card.pointer((320, 120), (328, 168))
    card.text(840, output_y + 2, "the output")
    card.pointer((800, output_y), (output_x + _RADIUS + 4, output_y))
    card.text(840, 150, "a bias")
    card.text(840, 128, "b⁽²⁾", 17)
    card.pointer((814, 152), (output_x + 16, output_y - _RADIUS - 14), bend=-0.15)
