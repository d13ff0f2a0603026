"""Chapter 5: what its prose says of training holds for the starts and shuffles around its runs."""

import ast
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import SGD, Adam, Network, RMSProp, Trainer, datasets, fit
from nnlib.explorers import TrainingExplorer
from nnlib.explorers.descent.ground import lowest_places
from nnlib.explorers.descent.path import OPTIMIZERS, descend
from nnlib.explorers.descent.surfaces import SURFACES
from nnlib.explorers.update.next_update import next_update
from nnlib.plots.words.symbols import Bias, Quantity, Weight

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "05_training.ipynb"
CELLS = {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}
PROSE = {name: cell.source for name, cell in CELLS.items()}
LOSS = "binary_cross_entropy"
STARTS = range(8)


def shown(cell):
    """What the notebook on the disk shows below a cell."""
    texts = [out.get("text") or out["data"]["text/plain"] for out in CELLS[cell].outputs]
    return "".join(texts)


@cache
def ring():
    """The rows of sections 5 and 6: for training, and kept aside."""
    X, y = datasets.circles(400, noise=0.1, seed=0)
    return (X[:200], y[:200]), (X[200:], y[200:])


@cache
def moons():
    """The rows of section 7: few to train on, and the others."""
    X, y = datasets.moons(400, noise=0.3, seed=0)
    return (X[:40], y[:40]), (X[40:], y[40:])


def on_the_ring(rate, rows=10, start=1, shuffle=1):
    """Train the network of sections 5 and 6 for 50 epochs; return the trainer."""
    network = Network([2, 4, 1], seed=start)
    trainer = Trainer(network, *ring()[0], LOSS, SGD(rate), rows, seed=shuffle)
    trainer.run(50)
    return trainer


def end(rate, rows=10, start=1):
    return on_the_ring(rate, rows, start).history.train_loss[-1]


# Part A -------------------------------------------------------------------------------------

KINDS = {
    "gradient descent": SGD,
    "momentum": lambda rate: SGD(rate, momentum=0.9),
    "Nesterov": lambda rate: SGD(rate, momentum=0.9, nesterov=True),
    "RMSProp": RMSProp,
    "Adam": Adam,
}


def walk(kind, rate, start=SURFACES["tilted"].start):
    """Return the losses of 100 steps down the tilted ravine."""
    line = Network([1, 1], output="linear")
    line.parameters = start
    x, y = np.arange(1.0, 6.0), 0.4 * np.array([-1.2, -0.7, 0.9, 1.1, 2.4])
    optimizer = KINDS[kind](rate)
    return fit(line, x[:, None], y[:, None], 100, "mean_squared_error", optimizer).train_loss


def test_momentum_and_nesterov_have_settled_when_the_question_asks():
    losses = {kind: walk(kind, 0.05) for kind in KINDS}
    others = min(losses[kind][90:].min() for kind in ("gradient descent", "RMSProp", "Adam"))
    assert max(losses[kind][90:].max() for kind in ("momentum", "Nesterov")) < others
    swings = np.flatnonzero(losses["momentum"] > losses["gradient descent"])
    assert 60 < swings[-1] < 70 and "for more than 60 steps" in PROSE["compare-why"]


def test_gradient_descent_overshoots_once_and_momentum_for_many_steps():
    (lowest,) = lowest_places("tilted")
    steep = np.array([0.964, 0.267])  # across the ravine: the Hessian is (22, 6; 6, 2)
    across = {
        name: np.abs(
            (descend("tilted", name, 0.05, 0.9, SURFACES["tilted"].start) - lowest) @ steep
        )
        for name in ("gradient descent", "momentum", "Nesterov")
    }
    last_swing = {name: np.flatnonzero(away > 0.1)[-1] for name, away in across.items()}
    assert "overshoots in its first step, then creeps" in PROSE["compare-why"]
    assert last_swing["gradient descent"] <= 2
    assert 4 < last_swing["Nesterov"] < 60 < last_swing["momentum"]


def test_on_the_bowl_all_five_come_to_the_cross():
    (cross,) = lowest_places("bowl")
    assert "On the round bowl all five come to the cross at 0.1" in PROSE["compare-why"]
    for name in OPTIMIZERS:
        path = descend("bowl", name, 0.1, 0.9, SURFACES["bowl"].start)
        assert np.hypot(*(path[-1] - cross)) < 0.05, name


