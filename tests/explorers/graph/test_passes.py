"""Values and gradients of a graph: worked by hand, against NumPy, and against trying."""

import math
import random

import numpy as np
import pytest

from nnlib import ACTIVATIONS
from nnlib.explorers.graph.model import GraphModel
from nnlib.explorers.graph.operations import OPERATIONS, power
from nnlib.explorers.graph.parser import graph_of
from nnlib.explorers.graph.passes import Passes

read = graph_of.__wrapped__


def passes(text, *leaves):
    return Passes(read(text), leaves)


def gradients(text, *leaves):
    run = passes(text, *leaves)
    return [run.gradients[leaf] for leaf in run.graph.leaves]


def test_one_neuron_by_hand():
    run = passes("L = (tanh(w*x + b) - y)**2", 0.5, 2.0, -0.3, 1.0)
    a = math.tanh(0.7)
    assert run.values[run.graph.root] == pytest.approx((a - 1) ** 2)
    delta = 2 * (a - 1) * (1 - a**2)
    assert [run.gradients[leaf] for leaf in run.graph.leaves] == pytest.approx(
        [delta * 2.0, delta * 0.5, delta, -2 * (a - 1)]
    )


def test_a_node_that_is_used_three_times_adds_up_three_shares():
    run = passes("x*x + x*y", 2.0, 3.0)
    x = run.graph.leaves[0]
    shares = [share for made in run.shares.values() for share in made if share.source == x]
    assert [share.amount for share in shares] == [3.0, 2.0, 2.0]
    assert [share.after for share in shares] == [3.0, 5.0, 7.0]
    assert [share.count for share in shares] == [1, 2, 3]
    assert run.gradients[x] == 7.0


def test_a_gradient_is_handed_on_only_when_it_has_all_its_shares():
    run = passes("a = tanh(x); L = a*a + a", 0.5)
    a = math.tanh(0.5)
    assert gradients("a = tanh(x); L = a*a + a", 0.5) == pytest.approx([(2 * a + 1) * (1 - a**2)])
    for made in run.shares.values():
        for share in made:
            assert share.gradient == run.gradients[share.target]


POINTS = (-2.0, -0.7, 0.3, 1.9)
IN_NUMPY = {
    "tanh": np.tanh,
    "sigmoid": ACTIVATIONS["sigmoid"],
    "relu": ACTIVATIONS["relu"],
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "abs": np.abs,
}
SLOPES = {
    **{name: ACTIVATIONS[name].derivative for name in ("tanh", "sigmoid", "relu")},
    "exp": np.exp,
    "log": np.reciprocal,
    "sqrt": lambda u: 1 / (2 * np.sqrt(u)),
    "sin": np.cos,
    "cos": lambda u: -np.sin(u),
    "abs": np.sign,
}


@pytest.mark.parametrize("name", IN_NUMPY)
def test_each_function_and_its_derivative_is_numpys(name):
    for u in POINTS:
        if u < 0 and name in ("log", "sqrt"):
            continue
        run = passes(f"{name}(x)", u)
        assert run.values[run.graph.root] == pytest.approx(float(IN_NUMPY[name](np.array(u))))
        assert gradients(f"{name}(x)", u) == pytest.approx([float(SLOPES[name](np.array(u)))])


def test_every_operation_is_tried_here():
    assert set(OPERATIONS) == {*IN_NUMPY, "+", "-", "*", "/", "neg"}


@pytest.mark.parametrize("exponent", [2, 3, -1, -2, 0.5, 1, 0, 10])
def test_powers(exponent):
    run = passes(f"x**{exponent}", 1.7)
    assert run.values[run.graph.root] == pytest.approx(1.7**exponent)
    assert gradients(f"x**{exponent}", 1.7) == pytest.approx([exponent * 1.7 ** (exponent - 1)])


@pytest.mark.parametrize(
    ("operation", "form"),
    [(power(2), "2·u"), (power(3), "3·u²"), (power(-1), "(−1·u⁻²)"), (power(1), "1")],
)
def test_a_powers_derivative_as_a_book_writes_it(operation, form):
    assert operation.slopes_written(["u"], "L") == [form]


BINARY = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}


def random_expression(rng, depth=4):
    """Return a text, and the function of four leaves that NumPy computes for it."""
    if depth == 0 or rng.random() < 0.1:
        if rng.random() < 0.2:
            number = rng.choice([0.5, 2.0, 3.0])
            return f"{number}", lambda v: number
        place = rng.randrange(4)
        return "wxby"[place], lambda v: v[place]
    text, f = random_expression(rng, depth - 1)
    kind = rng.choice([*BINARY, *BINARY, "neg", "power", *IN_NUMPY])
    if kind in BINARY:
        other, g = random_expression(rng, depth - 1)
        return f"({text}{kind}{other})", lambda v: BINARY[kind](f(v), g(v))
    if kind == "neg":
        return f"(-{text})", lambda v: -f(v)
    if kind == "power":
        n = rng.choice([2, 3, -1])
        return f"({text})**{n}", lambda v: np.float64(f(v)) ** n
    return f"{kind}({text})", lambda v: IN_NUMPY[kind](np.array(f(v)))


