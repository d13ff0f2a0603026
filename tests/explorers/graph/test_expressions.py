"""Texts that become graphs, and texts that do not: read by a grammar, never run."""

import random
from itertools import combinations, pairwise

import pytest

from nnlib.explorers.graph.columns import MOST_COLUMNS
from nnlib.explorers.graph.layout import TooLarge, layout_of
from nnlib.explorers.graph.parser import graph_of
from nnlib.explorers.graph.tokens import FUNCTIONS, LONGEST, Unreadable

read = graph_of.__wrapped__  # nothing is remembered of thousands of texts


def formulas(text):
    graph = read(text)
    return [graph.formula(k) for k in graph.operations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L = (tanh(w*x + b) - y)**2", "u₁ = w·x; z = u₁ + b; a = tanh(z); u₂ = a − y; L = u₂²"),
        ("x*x + x*y", "u₁ = x·x; u₂ = x·y; L = u₁ + u₂"),
        ("a - b - c", "u = a − b; L = u − c"),
        ("a / b * c", "u = a / b; L = u·c"),
        ("a + b*c^3", "u₁ = c³; u₂ = b·u₁; L = a + u₂"),
        ("-x**2", "u = x²; L = −u"),
        ("2*-x", "u = −x; L = 2·u"),
        ("x**-1", "L = x⁻¹"),
        ("x^(-0.5)", "L = x⁻⁰·⁵"),
        ("2·x² − 3×x ÷ 4", "u₁ = x²; u₂ = 2·u₁; u₃ = 3·x; u₄ = u₃ / 4; L = u₂ − u₄"),
        ("2*3*x", "L = 6·x"),
        ("x*-5", "L = x·(−5)"),
        ("z = w*x+b; a = σ(z); E = square(a)", "u = w·x; z = u + b; a = σ(z); E = a²"),
        ("ln(abs(x))", "u = |x|; L = log(u)"),
        ("u1 + u1*u1", "v = u₁·u₁; L = u₁ + v"),
        ("tanh(tanh(x)*z)", "a = tanh(x); u = a·z; L = tanh(u)"),
        ("x", ""),
    ],
)
def test_a_text_becomes_a_graph(text, expected):
    assert "; ".join(formulas(text)) == expected


def test_names_of_the_learner_are_taken_for_no_other_node():
    text = "u=L*x; v=u*L; h=v*q; s=h*f; g=s*k; k1=g; n=g*k1; (n + q)*(n - q)*f"
    graph = read(text)
    names = [node.symbol for node in graph.nodes]
    assert len(set(names)) == len(names)


def test_a_name_that_is_written_twice_is_one_node():
    graph = read("x*x + x*y")
    assert [graph.nodes[k].name for k in graph.leaves] == ["x", "y"]
    assert graph.uses[graph.leaves[0]] == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The box is empty: write an expression such as x*x"),
        ("x*", "The text ends where a name, a number or an opening bracket is expected."),
        ("x+*y", "“*” at place 3 stands where a name, a number or an opening bracket"),
        ("2x", "“x” at place 2 comes right after “2”: a sign is missing. To multiply, write “*”"),
        ("(a+b)(c)", "“(” at place 6 comes right after “)”: a sign is missing"),
        ("sin x", "“sin” at place 1 is a function: write sin(x), with brackets."),
        ("foo(x)", "“foo” at place 1 is no function: there are tanh, sigmoid, relu"),
        ("x**y", "“y” at place 4 stands where the exponent must be a number from −10 to 10"),
        ("x**11", "“11” at place 4 stands where the exponent must be a number from −10 to 10"),
        ("x**", "The text ends where the exponent must be a number"),
        ("x^2^3", "“^” at place 4 follows a power: say with brackets which is meant."),
        ("(x", "The bracket that opens at place 1 is not closed: “)” is expected."),
        ("x)", "“)” at place 2 closes a bracket that was never opened."),
        ("x,5", "“,” at place 2 is not read: write a decimal with a point, such as 0.5."),
        ("[x]", "“[” at place 1 is not read: use round brackets"),
        ("x % 2", "“%” at place 3 is not read: an expression has names, numbers"),
        ("3 + 4", "There are only numbers: write at least one name, such as x."),
        ("x/(1-1)*(1/0)", "“/” at place 11 has no value"),
        ("a+b+c+d+e+f+g", "“g” at place 13 is one name too many: at most 6 have sliders."),
        ("weight*x", "“weight” at place 1 is too long a name to be drawn in a node"),
        ("L = w*L", "“L” at place 1 was read before: give the result a new name."),
        ("a = x*2; a = a*3", "“a” at place 10 has a meaning already: give the result a new name."),
        ("x == y", "“=” at place 4 stands where a name"),
        ("x + 1 = y", "“=” at place 7 is out of place"),
        ("tanh = x", "“tanh” at place 1 is a function; give the result another name."),
        ("x; y", "What stands before “;” needs a name, such as z"),
        ("a = x*2; L = x*3", "“a” at place 1 is given a meaning, but not used after that."),
        ("x" * 81, "The text has 81 characters; at most 80"),
    ],
)
def test_a_refusal_says_what_is_wrong_where_and_what_is_expected(text, words):
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert words in str(refused.value)
    assert str(refused.value).endswith(".")