@pytest.mark.parametrize("start", [(3, -2), (-3, -2), (2, 3), (0, 4), (-1, -4), (4, 0)])
def test_nesterov_is_lowest_from_other_starts_too(start):
    last = {kind: walk(kind, 0.05, start)[-1] for kind in KINDS}
    assert min(last, key=last.get) == "Nesterov"


RATES = {kind: (0.005, 0.01, 0.02, 0.05) for kind in ("gradient descent", "momentum", "Nesterov")}
RATES |= {kind: (0.05, 0.1, 0.2, 0.5, 1.0) for kind in ("RMSProp", "Adam")}


def order_at_best(start):
    """Return the optimisers, best first, each with the best of its rates from this start."""
    found = {}
    for kind, rates in RATES.items():
        found[kind] = min((walk(kind, rate, start)[-10:].max(), rate) for rate in rates)
    return {kind: found[kind] for kind in sorted(found, key=found.get)}


def test_no_other_rate_would_have_been_better_than_those_that_are_shown():
    for kind, (loss, rate) in order_at_best(SURFACES["tilted"].start).items():
        assert f"'{kind}': 'η = {rate:g}: {loss:.3f}'" in shown("compare-check")


@pytest.mark.parametrize("start", [(-3, 0.5), (3, -2), (-3, -2), (2, 3), (0, 4), (-1, -4)])
def test_nesterov_is_first_with_the_best_rates_too(start):
    order = list(order_at_best(start))
    assert order[0] == "Nesterov" and "From others Nesterov is first" in PROSE["compare-starts"]
    assert (order[1] == "gradient descent") is (start == (-3, -2))


def test_what_rates_between_those_of_the_list_would_give():
    for kind, rate in (("gradient descent", 0.08), ("RMSProp", 0.11)):
        last = walk(kind, rate)[-10:].max()
        assert f"{rate} {kind} " in PROSE["compare-starts"].replace("comes", "")
        assert f"to {last:.3f}" in PROSE["compare-starts"]


@pytest.mark.parametrize("start", [(-3, 0.5), (-3, 2), (3, -2), (2, 3), (-1, -4)])
def test_at_ten_times_the_rate_three_run_away_and_adam_comes_down(start):
    start = tuple(map(float, start))
    paths = {kind: descend("tilted", kind, 0.5, 0.9, start) for kind in KINDS}
    ran_away = [kind for kind, path in paths.items() if len(path) < 101]
    assert ran_away == ["gradient descent", "momentum", "Nesterov"]
    last = {kind: SURFACES["tilted"].loss(*paths[kind][-10:].T).max() for kind in KINDS}
    assert last["Adam"] < 0.02 and last["RMSProp"] > 0.5
    assert "At 0.5 the first three run away; Adam has come down" in PROSE["compare-why"]


@pytest.mark.parametrize("start", [(-3, 0.5), (-3, 2), (3, -2), (2, 3), (-1, -4)])
def test_how_long_the_steps_of_adam_and_rmsprop_are(start):
    start = tuple(map(float, start))
    steps = {
        kind: abs(np.diff(descend("tilted", kind, 0.05, 0.9, start), axis=0)) / 0.05
        for kind in ("Adam", "RMSProp")
    }
    assert steps["Adam"][:5].min() > 0.9 and steps["Adam"].max() < 1.01
    assert np.mean(steps["RMSProp"] < 1.1) > 0.9
    assert "about η long at most, however steep the slope, and so are most" in PROSE["compare-why"]


@pytest.mark.parametrize("start", range(5))
def test_a_network_2_4_1_finds_xor_by_itself(start):
    X, y = datasets.truth_table("xor")
    network = Network([2, 4, 1], seed=start)
    fit(network, X, y, 500, "mean_squared_error", SGD(1.0))
    assert np.abs(network.predict(X) - y).max() < 0.1


def test_the_limit_in_the_tilted_ravine():
    x = np.arange(1.0, 6.0)
    hessian = 2 * np.array([[np.mean(x**2), np.mean(x)], [np.mean(x), 1.0]])
    limit = f"{2 / np.linalg.eigvalsh(hessian)[-1]:.4f}"
    assert limit in PROSE["exercise-largest-rate"]
    assert limit in PROSE["exercise-largest-rate-solution"]


# Part B -------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", range(5))
def test_three_learning_rates(start):
    assert end(0.01, start=start) > 0.6 and end(1.0, start=start) < 0.1
    losses = on_the_ring(10.0, start=start).history.train_loss
    assert losses.max() > 5 * losses[0]


