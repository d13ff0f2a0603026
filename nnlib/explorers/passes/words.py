"""Each step of a pass in words: the equation, the same with its numbers, and nnlib's line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nnlib.explorers.passes.steps import NUDGE, Pass, parameter_of, steps_of
from nnlib.explorers.shared.network_parts import weighted_sum
from nnlib.plots.words.labels import bracketed, short, short_gradient
from nnlib.plots.words.numbers import number, significant
from nnlib.plots.words.symbols import (
    Bias,
    LossNode,
    Node,
    Quantity,
    Weight,
    node_symbol,
    quantity_symbol,
)

LINE = 28  # characters of a sum that stand in one line
_HOW = """Press Step, or Play:
{forward} steps forward to the loss L,
{backward} steps back, to how fast
L changes with each weight
and bias."""


@dataclass(frozen=True)
class Explanation:
    """One step: the equation in symbols, with numbers, its result, and nnlib's line for it."""

    equation: str
    with_numbers: str  # empty if the result says it all
    result: str
    code: str
    ways: "Ways | None" = None  # how the sum comes about, if several ways lead back

    @property
    def one_line(self) -> str:
        """The equation with its numbers in one line."""
        parts = (self.equation, self.with_numbers, self.result)
        line = " ".join(part for part in parts if part)
        return line.replace("\n·", "·").replace("\n", " ")


@dataclass(frozen=True)
class Ways:
    """The ways on which δ comes back to a neuron: δ·w of each, added up, times f′(z)."""

    terms: tuple[tuple[str, str, str], ...]  # symbols, numbers, their product
    total: str
    slope: tuple[str, str]  # symbol and number


def explain(run: Pass, step: Quantity) -> Explanation:
    """Explain one step of the pass ``run``."""
    equation, with_numbers, code = _EXPLAIN[step.kind](run, step.part)
    value = run.value(step)
    result = short_gradient(value) if _is_gradient(step) else short(value, 3)
    return Explanation(
        f"{_symbol(run, step)} = {equation}",
        with_numbers and f"= {with_numbers}",
        f"= {result}",
        code,
        _ways(run, step.part) if step.kind == "delta" else None,
    )


def explain_start(run: Pass) -> Explanation:
    """Return the row that is about to go through, and what to do."""
    steps = steps_of(run.sizes)
    how = _HOW.format(forward=len(steps.forward), backward=len(steps.backward))
    return Explanation(row_in_words(run), how, "", "")


def row_in_words(run: Pass) -> str:
    """Return the row: ``x = (0, 1),   y = 1``."""
    inputs = ", ".join(significant(x) for x in run.x.tolist())
    return f"x = ({inputs}),   y = {significant(run.y)}"


def name_step(sizes: tuple[int, ...], step: int) -> str:
    """Return what step ``step`` shows, as in "Backward, step 6 of 13: δ of h₁"."""
    if step == 0:
        return "Ready: the row stands at the inputs"
    steps = steps_of(sizes)
    meaning = _meaning(sizes, steps.all[step - 1])
    n_forward = len(steps.forward)
    if step <= n_forward:
        return f"Forward, step {step} of {n_forward}: {meaning}"
    return f"Backward, step {step - n_forward} of {len(steps.backward)}: {meaning}"


def count_step(sizes: tuple[int, ...], step: int) -> str:
    """Return a step as `name_step` counts it: "forward 7", "backward 1"."""
    n_forward = len(steps_of(sizes).forward)
    return f"forward {step}" if step <= n_forward else f"backward {step - n_forward}"


def list_steps(sizes: tuple[int, ...]) -> list[tuple[str, int]]:
    """Return the list of all steps, counted as `name_step` does: ("backward 2   δ⁽²⁾", 9)."""
    counted = [
        (f"{count_step(sizes, n)}   {quantity_symbol(sizes, step)}", n)
        for n, step in enumerate(steps_of(sizes).all, start=1)
    ]
    return [("ready", 0), *counted]


