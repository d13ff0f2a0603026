"""Answers to the exercises of chapter 5."""

import math
from functools import cache

import numpy as np
from answers.table import UNNAMED, Answers

from nnlib import SGD, Adam, Network, Trainer, datasets, exercises, fit

# --- updates -----------------------------------------------------------------------------------

updates = Answers(
    exercises.check_updates,
    right={
        "8 · 20": 8 * 20,
        "rounded up": math.ceil(250 / 32) * 20,
        "a float": 160.0,
        "NumPy's": np.int64(160),
        "in brackets": [160],
        "counted": len(range(0, 250, 32)) * 20,
    },
    wrong={
        "full batches": (140, "smaller"),
        "an epoch": (8, "one epoch"),
        "all rows at once": (20, "all rows at once"),
        "batches over epochs": (157, "reaches over"),
        "full batches over epochs": (156, "that one makes an update too"),
        "not whole": (156.25, "whole number"),
        "rows": (5000, "rows that are seen"),
        "rows of a batch": (640, "in batches of 32"),
        "one": (1, "How many batches"),
        "off by one": (161, "How many batches"),
        "text": ("160", "came out as text"),
        "a list": ([8] * 20, "a single number is expected"),
    },
)

# --- the largest rate --------------------------------------------------------------------------


def power_iteration(H):
    v = np.arange(1.0, 1 + len(H))
    for _ in range(500):
        v = H @ v / np.linalg.norm(H @ v)
    return 2 / (v @ H @ v)


largest_rate = Answers(
    exercises.check_largest_rate,
    right={
        "eigvalsh": lambda H: 2 / np.linalg.eigvalsh(H)[-1],
        "the largest of eigvals": lambda H: 2 / np.linalg.eigvals(H).max(),
        "a norm": lambda H: 2 / np.linalg.norm(H, 2),
        "singular values": lambda H: 2 / np.linalg.svd(H)[1][0],
        "eigh": lambda H: 2 / max(np.linalg.eigh(H)[0]),
        "power iteration": power_iteration,
    },
    wrong={
        "the last of eigvals": (lambda H: 2 / np.linalg.eigvals(H)[-1], "eigvals in none"),
        "the first of eigvals": (lambda H: 2 / np.linalg.eigvals(H)[0], "smaller eigenvalue"),
        "the smallest": (lambda H: 2 / np.linalg.eigvalsh(H)[0], "smaller eigenvalue"),
        "half": (lambda H: 1 / np.linalg.eigvalsh(H)[-1], "1/λmax"),
        "the trace": (lambda H: 2 / np.trace(H), "sum of the diagonal"),
        "the diagonal": (lambda H: 2 / H.diagonal().max(), "between the axes"),
        "another norm": (lambda H: 2 / np.linalg.norm(H), "Only the largest one counts"),
        "λmax": (lambda H: np.linalg.eigvalsh(H)[-1], "λmax itself"),
        "turned over": (lambda H: np.linalg.eigvalsh(H)[-1] / 2, "turned the fraction over"),
        "of the tilted valley": (lambda H: 0.0845, "2 divided by the largest eigenvalue"),
        "the rows' sums": (lambda H: 2 / abs(H).sum(axis=1).max(), UNNAMED),
        "all of them": (lambda H: 2 / np.linalg.eigvalsh(H), "an array of the shape"),
    },
)

# --- the verdict -------------------------------------------------------------------------------


def lowest(losses):
    return np.unravel_index(losses.argmin(), losses.shape)


def reporting(report):
    """Choose rightly, and report another loss."""

    def verdict(validation, test):
        rate, epoch = lowest(validation)
        return rate, epoch, report(validation, test, rate, epoch)

    return verdict


def choosing(choose):
    """Choose otherwise, and report the test loss there."""

    def verdict(validation, test):
        rate, epoch = choose(validation, test)
        return rate, epoch, test[rate, epoch]

    return verdict


def by_looping(validation, test):
    best, place = math.inf, None
    for rate, row in enumerate(validation):
        for epoch, loss in enumerate(row):
            if loss < best:
                best, place = loss, (rate, epoch)
    return [*place, test[place]]