@pytest.mark.parametrize("start", range(5))
def test_the_boundary_closes_within_some_ten_epochs(start):
    trainer = on_the_ring(1.0, start=start)
    network, (X, y) = trainer.network, ring()[0]
    network.parameters = trainer.history.parameters_at(12)
    assert ((network.predict(X) > 0.5) == y).mean() > 0.95


def test_what_a_learning_rate_that_was_too_large_leaves():
    """Such a run hangs on the last bit: only what holds on every processor is said."""
    weights, after = [], []
    for shuffle in range(1, 13):
        trainer = on_the_ring(10.0, shuffle=shuffle)
        weights.append(np.abs(trainer.network.parameters).max())
        trainer.optimizer.learning_rate = 0.1
        trainer.run(50)
        after.append(trainer.history.train_loss[-1])
    said = PROSE["learning-rate-why"]
    assert 40 < np.median(weights) < 60 and "grow to about 50" in said
    assert sum(loss > 0.38 for loss in after) > 6 and "in most runs it stays above" in said
    assert f"the {end(0.1):.2f} to which a start at 0.1 comes" in said
    assert 0.05 < min(after) < 0.35 and 0.6 < max(after) < 0.9 and "from 0.1 to 0.8" in said


def test_a_last_bit_decides_where_such_a_run_ends():
    def ends(nudge):
        network = Network([2, 4, 1], seed=1)
        network.parameters = network.parameters * (1 + nudge)
        trainer = Trainer(network, *ring()[0], LOSS, SGD(10.0), 10, seed=1)
        trainer.run(50)
        trainer.optimizer.learning_rate = 0.1
        trainer.run(50)
        return trainer.history.train_loss[-1]

    found = [ends(k * 2.0**-52) for k in range(6)]
    assert max(found) - min(found) > 0.05


@pytest.mark.parametrize("start", range(5))
def test_batches(start):
    losses = [end(0.1, rows, start) for rows in (1, 10, 100, None)]
    assert losses == sorted(losses)
    restless = [np.diff(on_the_ring(0.1, n, start).history.train_loss).max() for n in (1, 10, 100)]
    assert restless[0] > 0.01 > max(restless[1:])
    single_rows = on_the_ring(3.0, 1, start).history.train_loss
    assert single_rows[-10:].max() > 1 > 2 * end(3.0, None, start)
    assert end(1.0, 100, start) == pytest.approx(end(0.1, 10, start), abs=0.01)
    assert end(0.01, 1, start) == pytest.approx(end(0.1, 10, start), abs=0.01)


@pytest.mark.parametrize("start", STARTS)
def test_overfitting_and_its_penalty(start):
    few, rest = moons()

    def run(**penalty):
        network = Network([2, 8, 8, 1], seed=start)
        trainer = Trainer(network, *few, LOSS, Adam(0.02), test_data=rest, **penalty)
        trainer.run(1000)
        return trainer.history

    plain, held = run(), run(l2=0.01)
    lowest = plain.test_loss.argmin()
    assert 0 < lowest < 120 and plain.test_loss[lowest] < plain.test_loss[0] < plain.test_loss[-1]
    assert plain.train_loss[-1] < held.train_loss[-1]
    assert held.test_loss[-1] < plain.test_loss[-1]


@pytest.mark.parametrize("start", range(5))
def test_dropout_makes_the_network_less_sure_and_no_more_often_right(start):
    few, rest = moons()

    def last(**held_back):
        network = Network([2, 8, 8, 1], seed=start)
        how = {"test_data": rest, "seed": start, **held_back}
        history = Trainer(network, *few, LOSS, Adam(0.02), **how).run(1000)
        return history.train_loss[-1], history.test_loss[-1], history.test_accuracy[-1]

    plain, some, half, most = (last(dropout=dropout) for dropout in (0, 0.2, 0.5, 0.9))
    assert plain[0] < 0.01 < 0.1 < some[0] < 0.25 < half[0] < most[0]
    assert half[1] < some[1] < 0.6 * plain[1]
    assert max(some[2], half[2]) < plain[2] + 0.005
    assert last(l2=0.01)[1] < some[1]


@pytest.mark.parametrize("start", range(5))
def test_l1_brings_more_weights_near_0_than_l2_at_the_same_strength(start):
    def run(**penalty):
        network = Network([2, 8, 8, 1], seed=start)
        trainer = Trainer(network, *moons()[0], LOSS, Adam(0.02), **penalty)
        trainer.run(1000)
        weights = np.concatenate([layer.weights.ravel() for layer in network.layers])
        return np.mean(np.abs(weights) < 0.05), trainer.history.train_loss[-1]

    assert run(l1=0.001)[0] > 0.5 > run(l2=0.001)[0]
    assert run(l1=0.02)[0] > 0.8
    assert run(l2=0.1)[1] > 0.5  # too much of it


