"""`GraphExplorer`: an expression typed, its graph stepped both ways, its leaves moved."""

import pytest
import traitlets
from pointing import Mouse

from nnlib.explorers import GraphExplorer
from nnlib.explorers.engine.live_figure import Screen, remember_screen
from nnlib.plots.words.labels import UNKNOWN

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = GraphExplorer
USED_TWICE = "x*x + x*y"


def place(explorer, symbol):
    nodes = explorer.graph.nodes
    return next(k for k, node in enumerate(nodes) if node.symbol == symbol)


def shown(explorer, symbol):
    """What stands in a node, and below it."""
    k, drawing = place(explorer, symbol), explorer.view.drawing
    return drawing.values[k].get_text(), drawing.gradients.texts[k].get_text()


def lines(explorer):
    return [text.get_text() for text in explorer.view.lines if text.get_text()]


def slopes(explorer):
    return [t.get_text() for t in explorer.view.drawing.slopes.values() if t.get_text()]


def table(explorer):
    return [[cell.get_text() for cell in column] for column in explorer.view.table]


def type_in(explorer, text):
    explorer.controls["expression"].set_state({"value": text})


def press(explorer, *names):
    for name in names:
        explorer.controls[name].click()


def test_it_opens_with_a_value_and_a_gradient_in_every_node(explorer):
    assert shown(explorer, "z") == ("0.70", "−0.502")
    assert shown(explorer, "L") == ("0.157", "1.00")
    assert table(explorer)[0] == ["w", "−1.00", "−1.00", "✓"]
    assert explorer.live_figure.equation == "L = (tanh(w·x + b) − y)² = 0.157"


def test_forward_one_node_at_a_time_with_its_local_derivatives(explorer):
    explorer.step = 0
    assert shown(explorer, "w") == ("0.50", UNKNOWN)
    assert shown(explorer, "z") == (UNKNOWN, UNKNOWN)
    press(explorer, "next")
    assert lines(explorer) == [
        "u₁ = w·x = 0.50·2.00 = 1.00",
        "∂u₁/∂w = x = 2.00",
        "∂u₁/∂x = w = 0.50",
    ]
    assert slopes(explorer) == ["2.00", "0.50"]
    press(explorer, "next", "next")
    assert lines(explorer) == ["a = tanh(z) = tanh(0.70) = 0.604", "∂a/∂z = 1 − a² = 0.635"]
    assert shown(explorer, "a") == ("0.604", UNKNOWN)
    assert shown(explorer, "u₂") == (UNKNOWN, UNKNOWN)


def test_backward_one_node_at_a_time_with_the_line_that_made_it(explorer):
    explorer.step = 6
    assert shown(explorer, "L") == ("0.157", "1.00")
    press(explorer, "next", "next")
    assert shown(explorer, "z") == ("0.70", UNKNOWN)
    press(explorer, "next")
    assert lines(explorer) == ["∂L/∂z += ∂L/∂a · (1 − a²) = (−0.791)·0.635 = −0.502"]
    assert shown(explorer, "z") == ("0.70", "−0.502")
    assert slopes(explorer) == ["0.635"]
    here = explorer.view.drawing.nodes[place(explorer, "a")]
    widths = [box.get_linewidth() for box in explorer.view.drawing.nodes.values()]
    assert here.get_linewidth() == max(widths) and widths.count(max(widths)) == 1


def test_a_node_that_is_used_twice_adds_up_its_gradients_and_shows_it(explorer):
    explorer.set_parameters(expression=USED_TWICE, leaf1=2.0, leaf2=3.0, step=5)
    assert explorer.view.drawing.gradients.texts[0].get_text() == UNKNOWN
    press(explorer, "next")
    assert lines(explorer)[:2] == [
        "∂L/∂x += ∂L/∂u₂ · y = 1.00·3.00 = 3.00",
        "    share 1 of 3: 0.00 + 3.00 = 3.00",
    ]
    assert shown(explorer, "x")[1] == "3.00…"
    assert table(explorer)[0] == ["x", "3.00…", "?", ""]  # what is asked is not told
    press(explorer, "next")
    assert lines(explorer)[-1] == "    share 3 of 3: 5.00 + 2.00 = 7.00"
    assert shown(explorer, "x")[1] == "7.00"
    press(explorer, "next")
    assert explorer.step is None
    assert lines(explorer)[:2] == [
        "x is used 3 times: 3 shares add up.",
        "∂L/∂x = 3.00 + 2.00 + 2.00 = 7.00",
    ]


def test_steps_go_round_and_back(explorer):
    press(explorer, "next")
    assert explorer.step == 0 and explorer.controls["back"].disabled
    press(explorer, "next", "back", "back")
    assert explorer.step == 0
    explorer.step = None
    press(explorer, "back")
    assert explorer.step == 11
    explorer._box.figure.receive({"kind": "key", "key": "ArrowRight"})
    assert explorer.step is None


