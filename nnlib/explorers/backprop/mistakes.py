"""The known mistakes in each step of a pass, each with the number it leads to."""

from collections.abc import Callable
from typing import Any

from nnlib.explorers.passes.steps import Pass, parameter_of
from nnlib.explorers.shared.network_parts import not_none
from nnlib.plots.words.symbols import Bias, LossNode, Node, Quantity, Weight

Mistakes = list[tuple[str, float]]


def known_mistakes(run: Pass, step: Quantity) -> Mistakes:
    """Return the known mistakes of a step, the likeliest first, each with what it comes to."""
    value = run.value(step)
    own = _MISTAKES[step.kind](run, step.part)
    return [
        ("The sign is turned round.", -value),
        *own,
        *((f"{sentence} And the sign is turned round.", -wrong) for sentence, wrong in own),
        ("This is divided by four rows; one row goes through here.", value / 4),
        ("This is added up over four rows; one row goes through here.", value * 4),
    ]


def _of_sum(run: Pass, node: Node) -> Mistakes:
    z, bias = run.value(Quantity("sum", node)), run.value(_bias_of(node))
    return [
        ("The bias is missing.", z - bias),
        ("This is a already: z is the sum itself.", run.value(Quantity("value", node))),
        ("The bias is added, not subtracted.", z - 2 * bias),
    ]


def _of_value(run: Pass, node: Node) -> Mistakes:
    z = run.value(Quantity("sum", node))
    return [
        ("This is z. The output is f of it.", z),
        ("This is the slope f′(z). The output is f(z).", run.slope_at(node)),
    ]


def _of_loss(run: Pass, node: LossNode) -> Mistakes:
    error = run.output - run.y
    if run.loss != "mean_squared_error":
        return [("This is the squared error; the loss is the cross-entropy.", error**2)]
    return [
        ("This is the error itself; the loss is its square.", error),
        ("This is half the square; there is no ½ in this loss.", error**2 / 2),
    ]


def _of_loss_gradient(run: Pass, node: LossNode) -> Mistakes:
    error = run.output - run.y
    if run.loss != "mean_squared_error":
        return [("This is δ already: ∂L/∂ŷ is not yet multiplied by σ′(z).", error)]
    return [
        ("A factor is forgotten: the 2 of the square.", error),
        ("This is the loss. Its slope is 2·(ŷ − y).", error**2),
    ]


def _of_delta(run: Pass, bias: Bias) -> Mistakes:
    node = Node(bias.layer + 1, bias.target)
    a, slope = run.value(Quantity("value", node)), run.slope_at(node)
    slope_of_a = float(run.network.layers[bias.layer].activation.derivative(a))
    if bias.layer == len(run.network.layers) - 1:
        arriving = run.loss_slope
        found: Mistakes = []
        if run.loss == "mean_squared_error":
            found = [("A factor is forgotten: the 2 of the square.", arriving / 2 * slope)]
    else:
        arriving = _sent_back(run, bias)
        found = _on_the_way_back(run, bias, slope)
    return [
        ("A factor is forgotten: the slope f′(z).", arriving),
        ("a stands for z: the slope is f′(z), not f′(a).", arriving * slope_of_a),
        ("This multiplies by a; the slope f′(z) is meant.", arriving * a),
        *found,
        ("A factor is forgotten: what arrives from the right.", slope),
    ]


def _on_the_way_back(run: Pass, bias: Bias, slope: float) -> Mistakes:
    """Return the mistakes in what a hidden neuron gets from the layer to its right."""
    layer, target = bias
    n_above = run.sizes[layer + 2]
    deltas = [run.value(Quantity("delta", Bias(layer + 1, k))) for k in range(n_above)]
    others = [Bias(layer, j) for j in range(run.sizes[layer + 1]) if j != target]
    found = [
        ("A factor is forgotten: the weight that δ comes back through.", sum(deltas) * slope),
        *(
            (
                "This goes back through the other neuron's weight: not transposed.",
                _sent_back(run, other) * slope,
            )
            for other in others
        ),
    ]
    if n_above > 1:
        for k in range(n_above):
            alone = deltas[k] * run.value(Quantity("weight", Weight(layer + 1, target, k)))
            found.append(("This is one way back of several: add them up.", alone * slope))
    return found


def _sent_back(run: Pass, bias: Bias) -> float:
    """Return what arrives at a hidden neuron's output from the layer to its right: δ Wᵀ."""
    above = run.network.layers[bias.layer + 1]
    return float(not_none(above.delta)[0] @ above.weights[bias.target])


def _of_weight_gradient(run: Pass, weight: Weight) -> Mistakes:
    layer, source, target = weight
    delta = run.value(Quantity("delta", Bias(layer, target)))
    start = run.value(Quantity("value", Node(layer, source)))
    found: Mistakes = [
        ("A factor is forgotten: the value where the weight starts.", delta),
        ("A factor is forgotten: the δ where the weight ends.", start),
        (
            "This takes the weight; the value where it starts is meant.",
            run.value(parameter_of(Quantity("weight_gradient", weight))) * delta,
        ),
    ]
    if layer:
        z = run.value(Quantity("sum", Node(layer, source)))
        found.append(("z stands for a: what the weight gets is the output a.", z * delta))
    for j in range(run.sizes[layer + 1]):
        swapped = run.value(Quantity("delta", Bias(layer, j)))
        if j != target:
            found.append(("This is the δ of the other neuron: not transposed.", start * swapped))
    for i in range(run.sizes[layer]):
        other = run.value(Quantity("value", Node(layer, i)))
        if i != source:
            found.append(("This is the value of the other start: not transposed.", other * delta))
    return found


def _of_bias_gradient(run: Pass, bias: Bias) -> Mistakes:
    delta = run.value(Quantity("delta", bias))
    a = run.value(Quantity("value", Node(bias.layer + 1, bias.target)))
    b = run.value(Quantity("bias", bias))
    return [
        ("A bias has no value at its start: its gradient is δ alone.", a * delta),
        ("The bias itself does not come in: its gradient is δ alone.", b * delta),
    ]


def _bias_of(node: Node) -> Quantity:
    return Quantity("bias", Bias(node.column - 1, node.row))


_MISTAKES: dict[str, Callable[[Pass, Any], Mistakes]] = {
    "sum": _of_sum,
    "value": _of_value,
    "loss": _of_loss,
    "loss_gradient": _of_loss_gradient,
    "delta": _of_delta,
    "weight_gradient": _of_weight_gradient,
    "bias_gradient": _of_bias_gradient,
}