def predict_nudge(run: Pass, step: Quantity) -> str:
    """Say what the gradient of a weight or bias predicts for a small step, and what L does."""
    parameter = parameter_of(step)
    actual = run.losses_after(parameter, [NUDGE])[0] - run.loss_value
    return (
        f"Raise {_symbol(run, parameter)} by {NUDGE:g}:\n"
        f"L should change by {number(run.value(step) * NUDGE, 5)},\n"
        f"and it changes by {number(actual, 5)}."
    )


def _meaning(sizes: Sequence[int], quantity: Quantity) -> str:
    """Return a quantity in words."""
    kind, part = quantity
    if isinstance(part, LossNode):
        return "the loss" if kind == "loss" else "how L changes with ŷ"
    if isinstance(part, Node):
        name = node_symbol(sizes, part)
        return f"the sum z of {name}" if kind == "sum" else f"the output of {name}"
    if kind == "delta":
        return f"δ of {node_symbol(sizes, Node(part.layer + 1, part.target))}"
    return f"the gradient of {quantity_symbol(sizes, parameter_of(quantity))}"


Words = tuple[str, str, str]  # the equation's right side, the same with numbers, nnlib's line


def _sum(run: Pass, node: Node) -> Words:
    symbols, products = (
        _in_lines(text) for text in weighted_sum(run.network, node.column - 1, node.row)
    )
    return symbols, products, "z = inputs @ W + b"


def _value(run: Pass, node: Node) -> Words:
    z = Quantity("sum", node)
    f = run.network.layers[node.column - 1].activation.symbol
    return f"{f}({_symbol(run, z)})", f"{f}({short(run.value(z), 3)})", "a = f(z)"


def _loss(run: Pass, node: LossNode) -> Words:
    output, code = short(run.output, 3), "L = loss(a, y)"
    if run.loss == "mean_squared_error":
        return "(ŷ − y)²", f"({output} − {_target(run)})²", code
    if run.y == 1:
        return "−ln ŷ,  as y = 1", f"−ln {output}", code
    return "−ln(1 − ŷ),  as y = 0", f"−ln(1 − {output})", code


def _loss_gradient(run: Pass, node: LossNode) -> Words:
    output, code = short(run.output, 3), "gradient = loss.gradient(a, y)"
    if run.loss == "mean_squared_error":
        return "2·(ŷ − y)", f"2·({output} − {_target(run)})", code
    if run.y == 1:
        return "−1/ŷ,  as y = 1", f"−1/{output}", code
    return "1/(1 − ŷ),  as y = 0", f"1/(1 − {output})", code


def _delta(run: Pass, bias: Bias) -> Words:
    """δ of a neuron: the gradient that arrives at its output, times the slope f′(z)."""
    layer, target = bias
    node, last = Node(layer + 1, target), len(run.network.layers) - 1
    f = run.network.layers[layer].activation.symbol
    derivative = f"{f}′({_symbol(run, Quantity('sum', node))})"
    slope = short_gradient(run.slope_at(node))
    if layer < last:
        symbols, products = _sent_back(run, bias)
        code = "delta = f.backward(z, delta @ W.T)"
        return f"{symbols}·{derivative}", f"{products}·{slope}", code
    if run.loss == "mean_squared_error":
        arriving = _factor(run, Quantity("loss_gradient", LossNode()))
        return f"∂L/∂ŷ·{derivative}", f"{arriving}·{slope}", "delta = f.backward(z, gradient)"
    numbers = f"{short(run.output, 3)} − {_target(run)}"
    return f"∂L/∂ŷ·{derivative}\n= ŷ − y", numbers, "delta = loss.delta(z, y, f)"


