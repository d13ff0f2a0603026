"""TrainingExplorer's controls: what each does to the run, and what the picture then shows."""

import asyncio
import json

import clock
import ipywidgets
import numpy as np
import pytest
from pointing import Mouse

from nnlib.explorers import TrainingExplorer
from nnlib.explorers.controls.drop_down import DropDown
from nnlib.explorers.controls.file_button import FileButton
from nnlib.explorers.controls.toggle_row import ToggleRow
from nnlib.explorers.engine.messages import places_in
from nnlib.explorers.training.parameters import TABLE_EXAMPLE
from nnlib.plots.words.symbols import Node, Quantity, Weight
from nnlib.widgets.lifetime import family

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = TrainingExplorer


@pytest.fixture
def training(explorer):
    return explorer


def test_learning_rate_momentum_and_regularisation_change_while_it_plays():
    """No restart: the same trainer goes on, and its next updates use the new numbers."""

    async def scenario():
        explorer = TrainingExplorer(optimizer="momentum", speed="fast")
        trainer, start = explorer.trainer, explorer.trainer.history.parameters_at(0)
        explorer.play()
        await asyncio.sleep(0.3)
        steps = trainer.steps
        assert steps > 0
        regularisation = {"l1": 0.01, "l2": 0.02, "dropout": 0.25}
        for name, value in {"learning_rate": 0.5, "momentum": 0.5, **regularisation}.items():
            explorer.controls[name].value = value
            await asyncio.sleep(0.05)
        assert explorer.playing
        assert explorer.trainer is trainer
        assert trainer.steps > steps
        optimizer = trainer.optimizer
        assert optimizer.learning_rate == pytest.approx(0.5, rel=0.01)
        assert optimizer.momentum == 0.5
        assert (trainer.l1, trainer.l2, trainer.dropout) == tuple(regularisation.values())
        assert np.array_equal(trainer.history.parameters_at(0), start)
        assert "+ 0.01 Σ|w| + ½ · 0.02 Σw², each hidden unit" in explorer.model().equation
        assert "dropped with probability 0.25" in explorer.model().equation
        assert ", dropout 0.25." in explorer.summary
        assert explorer.error is None
        explorer.close()

    clock.run(scenario())


def test_all_rows_is_a_line_of_the_list_not_an_empty_one(training):
    batch = training.controls["batch_size"]
    training.batch_size = None
    assert (batch.label, batch.index) == ("all rows", len(batch.options) - 1)
    batch.index = 3  # as the page sends it
    assert training.batch_size == 10
    batch.index = len(batch.options) - 1
    assert training.batch_size is None
    assert DropDown(options=[("some", 1), ("none of them", None)], value=None).index == 1


def test_epoch_restart_and_new_start(training):
    start = training.trainer.network.parameters.copy()
    training.step(7)
    training.controls["epoch"].click()
    assert (training.trainer.epoch, training.trainer.steps) == (1, 20)
    training.learning_rate = 0.5
    training.controls["restart"].click()
    assert np.array_equal(training.trainer.network.parameters, start)
    assert (training.trainer.steps, training.learning_rate) == (0, 0.5)
    training.controls["new_start"].click()
    assert not np.array_equal(training.trainer.network.parameters, start)
    training.seed = 1
    assert np.array_equal(training.trainer.network.parameters, start)
    points = training.run.data.X
    training.controls["new_data"].click()
    assert not np.array_equal(training.run.data.X, points)


def test_layers_have_their_own_units_and_activations(training):
    training.set_parameters(hidden1=3, hidden2=0, hidden3=2, activation3="relu")
    network = training.trainer.network
    assert (network.sizes, network.hidden) == ([2, 3, 2, 1], ["tanh", "relu"])
    assert "Network 2-3-2-1, tanh in layer 1, relu in layer 2" in training.summary
    training.set_parameters(hidden1=0, hidden3=0)
    assert training.trainer.network.sizes == [2, 1]
    assert training.error is None


