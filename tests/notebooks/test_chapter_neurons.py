"""Chapter 1: its printed numbers come out of other code, and a cell goes on where it stopped."""

import contextlib
import io
from pathlib import Path

import nbformat
import numpy as np
import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "01_neurons.ipynb"
NOTEBOOK_CELLS = {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}
SHOWN = ("explorer-", "predict-")  # these only show a widget; other tests are about them
CELLS = {
    name: cell
    for name, cell in NOTEBOOK_CELLS.items()
    if cell.cell_type == "code" and not name.startswith(SHOWN)
}


def run(name, kernel):
    """Run a cell in ``kernel``, a dictionary of names, and return what it prints."""
    source = CELLS[name].source.replace("%matplotlib inline\n", "")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(source, kernel)
    return printed.getvalue()


@pytest.fixture(scope="module")
def kernel():
    """The names that are there when every cell has run once."""
    kernel = {}
    for name in CELLS:
        run(name, kernel)
    return kernel


def committed(name):
    """What the notebook on the disk shows below a cell."""
    return "".join(o.get("text", "") for o in CELLS[name].outputs)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def trained_on_or(epochs):
    """Tutorial C's loop, one sum for each weight and row by row."""
    rows = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1)]
    w1, w2, b = 0.1, 0.2, 0.3
    for _ in range(epochs):
        d1 = d2 = db = 0.0
        for x1, x2, y in rows:
            a = sigmoid(w1 * x1 + w2 * x2 + b)
            d = (a - y) * sigmoid(a) * (1 - sigmoid(a))
            d1, d2, db = d1 + d * x1, d2 + d * x2, db + d
        w1, w2, b = w1 - 0.05 * d1, w2 - 0.05 * d2, b - 0.05 * db
    return w1, w2, b


def test_the_training_cell_goes_on_from_what_the_kernel_remembers(kernel):
    again = dict(kernel)
    for epochs in (2000, 3000):
        w1, w2, b = trained_on_or(epochs)
        expected = f"weights {w1:.8f} {w2:.8f}  bias {b:.8f}"
        assert run("c-once", again).splitlines()[0] == f"this run:  {expected}"
        assert f"run {epochs // 1000}: weights {w1:.8f} {w2:.8f}\n" in committed("c-rerun-code")
    run("c-start", again)
    assert run("c-once", again) == committed("c-once")


def test_the_sum_of_the_errors_is_zero_where_a_row_is_wrong():
    w1, w2, b = trained_on_or(93)
    errors = sigmoid(np.array([b, w2 + b, w1 + b, w1 + w2 + b])) - [0, 1, 1, 1]
    shown = committed("c-progress-code")
    assert f"sum of the errors   {errors.sum():.5f}" in shown
    assert f"mean squared error  {np.mean(errors**2):.3f}" in shown
    assert f"output for (0, 0)   {errors[0]:.3f}, target 0" in shown
    assert abs(errors.sum()) < 1e-4 and errors[0] > 0.5


def test_which_gates_one_line_can_answer():
    """Of random lines through the plane, each right of the boundary or on it answers 1."""
    rng = np.random.default_rng(0)
    w1, w2, b = rng.normal(size=(3, 20_000))
    answers = np.column_stack([b, w2 + b, w1 + b, w1 + w2 + b]) >= 0
    assert f"{len(np.unique(answers, axis=0))} of 16" in committed("further-code")
    for gate, name in (([0, 1, 1, 1], "OR"), ([0, 1, 1, 0], "XOR")):
        best = (answers == gate).sum(axis=1).max()
        assert f"{best} of 4 on OR" in committed("xor-search-code") or name == "XOR"
        assert f"{best} on XOR" in committed("xor-search-code") or name == "OR"


def test_tutorial_b_comes_out_to_its_last_digit(kernel):
    w1, _, w3 = kernel["W"].ravel()
    assert committed("b-loop-code").endswith("9.67299303 -0.20784350 -4.62963669\n")
    assert f"this run:       {sigmoid(w1):.8f}" in committed("b-new-code")
    assert f"(1, 0, 1): {sigmoid(w1 + w3):.8f}" in committed("b-bias-code")
    assert "with a 9 less:  0.9993704" in committed("b-new-code")
