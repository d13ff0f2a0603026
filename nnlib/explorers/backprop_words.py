"""Each step of a pass in words: the equation, the same with its numbers, and nnlib's line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnlib.explorers.backprop_steps import (
    BACKWARD,
    FORWARD,
    NUDGE,
    OUTPUT,
    SIZES,
    STEPS,
    Pass,
    parameter_of,
)
from nnlib.explorers.network_parameters import SYMBOLS, weighted_sum
from nnlib.plots.labels import bracketed, short, short_gradient
from nnlib.plots.numbers import number
from nnlib.plots.symbols import (
    Bias,
    LossNode,
    Node,
    Quantity,
    Weight,
    node_symbol,
    quantity_symbol,
)


@dataclass(frozen=True)
class Explanation:
    """One step: the equation in symbols, with numbers, its result, and nnlib's line for it."""

    equation: str
    with_numbers: str  # empty if the result says it all
    result: str
    code: str

    @property
    def one_line(self) -> str:
        """The equation with its numbers in one line."""
        parts = (self.equation, self.with_numbers, self.result)
        return " ".join(part for part in parts if part).replace("\n", " ")


def explain(run: Pass, step: Quantity) -> Explanation:
    """Explain one step of the pass ``run``."""
    equation, with_numbers, code = _EXPLAIN[step.kind](run, step.part)
    value = run.value(step)
    result = short_gradient(value) if step in BACKWARD else short(value, 3)
    return Explanation(
        f"{_symbol(step)} = {equation}", with_numbers and f"= {with_numbers}", f"= {result}", code
    )


def name_step(step: int) -> str:
    """Return what step ``step`` shows, as in "Backward, step 6 of 13: δ of h₁"."""
    if step == 0:
        return "Ready: the row stands at the inputs"
    quantity = STEPS[step - 1]
    if quantity in FORWARD:
        return f"Forward, step {step} of {len(FORWARD)}: {_meaning(quantity)}"
    step -= len(FORWARD)
    return f"Backward, step {step} of {len(BACKWARD)}: {_meaning(quantity)}"


def foretell(run: Pass, step: Quantity) -> str:
    """Say what the gradient of a weight or bias foretells for a small step, and what comes."""
    symbol = _symbol(parameter_of(step))
    foretold, came = run.value(step) * NUDGE, run.loss_after(step) - run.loss_value
    return (
        f"Raise {symbol} by {NUDGE:g}:\n"
        f"L should change by {number(foretold, 5)},\n"
        f"and it changes by {number(came, 5)}."
    )


def _meaning(quantity: Quantity) -> str:
    """Return a quantity in words."""
    kind, part = quantity
    if isinstance(part, LossNode):
        return "the loss" if kind == "loss" else "how L changes with ŷ"
    if isinstance(part, Node):
        name = node_symbol(SIZES, part)
        return f"the sum z of {name}" if kind == "sum" else f"the output of {name}"
    if kind == "delta":
        return f"δ of {node_symbol(SIZES, Node(part.layer + 1, part.target))}"
    return f"the gradient of {_symbol(parameter_of(quantity))}"


Words = tuple[str, str, str]  # the equation's right side, the same with numbers, nnlib's line


def _sum(run: Pass, node: Node) -> Words:
    symbols, products = weighted_sum(run.network, node.column - 1, node.row)
    return symbols, products, "z = inputs @ W + b"


def _value(run: Pass, node: Node) -> Words:
    z = Quantity("sum", node)
    f = SYMBOLS[run.network.layers[node.column - 1].activation.name]
    return f"{f}({_symbol(z)})", f"{f}({short(run.value(z), 3)})", "a = f(z)"


def _loss(run: Pass, node: LossNode) -> Words:
    output, code = short(run.value(OUTPUT), 3), "L = loss(a, y)"
    if run.loss == "mean_squared_error":
        return "(ŷ − y)²", f"({output} − {run.y:g})²", code
    if run.y == 1:
        return "−ln ŷ,  as y = 1", f"−ln {output}", code
    return "−ln(1 − ŷ),  as y = 0", f"−ln(1 − {output})", code


def _loss_gradient(run: Pass, node: LossNode) -> Words:
    output, code = short(run.value(OUTPUT), 3), "gradient = loss.gradient(a, y)"
    if run.loss == "mean_squared_error":
        return "2·(ŷ − y)", f"2·({output} − {run.y:g})", code
    if run.y == 1:
        return "−1/ŷ,  as y = 1", f"−1/{output}", code
    return "1/(1 − ŷ),  as y = 0", f"1/(1 − {output})", code


def _delta(run: Pass, bias: Bias) -> Words:
    """δ of a neuron: the gradient that arrives at its output, times the slope f′(z)."""
    layer, target = bias.layer, bias.target
    z, activation = Quantity("sum", Node(layer + 1, target)), run.network.layers[layer].activation
    derivative = f"{SYMBOLS[activation.name]}′({_symbol(z)})"
    slope = short_gradient(float(activation.derivative(run.value(z))))
    if layer == 0:
        weight, above = Quantity("weight", Weight(1, target, 0)), Quantity("delta", Bias(1, 0))
        arriving = f"{_factor(run, above)}·{_factor(run, weight)}"
        symbols = f"{_symbol(above)}·{_symbol(weight)}·{derivative}"
        return symbols, f"{arriving}·{slope}", "delta = f.backward(z, delta @ W.T)"
    if run.loss == "mean_squared_error":
        arriving = _factor(run, Quantity("loss_gradient", LossNode()))
        return f"∂L/∂ŷ·{derivative}", f"{arriving}·{slope}", "delta = f.backward(z, gradient)"
    numbers = f"{short(run.value(OUTPUT), 3)} − {run.y:g}"
    return f"∂L/∂ŷ·{derivative}\n= ŷ − y", numbers, "delta = loss.delta(z, y, f)"


def _weight_gradient(run: Pass, weight: Weight) -> Words:
    """∂L/∂w: the value at the weight's start times the δ at its end."""
    layer, source, target = weight
    start, delta = Quantity("value", Node(layer, source)), Quantity("delta", Bias(layer, target))
    symbols = f"{_symbol(start)}·{_symbol(delta)}"
    return symbols, f"{_factor(run, start)}·{_factor(run, delta)}", "dW = inputs.T @ delta"


def _bias_gradient(run: Pass, bias: Bias) -> Words:
    return _symbol(Quantity("delta", bias)), "", "db = delta.sum(axis=0)"


def _symbol(quantity: Quantity) -> str:
    return quantity_symbol(SIZES, quantity)


def _factor(run: Pass, quantity: Quantity) -> str:
    """Return a quantity's number as it stands inside a product."""
    value = run.value(quantity)
    if quantity in BACKWARD:
        return bracketed(short_gradient(value))
    return bracketed(short(value, 3 if quantity in FORWARD else 2))


_EXPLAIN: dict[str, Callable[[Pass, Any], Words]] = {
    "sum": _sum,
    "value": _value,
    "loss": _loss,
    "loss_gradient": _loss_gradient,
    "delta": _delta,
    "weight_gradient": _weight_gradient,
    "bias_gradient": _bias_gradient,
}
