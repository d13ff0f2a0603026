"""The exercises of chapters 3 to 5: printed solutions pass, and what the reveals say is true."""

import ast
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest

from nnlib import ACTIVATIONS, SGD, Network, RMSProp, Trainer, datasets, mistakes
from nnlib.exercises import (
    check_updates,
    predict,
)
from nnlib.explorers import (
    BackpropExplorer,
    GradientArrowsExplorer,
    GradientCheckExplorer,
    VanishingGradientsExplorer,
)

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# The network of chapter 4: W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾.
BACKPROP_NUMBERS = [1.0, 2.0, -1.0, 2.0, -1.0, -2.0, 2.0, 1.0, -1.5]
sigmoid = ACTIVATIONS["sigmoid"]


def assert_passes(result):
    assert result.passed is True, result.message


def test_the_trainer_makes_as_many_updates_as_the_exercise_says():
    X, y = datasets.moons(n_samples=250)
    trainer = Trainer(Network([2, 1]), X, y, "mean_squared_error", SGD(0.1), batch_size=32)
    trainer.run(20)
    assert_passes(check_updates(trainer.steps))


def test_the_exercise_s_step_is_that_of_nnlib():
    p, g, s = np.array([1.0, 2.0]), np.array([0.5, -3.0]), np.zeros(2)
    s = 0.9 * s + 0.1 * g**2
    mine = p - 0.01 * g / (np.sqrt(s) + 1e-8)
    RMSProp(0.01).step(p, g)
    assert np.allclose(p, mine)


