"""A training run at one moment: all numbers that its picture shows."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from nnlib import Network
from nnlib._typing import Array
from nnlib.explorers.runs.data import FEATURES, inputs_of
from nnlib.explorers.runs.past_runs import PastRun, names_beside
from nnlib.explorers.runs.plane import limits_of
from nnlib.explorers.runs.points import NextPoint
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.run_words import name_of, network_words, progress_words, update_rule
from nnlib.explorers.runs.settings_words import ROOM
from nnlib.explorers.shared.network_parts import place_of, value_of
from nnlib.plots.curves.training_curves import PastCurve
from nnlib.plots.maps.heat_map import to_largest
from nnlib.plots.plane import Limits, grid_points
from nnlib.plots.words.labels import short_gradient, short_signed
from nnlib.plots.words.numbers import number
from nnlib.plots.words.symbols import Quantity, quantity_symbol

GRID = 100  # points along each side of the plane
SMALL = 25  # and of a unit's map
PANELS = ("loss", "gradients", "updates")


@dataclass(frozen=True)
class Arrangement:
    """What a view is made for; when it changes, a new view is needed."""

    sizes: tuple[int, ...]
    inputs: tuple[str, ...]  # their symbols
    activations: tuple[str, ...]  # of the hidden layers and the output
    is_curve: bool
    logarithmic: bool


def arrangement_of(run: TrainingRun, logarithmic: bool) -> Arrangement:
    """Return what a view of ``run`` is made for."""
    network = run.trainer.network
    return Arrangement(
        sizes=tuple(network.sizes),
        inputs=tuple(FEATURES[name].symbol for name in run.features),
        activations=(*network.hidden, network.output),
        is_curve=run.data.is_curve,
        logarithmic=logarithmic,
    )


@dataclass(frozen=True)
class TrainingModel:
    """A network in training: its weights, its answers on the plane, and its losses so far."""

    run: TrainingRun = field(repr=False)
    panel: str  # what the curves on the right show
    logarithmic: bool
    chosen: Quantity | None  # the weight or bias that is marked
    test_shown: bool  # whether the rows kept for testing are shown
    classes_only: bool  # whether a class is shown where a probability could be
    new_point: NextPoint | None  # what a click would add, if the points are the learner's own
    data_words: str = ""  # what own points are called

    @property
    def network(self) -> Network:
        """The network as far as it is trained."""
        return self.run.trainer.network

    @cached_property
    def limits(self) -> Limits:
        """The part of the plane, or of x and y, that is shown."""
        return limits_of(self.run)

    @cached_property
    def units(self) -> list[Array]:
        """What every unit answers on the grid, layer by layer, (n_points, n_units) each."""
        inputs = _grid_inputs(self.run.features, self.limits, self.run.data.is_curve)
        with np.errstate(over="ignore", invalid="ignore"):
            return self.network.unit_outputs(inputs)

    @property
    def answers(self) -> Array:
        """The outputs on the grid as they are coloured: probabilities of class 1, or classes."""
        outputs = self.units[-1]
        return np.where(outputs >= 0.5, 1.0, 0.0) if self.classes_only else outputs

    @property
    def small_maps(self) -> list[Array]:
        """The same on a coarser grid and from −1 to 1, as the small maps show it.

        A class's probability has the plane's colours: 0.5 is the middle one.
        """
        *hidden, output = (self._small(units) for units in self.units)
        curve = self.run.data.is_curve
        shown = to_largest(output) if curve else 2.0 * self._small(self.answers) - 1.0
        return [*map(to_largest, hidden), shown]

    @property
    def input_maps(self) -> Array:
        """The network's inputs on that grid, from −1 to 1."""
        curve = self.run.data.is_curve
        return to_largest(self._small(_grid_inputs(self.run.features, self.limits, curve)))

    def _small(self, values: Array) -> Array:
        """Return every fourth point of the grid; a curve's values stand in each row."""
        step = GRID // SMALL
        if self.run.data.is_curve:
            return np.tile(values[step // 2 :: step], (SMALL, 1))
        table = values.reshape(GRID, GRID, -1)[step // 2 :: step, step // 2 :: step]
        return table.reshape(SMALL * SMALL, -1)

    @cached_property
    def outputs(self) -> Array:
        """What is answered for the training rows."""
        return self.network.predict(self.run.trainer.X)

    @cached_property
    def loss(self) -> float:
        """The training loss now, penalty left out."""
        trainer = self.run.trainer
        return float(trainer.loss(self.outputs, trainer.y))

    @cached_property
    def test_loss(self) -> float:
        """The loss on the rows kept for testing now, which there must be."""
        trainer = self.run.trainer
        assert trainer.test_data is not None
        X, y = trainer.test_data
        return float(trainer.loss(self.network.predict(X), y))

    @cached_property
    def right(self) -> float | None:
        """The share of training rows that is answered right; None for a curve."""
        if self.run.data.is_curve:
            return None
        return float(np.mean((self.outputs >= 0.5) == (self.run.trainer.y >= 0.5)))

    @property
    def now(self) -> tuple[float, float]:
        """The epoch and its part (2.5: half of the third is done), and the loss."""
        return self.run.trainer.epoch + self.run.trainer.part, self.loss

    @cached_property
    def curves(self) -> list[tuple[Array, Array]]:
        """The curves of the panel on the right: epochs and values."""
        history, sizes = self.run.trainer.history, self.run.sizes
        if self.panel == "loss":
            epoch, train, test = history.epoch, history.train_loss, history.test_loss
            epoch = np.append(epoch, self.now[0])
            curves = [(epoch, np.append(train, self.loss))]
            return curves if test is None else [*curves, (epoch, np.append(test, self.test_loss))]
        entries = sizes.gradients if self.panel == "gradients" else sizes.updates
        table = np.reshape(entries, (-1, len(self.network.layers)))
        return [(np.array(sizes.epoch), column) for column in table.T]

    @property
    def curve_names(self) -> list[str]:
        """The names of these curves, with their newest numbers."""
        if self.panel == "loss":
            ends = [number(float(values[-1]), 3) for _, values in self.curves]
            return [f"{name} {end}" for name, end in zip(("train", "test"), ends, strict=False)]
        return [
            f"layer {k}" + (f" {short_gradient(float(values[-1]))}" if len(values) else "")
            for k, (_, values) in enumerate(self.curves, start=1)
        ]

    @property
    def past_curves(self) -> list[PastCurve]:
        """The losses of the runs before this one, the newest first."""
        names = names_beside(self.run.settings, self._past, ROOM)
        return [
            PastCurve(run.epochs, run.losses, name, run.look)
            for run, name in zip(self._past, names, strict=True)
        ]

    @property
    def _past(self) -> tuple[PastRun, ...]:
        return self.run.past[::-1] if self.panel == "loss" else ()

    @property
    def curves_title(self) -> str:
        """What the curves show."""
        if self.panel == "loss":
            return f"Loss {number(self.loss, 3)}"
        return f"Size of {self.panel}"

    @property
    def title(self) -> str:
        """What the middle shows now."""
        epoch = self.run.trainer.epoch
        if self.run.diverged:
            return f"Diverged in epoch {epoch + 1:,}"
        return f"Epoch {epoch:,}" + ("" if self.right is None else f": {self.right:.0%} right")

    @property
    def network_title(self) -> str:
        """What the drawing shows now: the sizes, or the number of what is chosen."""
        sizes = self.network.sizes
        if self.chosen is None:
            return f"The network {'-'.join(map(str, sizes))}"
        return f"{self.chosen_words} is {short_signed(self.chosen_value)}"

    @property
    def chosen_words(self) -> str:
        """The symbol of what is chosen, and where it stands."""
        assert self.chosen is not None
        return words_of(self.chosen, self.network.sizes, self.run.features)

    @property
    def chosen_value(self) -> float:
        """The number of what is chosen."""
        assert self.chosen is not None
        return value_of(self.network, self.chosen)

    @property
    def equation(self) -> str:
        """The update rule with the numbers in it."""
        return update_rule(self.run.settings)

    @property
    def summary(self) -> str:
        """The picture in words."""
        run, trainer = self.run, self.run.trainer
        name = self.data_words or name_of(run.settings, len(trainer.X))
        sentences = [
            progress_words(trainer.epoch, trainer.steps, name, self.loss, self.right),
            network_words(run.settings, run.features, run.data.is_curve),
        ]
        if trainer.test_data is not None:
            sentences.append(f"Test loss {number(self.test_loss, 3)}.")
        if self.panel != "loss" and run.sizes.epoch:
            sentences.append(f"{self.curves_title}: {', '.join(self.curve_names)}.")
        if past := self._past:
            names = names_beside(run.settings, past)
            ends = (
                f"{name} after epoch {before.epochs[-1]:,.0f}"
                for name, before in zip(names, past, strict=True)
            )
            sentences.append(f"Earlier runs: {'; '.join(ends)}.")
        if self.chosen is not None:
            sentences.append(f"{self.network_title}.")
        if self.new_point is not None:
            sentences.append(self.new_point.words)
        return " ".join([*sentences, run.diverged]).rstrip()


def words_of(quantity: Quantity, sizes: list[int], features: tuple[str, ...]) -> str:
    """Return a weight's or bias's symbol and its place: "w⁽¹⁾₂₃, x₂ → h₃"."""
    inputs = [FEATURES[name].symbol for name in features]
    return f"{quantity_symbol(sizes, quantity)}, {place_of(sizes, quantity, inputs)}"


@lru_cache(maxsize=4)
def _grid_inputs(features: tuple[str, ...], limits: Limits, is_curve: bool) -> Array:
    """Return the network's inputs at the points of the grid; for a curve, along x."""
    if is_curve:
        return inputs_of(features, np.linspace(*limits[:2], GRID)[:, None])
    return inputs_of(features, grid_points(limits, GRID))