def _sent_back(run: Pass, bias: Bias) -> tuple[str, str]:
    """Return what arrives from the layer above, a product or a sum of such: symbols, numbers."""
    layer, target = bias
    symbols, products = [], []
    for k in range(run.sizes[layer + 2]):
        delta = Quantity("delta", Bias(layer + 1, k))
        weight = Quantity("weight", Weight(layer + 1, target, k))
        symbols.append(f"{_symbol(run, delta)}·{_symbol(run, weight)}")
        products.append(f"{_factor(run, delta)}·{_factor(run, weight)}")
    if len(symbols) == 1:
        return symbols[0], products[0]
    return f"({_in_lines(' + '.join(symbols))})\n", f"({_in_lines(' + '.join(products))})\n"


def _ways(run: Pass, bias: Any) -> Ways | None:
    """Return the terms of a δ to which several ways lead back; None where there is only one."""
    layer, target = bias
    if layer + 2 >= len(run.sizes) or run.sizes[layer + 2] == 1:
        return None
    terms, total = [], 0.0
    for k in range(run.sizes[layer + 2]):
        delta = Quantity("delta", Bias(layer + 1, k))
        weight = Quantity("weight", Weight(layer + 1, target, k))
        product = run.value(delta) * run.value(weight)
        symbols = f"{_symbol(run, delta)}·{_symbol(run, weight)}"
        numbers = f"{_digits(run, delta)}·{_factor(run, weight)}"
        terms.append((symbols, numbers, number(product, 4)))
        total += product
    node = Node(layer + 1, target)
    f = run.network.layers[layer].activation.symbol
    slope = f"{f}′({_symbol(run, Quantity('sum', node))})", short_gradient(run.slope_at(node))
    return Ways(tuple(terms), number(total, 4), slope)


def _weight_gradient(run: Pass, weight: Weight) -> Words:
    """∂L/∂w: the value at the weight's start times the δ at its end."""
    layer, source, target = weight
    start, delta = Quantity("value", Node(layer, source)), Quantity("delta", Bias(layer, target))
    symbols = f"{_symbol(run, start)}·{_symbol(run, delta)}"
    return symbols, f"{_factor(run, start)}·{_factor(run, delta)}", "dW = inputs.T @ delta"


def _bias_gradient(run: Pass, bias: Bias) -> Words:
    return _symbol(run, Quantity("delta", bias)), "", "db = delta.sum(axis=0)"


def _symbol(run: Pass, quantity: Quantity) -> str:
    return quantity_symbol(run.sizes, quantity)


def _target(run: Pass) -> str:
    """Return y as it stands after a minus."""
    return bracketed(significant(run.y))


def _is_gradient(quantity: Quantity) -> bool:
    return quantity.kind == "delta" or quantity.kind.endswith("_gradient")


def _factor(run: Pass, quantity: Quantity) -> str:
    """Return a quantity's number as it stands inside a product."""
    return bracketed(_digits(run, quantity))


def _digits(run: Pass, quantity: Quantity) -> str:
    """Return a quantity's number as it stands alone, or first in a product."""
    value = run.value(quantity)
    if _is_gradient(quantity):
        return short_gradient(value)
    is_input = isinstance(quantity.part, Node) and quantity.part.column == 0
    return short(value, 2 if quantity.kind in ("weight", "bias") or is_input else 3)


def _in_lines(terms: str) -> str:
    """Break a sum before a plus, so that no line is long; a line break that is there stays."""
    first, *rest = terms.split(" + ")
    lines = [first]
    for term in rest:
        if len(lines[-1]) + len(term.partition("\n")[0]) + 3 > LINE:
            lines.append(f"+ {term}")
        else:
            lines[-1] += f" + {term}"
    return "\n".join(lines)


_EXPLAIN: dict[str, Callable[[Pass, Any], Words]] = {
    "sum": _sum,
    "value": _value,
    "loss": _loss,
    "loss_gradient": _loss_gradient,
    "delta": _delta,
    "weight_gradient": _weight_gradient,
    "bias_gradient": _bias_gradient,
}
