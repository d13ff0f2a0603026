"""Chapter 1: its numbers come out of other code, and its laws hold beyond the run that it shows."""

import contextlib
import io
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import ACTIVATIONS
from nnlib.plots.diagrams import ALT_TEXTS

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
    source = CELLS[name].source.replace("%matplotlib inline", "")
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


def prose(name):
    """What the notebook says in a cell of text."""
    return NOTEBOOK_CELLS[name].source.replace("$", "")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


ROW_SUMS = np.array([0, 1, 2])  # of the inputs of (0, 0), of (0, 1) and (1, 0), of (1, 1)
B_ROWS = [((0, 0, 1), 0), ((1, 1, 1), 1), ((1, 0, 1), 1), ((0, 1, 1), 0)]
B_START = (-0.17, 0.44, -1.0)


def trained_on_b(weights, epochs):
    """Tutorial B's loop, row by row: the weights, and the loss before each epoch and at the end."""
    w, losses = list(weights), []
    for _ in range(epochs + 1):
        answers = [sigmoid(sum(x * v for x, v in zip(row, w, strict=True))) for row, _ in B_ROWS]
        errors = [a - y for a, (_, y) in zip(answers, B_ROWS, strict=True)]
        losses.append(sum(error**2 for error in errors) / 4)
        deltas = [error * a * (1 - a) for error, a in zip(errors, answers, strict=True)]
        moves = [
            sum(row[k] * d for (row, _), d in zip(B_ROWS, deltas, strict=True)) for k in range(3)
        ]
        if len(losses) <= epochs:
            w = [v - move for v, move in zip(w, moves, strict=True)]
    return w, losses


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


def minus(number, decimals=2):
    return f"{number:.{decimals}f}".replace("-", "−")


def test_the_correction_by_hand_is_that_of_the_loop():
    """Two rows move the first weight: each by its error times its steepness."""
    by_hand = prose("by-hand")
    first = B_START[0]
    for z in (sum(B_START), B_START[0] + B_START[2]):
        a = sigmoid(z)
        first += (1 - a) * a * (1 - a)
        assert f"\\sigma({z:.2f}) = {a:.2f}" in by_hand and minus(a - 1) in by_hand
        assert f"{1 - a:.2f} \\cdot {a * (1 - a):.2f} = {(1 - a) * a * (1 - a):.2f}" in by_hand
    assert f"{trained_on_b(B_START, 1)[0][0]:.4f}" == f"{first:.4f}"
    assert committed("by-hand-code").endswith(f"to {first:.2f}\n")


def test_each_correction_takes_something_off_the_loss_from_other_starts_too(kernel):
    weights, losses = trained_on_b(B_START, 10_000)
    assert committed("loop-code").startswith(f"weights {np.array(weights).round(2)}\n")
    assert f"from {losses[0]:.3f} to {losses[-1]:.5f}" in prose("loop-seen")
    assert kernel["losses"] == pytest.approx(losses[:-1])
    runs = [
        losses,
        *(trained_on_b(np.random.default_rng(k).uniform(-1, 1, 3), 1000)[1] for k in range(5)),
    ]
    for falling in map(np.diff, runs):
        assert (falling < 0).all()
        assert falling[:50].sum() < 5 * falling[50:].sum()


def test_the_loop_run_again_goes_on():
    said = prose("c-lesson")
    weights = B_START
    for epochs in ("10,000", "20,000", "30,000"):
        weights, _ = trained_on_b(weights, 10_000)
        first, second, third = map(minus, weights)
        assert f"{first}, {second} and {third} after {epochs}" in said or epochs == "10,000"


def test_between_start_and_training_at_most_three_cells_ran():
    """What is missing from the page has to be enough for what is run before the last cell."""
    *before, last = re.findall(r"cell(?:\.replace\([^)]*\))?", CELLS["c-published-code"].source)[:3]
    assert 0 < len(before) <= committed("c-cells-code").count(",") + 1 == 3
    assert last == "cell" and "cell] *" not in CELLS["c-published-code"].source
    assert committed("c-sums-code") == "agree: 42 of 42\n"


def test_one_letter_for_one_thing():
    """n counts rows, and an error is a − y, from the first section to the last."""
    text = "\n".join(cell.source for cell in NOTEBOOK_CELLS.values())
    assert not re.findall(r"x_n|w_n|target − output|targets - a|\(y - a\)", text)