def test_two_hundred_random_expressions_against_numpy_and_against_trying():
    """Richardson's extrapolation of two central differences leaves an error of order ε⁴.

    Compared is where two steps agree, so that neither a kink nor round-off decides.
    """
    rng, seen, compared = random.Random(2), 0, 0
    while seen < 200:
        text, f = random_expression(rng)
        leaves = [round(rng.uniform(-2, 2), 2) for _ in range(4)]
        try:
            graph = read(text)
        except ValueError:  # too long, or numbers alone
            continue
        names = ["wxby".index(graph.nodes[k].name) for k in graph.leaves]
        run = Passes(graph, tuple(leaves[k] for k in names))
        value = run.values[graph.root]
        with np.errstate(all="ignore"):
            expected = float(f(leaves))
        if math.isnan(value):
            assert run.first_without_value is not None
            assert all(math.isnan(run.gradients[k]) for k in graph.leaves)
            continue
        seen += 1
        assert value == pytest.approx(expected, rel=1e-9), text
        for leaf, place in zip(graph.leaves, names, strict=True):
            with np.errstate(all="ignore"):
                tried, sure = tried_slope(f, leaves, place)
            if math.isnan(run.gradients[leaf]):
                assert run.graph.nodes[run.without_slope].kind == "sqrt"
            elif sure and run.at_kink is None:
                compared += 1
                assert run.gradients[leaf] == pytest.approx(tried, rel=1e-4, abs=1e-6), text
    assert compared > 300


def tried_slope(f, leaves, place):
    def central(step):
        moved = [np.array(leaves) + sign * step * np.eye(4)[place] for sign in (1, -1)]
        return float(f(moved[0]) - f(moved[1])) / (2 * step)

    wide, narrow, other = central(2e-4), central(1e-4), central(1e-5)
    best = (4 * narrow - wide) / 3
    return best, math.isclose(best, other, rel_tol=1e-5, abs_tol=1e-7)


def test_the_differences_beside_it_agree_and_say_so():
    run = passes("exp(-x**2/2) + x*y", 0.7, -1.2)
    for leaf in run.graph.leaves:
        assert run.differences[leaf] == pytest.approx(run.gradients[leaf], rel=1e-8)
    assert all(run.agree.values())


def test_the_differences_keep_their_digits_at_large_values():
    """The step grows with the value, or round-off would drown the difference."""
    run = passes("w*w", 1e10)
    assert run.differences[run.graph.leaves[0]] == pytest.approx(2e10, rel=1e-6)


def test_at_a_kink_they_do_not_agree():
    run = passes("relu(x)", 0.0)
    leaf = run.graph.leaves[0]
    assert (run.gradients[leaf], run.differences[leaf]) == (0.0, pytest.approx(0.5))
    assert not run.agree[leaf]
    assert run.at_kink == run.graph.root


@pytest.mark.parametrize(
    ("text", "leaf", "why"),
    [
        ("log(x)", 0.0, "0.00 has no log: only above 0"),
        ("sqrt(x)", -1.0, "−1.00 has no root: only 0 and above"),
        ("2/x", 0.0, "2.00 cannot be divided by 0"),
        ("x**-1", 0.0, "0.00 has no such power"),
        ("x**0.5", -4.0, "−4.00 has no such power"),
        ("exp(x)", 1e9, "L is too large to be written"),
        ("x*x", 1e300, "L is too large to be written"),
        ("x**2", -1e300, "L is too large to be written"),
        ("2/x", 1e-310, "L is too large to be written"),
    ],
)
def test_where_there_is_no_value_it_is_said_why(text, leaf, why):
    model = GraphModel(text, (leaf,), None)
    assert model.trouble == f"No value: {why}."
    assert math.isnan(model.passes.gradients[model.graph.leaves[0]])
    assert "nan" not in f"{model.summary}{model.equation}"


def test_a_root_at_0_has_a_value_and_no_slope():
    model = GraphModel("sqrt(x)", (0.0,), None)
    run = model.passes
    assert model.trouble == "L = sqrt(x) has no slope here: it is infinite."
    assert run.values[run.graph.root] == 0.0
    assert math.isnan(run.gradients[run.graph.leaves[0]])


def test_at_a_kink_it_is_said_that_0_is_taken():
    model = GraphModel("relu(x)", (0.0,), None)
    assert model.trouble == "L = relu(x) has a kink here: no slope, 0 is taken."
    assert model.table == [("x", "0.00", "0.50", "≠")]