@pytest.mark.parametrize("seed", range(5))
def test_choosing_flatters(seed):
    right = np.random.default_rng(seed).integers(2, size=(1000, 100, 2, 20)).mean(axis=3)
    best = right[:, :, 0].argmax(axis=1)
    chose, others = right[np.arange(1000), best].mean(axis=0)
    assert chose == pytest.approx(0.77, abs=0.01) and others == pytest.approx(0.5, abs=0.01)
    assert "0.77 of the rows that chose, 0.50 of the others" in shown("validation-coins")


@pytest.mark.parametrize("start", range(5))
def test_a_network_chosen_among_many_epochs_flatters_too(start):
    """As the coins do: the lowest loss of a run on few rows is below its loss on the others."""
    few, (X, y) = moons()
    trainer = Trainer(Network([2, 8, 8, 1], seed=start), *few, LOSS, Adam(0.02))
    trainer.run(300)
    network, losses = trainer.network, []
    for epoch in range(0, 301, 5):
        network.parameters = trainer.history.parameters_at(epoch)
        a = np.clip(network.predict(X), 1e-12, 1 - 1e-12)
        losses.append(-(y * np.log(a) + (1 - y) * np.log(1 - a)).ravel())
    losses, rng, gaps = np.array(losses), np.random.default_rng(start), []
    for _ in range(300):
        order = rng.permutation(360)
        on_few = losses[:, order[:20]].mean(axis=1)
        gaps.append(losses[on_few.argmin(), order[20:]].mean() - on_few.min())
    assert np.mean(gaps) > 0.03


# "Going further" -----------------------------------------------------------------


def test_what_an_update_of_ten_rows_does_to_each_of_them():
    training = TrainingExplorer(data="moons", hidden1=2, seed=0)
    training.step(73)
    update = next_update(training.trainer)
    before, after = update.own_losses
    change = after - before
    better, others = change[change < 0], change[change > 0]
    assert np.flatnonzero(change < 0).tolist() == [5, 8] and len(others) == 8
    assert np.round(before[[5, 8]], 2).tolist() == [1.65, 1.22]
    assert np.round(better, 2).tolist() == [-0.03, -0.03]
    assert np.round([others.min(), others.max()], 4).tolist() == [0.0001, 0.0094]
    right = (update.before.predict(update.X) > 0.5) == (update.y == 1)
    assert np.flatnonzero(~right[:, 0]).tolist() == [5, 8, 9]
    assert np.round([before.mean(), after.mean()], 3).tolist() == [0.496, 0.492]
    assert np.round(np.diff(update.losses_of_all), 4).tolist() == [0.0005]
    pulls = update.of_rows(Quantity("weight", Weight(0, 0, 0)))
    assert np.flatnonzero(pulls > 0).tolist() == [5, 8, 9] and pulls.mean() > 0
    for bias in (Bias(0, 0), Bias(0, 1), Bias(1, 0)):
        low, high = update.of_rows(Quantity("bias", bias))[[5, 9]]
        assert low < 0 < high
    training.close()
    counts = ast.literal_eval(shown("inside-counts"))
    assert {falls for falls, _ in counts} == {200}
    lose = [half for _, half in counts]
    assert f"counts {min(lose)} to {max(lose)} such updates in 200" in PROSE["inside-why"]


def test_how_far_forks_come_back():
    few, rest = moons()
    lowest, forks, without = [], [], []
    for start in STARTS:
        network = Network([2, 8, 8, 1], seed=start)
        first = fit(network, *few, 300, LOSS, Adam(0.01), test_data=rest).test_loss
        at_300 = network.parameters.copy()
        forked = fit(network, *few, 200, LOSS, Adam(0.01), l2=0.01, test_data=rest).test_loss
        network.parameters = at_300
        on = fit(network, *few, 200, LOSS, Adam(0.01), test_data=rest).test_loss
        lowest.append(first.min())
        forks.append(forked[-1])
        without.append(on[-1])
    said = PROSE["timeline-why"]
    assert f"{min(forks):.2f} to {max(forks):.2f}" in said
    assert f"{min(without):.1f} to {max(without):.1f}" in said
    as_low = np.array(forks) <= np.array(lowest)
    assert as_low.tolist() == [start == 1 for start in STARTS] and "only this one" in said


