"""The checks of chapters 3 to 5: right answers pass, known mistakes are named."""

import ast
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest

from nnlib import ACTIVATIONS, SGD, Adam, Network, RMSProp, Trainer, datasets, mistakes
from nnlib.exercises import (
    check_any_depth,
    check_dead_share,
    check_distance,
    check_forward_pass,
    check_largest_rate,
    check_layer,
    check_layer_backward,
    check_network_gradient,
    check_numeric_slope,
    check_parameter_count,
    check_recall,
    check_rmsprop,
    check_small_network,
    check_trained_network,
    check_update,
    check_updates,
    check_xnor,
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


def assert_named(result, words):
    """The answer is refused, and the message names the mistake."""
    assert result.passed is False
    assert words in result.message


class TestParameterCount:
    def test_right(self):
        def count(sizes):
            return sum((sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 1))

        assert_passes(check_parameter_count(count))

    @pytest.mark.parametrize(
        ("mistake", "words"),
        [
            (lambda s: sum(s[i] * s[i + 1] for i in range(len(s) - 1)), "weights alone"),
            (sum, "neurons"),
            (
                lambda s: sum(s[i] * s[i + 1] + 1 for i in range(len(s) - 1)),
                "One bias for each layer",
            ),
            (
                lambda s: sum(s[i] * s[i + 1] for i in range(len(s) - 1)) + sum(s),
                "no bias",
            ),
            (lambda s: 7, "weights and"),
            (len, "For [3, 4, 2] there are 20 weights and 6 biases"),
        ],
    )
    def test_mistakes_are_named(self, mistake, words):
        assert_named(check_parameter_count(mistake), words)


class TestXnor:
    AND_NOR = ([[1, -1], [1, -1]], [-1.5, 0.5])
    OR = ([[1], [1]], [-0.5])

    def test_and_nor_or(self):
        assert_passes(check_xnor(*self.AND_NOR, *self.OR))

    def test_another_way(self):
        or_nand = ([[1, -1], [1, -1]], [-0.5, 1.5])
        assert_passes(check_xnor(*or_nand, [[-1], [-1]], [1.5]))

    def test_xor_is_named(self):
        assert_named(check_xnor(*self.AND_NOR, [[-1], [-1]], [0.5]), "This is XOR")

    def test_one_line_is_named(self):
        assert_named(check_xnor([[1, 1], [1, 1]], [-0.5, -0.5], *self.OR), "one line")

    def test_wrong_row_is_named(self):
        result = check_xnor(*self.AND_NOR, [[1], [0]], [-0.5])
        assert_named(result, "3 of 4 rows are right. The first wrong one is (0, 0)")

    def test_swapped_weights_of_the_output(self):
        assert_passes(check_xnor(*self.AND_NOR, [[1, 1]], [-0.5]))  # a row for a column

    def test_not_attempted(self):
        assert check_xnor(..., ..., ..., ...).passed is None


class TestForwardPass:
    @pytest.mark.parametrize(
        ("forward", "words"),
        [
            (lambda X, V, b, W, c: sigmoid(np.tanh(X @ V + b) @ W + c), None),
            (lambda X, V, b, W, c: np.tanh(X @ V + b), "hidden layer"),
            (lambda X, V, b, W, c: np.tanh(X @ V + b) @ W + c, "sigmoid at the end"),
            (lambda X, V, b, W, c: sigmoid((X @ V + b) @ W + c), "no activation"),
            (lambda X, V, b, W, c: sigmoid(sigmoid(X @ V + b) @ W + c), "tanh, not the sigmoid"),
            (lambda X, V, b, W, c: sigmoid(np.tanh(X @ V) @ W + c), "hidden bias"),
            (lambda X, V, b, W, c: sigmoid(np.tanh(X @ V + b) @ W), "output bias"),
            (lambda X, V, b, W, c: np.tanh(np.tanh(X @ V + b) @ W + c), "not tanh"),
            (lambda X, V, b, W, c: np.zeros((len(X), 1)), "Two lines"),
            (lambda X, V, b, W, c: V @ X, "inputs stand on the left of @"),
        ],
    )
    def test_right_and_wrong(self, forward, words):
        result = check_forward_pass(forward)
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)


def through(layers, a, f=np.tanh):
    for W, b in layers:
        a = f(a @ W + b)
    return a