def test_inputs_are_switched_by_buttons_and_one_stays_on(training):
    row = training.controls["features"]
    x1, x2 = (row._buttons[name] for name in ("x1", "x2"))
    row._buttons["product"].value = True
    x1.value = x2.value = False
    assert training.features == ("product",)
    row._buttons["product"].value = False
    assert training.features == row.value == ("product",)
    assert row._buttons["product"].value
    assert training.trainer.network.sizes == [1, 4, 1]
    assert "x₁x₂" in {text.get_text() for text in training.view.network.ax.texts}
    with pytest.raises(Exception, match="one or more of x1, x2"):
        training.features = ()
    assert training.error is None


def test_a_row_of_buttons_takes_a_value_that_shares_none_with_the_last():
    row = ToggleRow([("A", "a"), ("B", "b"), ("C", "c")], "letters")
    seen = []
    row.observe(lambda change: seen.append(change.new), names="value")
    row.value = ("a",)
    row.value = ("b", "c")
    assert [name for name, button in row._buttons.items() if button.value] == ["b", "c"]
    assert seen[-1] == row.value == ("b", "c")


def test_a_curve_is_drawn_among_its_points(training):
    training.set_parameters(data="sine", hidden1=8, optimizer="adam", learning_rate=0.02)
    training.step(400)
    curve = training.view.answers.curve
    x, answers = curve.curve.get_data()
    expected = training.trainer.network.predict(np.reshape(x, (-1, 1)))
    assert np.allclose(np.ravel(answers), expected.ravel())
    assert np.array_equal(curve.points.get_xdata(), training.run.data.X)
    assert curve.kept.get_xdata().size == 0
    training.test_shown = True
    assert np.array_equal(curve.kept.get_xdata(), training.run.data.test[0])
    assert "mean squared error" in training.summary
    assert "right" not in training.summary


def test_test_rows_are_hollow_marks(training):
    training.test_shown = True
    discs, triangles = training.view.answers.kept
    X, y = training.run.data.test
    assert np.array_equal(discs.get_xydata(), X[y.ravel() == 1])
    assert np.array_equal(triangles.get_xydata(), X[y.ravel() == 0])
    assert discs.get_fillstyle() == "none"


def test_a_table_is_pasted_and_a_bad_one_changes_nothing(training):
    training.data = "table"
    training.step(5)
    box, before = training.controls["csv"], json.dumps(training.state)
    assert training.form_row.layout.display is None
    box.value = "x1,x2,class\n1,2,0\n3,oops,1\n"
    assert "Row 3, column 2: 'oops' is not a finite number" in training.error
    assert json.dumps(training.state) == before
    box.value = "x1,x2,class\n1,2,0\n3,4,1\n"
    assert training.error is None
    assert sorted(training.run.data.y.ravel().tolist()) == [0, 1]
    training.data = "circles"
    assert training.form_row.layout.display == "none"


def open_file(training, content, size=None):
    """Do what a page does when a file is chosen: a large one stays there."""
    (button,) = (widget for widget in family(training) if isinstance(widget, FileButton))
    size = len(content) if size is None else size
    buffers = [memoryview(content)] if 0 <= size <= button.most_bytes else []
    button._handle_custom_msg({"name": "mine.csv", "size": size}, buffers)


def test_a_table_is_read_from_a_file_and_the_same_file_again(training):
    training.data = "table"
    box = training.controls["csv"]
    open_file(training, "\ufeffx1,x2,class\n1,2,0\n3,4,1\n".encode())
    assert (training.error, training.csv) == (None, "x1,x2,class\n1,2,0\n3,4,1\n")
    box.value = "1,2.5\n3,4\n"
    assert training.run.data.is_curve
    open_file(training, b"x1,x2,class\n1,2,0\n3,4,1\n")
    assert not training.run.data.is_curve
    open_file(training, "﻿x;Art\r\n1,5;2\r\n2;3\r\n".encode("utf-16"))
    assert (training.error, training.run.data.is_curve) == (None, True)