def test_what_the_timeline_tells_of_its_run():
    few, rest = moons()
    network = Network([2, 8, 8, 1], seed=1)
    history = fit(network, *few, 300, LOSS, Adam(0.01), test_data=rest)
    at_300, said = network.parameters.copy(), PROSE["timeline-why"]
    across, up = (np.linspace(*ends, 60) for ends in ((-1.5, 2.5), (-1, 1.5)))
    plane, answers = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2), {}
    for epoch in (50, 158, 300):
        network.parameters = history.parameters_at(epoch)
        answers[epoch] = network.predict(plane)
    earlier, later = (np.mean((answers[e] > 0.5) != (answers[158] > 0.5)) for e in (50, 300))
    unsure = [np.mean(abs(answers[epoch] - 0.5) < 0.4) for epoch in (158, 300)]
    assert history.test_loss.argmin() == 158 and later < 0.1 < earlier and unsure[1] < unsure[0] / 3
    for epoch in (history.test_loss.argmin(), 300):
        network.parameters = history.parameters_at(epoch)
        right = ((network.predict(rest[0]) > 0.5) == rest[1]).mean()
        assert f"{100 * right:.0f} times of 100" in said

    def fork(**penalty):
        return fit(network, *few, 200, LOSS, Adam(0.01), test_data=rest, **penalty).test_loss[-1]

    assert f"goes on getting worse, to {fork():.2f}" in said
    network.parameters = at_300
    fork(l2=0.05)
    wrong = ((network.predict(few[0]) > 0.5) != few[1]).sum()
    assert f"{wrong} of the 40 training rows are wrong" in said
    network = Network([2, 8, 8, 1], seed=1)
    assert f"the same penalty ends at {fork(l2=0.01):.2f}" in said


@pytest.mark.parametrize("shuffle", range(5))
def test_from_zero_nothing_moves_but_the_bias_of_the_output(shuffle):
    network = Network([2, 4, 1], initializer="zeros")
    fit(network, *ring()[0], 100, LOSS, SGD(1.0), batch_size=10, seed=shuffle)
    hidden, output = network.layers
    assert not hidden.weights.any() and not hidden.bias.any() and not output.weights.any()
    assert output.bias.any()
    assert 0.45 < ((network.predict(ring()[0][0]) > 0.5) == ring()[0][1]).mean() < 0.55


@pytest.mark.parametrize("start", range(5))
def test_ten_times_the_rate_may_make_the_loss_fall_faster_or_jump_up(start):
    trainer = Trainer(Network([2, 4, 1], seed=start), *ring()[0], LOSS, SGD(0.1), 10, seed=start)
    trainer.run(200)
    for rate in (1.0, 10.0):
        trainer.optimizer.learning_rate = rate
        trainer.run(50)
    flat, faster, too_large = np.split(trainer.history.train_loss[151:], [50, 100])
    assert 0 < flat[0] - flat[-1] < 0.05
    assert faster.min() < flat[-1] and too_large.max() > 5


@pytest.mark.parametrize("start", range(5))
def test_one_neuron_makes_one_s_and_four_follow_the_wave(start):
    assert "one tanh neuron makes one S, four follow the wave" in PROSE["further-explorer"]
    x_wave, wave = datasets.sine(200, seed=start)
    ends = []
    for n_hidden in (1, 4):
        network = Network([1, n_hidden, 1], output="linear", seed=start)
        history = fit(network, x_wave, wave, 1000, "mean_squared_error", Adam(0.02))
        ends.append(history.train_loss[-1])
    assert ends[0] > 0.05 > 0.02 > ends[1]


@pytest.mark.parametrize("start", range(6))
def test_two_activations_at_two_rates(start):
    ends = {}
    for rate in (0.1, 1.0):
        for hidden in ("sigmoid", "tanh"):
            network = Network([2, 8, 1], hidden=hidden, seed=start)
            run = fit(network, *ring()[0], 100, LOSS, SGD(rate), batch_size=10, seed=start)
            ends[rate, hidden] = run.train_loss[-1]
    assert ends[0.1, "sigmoid"] > 0.65 and ends[0.1, "tanh"] < 0.15
    assert abs(ends[1.0, "sigmoid"] - ends[1.0, "tanh"]) < 0.05


@pytest.mark.parametrize("seed", range(5))
def test_only_the_linear_output_fits_the_sine(seed):
    X, y = datasets.sine(n_samples=100, seed=0)
    for output, least, most in (("linear", 0, 0.02), ("relu", 0.15, 0.25), ("sigmoid", 0.15, 0.25)):
        network = Network([1, 16, 1], hidden="tanh", output=output, seed=seed)
        assert (
            least < fit(network, X, y, 1000, "mean_squared_error", Adam(0.02)).train_loss[-1] < most
        )


