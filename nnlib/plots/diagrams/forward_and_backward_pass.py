"""One step through a network with a hidden layer: values to the right, gradients to the left."""

from itertools import pairwise

from nnlib.plots.diagrams.card import INK, NODE, PURPLE, TITLE_SIZE, Card

TITLE = "Forward and backward pass"
ALT_TEXT = (
    "A chain of nodes from left to right: X, z⁽¹⁾, a⁽¹⁾, z⁽²⁾, ŷ, L. Above it the forward pass, "
    "values going right: z⁽¹⁾ = X W⁽¹⁾ + b⁽¹⁾, a⁽¹⁾ = f(z⁽¹⁾), z⁽²⁾ = a⁽¹⁾ W⁽²⁾ + b⁽²⁾, "
    "ŷ = f(z⁽²⁾), and the loss L of ŷ and y. Below it in purple boxes the backward pass, "
    "gradients going left from L: ∂L/∂ŷ, times f′(z⁽²⁾) gives δ⁽²⁾, times W⁽²⁾ᵀ gives ∂L/∂a⁽¹⁾, "
    "times f′(z⁽¹⁾) gives δ⁽¹⁾. From each δ an arrow leads down to the gradients "
    "of its layer: ∂L/∂W is the layer's input, transposed, times δ, and ∂L/∂b is the sum of δ "
    "over the rows."
)
_NODES, _FORMULAS, _GRADIENTS, _PARAMETERS = 300.0, 362.0, 205.0, 92.0  # heights of the four rows
_RADIUS = 30.0
_CHAIN = (  # x, symbol, its equation, the gradient under it, width of the gradient's box
    (62, "X", "", "", 0),
    (212, "z⁽¹⁾", "z⁽¹⁾ = X W⁽¹⁾ + b⁽¹⁾", "δ⁽¹⁾", 54),
    (377, "a⁽¹⁾", "a⁽¹⁾ = f(z⁽¹⁾)", "∂L/∂a⁽¹⁾", 86),
    (546, "z⁽²⁾", "z⁽²⁾ = a⁽¹⁾ W⁽²⁾ + b⁽²⁾", "δ⁽²⁾", 54),
    (702, "ŷ", "ŷ = f(z⁽²⁾)", "∂L/∂ŷ", 70),
    (830, "L", "L = loss(ŷ, y)", "", 0),
)
_STEPS_BACK = ("⊙ f′(z⁽¹⁾)", "· W⁽²⁾ᵀ", "⊙ f′(z⁽²⁾)")  # what each arrow multiplies by


def draw() -> Card:
    """Draw the diagram."""
    card = Card(900, 470)
    card.title(28, 436, "Forward: values go right")
    card.text(
        28, 26, "Backward: gradients go left", TITLE_SIZE, weight="bold", ha="left", color=PURPLE
    )
    card.note(872, 26, "⊙ element by element,  ᵀ transposed,  Σ over the rows", ha="right")
    _draw_forward(card)
    _draw_backward(card)
    _draw_parameters(card, 212, "∂L/∂W⁽¹⁾ = Xᵀ δ⁽¹⁾", "∂L/∂b⁽¹⁾ = Σ δ⁽¹⁾")
    _draw_parameters(card, 546, "∂L/∂W⁽²⁾ = a⁽¹⁾ᵀ δ⁽²⁾", "∂L/∂b⁽²⁾ = Σ δ⁽²⁾")
    return card


def _draw_forward(card: Card) -> None:
    for x, symbol, formula, _, _ in _CHAIN:
        card.circle(x, _NODES, _RADIUS, face=NODE)
        card.text(x, _NODES, symbol, 18)
        card.text(x, _FORMULAS, formula)
    for (x0, *_), (x1, *_) in pairwise(_CHAIN):
        card.arrow((x0 + _RADIUS + 4, _NODES), (x1 - _RADIUS - 4, _NODES), INK)


def _draw_backward(card: Card) -> None:
    boxes = [(x, words, width) for x, _, _, words, width in _CHAIN if words]
    for x, words, width in boxes:
        card.tag(x, _GRADIENTS, words, PURPLE, width)
    for (x0, _, left), (x1, _, right), factor in zip(boxes, boxes[1:], _STEPS_BACK, strict=False):
        start, end = x1 - right / 2 - 4, x0 + left / 2 + 4
        card.arrow((start, _GRADIENTS), (end, _GRADIENTS), PURPLE)
        card.text((start + end) / 2, _GRADIENTS + 20, factor, color=PURPLE)
    (loss_x, *_), (output_x, *_, width) = _CHAIN[-1], _CHAIN[-2]
    card.arrow(
        (loss_x, _NODES - _RADIUS - 4), (output_x + width / 2 + 4, _GRADIENTS), PURPLE, bend=-0.35
    )


def _draw_parameters(card: Card, x: float, weights: str, bias: str) -> None:
    """Draw what a layer's δ gives: the gradients of its weights and bias."""
    card.arrow((x, _GRADIENTS - 17), (x, _PARAMETERS + 36), PURPLE)
    card.box(x - 105, _PARAMETERS - 32, 210, 64, edge=PURPLE)
    card.text(x, _PARAMETERS + 14, weights, color=PURPLE)
    card.text(x, _PARAMETERS - 14, bias, color=PURPLE)