class TestLayer:
    @pytest.mark.parametrize(
        ("layer", "words"),
        [
            (lambda X, W, b: X @ W + b, None),
            (lambda X, W, b: [[x @ w + c for w, c in zip(W.T, b, strict=True)] for x in X], None),
            (lambda X, W, b: X @ W, "bias is missing"),
            (lambda X, W, b: X @ W - b, "not subtracted"),
            (lambda X, W, b: sigmoid(X @ W + b), "No activation yet"),
            (lambda X, W, b: X @ W + b if len(X) == 3 else (X @ W + b).T, "swapped"),
            (lambda X, W, b: X @ W.T + b, "transposed"),
            (lambda X, W, b: W @ X + b, "on the left"),
            (lambda X, W, b: X * W + b, "number by number"),
            (lambda X, W, b: np.ones((len(X), len(b))), "Row times column"),
        ],
    )
    def test_right_and_wrong(self, layer, words):
        result = check_layer(layer)
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)


class TestAnyDepth:
    @pytest.mark.parametrize(
        ("forward", "words"),
        [
            (lambda X, L: through(L[:-1], X) @ L[-1][0] + L[-1][1], None),
            (lambda X, L: through(L, X), "no tanh around it"),
            (lambda X, L: through(L, X, lambda z: z), "need their tanh"),
            (lambda X, L: through([(W, 0) for W, _ in L[:-1]], X) @ L[-1][0], "biases are missing"),
            (lambda X, L: through(L[:-1], X) @ L[-1][0], "last bias"),
            (lambda X, L: np.tanh(X @ L[0][0] + L[0][1]) @ L[1][0] + L[1][1], "shape"),
        ],
    )
    def test_right_and_wrong(self, forward, words):
        result = check_any_depth(forward)
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)


class TestDistance:
    @pytest.mark.parametrize(
        ("W1", "W2", "words"),
        [
            ([[1, -1], [-1, 1]], [[1], [1]], None),
            ([[-2, 0.5], [2, -0.5]], [[0.5], [2]], None),
            ([[1, -1], [-1, 1]], [[-1], [-1]], "sign is flipped"),
            ([[1, -1], [-1, 1]], [[1], [-1]], "x₁ − x₂ itself"),
            ([[1, -1], [-1, 1]], [[-1], [1]], "x₂ − x₁ itself"),
            ([[1, 0], [-1, 0]], [[1], [0]], "x₁ is the larger"),
            ([[0, -1], [0, 1]], [[0], [1]], "x₂ is the larger"),
            ([[1, -1], [1, -1]], [[1], [1]], "|x₁ + x₂|"),
            ([[1, -1], [-1, 1]], [[2], [2]], "Twice"),
            ([[1, 0], [0, 1]], [[1], [-1]], "Which is left"),
        ],
    )
    def test_right_and_wrong(self, W1, W2, words):
        result = check_distance(W1, [0, 0], W2, [0])
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)

    def test_not_attempted(self):
        assert check_distance(..., ..., ..., ...).passed is None


class TestNumericSlope:
    @pytest.mark.parametrize(
        ("slope", "words"),
        [
            (lambda f, w, e: (f(w + e) - f(w - e)) / (2 * e), None),
            (lambda f, w, e: (f(w + e) - f(w)) / e, "one side"),
            (lambda f, w, e: (f(w + e) - f(w - e)) / e, "distance of 2ε"),
            (lambda f, w, e: f(w + e) - f(w - e), "Divide"),
            (lambda f, w, e: (f(w - e) - f(w + e)) / (2 * e), "sign"),
            (lambda f, w, e: 0.0, "minus"),
        ],
    )
    def test_right_and_wrong(self, slope, words):
        result = check_numeric_slope(slope)
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)