def test_what_was_read_of_a_table_stands_beside_it(training):
    assert "rows of" not in training.form_row.words.value
    training.data = "table"
    words = training.form_row.words
    assert words.value.startswith(
        "Now: 8 rows of 3 columns. y is the last column, “class”. First row"
    )
    training.controls["csv"].value = ",x1,x2,kind\n0,1,2,dog\n1,3,4,cat\n"
    assert "“kind”: 0 is “cat”, 1 is “dog”" in words.value
    assert "Left out: the first column, which has no name" in words.value
    training.data = "circles"
    assert "rows of" not in words.value


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x,y\n1,2\n3,oops\n", "Row 3, column 2: 'oops' is not a finite number"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "What stood in the box before is kept"),
        (b"", "The table before it is kept"),
        (b"PK\x03\x04", "“mine.csv”: This is a spreadsheet"),
    ],
)
def test_a_file_that_is_no_table_changes_nothing(training, content, words):
    training.data = "table"
    training.step(5)
    before = json.dumps(training.state)
    open_file(training, content)
    assert words in training.error
    assert json.dumps(training.state) == before
    training.error = None


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (11_000_000, "The file has 11.0 MB; at most 1 MB are opened here"),
        (-1, "cannot be read"),
    ],
)
def test_a_file_that_the_page_did_not_send_is_told_of(training, size, words):
    training.data = "table"
    box = training.controls["csv"]
    open_file(training, b"", size)
    assert words in training.error and "What stood in the box before is kept" in training.error
    assert box.value == TABLE_EXAMPLE
    training.error = None


@pytest.mark.parametrize(
    ("wrong", "quoted"),
    [("soon", "“soon”"), ("2.5", "2.5"), ("0", "0"), ("-3", "−3"), ("1e13", "10¹³")],
)
def test_a_right_epoch_takes_away_what_was_said_of_a_wrong_one(training, wrong, quoted):
    box = training.controls["stop_at"]
    box.value = wrong
    assert f"{quoted} does not fit “stop at epoch”: it must be an epoch" in training.error
    assert training.stop_at is None
    box.value = "5"
    assert (training.stop_at, training.error) == (5, None)


def test_a_wrong_table_stays_to_be_corrected_and_its_remark_with_it(training):
    training.data = "table"
    box, wrong = training.controls["csv"], "1,2,0\n3,oops,1\n"
    (pair,) = (place for widget, place in places_in(training.children) if widget is box)
    box.set_state({"value": wrong})
    remark = pair.children[-1]
    assert "nnlib-remark" in remark._dom_classes and "oops" in remark.value
    training.controls["learning_rate"].value = 1.0
    training.controls["step"].click()
    assert box.value == wrong and remark in pair.children, "something else does not mend it"
    box.set_state({"value": TABLE_EXAMPLE})  # the table that it had: nothing changes
    assert training.error is None and remark not in pair.children
    box.set_state({"value": wrong})
    training.controls["reset"].click()
    assert (box.value, training.error) == (TABLE_EXAMPLE, None)


def test_weights_stand_on_their_edges_and_widen_with_them(training):
    training.step(200)
    drawing, (first, second) = training.view.network, training.trainer.network.layers
    for weight, value in ((Weight(0, 1, 2), ""), (Weight(1, 3, 0), second.weights[3, 0])):
        text = drawing.labels.texts[Quantity("weight", weight)].get_text()
        assert text == (value and f"{value:+.2f}".replace("-", "−")), "eight would cut their lines"
    flat = np.concatenate([first.weights.ravel(), second.weights.ravel()])
    for lines, chosen in ((drawing.positive, flat > 0), (drawing.negative, flat < 0)):
        order = np.argsort(np.abs(flat[chosen]))
        widths = np.array(lines.get_linewidth())
        assert len(widths) == chosen.sum()
        assert np.all(np.diff(widths[order]) > 0)
    assert drawing.negative.get_linestyle() != drawing.positive.get_linestyle()