def by_sorting(validation, test):
    rate, epoch = divmod(validation.ravel().argsort()[0], validation.shape[1])
    return np.array([rate, epoch, test[rate, epoch]])


def by_the_best_of_each_rate(validation, test):
    rate = int(validation.min(axis=1).argmin())
    epoch = int(validation[rate].argmin())
    return rate, epoch, test[rate][epoch]


def by_place(validation, test):
    (rate,), (epoch,) = np.where(validation == validation.min())
    return rate, epoch, test[rate, epoch]


verdict = Answers(
    exercises.check_verdict,
    right={
        "unravel_index": choosing(lambda v, t: lowest(v)),
        "a loop": by_looping,
        "sorted": by_sorting,
        "each rate's best": by_the_best_of_each_rate,
        "where": by_place,
    },
    wrong={
        "chosen on the test set": (choosing(lambda v, t: lowest(t)), "The test set has chosen"),
        "the loss that chose": (reporting(lambda v, t, k, e: v[k, e]), "the loss that has chosen"),
        "the lowest test loss": (reporting(lambda v, t, k, e: t.min()), "the lowest test loss:"),
        "that of the rate": (reporting(lambda v, t, k, e: t[k].min()), "test loss of this rate"),
        "at the end": (reporting(lambda v, t, k, e: t[k, -1]), "of the last epoch"),
        "the last epochs": (choosing(lambda v, t: (v[:, -1].argmin(), v.shape[1] - 1)), "before"),
        "column, row": (lambda v, t: (*lowest(v)[::-1], t[lowest(v)]), "First the row"),
        "counted from 1": (lambda v, t: (lowest(v)[0], lowest(v)[1] + 1, t[lowest(v)]), "from 0"),
        "the highest": (choosing(lambda v, t: lowest(-v)), "the lowest is the best"),
        "on both": (choosing(lambda v, t: lowest(v + t)), "Find the lowest number"),
        "a constant": (lambda v, t: (1, 2, 0.5), "Find the lowest number"),
        "the loss alone": (lambda v, t: t[lowest(v)], "is expected"),
    },
)

# --- recall ------------------------------------------------------------------------------------