PIECES = (
    *"xyzabw0123456789+-*/^().,;=_ \t'\"[]{}@\\²³−·÷σŷ?#\0é",
    *("**", "w1", ".5", "1e9", "lambda", "__import__", "eval", "exec(", "os.system", "L = "),
    *(f"{name}(" for name in FUNCTIONS),
)


def test_any_text_becomes_a_graph_or_is_refused_in_words(monkeypatch):
    """Ten thousand texts: no other error, and nothing that Python would run."""
    for name in ("eval", "exec", "compile", "__import__"):
        monkeypatch.setattr(f"builtins.{name}", lambda *_, name=name: pytest.fail(name))
    rng = random.Random(0)
    graphs = 0
    for _ in range(10_000):
        text = "".join(rng.choice(PIECES) for _ in range(rng.randint(0, 12)))
        try:
            graph = read(text)
        except Unreadable as refused:
            assert str(refused).endswith(".")
        else:
            graphs += 1
            assert 1 <= len(graph.leaves) <= 6
    monkeypatch.undo()
    assert graphs > 100


def test_brackets_and_signs_as_deep_as_a_text_can_be():
    half = LONGEST // 2 - 1
    assert read("(" * half + "x" + ")" * half).result == "L"
    assert len(read("-" * (LONGEST - 1) + "x").operations) == LONGEST - 1
    with pytest.raises(Unreadable):
        read("(" * LONGEST)


def test_what_cannot_be_drawn_legibly_is_refused():
    long = "-" * (MOST_COLUMNS - 1) + "x"
    assert layout_of(read(long)).width > 40
    with pytest.raises(TooLarge, match="10 nodes long, and at most 9 can be drawn"):
        layout_of(read("-" + long))
    with pytest.raises(TooLarge, match="too high to be drawn"):
        layout_of(read("(a*b + c*d)*(e*f + a*d) + (a*e + b*f)*(c*f + b*d)"))


def test_a_leaf_makes_room_in_a_column_that_is_too_high():
    """Of a·b, c, tanh(d·e) and f in one column c and f stand farther to the left."""
    graph = read("a*b*c + tanh(d*e)*f - a")
    at = {graph.nodes[k].symbol: layout_of(graph).places[k][0] for k in range(len(graph.nodes))}
    product = next(k for k in graph.operations if graph.formula(k).endswith("= a·b"))
    assert at["c"] < at[graph.nodes[product].symbol] or at["f"] < at[graph.nodes[product].symbol]


def random_expression(rng, depth=3):
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(["x", "y", "w", "b", "2", "0.5"])
    inner = [random_expression(rng, depth - 1) for _ in range(2)]
    kind = rng.choice(["+", "-", "*", "tanh", "exp", "²", "-"])
    if kind in "+-*":
        return f"({inner[0]} {kind} {inner[1]})"
    return f"({inner[0]})²" if kind == "²" else f"{kind}({inner[0]})"


def crossings(graph):
    """Count the pairs of edges that cross between two columns."""
    layout, lines = layout_of.__wrapped__(graph), []
    for items in layout.edges.values():
        lines += [(layout.places[a], layout.places[b]) for a, b in pairwise(items)]
    return sum(
        (a[0][1] - b[0][1]) * (a[1][1] - b[1][1]) < -1e-6
        for a, b in combinations(lines, 2)
        if a[0][0] == b[0][0]
    )


@pytest.mark.parametrize(
    "text",
    ["L = (tanh(w*x + b) - y)**2", "x*x + x*y", "x*y + z*x", "a*b + c*d + e*f", "(x-a)*(a-y)"],
)
def test_edges_cross_only_where_it_cannot_be_helped(text):
    assert crossings(read(text)) == 0


def test_no_edge_runs_behind_a_node_and_no_two_nodes_touch():
    """Each edge has a place of its own in all columns between its ends."""
    rng, drawn = random.Random(1), 0
    while drawn < 100:
        try:
            graph = read(random_expression(rng))
            layout = layout_of.__wrapped__(graph)
        except (Unreadable, TooLarge):
            continue
        drawn += 1
        columns = sorted({x for x, _ in layout.places.values()})
        for items in layout.edges.values():
            at = [columns.index(layout.places[item][0]) for item in items]
            assert at == list(range(at[0], at[-1] + 1))
        by_column = {}
        for item, (x, y) in layout.places.items():
            node = isinstance(item, int) and graph.has_slope(item)
            half = 28 if node else 10 if isinstance(item, int) else 4
            assert y - half >= 110 - 1e-6 and y + half <= 354 + 1e-6
            by_column.setdefault(x, []).append((y - half, y + half))
        for spans in by_column.values():
            spans.sort()
            assert all(a[1] + 5.9 <= b[0] for a, b in pairwise(spans))