# Plateaus and saddles -----------------------------------------------------------------------


def path(surface, start, rate, steps=100):
    places = [np.array(start, dtype=float)]
    for _ in range(steps):
        places.append(places[-1] - rate * surface.gradient(places[-1]))
    return np.array(places)


def test_the_saddle_and_the_plateau_of_the_two_neurons():
    surface, said = SURFACES["two_neurons"], PROSE["plateaus-why"]
    assert np.allclose(surface.gradient(np.zeros(2)), 0)
    assert np.linalg.eigvalsh(surface.hessian(np.zeros(2))).round() == pytest.approx([-4, 4])
    near = path(surface, (-1.3, 2.3), 0.05)
    losses = np.array([surface.loss(*place) for place in near])
    assert (abs(losses[20:36] - 2.1) < 0.05).all() and "from step 20 to 35" in said
    assert losses[-1] < 0.02 and near[-1][0] > 0
    below, above = (path(surface, (-1.3, up), 0.05) for up in (2.2, 2.4))
    assert below[-1][0] < 0 < above[-1][0]
    for walk in (below, above):
        assert np.hypot(*walk.T).min() > 0.4 and surface.loss(*walk[40]) < 0.6
    flat = path(surface, (-3, 2), 0.2)
    assert (
        f"{surface.loss(*flat[20]):.3f} after 20 steps, and {surface.loss(*flat[100]):.3f}" in said
    )
    assert f"The gradient along w is {abs(surface.gradient(flat[20])[0]):.3f}" in said


def train_side_by_side(hidden, epochs):
    """Train 40 networks 2-hidden-1 on XOR as chapter 4 does; return parameters and answers."""
    draws = [np.random.default_rng(k).uniform(-1, 1, size=4 * hidden + 1) for k in range(40)]
    cuts = np.cumsum([2 * hidden, hidden, hidden])
    W1, b1, W2, b2 = np.split(np.array(draws), cuts, axis=1)
    W1, b1 = W1.reshape(40, 2, hidden), b1[:, np.newaxis]
    W2, b2 = W2[:, :, np.newaxis], b2[:, :, np.newaxis]
    X, y = datasets.truth_table("xor")
    for _ in range(epochs):
        A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
        A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
        d2 = (A2 - y) * A2 * (1 - A2)
        d1 = d2 @ W2.transpose(0, 2, 1) * A1 * (1 - A1)
        W2, b2 = W2 - A1.transpose(0, 2, 1) @ d2, b2 - d2.sum(axis=1, keepdims=True)
        W1, b1 = W1 - X.T @ d1, b1 - d1.sum(axis=1, keepdims=True)
    return A2[:, :, 0], y.ravel()


def test_all_seven_that_fail_stand_on_the_plateau():
    answers, y = train_side_by_side(2, 10_000)
    failed = answers[((answers > 0.5) != y).any(axis=1)]
    assert len(failed) == 7 and 1 in np.flatnonzero(((answers > 0.5) != y).any(axis=1))
    at_half = abs(failed - 0.5) < 0.01
    assert (at_half.sum(axis=1) == 2).all()
    assert all(set(y[row]) == {0, 1} for row in at_half)
    assert (abs(failed - y)[~at_half] < 0.05).all()
    assert shown("plateaus-xor") == "answers: [0.01 0.5  0.99 0.5 ]\n"


@pytest.mark.parametrize("hidden", [3, 4])
def test_with_more_hidden_neurons_none_fails(hidden):
    answers, y = train_side_by_side(hidden, 4_000)
    assert ((answers > 0.5) == y).all()
    assert "with three or four hidden ones none" in PROSE["plateaus-xor-why"]


@pytest.mark.slow
def test_after_a_hundred_thousand_steps_two_rows_still_stand_at_one_half():
    X, y = datasets.truth_table("xor")
    network = Network([2, 2, 1], hidden="sigmoid", output="sigmoid")
    network.parameters = np.random.default_rng(1).uniform(-1, 1, size=9)
    losses = fit(network, X, y, 100_000, "mean_squared_error", SGD(2.0)).train_loss
    assert network.predict(X)[[1, 3]] == pytest.approx(0.5, abs=0.001)
    assert (np.diff(losses[1000::1000]) < 0).all()  # still falling
