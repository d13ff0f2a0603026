"""`NewRowExplorer`: the trained neuron's answers, drawn, in words, at the extremes."""

import json
from itertools import product

import numpy as np

from nnlib.explorers.neurons.new_row import TRAINING_X, TRAINING_Y, NewRowExplorer

KIND = NewRowExplorer


def table(explorer):
    return [[cell.get_text() for cell in row] for row in explorer.view._table.cells]


def values(explorer):
    return [text.get_text() for text in explorer.view._neuron._values]


def third(explorer):
    """What stands at the third input and at its weight."""
    neuron = explorer.view._neuron
    return neuron._third_name.get_text(), neuron._labels[2].get_text()


def equation(explorer):
    return explorer.model().equation


def test_it_opens_with_the_new_situation_of_the_tutorial(explorer):
    assert explorer.summary.startswith("The new row (1, 0, 0). It gives 0.9999. Weights 9.67, −")
    assert "a = σ(z) = 0.99993704" in explorer.model().equation
    assert table(explorer)[-1] == ["1", "0", "0", "?", "0.9999"]


def test_the_third_input_is_a_bias_in_disguise(explorer):
    explorer.x3 = 1
    assert "a = σ(z) = 0.99358931" in explorer.model().equation
    assert explorer.view._row_title.get_text().endswith("(1, 0, 1), target 1")
    assert explorer.view._verdict.get_text() == "The neuron answers 0.9936"


def asked(explorer):
    """What the picture calls the row: its title, and what stands before it and its target."""
    view = explorer.view
    return view._row_title.get_text(), view._asked.get_text(), table(explorer)[-1][3]


def test_a_row_of_the_training_is_not_called_new(explorer):
    for k, (x, y) in enumerate(zip(TRAINING_X, TRAINING_Y, strict=True), start=1):
        explorer.set_parameters(x1=x[0], x2=x[1], x3=x[2])
        row = f"({x[0]:g}, {x[1]:g}, {x[2]:g})"
        title = f"Row {k} of the training table: {row}, target {y:g}"
        assert asked(explorer) == (title, f"this is row {k}", f"{y:g}")
        assert explorer.summary.startswith(f"{title}. ") and "new" not in explorer.summary
        explorer.x3 = 0.5
        assert asked(explorer)[1:] == ("new row", "?") and "The new row" in explorer.summary


def test_with_a_bias_the_two_inputs_tell_which_row_it_is(explorer):
    explorer.set_parameters(x1=0.0, x2=1.0, as_bias=True)  # x₃ still stands at 0
    title = "Row 4 of the training table: (0, 1), target 0"
    assert asked(explorer) == (title, "this is row 4", "0")


def test_it_answers_its_training_rows(explorer):
    answers = explorer.model().answer(TRAINING_X)
    np.testing.assert_array_equal(answers > 0.5, TRAINING_Y == 1)
    assert [row[-1] for row in table(explorer)[:4]] == [f"{a:.4f}" for a in answers]
    assert [row[3] for row in table(explorer)[:4]] == ["0", "1", "1", "0"]


def test_the_neuron_shows_the_same_numbers(explorer):
    explorer.set_parameters(x1=0.5, x2=1, x3=1)
    assert values(explorer) == ["0.5", "1", "1", "z\n0.00", "a\n0.50"]
    assert third(explorer) == ("x₃", "w₃ −4.63")


def test_a_weight_on_an_input_of_one_is_a_bias(explorer):
    """The switch renames x₃ = 1 and w₃; every number of the trained rows stays."""
    explorer.x3 = 1
    trained, shown = table(explorer)[:4], values(explorer)
    explorer.controls["as_bias"].value = True
    assert third(explorer) == ("always 1", "b −4.63")
    assert values(explorer) == shown
    assert table(explorer)[:4] == trained
    assert "z = w₁x₁ + w₂x₂ + b = 9.67·1.0 + (−0.21)·0.0 + (−4.63) = 5.04" in equation(explorer)
    assert "target 1. It gives 0.9936. Weights 9.67 and −0.21, bias −4.63." in explorer.summary
    assert "Trained on: (0, 0) gives 0.0097, target 0;" in explorer.summary


def test_a_bias_counts_also_where_the_third_input_was_0(explorer):
    explorer.as_bias = True
    assert table(explorer)[-1] == ["1", "0", "1", "1", "0.9936"]
    assert explorer.view._third_name.get_text() == "always"
    explorer.as_bias = False
    assert table(explorer)[-1] == ["1", "0", "0", "?", "0.9999"]
    assert explorer.view._third_name.get_text() == "x₃"


def test_a_bias_leaves_no_third_input_to_move(explorer):
    for is_bias in (True, False):
        explorer.as_bias = is_bias
        assert explorer.controls["x3"].disabled is is_bias
        assert explorer.boxes["x3"].disabled is is_bias
    again = NewRowExplorer(as_bias=True)
    assert again.controls["x3"].disabled
    again.close()


def test_every_control_to_its_extremes(explorer):
    seen = set()
    for values in product((0.0, 1.0, -1e6, 1e6), repeat=3):
        for name, value in zip(("x1", "x2", "x3"), values, strict=True):
            setattr(explorer, name, value)
            assert explorer.controls[name].value == value
        seen.add(explorer.summary)
        assert explorer.error is None
    assert len(seen) == 64


def test_other_weights_and_reset(explorer):
    explorer.weights = [0, 0, 0]
    assert explorer.model().a == 0.5
    explorer.x1 = 0
    explorer.controls["reset"].click()
    assert explorer.x1 == 1
    assert explorer.model().a > 0.99


def test_state_makes_the_same_explorer_again(explorer):
    explorer.set_parameters(x1=0.5, weights=(1, 2, 3))
    again = NewRowExplorer.from_state(json.loads(json.dumps(explorer.state)))
    assert again.state == explorer.state
    assert again.summary == explorer.summary
    again.close()