def test_a_chosen_weight_is_told_followed_and_changed(training):
    training.selected = "w1_23"
    network = training.trainer.network
    assert training.value == network.layers[0].weights[1, 2]
    training.step(30)
    assert training.value == network.layers[0].weights[1, 2]
    assert training.trainer.steps == 30
    training.controls["value"].value = 2.0
    assert network.layers[0].weights[1, 2] == 2.0
    assert training.trainer.steps == 30  # the run goes on from there
    assert "w⁽¹⁾₂₃, x₂ → h₃ is +2.00." in training.live_figure.summary
    training.hidden1 = 2
    assert training.selected == "none"
    assert training.error is None


def test_a_weight_is_pressed_and_dragged(training):
    training.step(3)
    before = training.trainer.network.layers[1].weights[0, 0]
    handle = next(h for h in training.view.handles if h.name == "w2_1")
    x, y = np.mean(np.reshape(handle.outline, (-1, 2)), axis=0)
    mouse = Mouse(training)
    mouse.press("w2_1", x, y)
    mouse.drag(x, y + 40)
    mouse.release(x, y + 40)
    assert training.selected == "w2_1"
    assert training.value == pytest.approx(before + 1.0)
    assert training.trainer.network.layers[1].weights[0, 0] == training.value


def test_sizes_of_gradients_by_layer(training):
    training.set_parameters(hidden2=3, panel="gradients", logarithmic=True)
    training.step(100)
    curves = training.view.curves
    shown = [curve for curve in curves.curves if curve.get_visible()]
    table = np.array(training.run.sizes.gradients)
    assert len(shown) == 3
    for curve, column in zip(shown, table.T, strict=True):
        assert curve.get_xdata().tolist() == [1, 2, 3, 4, 5]
        assert np.array_equal(curve.get_ydata(), column)
    assert curves.ax.get_yscale() == "log"
    assert "Size of gradients: layer 1" in training.summary


def test_state_of_everything_in_the_middle_of_an_epoch(training):
    training.set_parameters(
        data="spiral", hidden1=5, hidden2=3, activation2="gelu", features=("x1", "sin_x2"),
        optimizer="nesterov", batch_size=32, l2=0.01, selected="w2_31", panel="updates",
        noise=0.05, test_share=0.25, seed=7, data_seed=3, initializer="he",
    )  # fmt: skip
    training.step(23)
    training.value = 1.5
    again = TrainingExplorer.from_state(json.loads(json.dumps(training.state)))
    assert again.state == training.state
    for each in (training, again):
        each.step(40)
    ours, theirs = (each.trainer.network.parameters for each in (training, again))
    assert np.array_equal(ours, theirs)
    assert again.summary == training.summary
    again.close()


def test_it_opens_with_what_is_asked_for():
    explorer = TrainingExplorer(show=("learning_rate", "data"))
    *row, others = explorer.children[0].children  # with the buttons that keep together
    opened = [c for c in row if not hasattr(c, "button_style")]
    assert [explorer.controls["data"]] == [c for c in opened if hasattr(c, "options")]
    assert len(opened) == 2
    toggles = [c.description for c in others.children if isinstance(c, ipywidgets.ToggleButton)]
    assert toggles == ["Try", "Data", "Network", "Learning", "Picture"]
    assert explorer.view.network.maps[Node(2, 0)] is not None
    explorer.close()


def test_where_it_stopped_is_told_no_longer_when_it_begins_anew(training):
    training.set_parameters(stop_at=1)
    training.step(20)  # more than an epoch
    training.play()
    assert training.notice.startswith("Stopped at the end of epoch")
    training.seed = 3
    assert training.epochs_trained == 0 and training.notice is None