def test_which_biases_and_weights_answer_or_and_and_first():
    """The ranges that the text gives, looked up on a grid."""
    answers = {
        b: tuple(np.array([b, 1 + b, 1 + b, 2 + b]) >= 0) for b in np.arange(-250, 250) / 100
    }
    for name, table, (least, below) in (
        ("OR", (0, 1, 1, 1), (-1, 0)),
        ("AND", (0, 0, 0, 1), (-2, -1)),
    ):
        fits = [b for b, answer in answers.items() if answer == table]
        assert (min(fits), max(fits)) == (least, below - 0.01)
        ends = f"{name} {'is right ' if name == 'OR' else ''}with b from −{-least} to just below "
        assert ends + minus(below, 0).replace("−0", "0") in prose("or-seen")
    assert min(b for b, answer in answers.items() if all(answer)) == 0
    assert "From b = 0 on all four rows are answered 1." in prose("weights-seen")
    grid = np.arange(-20, 21) / 4
    w1, w2, b = (each.ravel() for each in np.meshgrid(grid, grid, grid))
    first = (b < 0) & (w2 + b < 0) & (w1 + b >= 0) & (w1 + w2 + b >= 0)
    assert first.any() and (w1 > np.abs(w2))[first].all()


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
def test_one_neuron_draws_one_line_whatever_its_activation(name):
    """Its answer is 1 from some z on: so the boundary is one line, and XOR is out of reach."""
    answers = ACTIVATIONS[name](np.linspace(-50, 50, 100_001)) >= 0.5
    assert np.count_nonzero(np.diff(answers.astype(int))) == 1 and answers[-1]


def test_how_a_nor_becomes_sure_and_how_much_noise_an_and_bears():
    z = -ROW_SUMS + 0.5
    right, sure = sigmoid(z), sigmoid(5 * z)
    said = prose("solution-nor")
    assert "the outputs are {:.2f}, {:.2f} and {:.2f}".format(*right) in said
    assert sure[0] > 0.9 and max(sure[1:]) < 0.1
    assert f"passes 0.9 at z = {-np.log(1 / 0.9 - 1):.1f}" in said
    highest_of_0, lowest_of_1 = 1 + 2 * 0.2, 2 - 2 * 0.2  # of the sum of two noisy inputs
    between = f"between −{lowest_of_1:.1f} and −{highest_of_0:.1f}"
    assert between in prose("solution-and")


def best_of_many_lines(points, classes, n=40_000):
    """The most points that any of many random lines answers right."""
    rng = np.random.default_rng(0)
    w = rng.normal(size=(2, n))
    b = -rng.uniform(-2, 2, n) * np.hypot(*w)
    return int((np.asarray(classes) == (np.asarray(points) @ w + b >= 0).T).sum(axis=1).max())


@pytest.mark.parametrize("turned", np.linspace(0, 1, 5))
def test_of_a_ring_around_a_point_one_neuron_gets_all_but_one(turned):
    angles = np.arange(6) * np.pi / 3 + turned
    ring = 0.9 + 0.45 * np.column_stack([np.cos(angles), np.sin(angles)])
    assert best_of_many_lines([*ring, (0.9, 0.9)], [1] * 6 + [0]) == 6
    assert "Six: the one that is wrong is the triangle" in prose("own-seen")


@pytest.mark.parametrize("seed", range(5))
def test_no_line_has_the_outer_two_of_three_in_a_row_and_any_other_three_can_be_had(seed):
    one, other, third = np.random.default_rng(seed).uniform(-1, 1, size=(3, 2))
    between = one + 0.4 * (other - one)
    assert best_of_many_lines([one, between, other], [1, 0, 1]) == 2
    for classes in np.ndindex(2, 2, 2):
        assert best_of_many_lines([one, third, other], classes) == 3
    assert "The smallest set has three points; they stand in a row" in prose("own-seen")


def test_where_the_map_of_or_has_its_region_of_4_and_xor_none():
    grid = np.arange(-20, 21) / 4
    w1, w2 = (each.ravel() for each in np.meshgrid(grid, grid))
    sizes = []
    for b in (-1.5, -1.0, -0.5, 0.0):
        four = (b < 0) & (w1 + b >= 0) & (w2 + b >= 0) & (w1 + w2 + b >= 0)
        assert (four == ((w1 >= -b) & (w2 >= -b) & (b < 0))).all()
        sizes.append(four.sum())
    assert sizes[0] < sizes[1] < sizes[2] and sizes[3] == 0
    said = prose("map-seen")
    assert "both weights are 1.5 or more" in said and "At b = 0 it is gone" in said
    best = {}
    for b in np.linspace(-5, 5, 21):
        rows = np.column_stack([b + 0 * w1, w2 + b, w1 + b, w1 + w2 + b]) >= 0
        best[b] = (rows == [0, 1, 1, 0]).sum(axis=1).max()
    assert max(best.values()) == 3 and best[0] == 2
    assert "No bias leaves more than 3 of 4 right." in said


def test_the_words_that_the_tutorials_use_are_explained():
    assert "it is **supervised**" in prose("learning") and "*Unsupervised*" in prose("learning")
    assert "joined to a small part of the others" in prose("two-neurons")


def test_the_picture_of_weights_and_bias_is_described_as_it_is_drawn():
    assert f"![{ALT_TEXTS['weights_and_bias']}]" in prose("weights-seen")