recall = Answers(
    exercises.check_recall,
    right={
        "the diagonal": lambda c: c.diagonal() / c.sum(axis=1),
        "a loop": lambda c: [c[k, k] / sum(c[k]) for k in range(len(c))],
        "a column": lambda c: np.diag(c)[:, None] / c.sum(axis=1, keepdims=True),
        "shares first": lambda c: np.diag(c / c.sum(axis=1, keepdims=True)),
        "einsum": lambda c: np.einsum("ii->i", c) / np.einsum("ij->i", c),
        "from the mistakes": lambda c: 1 - (c.sum(axis=1) - np.diag(c)) / c.sum(axis=1),
    },
    wrong={
        "precision": (lambda c: c.diagonal() / c.sum(axis=0), "precision"),
        "of all": (lambda c: c.diagonal() / c.sum(), "of its own class"),
        "counts": (lambda c: c.diagonal(), "counts"),
        "mistakes": (lambda c: 1 - c.diagonal() / c.sum(axis=1), "share of mistakes"),
        "F1": (lambda c: 2 * np.diag(c) / (c.sum(axis=0) + c.sum(axis=1)), "precision and recall"),
        "the largest": (lambda c: c.max(axis=1) / c.sum(axis=1), "need not be the right one"),
        "//": (lambda c: c.diagonal() // c.sum(axis=1), "Divide with /"),
        "halves": (lambda c: np.full(len(c), 0.5), "divided by the sum of its row"),
        "the mean": (lambda c: c.diagonal().sum() / c.sum(), "a single number"),
        "the whole table": (lambda c: c / c.sum(axis=1, keepdims=True), "The shares came out"),
        "of three classes": (lambda c: [c[k, k] / c[k].sum() for k in range(3)], UNNAMED),
    },
)

# --- RMSProp -----------------------------------------------------------------------------------


def step(new_s="m * s + (1 - m) * g**2", new_p="p - r * g / (np.sqrt(t) + e)"):
    """RMSProp's step, right as it stands; t is the new s, m the decay, e is ε."""

    def rmsprop_step(p, g, s, learning_rate, decay, epsilon):
        names = {"p": p, "g": g, "s": s, "r": learning_rate, "m": decay, "e": epsilon, "np": np}
        t = eval(new_s, names)
        return eval(new_p, names | {"t": t}), t

    return rmsprop_step


def step_in_place(p, g, s, learning_rate, decay, epsilon):
    s *= decay
    s += (1 - decay) * g**2
    return p - learning_rate * g / (np.sqrt(s) + epsilon), s


rmsprop = Answers(
    exercises.check_rmsprop,
    right={
        "the equations": step(),
        "a running mean": step("s + (1 - m) * (g**2 - s)"),
        "a power": step(new_p="p - r * g / (t**0.5 + e)"),
        "g * g": step("(g * g) * (1 - m) + s * m", "p + g * -r / (e + np.sqrt(t))"),
        "in a list": lambda *given: list(step()(*given)),
        "copies changed": lambda p, g, s, *rest: step_in_place(p.copy(), g, s.copy(), *rest),
    },
    wrong={
        "s as it was": (step("s"), "s has not changed"),
        "no square": (step("m * s + (1 - m) * g"), "squared"),
        "in full": (step("m * s + g**2"), "not in full"),
        "swapped": (step("(1 - m) * s + m * g**2"), "swapped"),
        "a decay of 0.9": (step("0.9 * s + 0.1 * g**2"), "decay is fixed at 0.9"),
        "s = 0": (step("0 * s"), "s is not right yet"),
        "plain": (step(new_p="p - r * g"), "plain gradient"),
        "no root": (step(new_p="p - r * g / (t + e)"), "by the root of s"),
        "ε in the root": (step(new_p="p - r * g / np.sqrt(t + e)"), "outside the root"),
        "the old s": (step(new_p="p - r * g / (np.sqrt(s) + e)"), "old s"),
        "uphill": (step(new_p="p + r * g / (np.sqrt(t) + e)"), "up the slope"),
        "no ε": (step(new_p="p - r * g / np.sqrt(t)"), "ε is missing"),
        "the usual ε": (step(new_p="p - r * g / (np.sqrt(t) + 1e-8)"), "ε is missing"),
        "a rate of 0.1": (step(new_p="p - 0.1 * g / (np.sqrt(t) + e)"), "learning rate is fixed"),
        "the change": (step(new_p="-r * g / (np.sqrt(t) + e)"), "the change alone"),
        "p as it was": (step(new_p="p"), "p is not right yet"),
        "all of the cell's numbers": (
            step("0.9 * s + 0.1 * g**2", "p - 0.1 * g / (np.sqrt(t) + 1e-3)"),
            UNNAMED,
        ),
        "the other order": (lambda *given: step()(*given)[::-1], "other order"),
        "in place": (step_in_place, "Your function changes s"),
    },
)

# --- a network that learns the moons -----------------------------------------------------------


@cache
def moons():
    return datasets.moons(n_samples=200, noise=0.1, seed=0)


def trained(network, loss="binary_cross_entropy", optimizer=None, change=lambda y: y, epochs=100):
    X, y = moons()
    fit(network, X, change(y), epochs, loss, optimizer or Adam(0.03), batch_size=20)
    return network


def trained_history():
    return fit(Network([2, 1]), *moons(), 1, "binary_cross_entropy", SGD(1.0))


def one_hot(y):
    return np.hstack([1 - y, y])


def spoilt(network):
    network.parameters[:] = np.nan
    return network


def a_trainer():
    X, y = moons()
    trainer = Trainer(Network([2, 8, 1]), X, y, "binary_cross_entropy", Adam(0.03), batch_size=20)
    trainer.run(100)
    return trainer


trained_network = Answers(
    exercises.check_trained_network,
    right={
        "2-8-1": trained(Network([2, 8, 1]), optimizer=SGD(1.0), epochs=200),
        "two outputs, softmax": trained(
            Network([2, 12, 2], output="softmax"), "cross_entropy", change=one_hot, epochs=200
        ),
        "two sigmoids": trained(Network([2, 8, 2]), change=one_hot, epochs=200),
        "linear, squared error": trained(
            Network([2, 12, 1], output="linear"), "mean_squared_error"
        ),
        "deep, ReLU": trained(Network([2, 8, 8, 1], "relu", initializer="he")),
        "float32": trained(Network([2, 8, 1], dtype="float32")),
        "its trainer": a_trainer(),
    },
    wrong={
        "untrained": (Network([2, 8, 1]), "of 100 new rows rightly"),
        "untrained, two outputs": (Network([2, 8, 2], output="softmax"), "new rows rightly"),
        "one neuron": (trained(Network([2, 1])), "of 100 new rows rightly"),
        "turned round": (
            trained(Network([2, 8, 1]), change=lambda y: 1 - y),
            "the wrong way round",
        ),
        "all targets 1": (trained(Network([2, 8, 1]), change=np.ones_like), "new rows rightly"),
        "columns swapped": (
            trained(
                Network([2, 8, 2], output="softmax"),
                "cross_entropy",
                change=lambda y: one_hot(y)[:, ::-1],
            ),
            "the wrong way round",
        ),
        "run away": (spoilt(Network([2, 8, 1])), "training has run away"),
        "three inputs": (Network([3, 1]), "2 inputs and 1 output"),
        "three outputs": (Network([2, 8, 3], output="softmax"), "2 inputs and 1 output"),
        "a history": (trained_history(), "which `fit` returns"),
        "text": ("network", "A Network is expected"),
        "a function": (trained, "A Network is expected"),
    },
)

# --- the smallest reader -----------------------------------------------------------------------


def reader(sizes=(64, 5, 10), epochs=30, change=lambda X, y: (X, y)):
    """A function that builds a network, trains it on the rows it is given, and returns it."""

    def small_network(X, y):
        network = Network(list(sizes), output="softmax")
        if epochs:
            fit(network, *change(X, y), epochs, "cross_entropy", Adam(0.01), batch_size=32)
        return network

    return small_network


def history_of(X, y):
    return fit(Network([64, 5, 10], output="softmax"), X, y, 1, "cross_entropy", SGD(1.0))


def with_a_trainer(X, y):
    network = Network([64, 5, 10], "softplus", "softmax")
    trainer = Trainer(network, X, y, "cross_entropy", Adam(0.01), batch_size=16)
    trainer.run(30)
    return trainer


small_network = Answers(
    exercises.check_small_network,
    right={
        "five units": (reader(),),
        "four units": (reader((64, 4, 10), 80),),
        "a trainer, softplus": (with_a_trainer,),
        "a lambda": (lambda X, y, epochs=25: reader(epochs=epochs)(X, y),),
        "float32": (reader(change=lambda X, y: (np.float32(X), y)),),
    },
    wrong={
        "trained on all digits": (reader(change=lambda X, y: datasets.digits()), "other rows than"),
        "a network that may know them": (reader()(*datasets.digits()), "no check can see in a"),
        "an honest network": (reader()(*(part[:1400] for part in datasets.digits())), "a function"),
        "untrained": (reader(epochs=0), "of 100 held-out digits rightly"),
        "an untrained network": (Network([64, 5, 10]), "of 100 held-out digits rightly"),
        "on twenty rows": (reader(change=lambda X, y: (X[:20], y[:20])), "held-out digits rightly"),
        "targets lost": (reader(change=lambda X, y: (X, y[::-1])), "held-out digits rightly"),
        "two units": (reader((64, 2, 10)), "held-out digits rightly"),
        "one layer": (reader((64, 10), 1), "650 parameters"),
        "other inputs": (Network([2, 5, 10]), "64 inputs"),
        "nothing returned": (lambda X, y: None, "returns nothing"),
        "a history": (lambda X, y: history_of(X, y), "which `fit` returns"),
        "rows changed": (
            lambda X, y: X.sort() or reader(epochs=1)(X, y),
            "Your function changes X",
        ),
    },
)

TABLE = [updates, verdict, largest_rate, recall, rmsprop, trained_network, small_network]
