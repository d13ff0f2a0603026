"""What is said of a step: the line that makes it, the same with numbers, the shares that add up."""

from math import isnan, log10

from nnlib.explorers.graph.passes import Passes, Share
from nnlib.explorers.graph.steps import Step
from nnlib.plots.words.labels import bracketed, short
from nnlib.plots.words.numbers import MINUS, power_of_ten, scientific

NO_VALUE = "none"
_ORDINAL = ("1st", "2nd")
_MOST_SHARES = 4  # that are written out as a sum


def digits(value: float) -> str:
    """Return two or three decimals of a number, however small; NaN is for one that is not there.

    Examples
    --------
    >>> digits(-1.5), digits(-0.125), digits(2.3e-5), digits(-2e-12), digits(float("nan"))
    ('−1.50', '−0.125', '2·10⁻⁵', '−10⁻¹²', 'none')
    """
    if isnan(value):
        return NO_VALUE
    value *= 1 + 1e-9  # a half is rounded up, here and where trying gives a little less
    size = abs(value)
    if 0 < size < 1e-9 or size >= 1e10:  # without its first digit it fits its place
        return f"{MINUS if value < 0 else ''}{power_of_ten(round(log10(size)))}"
    if 0 < size < 0.00095:
        return scientific(value)
    return short(value) if size >= 0.9995 else short(value, 3).removesuffix("0")


def on_edge(slope: float) -> str:
    """Return a local derivative as it fits on an edge; that of a sum is 1, not 1.00."""
    return digits(slope).removesuffix(".00") if abs(slope) == 1 else digits(slope)


def derivative(passes: Passes, node: int) -> str:
    """Return the name of a node's gradient: ∂L/∂z."""
    return f"∂{passes.graph.result}/∂{passes.graph.nodes[node].symbol}"


def lines_of(passes: Passes, step: Step) -> list[str]:
    """Return a step in at most four lines."""
    if step.way == "forward":
        return _forward(passes, step.node)
    if step.way == "seed":
        result = passes.graph.result
        return [
            f"{derivative(passes, step.node)} = 1",
            f"If {result} itself grows by a little, {result} grows by as much.",
        ]
    return [line for share in passes.shares[step.node] for line in _backward(passes, share)]


def with_numbers(passes: Passes, node: int) -> str:
    """Return a node's equation with its numbers: "z = u + b = 1.00 + (−0.30) = 0.70"."""
    graph, values = passes.graph, passes.values
    made = graph.nodes[node]
    numbers = [
        graph.nodes[o].symbol if graph.nodes[o].kind == "number" else digits(values[o])
        for o in made.operands
    ]
    return f"{graph.formula(node)} = {made.operation.written(numbers)} = {digits(values[node])}"


def _forward(passes: Passes, node: int) -> list[str]:
    graph = passes.graph
    made = graph.nodes[node]
    forms = made.operation.slopes_written(graph.symbols_of(node), made.symbol)
    lines = [with_numbers(passes, node)]
    twice = len(set(made.operands)) < len(made.operands)
    slopes = zip(made.operands, forms, passes.slopes(node), strict=True)
    for port, (operand, form, slope) in enumerate(slopes):
        if graph.has_slope(operand):
            symbol = graph.nodes[operand].symbol
            which = f" for the {_ORDINAL[port]} {symbol}" if twice else ""
            lines.append(f"∂{made.symbol}/∂{symbol} = {_equals(form, slope)}{which}")
    return lines


def _equals(form: str, slope: float) -> str:
    """Return a derivative in names and its number, or the number alone where that is both."""
    bare = form[1:-1] if form.startswith("(") and form.endswith(")") else form
    return bare if _is_number(bare) else f"{bare} = {digits(slope)}"


def _is_number(form: str) -> bool:
    return form.lstrip("−").replace(".", "", 1).isdigit()


def _backward(passes: Passes, share: Share) -> list[str]:
    """Return the line that adds a share, and the sum where it is not the only one."""
    graph = passes.graph
    target = graph.nodes[share.target]
    names = graph.symbols_of(share.target)
    form = target.operation.slopes_written(names, target.symbol)[share.port]
    gradient, slope = digits(share.gradient), bracketed(digits(share.slope))
    line = (
        f"{derivative(passes, share.source)} += {derivative(passes, share.target)} · {form}"
        f" = {bracketed(gradient)}·{slope} = {digits(share.amount)}"
    )
    uses = graph.uses[share.source]
    if uses == 1:
        return [line]
    so_far = f"{digits(share.before)} + {bracketed(digits(share.amount))} = {digits(share.after)}"
    return [line, f"    share {share.count} of {uses}: {so_far}"]


def sums(passes: Passes) -> list[tuple[int, str]]:
    """Return each node that is used more than once, and its gradient as a sum of shares."""
    found = []
    for node, uses in passes.graph.uses.items():
        shares = [s for made in passes.shares.values() for s in made if s.source == node]
        if uses > 1 and shares:
            parts = [digits(share.amount) for share in shares]
            if len(parts) > _MOST_SHARES:
                parts = [*parts[: _MOST_SHARES - 1], "…"]
            sum_ = " + ".join([parts[0], *map(bracketed, parts[1:])])
            words = f"{derivative(passes, node)} = {sum_} = {digits(passes.gradients[node])}"
            found.append((node, words))
    return found


def trouble_of(passes: Passes) -> str:
    """Say why there is no value, or no slope; nothing where all is well."""
    graph = passes.graph
    bad, steep, kink = passes.first_without_value, passes.without_slope, passes.at_kink
    if bad is not None:
        first = digits(passes.values[graph.nodes[bad].operands[0]])
        return f"No value: {passes.why_no_value(bad).format(first)}."
    if steep is not None:
        return f"{graph.formula(steep)} has no slope here: it is infinite."
    if kink is not None:
        return f"{graph.formula(kink)} has a kink here: no slope, 0 is taken."
    return ""