class TestLayerBackward:
    @staticmethod
    def gradients(X, W, dZ):
        return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T

    def test_right(self):
        def layer_backward(X, W, Z, dA):
            return self.gradients(X, W, dA * (1 - np.tanh(Z) ** 2))

        assert_passes(check_layer_backward(layer_backward))

    @pytest.mark.parametrize(
        ("delta", "words"),
        [
            (lambda Z, dA: dA, "slope of tanh is missing"),
            (lambda Z, dA: dA * (1 - np.tanh(Z)), "square"),
            (lambda Z, dA: dA * np.tanh(Z), "tanh itself"),
            (lambda Z, dA: dA * (1 - np.tanh(np.tanh(Z)) ** 2), "function of Z"),
            (lambda Z, dA: dA * (1 - np.tanh(Z) ** 2) / len(Z), "add up over the rows"),
            (lambda Z, dA: dA + 1, "dW is not right yet"),
        ],
    )
    def test_mistakes_are_named(self, delta, words):
        result = check_layer_backward(lambda X, W, Z, dA: self.gradients(X, W, delta(Z, dA)))
        assert_named(result, words)

    def test_only_the_bias_is_averaged(self):
        def layer_backward(X, W, Z, dA):
            dW, db, dX = self.gradients(X, W, dA * (1 - np.tanh(Z) ** 2))
            return dW, db / len(X), dX

        assert_named(check_layer_backward(layer_backward), "db: add up over the rows")

    def test_the_result_has_three_parts(self):
        assert_named(check_layer_backward(lambda X, W, Z, dA: dA), "three arrays")

    def test_left_as_it_is(self):
        def layer_backward(X, W, Z, dA):
            dW, db, dX = ..., ..., ...
            return dW, db, dX

        assert check_layer_backward(layer_backward).passed is None


def network_gradient(X, y, W1, b1, W2, b2, error=None, at_output=None, at_hidden=None):
    """Right as it stands; each argument puts one mistake in its place."""
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dA2 = error(A2, y) if error else 2 * (A2 - y) / len(y)
    dZ2 = dA2 * (at_output or (lambda z, a: sigmoid.derivative(z)))(Z2, A2)
    dZ1 = dZ2 @ W2.T * (at_hidden or (lambda z, a: sigmoid.derivative(z)))(Z1, A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


def of_a(z, a):
    return sigmoid.derivative(a)


def left_out(z, a):
    return 1.0


class TestNetworkGradient:
    @pytest.mark.parametrize(
        ("mistake", "words"),
        [
            ({}, None),
            ({"at_output": lambda z, a: a * (1 - a)}, None),  # the same, written of a
            ({"error": lambda a, y: 2 * (y - a) / len(y)}, "dW2: the sign"),
            ({"error": lambda a, y: (a - y) / len(y)}, "the 2 of the square"),
            ({"error": lambda a, y: 2 * (a - y)}, "gradient of a sum"),
            ({"at_output": of_a, "at_hidden": of_a}, "dW2: the slope is taken of a"),
            ({"at_output": of_a}, "slope is taken of a"),
            ({"at_hidden": of_a}, "dW1: the hidden layer's slope is taken of a"),
            ({"at_output": left_out}, "slope σ′(z) is missing"),
            ({"at_hidden": left_out}, "dW1: the hidden layer's slope σ′(z) is missing"),
            ({"error": lambda a, y: (a - y) ** 2}, "dW2 is not right yet"),
        ],
    )
    def test_right_and_wrong(self, mistake, words):
        result = check_network_gradient(lambda *given: network_gradient(*given, **mistake))
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda g: (g[0].T, *g[1:]), "Rows and columns are swapped in dW1"),
            (lambda g: (g[0], g[1] / 3, *g[2:]), "db1: add up over the rows"),
            (lambda g: (g[0], g[1], g[2]), "four arrays"),
            (lambda g: (g[2], g[3], g[0], g[1]), "expected"),
        ],
    )
    def test_right_but_handed_over_wrongly(self, change, words):
        result = check_network_gradient(lambda *given: change(network_gradient(*given)))
        assert_named(result, words)

    def test_a_network_of_nnlib_passes(self):
        def by_nnlib(X, y, W1, b1, W2, b2):
            network = Network([3, len(b1), 1], hidden="sigmoid")
            network.parameters = np.concatenate([W1.ravel(), b1, W2.ravel(), b2])
            network.loss_and_gradient(X, y, "mean_squared_error")
            return [
                gradient
                for layer in network.layers
                for gradient in (layer.weights_gradient, layer.bias_gradient)
            ]

        assert_passes(check_network_gradient(by_nnlib))