def test_play_begins_at_the_start(explorer):
    press(explorer, "play")  # without an event loop for one burst
    assert explorer.step == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x*", "“x*”: The text ends where a name, a number or an opening bracket is expected."),
        ("", "The box is empty: write an expression such as x*x + x*y."),
        ("-" * 9 + "x", "“---------x”: The graph is 10 nodes long, and at most 9 can be drawn"),
        ("x" * 100, "The text has 100 characters; at most 80 make a graph that can be read."),
    ],
)
def test_a_refusal_stands_beside_the_box_and_the_last_good_graph_stays(explorer, text, words):
    before = (explorer.summary, explorer.live_figure.serial)
    type_in(explorer, text)
    assert words in explorer.error
    assert explorer.message_box.layout.display == "none"  # it is told beside the box
    assert "nnlib-refused" in explorer.controls["expression"]._dom_classes
    assert explorer.expression == KIND.expression.default_value
    assert explorer.summary == before[0]
    type_in(explorer, USED_TWICE)
    assert explorer.error is None and explorer.graph.uses[0] == 3


def test_code_is_told_the_same_as_an_error(explorer):
    with pytest.raises(
        traitlets.TraitError, match=r"expression is 'foo\(x\)'. “foo” at place 1 is"
    ):
        explorer.expression = "foo(x)"
    with pytest.raises(traitlets.TraitError, match="it must be a text, such as"):
        explorer.expression = 3
    with pytest.raises(traitlets.TraitError, match="a whole number from 0 to 11, or None for all"):
        explorer.step = 12
    with pytest.raises(traitlets.TraitError):
        explorer.set_parameters(leaf1=7.0, expression="x+")
    assert explorer.leaf1 == 0.5


def test_what_is_typed_is_never_run(explorer):
    type_in(explorer, "__import__('os').abort()")
    assert "“_” at place 1 is not read" in explorer.error
    type_in(explorer, USED_TWICE)


def test_the_power_of_school_books_is_explained_where_it_is_typed(explorer):
    type_in(explorer, "x^2")
    assert explorer.graph.formula(explorer.graph.root) == "L = x²"
    assert "^ is read as a power, as in a school book" in explorer.form_row.words.value
    type_in(explorer, "x**2")
    assert explorer.form_row.words.value.startswith("Read are + − * / **, brackets, tanh")


def test_each_leaf_has_a_slider_of_its_name_and_no_other_is_there(explorer):
    def there():
        fields = explorer.form_row.fields
        return [n for n, field in fields.items() if field.layout.display is None]

    assert there() == ["leaf1", "leaf2", "leaf3", "leaf4"]
    type_in(explorer, "w1*p + p")
    assert there() == ["leaf1", "leaf2"]
    names = [explorer.controls[name].description for name in there()]
    assert names == ["w₁ leaf", "p leaf"]
    explorer.controls["leaf2"].value = -4.0
    assert shown(explorer, "p")[0] == "−4.00"
    explorer.boxes["leaf2"].set_state({"value": "two"})
    assert explorer.error == (
        "“two” is not a number. “p leaf” takes a finite number alone, such as 0.25."
    )
    explorer.boxes["leaf2"].set_state({"value": "2"})


def test_a_name_that_stays_keeps_its_value_in_another_expression(explorer):
    explorer.set_parameters(leaf1=4.0, leaf4=-3.0)  # w and y
    type_in(explorer, "y*w + c")
    assert (explorer.leaf1, explorer.leaf2, explorer.leaf3) == (-3.0, 4.0, -0.3)


def test_another_expression_begins_at_its_start_unless_all_was_shown(explorer):
    type_in(explorer, USED_TWICE)
    assert explorer.step is None
    explorer.step = 7
    type_in(explorer, "x*y")
    assert explorer.step == 0
    assert [number for _, number in explorer.controls["step"].options] == [0, 1, 2, 3, None]


def test_a_state_holds_expression_step_and_leaves_in_any_order():
    state = {"step": 6, "leaf2": 3.0, "leaf1": 2.0, "expression": USED_TWICE}
    explorer = GraphExplorer.from_state(state)
    assert state.items() <= explorer.state.items()
    explorer.expression = "a + b"
    explorer.reset()
    assert state.items() <= explorer.state.items()
    assert str(explorer.share()).endswith(
        "GraphExplorer(expression='x*x + x*y', step=6, leaf1=2.0, leaf2=3.0)"
    )
    explorer.close()


def test_a_leaf_is_dragged_and_a_click_goes_to_a_nodes_step(explorer):
    mouse = Mouse(explorer)
    w, z = place(explorer, "w"), place(explorer, "z")
    mouse.pull(f"node {w}", (80, 260), by=(0, 40))
    assert explorer.leaf1 == 1.5
    mouse.click(f"node {z}", 376, 260)
    assert explorer.step == 2
    mouse.click(f"gradient {z}", 376, 230)
    assert explorer.step == 10


def test_where_there_is_no_value_the_picture_says_why(explorer):
    type_in(explorer, "log(y - x)")
    assert "No value: −1.00 has no log: only above 0." in lines(explorer)
    assert shown(explorer, "L") == ("none", "none")
    assert table(explorer)[0] == ["y", "none", "none", ""]


@pytest.mark.parametrize("dark", [False, True])
def test_backward_edges_differ_by_more_than_their_colour(dark):
    remember_screen(Screen(dark=dark))
    explorer = GraphExplorer(step=9)
    styles = {patch.get_linestyle() for patch in explorer.view.drawing.edges.values()}
    assert len(styles) == 2
    assert explorer.view.drawing.tips.get_marker() == "<"
    explorer.step = 3
    assert explorer.view.drawing.tips.get_marker() == ">"
    explorer.close()