class TestPredictionsAreTrue:
    """Each reveal states a fact; these compute it."""

    def test_three_places_in_the_hidden_space(self):
        X, _ = datasets.truth_table("xor")
        hidden = np.column_stack([X.sum(axis=1) > 0.5, X.sum(axis=1) < 1.5])
        assert len(np.unique(hidden, axis=0)) == 3
        assert predict("feedforward-hidden-space").question.answer == "Three"

    def test_parameters_of_2_4_1(self):
        size = Network([2, 4, 1]).parameters.size
        assert predict("feedforward-parameters").question.answer == str(size)

    def test_three_hinges_make_four_pieces_at_most(self):
        x = np.linspace(-3, 3, 6001)
        most = 0
        for seed in range(200):
            network = Network([1, 3, 1], hidden="relu", output="linear", seed=seed)
            network.parameters = np.random.default_rng(seed).normal(size=10)
            slopes = np.diff(network.predict(x[:, None]).ravel())
            corners = np.flatnonzero(np.abs(np.diff(slopes)) > 1e-9)
            most = max(most, 1 + int((np.diff(corners, prepend=-9) > 1).sum()))
        assert most == 4
        assert predict("feedforward-hinges").question.answer == "Four"

    def test_one_weight_falls_and_the_other_rises(self):
        X, y = datasets.truth_table("xor")
        network = Network([2, 2, 1], hidden="sigmoid", output="sigmoid")
        network.parameters = BACKPROP_NUMBERS
        network.loss_and_gradient(X, y, "mean_squared_error")
        share = np.abs(network.layers[0].delta).sum(axis=0)
        assert 1.8 < share[0] / share[1] < 2.2
        assert np.sign(network.layers[0].weights_gradient).tolist() == [[-1, -1], [1, -1]]

    def test_the_rows_still_pull_at_the_lowest_point(self):
        picture = GradientArrowsExplorer().model()
        for _ in range(300):
            picture = replace(picture, weights=picture.after_step(picture.batch_gradient))
        assert np.hypot(*picture.batch_gradient) < 1e-6
        assert np.hypot(*picture.gradients.T).min() > 0.1

    def test_the_best_step_of_a_gradient_check(self):
        curve = GradientCheckExplorer().model().curve.max(axis=1)  # from 10⁻¹⁴ to 0.1
        assert 1e-6 < np.logspace(-14, -1, 66)[curve.argmin()] < 1e-4
        assert curve[0] > 1e5 * curve.min() and curve[-1] > 1e5 * curve.min()

    def test_three_bugs_are_seen_in_the_first_epoch(self):
        slopes = mistakes.slopes_by_trying(mistakes.start())
        seen = [
            name
            for name in mistakes.MISTAKES
            if not all(
                np.allclose(used, slope, atol=1e-6)
                for used, slope in zip(mistakes.train(name).used[0], slopes, strict=True)
            )
        ]
        assert seen == ["slope", "sign", "sum"]
        assert predict("backprop-bugs-seen").question.answer == "Three"

    def test_twenty_sigmoids_let_less_than_a_billionth_through(self):
        for seed in range(10):
            picture = VanishingGradientsExplorer(depth=20, seed=seed).model()
            assert picture.share < 1e-10 and 0.25**19 < 1e-11

    def test_a_large_change_comes_to_less_than_predicted(self):
        explorer = BackpropExplorer(
            parameters=BACKPROP_NUMBERS,
            row=3,
            selected="w2_1",
            change=5.0,
        )
        own, question = explorer.model().own_change, predict("backprop-large-change").question
        assert f"the loss is {own.run.loss_value:.3f}" in question.text
        assert f"w⁽²⁾₁ is −{-own.slope:.3f}" in question.text
        assert f"= −{-own.predicted:.3f}" in question.why
        assert f"falls by {-own.actual:.3f}" in question.why
        assert -0.25 < own.actual < 0
        explorer.close()

    def test_dead_units_stay_dead(self):
        """ReLU, all biases pushed down: what is dead has the gradient 0, now and later."""
        X, y = datasets.circles(n_samples=100, seed=0)
        network = Network([2, 16, 1], hidden="relu", initializer="he")
        network.layers[0].bias = -2.0 * np.ones(16)
        trainer = Trainer(network, X, y, "binary_cross_entropy", SGD(1.0))
        dead = [(network.layers[0].forward(X) == 0).all(axis=0).sum()]
        trainer.run(4000)
        dead.append((network.layers[0].forward(X) == 0).all(axis=0).sum())
        assert dead == [15, 15]
        assert predict("backprop-zero-units").question.answer == "None"

    def test_a_saturated_neuron(self):
        why = predict("backprop-saturated").question.why
        assert f"σ′(z), which is {sigmoid.derivative(4.0):.3f} at z = 4" in why
        assert f"error itself, {sigmoid(4.0):.2f}" in why

    def test_factors_of_the_wrong_derivative(self):
        why = predict("backprop-wrong-derivative").question.why
        assert f"σ′(1) = {sigmoid.derivative(1.0):.4f}" in why
        assert f"σ′(8) is {sigmoid.derivative(8.0):.4f}" in why


def exercises_with_solutions():
    """Yield each exercise of the three chapters: set-up cell, exercise cell, solution."""
    for chapter in sorted(NOTEBOOKS.glob("0[345]_*.ipynb")):
        cells = nbformat.read(chapter, as_version=4).cells
        setup = next(cell.source for cell in cells if cell.cell_type == "code")
        for cell, after in pairwise(cells):
            if cell.cell_type == "code" and "Solution</summary>" in after.source:
                solution = re.search(r"```python\n(.*?)```", after.source, flags=re.DOTALL)[1]
                yield pytest.param(setup, cell.source, solution, id=f"{chapter.stem}-{cell.id}")


@pytest.mark.parametrize(("setup", "exercise", "solution"), list(exercises_with_solutions()))
def test_the_printed_solution_passes(setup, exercise, solution):
    matplotlib.use("agg")
    names = {}
    exec(setup.replace("%matplotlib inline", ""), names)
    exec(exercise, names)
    if solution.startswith("check_"):  # the answer stands in the call itself
        return assert_passes(eval(solution, names))
    exec(solution, names)
    check = ast.parse(exercise).body[-1]
    assert_passes(eval(ast.unparse(check), names))