class TestDeadShare:
    @pytest.mark.parametrize(
        ("share", "words"),
        [
            (lambda A: (A == 0).all(axis=0).mean(), None),
            (lambda A: np.mean(A.max(axis=0) == 0), None),
            (lambda A: sum(1 for unit in A.T if not unit.any()) / A.shape[1], None),
            (lambda A: (A == 0).mean(), "counts zeros"),
            (lambda A: (A == 0).all(axis=0).sum(), "divide it"),
            (lambda A: (A == 0).any(axis=0).mean(), "a single 0"),
            (lambda A: (A == 0).all(axis=1).mean(), "looks at rows"),
            (lambda A: 1 - (A == 0).all(axis=0).mean(), "that lives"),
            (lambda A: 0.123, "whole column"),
        ],
    )
    def test_right_and_wrong(self, share, words):
        result = check_dead_share(share)
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)


class TestUpdate:
    @pytest.mark.parametrize(
        ("update", "words"),
        [
            (lambda w, g, r: w - r * g, None),
            (lambda w, g, r: w + r * g, "up the slope"),
            (lambda w, g, r: w - g, "learning rate is missing"),
            (lambda w, g, r: -r * g, "change alone"),
            (lambda w, g, r: w - r * np.abs(g), "Every weight has fallen"),
            (lambda w, g, r: w - g / r, "multiplies"),
            (lambda w, g, r: r * (w - g), "Only the gradient"),
            (lambda w, g, r: w, "minus"),
        ],
    )
    def test_right_and_wrong(self, update, words):
        result = check_update(update)
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)

    def test_changing_the_argument_is_named(self):
        def update(weights, gradient, learning_rate):
            weights -= learning_rate * gradient
            return weights

        assert_named(check_update(update), "changed as well")


class TestUpdates:
    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            (160, None),
            (140, "smaller"),
            (8, "one epoch"),
            (20, "all rows at once"),
            (157, "reaches over"),
            (156.25, "whole number"),
            (5000, "rows that are seen"),
            (1, "How many batches"),
        ],
    )
    def test_right_and_wrong(self, answer, words):
        result = check_updates(answer)
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)

    def test_the_trainer_agrees(self):
        X, y = datasets.moons(n_samples=250)
        trainer = Trainer(Network([2, 1]), X, y, "mean_squared_error", SGD(0.1), batch_size=32)
        trainer.run(20)
        assert_passes(check_updates(trainer.steps))


class TestRmsprop:
    @pytest.mark.parametrize(
        ("new_s", "new_p", "words"),
        [
            ("s", "p", "s has not changed"),
            ("m * s + (1 - m) * g", "p", "squared"),
            ("m * s + g**2", "p", "not in full"),
            ("(1 - m) * s + m * g**2", "p", "swapped"),
            ("0 * s", "p", "s is not right yet"),
            ("m * s + (1 - m) * g**2", "p - r * g", "plain gradient"),
            ("m * s + (1 - m) * g**2", "p - r * g / (t + e)", "by the root of s"),
            ("m * s + (1 - m) * g**2", "p - r * g / np.sqrt(t + e)", "outside the root"),
            ("m * s + (1 - m) * g**2", "p - r * g / (np.sqrt(s) + e)", "old s"),
            ("m * s + (1 - m) * g**2", "p + r * g / (np.sqrt(t) + e)", "up the slope"),
            ("m * s + (1 - m) * g**2", "p - r * g / np.sqrt(t)", "ε is missing"),
            ("m * s + (1 - m) * g**2", "p", "p is not right yet"),
            ("m * s + (1 - m) * g**2", "p - r * g / (np.sqrt(t) + e)", None),
        ],
    )
    def test_right_and_wrong(self, new_s, new_p, words):
        def step(p, g, s, r, m, e):
            names = {"p": p, "g": g, "s": s, "r": r, "m": m, "e": e, "np": np}
            t = eval(new_s, names)
            return eval(new_p, names | {"t": t}), t

        result = check_rmsprop(step)
        if words is None:
            assert_passes(result)
        else:
            assert_named(result, words)

    def test_the_other_order_is_named(self):
        def step(p, g, s, learning_rate, decay, epsilon):
            s = decay * s + (1 - decay) * g**2
            return s, p - learning_rate * g / (np.sqrt(s) + epsilon)

        assert_named(check_rmsprop(step), "other order")

    def test_it_is_the_step_of_nnlib(self):
        p, g, s = np.array([1.0, 2.0]), np.array([0.5, -3.0]), np.zeros(2)
        s = 0.9 * s + 0.1 * g**2
        mine = p - 0.01 * g / (np.sqrt(s) + 1e-8)
        RMSProp(0.01).step(p, g)
        assert np.allclose(p, mine)


