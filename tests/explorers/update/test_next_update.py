"""What is looked into is the very update that comes, and each printed line computes."""

import math
import re
from io import BytesIO

import numpy as np
import pytest

from nnlib import SGD, Adam, Network, RMSProp, Trainer, datasets
from nnlib.activations import Activation
from nnlib.explorers.passes.steps import steps_of
from nnlib.explorers.passes.words import explain, predict_nudge
from nnlib.explorers.shared.network_parts import flat_index, named_parameters
from nnlib.explorers.update.next_update import next_update, why_not
from nnlib.explorers.update.row_dots import RowNumbers, piled, reach_of
from nnlib.explorers.update.rules import _squared, _under, lines_of, written
from nnlib.losses import MeanSquaredError
from nnlib.optimizers import Optimizer

OPTIMIZERS = {
    "sgd": lambda: SGD(0.3),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "nesterov": lambda: SGD(0.1, momentum=0.8, nesterov=True),
    "rmsprop": lambda: RMSProp(0.02),
    "adam": lambda: Adam(0.05),
}
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def trainer_with(optimizer="sgd", sizes=(2, 3, 1), steps=0, rows=23, loss=None, **settings):
    """Return a trainer on a few rows of the moons that has made some updates."""
    X, y = datasets.moons(rows, noise=0.2, seed=1)
    network = Network(sizes, seed=2, output="linear" if loss else "sigmoid")
    how = {"batch_size": 5, "seed": 3, **settings}
    loss = loss or "binary_cross_entropy"
    trainer = Trainer(network, X[:, : sizes[0]], y, loss, OPTIMIZERS[optimizer](), **how)
    for _ in range(steps):
        trainer.step()
    return trainer


def first_of(update):
    """Return the first weight."""
    return next(iter(named_parameters(update.sizes).values()))


def saved(trainer):
    """Return all that a trainer is."""
    file = BytesIO()
    trainer.save(file)
    return file.getvalue()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"batch_size": None, "l2": 0.1},
        {"batch_size": 1, "l1": 0.05, "l2": 0.02},
        {"sizes": (1, 4, 2, 1), "loss": "mean_squared_error"},
        {"sizes": (2, 1), "l1": 0.01},
    ],
    ids=["batches", "all rows and L2", "one row, L1 and L2", "numbers", "one neuron"],
)
def test_it_is_the_update_that_the_trainer_makes(optimizer, settings):
    trainer = trainer_with(optimizer, **settings)
    for _ in range(12):  # over the end of an epoch, whose last mini-batch is smaller
        update, before = next_update(trainer), trainer.network.parameters.copy()
        trainer.step()
        assert update.number == trainer.steps
        assert update.before.parameters.tolist() == before.tolist()
        assert update.after.parameters == pytest.approx(trainer.network.parameters, abs=1e-12)
    assert len(next_update(trainer_with(steps=4)).rows) == 3


def test_looking_leaves_the_trainer_as_it_is():
    trainer = trainer_with("adam", steps=3, l2=0.1)
    before = saved(trainer)
    update = next_update(trainer)
    update.own_losses, update.losses_of_all, update.run(2), update.run_after(2)
    assert saved(trainer) == before


def test_each_row_has_the_gradient_of_its_own_loss_and_the_update_their_mean():
    trainer = trainer_with(steps=2, sizes=(2, 3, 2, 1), l2=0.1)
    update, network = next_update(trainer), trainer.network
    its = [
        network.loss_and_gradient(update.X[[k]], update.y[[k]], update.loss)[1].copy()
        for k in range(len(update.rows))
    ]
    for parameter in named_parameters(update.sizes).values():
        k = flat_index(update.sizes, parameter)
        assert update.of_rows(parameter) == pytest.approx([gradient[k] for gradient in its])
        assert update.mean(parameter) == pytest.approx(np.mean([gradient[k] for gradient in its]))
        weight = network.parameters[k]
        added = 0.1 * weight if parameter.kind == "weight" else 0.0
        assert update.penalty_of(parameter) == pytest.approx(added)
    assert np.array_equal(trainer.X[update.rows], update.X)


def test_losses_before_and_after_are_those_of_the_two_networks():
    trainer = trainer_with(steps=2)
    update = next_update(trainer)
    before, after = update.own_losses
    pairs = [(trainer.network.loss(trainer.X, trainer.y, trainer.loss), before)]
    trainer.step()
    pairs.append((trainer.network.loss(trainer.X, trainer.y, trainer.loss), after))
    assert update.losses_of_all == pytest.approx([of_all for of_all, _ in pairs])
    for network, own in ((update.before, before), (update.after, after)):
        assert own.mean() == pytest.approx(network.loss(update.X, update.y, update.loss))
    assert update.run(1).loss_value == pytest.approx(before[1])
    assert update.run_after(1).loss_value == pytest.approx(after[1])