class TestTrainedNetwork:
    def test_a_trained_one_passes(self):
        X, y = datasets.moons(n_samples=200, noise=0.1, seed=0)
        network = Network([2, 8, 1])
        Trainer(network, X, y, "binary_cross_entropy", SGD(1.0), batch_size=20).run(200)
        assert_passes(check_trained_network(network))

    def test_an_untrained_one_does_not(self):
        assert_named(check_trained_network(Network([2, 8, 1])), "of 100 new rows")

    def test_another_shape_is_named(self):
        assert_named(check_trained_network(Network([3, 1])), "2 inputs and 1 output")

    def test_something_else_is_named(self):
        assert_named(check_trained_network("network"), "A Network is expected")


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
    exec(solution, names)
    check = ast.parse(exercise).body[-1]
    assert_passes(eval(ast.unparse(check), names))


class TestLargestRate:
    def test_right(self):
        assert_passes(check_largest_rate(lambda H: 2 / np.linalg.eigvalsh(H)[-1]))
        assert_passes(check_largest_rate(lambda H: 2 / np.linalg.norm(H, 2)))

    @pytest.mark.parametrize(
        ("mistake", "words"),
        [
            (lambda H: 1 / np.linalg.eigvalsh(H)[-1], "1/λmax"),
            (lambda H: 2 / np.linalg.eigvalsh(H)[0], "smallest eigenvalue"),
            (lambda H: 2 / np.trace(H), "sum of the diagonal"),
            (lambda H: 2 / H.diagonal().max(), "between the axes"),
            (lambda H: np.linalg.eigvalsh(H)[-1], "λmax itself"),
            (lambda H: np.linalg.eigvalsh(H)[-1] / 2, "turned the fraction over"),
            (lambda H: 0.1, "2 divided by the largest eigenvalue"),
            (lambda H: 2 / np.linalg.eigvalsh(H), "an array of the shape"),
        ],
    )
    def test_mistakes_are_named(self, mistake, words):
        assert_named(check_largest_rate(mistake), words)

    def test_not_attempted(self):
        def largest_rate(H):
            return ...

        assert check_largest_rate(largest_rate).passed is None


class TestRecall:
    def test_right(self):
        assert_passes(check_recall(lambda c: c.diagonal() / c.sum(axis=1)))
        assert_passes(check_recall(lambda c: [c[k, k] / sum(c[k]) for k in range(len(c))]))

    @pytest.mark.parametrize(
        ("mistake", "words"),
        [
            (lambda c: c.diagonal() / c.sum(axis=0), "precision"),
            (lambda c: c.diagonal() / c.sum(), "of its own class"),
            (lambda c: c.diagonal(), "counts"),
            (lambda c: 1 - c.diagonal() / c.sum(axis=1), "share of mistakes"),
            (lambda c: c.max(axis=1) * 0 + 0.5, "divided by the sum of its row"),
            (lambda c: c.diagonal().sum() / c.sum(), "a single number"),
        ],
    )
    def test_mistakes_are_named(self, mistake, words):
        assert_named(check_recall(mistake), words)


class TestSmallNetwork:
    def trained(self, sizes, epochs):
        X, y = datasets.digits()
        rows = np.random.default_rng(0).permutation(len(X))[:1437]
        network = Network(sizes, output="softmax", seed=0)
        Trainer(network, X[rows], y[rows], "cross_entropy", Adam(0.01), batch_size=32).run(epochs)
        return network

    def test_right(self):
        assert_passes(check_small_network(self.trained([64, 5, 10], 40)))

    def test_mistakes_are_named(self):
        assert_named(check_small_network(Network([64, 10], output="softmax")), "650 parameters")
        assert_named(check_small_network(Network([2, 5, 10])), "64 inputs")
        assert_named(check_small_network(Network([64, 5, 10], output="softmax")), "of 100 held-out")
        assert_named(check_small_network(self.trained), "A Network is expected")