def computed(text):
    """Return what a printed computation gives, with the digits that are printed."""
    text = re.sub(r"·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "e" + m[1].translate(RAISED), text)
    return float(eval(text.replace("²", "**2").replace("·", "*").replace("−", "-")))


@pytest.mark.parametrize("penalty", [{}, {"l1": 0.02}, {"l1": 0.02, "l2": 0.1}], ids=str)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_printed_line_computes_and_the_last_gives_the_new_number(optimizer, penalty):
    update = next_update(trainer_with(optimizer, steps=7, **penalty))
    for name, parameter in named_parameters(update.sizes).items():
        lines = lines_of(update, parameter)
        for line in lines:
            if line.numbers:
                rounding = 2e-4 if line is lines[-1] else 1e-3  # a sum may cancel digits
                given = pytest.approx(computed(line.result), rel=0.02, abs=rounding)
                assert computed(line.numbers) == given, line
        assert computed(lines[-1].result) == pytest.approx(update.move(parameter)[1], abs=6e-4)
        g = next(line for line in lines if line.symbols.startswith("g"))
        wanted = update.mean(parameter) + update.penalty_of(parameter)
        assert computed(g.result) == pytest.approx(wanted, rel=0.006)
        assert (len(lines) > 1 + (optimizer != "sgd")) or not penalty or name.startswith("b")


def test_the_rule_is_the_optimisers():
    last = {
        optimizer: lines_of(next_update(trainer), next(iter(named_parameters((2, 3, 1)).values())))
        for optimizer in OPTIMIZERS
        for trainer in [trainer_with(optimizer, steps=2)]
    }
    shown = {optimizer: [line.symbols for line in lines[1:]] for optimizer, lines in last.items()}
    w = "w⁽¹⁾₁₁ ← w⁽¹⁾₁₁ −"
    assert shown == {
        "sgd": [f"{w} η·g"],
        "momentum": ["v ← μ·v + g", f"{w} η·v"],
        "nesterov": ["v ← μ·v + g", "g + μ·v", f"{w} η·(g + μ·v)"],
        "rmsprop": ["s ← 0.9·s + 0.1·g²", f"{w} η·g / (√s + ε)"],
        "adam": [
            *("m ← 0.9·m + 0.1·g", "v ← 0.999·v + 0.001·g²"),
            *("m̂ = m / (1 − 0.9³)", "v̂ = v / (1 − 0.999³)"),
            f"{w} η·m̂ / (√v̂ + ε)",
        ],
    }


class HalfWay(Optimizer):
    """An optimiser that nobody here knows: it halves each parameter."""

    name = "half way"

    def _update(self, p, g):
        p *= 0.5


def test_of_an_optimiser_of_ones_own_it_is_told_what_it_does():
    trainer = trainer_with()
    trainer.optimizer = HalfWay(1.0)
    update = next_update(trainer)
    parameter = next(iter(named_parameters(update.sizes).values()))
    line = lines_of(update, parameter)[-1]
    assert line.symbols == "w⁽¹⁾₁₁, by the rule of HalfWay"
    before, after = update.move(parameter)
    assert after == before / 2 and computed(line.result) == pytest.approx(after, abs=6e-3)


class Slower(Optimizer):
    """Another one: its steps become shorter, as it counts them itself."""

    name = "slower"
    made = 0

    def _update(self, p, g):
        self.made += 1
        p -= self.learning_rate / self.made * g


def test_what_an_optimiser_of_ones_own_counts_is_counted():
    trainer = trainer_with()
    trainer.optimizer = Slower(1.0)
    for _ in range(4):
        update = next_update(trainer)
        trainer.step()
        assert update.after.parameters == pytest.approx(trainer.network.parameters, abs=1e-12)


class Wave(Activation):
    """An activation that is registered nowhere."""

    name, symbol = "wave", "sin"

    def __call__(self, z):
        return np.sin(z)

    def derivative(self, z):
        return np.cos(z)


def test_an_activation_of_ones_own_goes_through_all_steps():
    X, y = datasets.moons(20, seed=0)
    trainer = Trainer(Network([2, 2, 1], Wave()), X, y, "binary_cross_entropy", SGD(0.5))
    row = next_update(trainer).run(3)
    for step in steps_of((2, 2, 1)).all:
        explain(row, step)
    assert predict_nudge(row, steps_of((2, 2, 1)).all[-1])


class Tenfold(MeanSquaredError):
    """A loss with the name of another one."""


def test_a_loss_of_ones_own_is_refused_whatever_its_name():
    assert "one of your own" in why_not(trainer_with(loss=Tenfold()))


def test_numbers_that_have_run_away_are_refused():
    trainer = trainer_with(loss="mean_squared_error")
    trainer.network.parameters[:] = 1e308
    assert "have run away" in why_not(trainer)


@pytest.mark.parametrize("steps", [999, 1233])
def test_the_count_of_adam_is_printed_whole(steps):
    trainer = trainer_with("adam", sizes=(2, 1), steps=steps)
    update = next_update(trainer)
    hats = [line.symbols for line in lines_of(update, first_of(update)) if "̂ =" in line.symbols]
    t = str(steps + 1).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    assert hats == [f"m̂ = m / (1 − 0.9{t})", f"v̂ = v / (1 − 0.999{t})"]


@pytest.mark.parametrize(
    ("value", "squared", "under"),
    [
        (0.25, "0.250²", "0.250"),
        (-0.25, "(−0.250)²", "−0.250"),
        (2.71e-6, "(2.71·10⁻⁶)²", "(2.71·10⁻⁶)"),
        (-12000.0, "(−1.20·10⁴)²", "(−1.20·10⁴)"),
    ],
)
def test_a_power_of_ten_is_bracketed_where_it_is_squared_or_divides(value, squared, under):
    assert (_squared(value), _under(value)) == (squared, under)


def test_settings_are_printed_as_they_were_made():
    trainer = trainer_with()
    for optimizer, symbols in (
        (RMSProp(0.1, decay=0.9999), "s ← 0.9999·s + 0.0001·g²"),
        (Adam(0.1, beta2=0.99999), "v ← 0.99999·v + 10⁻⁵·g²"),
    ):
        trainer.optimizer = optimizer
        update = next_update(trainer)
        assert symbols in [line.symbols for line in lines_of(update, first_of(update))]


def test_a_move_to_no_number_is_written():
    assert written(0.5, math.nan) == ("0.50", "?")
    assert written(0.5, math.inf) == ("0.50", "∞")


def test_what_cannot_be_looked_into_is_told():
    X, _ = datasets.moons(20, seed=0)
    three = Trainer(
        Network([2, 3], output="softmax"), X, np.eye(3)[[0] * 20], "cross_entropy", SGD(1)
    )
    assert why_not(three).startswith("It has 3 outputs")
    assert "2-5-1 is too large" in why_not(trainer_with(sizes=(2, 5, 1)))
    assert "2-1-1-1-1 is too large" in why_not(trainer_with(sizes=(2, 1, 1, 1, 1)))
    assert "at most 4 inputs" in why_not(
        Trainer(Network([5, 2, 1]), np.ones((9, 5)), np.ones((9, 1)), "mean_squared_error", SGD(1))
    )
    half = Trainer(Network([2, 1]), X, np.full((20, 1), 0.5), "binary_cross_entropy", SGD(1))
    assert why_not(half) == "With the cross-entropy each target has to be 0 or 1."
    assert "dropout to 0" in why_not(trainer_with(dropout=0.5))
    assert why_not(trainer_with(sizes=(2, 4, 4, 1))) == why_not(trainer_with(sizes=(2, 1))) == ""
    assert "made of x₁ and x₂" in why_not(trainer_with(), ("x1", "product"))
    assert why_not(trainer_with(), ("x1", "x2")) == ""


def test_dots_at_one_place_stand_on_each_other():
    assert piled(np.array([0.0, 102.0, 1.0, 103.0, 2.0])).tolist() == [0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("values", "reach"),
    [([0.3, -0.7], 1.0), ([0.2], 0.2), ([-0.021], 0.05), ([3e-9], 5e-9), ([0.0], 1.0)],
)
def test_the_line_of_dots_ends_at_a_round_number_beyond_them(values, reach):
    assert reach_of(np.array(values)) == pytest.approx(reach)


def test_numbers_that_have_run_away_leave_a_line():
    assert reach_of(np.array([np.inf, np.nan])) == 1.0
    assert reach_of(np.array([np.inf, -0.4])) == 0.5


def test_rows_on_either_side_of_zero_are_counted():
    numbers = RowNumbers(np.array([-1.0, 0.0, 2.0, 3.0]), 0, True, 1.0, "", "raise it", "lower it")
    assert numbers.ends == ("1 row: raise it", "2 rows: lower it")
    assert RowNumbers(np.zeros(3), 0, True, 0.0, "", "a", "b").ends == ("", "")
