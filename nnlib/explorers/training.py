"""`TrainingExplorer`: a network learns while you watch, and you change how it learns."""

import base64
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Self

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from numpy.typing import NDArray

from nnlib import LOSSES, SGD, Adam, Network, RMSProp, Trainer, TrainingDiverged, datasets
from nnlib.explorers.other_data import continue_with
from nnlib.explorers.own_points import (
    NewPointMark,
    OwnPointsExplorer,
    foretell,
    plane_to_click_on,
    room_for,
)
from nnlib.explorers.pace import Pace
from nnlib.explorers.parameters import Choice, Positive
from nnlib.explorers.player import Player
from nnlib.explorers.point_samples import OWN, OwnPoint, samples_of
from nnlib.explorers.pointer import Handle
from nnlib.plots.heat_map import draw_heat_map
from nnlib.plots.labels import short_signed
from nnlib.plots.loss_curve import draw_loss_curve
from nnlib.plots.numbers import number
from nnlib.plots.palette import Palette
from nnlib.plots.plane import Limits, draw_plane, grid_points
from nnlib.plots.text import TITLE, add_panel, draw_title

Array = NDArray[np.floating[Any]]

GRID = 100
UNITS_SHOWN = 8
BURST_SECONDS = 0.016

SAMPLED = {
    "circles": datasets.circles,
    "moons": datasets.moons,
    "xor_cloud": datasets.xor_cloud,
    "spiral": datasets.spiral,
    "blobs": datasets.blobs,
}
GATES = ("or", "and", "xor")
OWN_LIMITS = (-1.5, 1.5, -1.5, 1.5)  # of the plane for one's own points, unless one lies outside
HIDDEN: dict[str, tuple[int, ...]] = {
    "none": (),
    "2": (2,),
    "4": (4,),
    "8": (8,),
    "4, 4": (4, 4),
    "8, 8": (8, 8),
    "8, 8, 8": (8, 8, 8),
}
OPTIMIZERS: dict[str, Callable[[float], SGD | RMSProp | Adam]] = {
    "sgd": SGD,
    "momentum": lambda learning_rate: SGD(learning_rate, momentum=0.9),
    "rmsprop": RMSProp,
    "adam": Adam,
}
EPOCHS_A_FRAME = {"slow": 1, "medium": 5, "fast": 1_000_000}


def _limits(X: Array) -> Limits:
    """Return limits with a margin around the data, in halves so that they look calm."""
    low, high = np.floor(2 * X.min(axis=0) - 0.4) / 2, np.ceil(2 * X.max(axis=0) + 0.4) / 2
    return (float(low[0]), float(high[0]), float(low[1]), float(high[1]))


@dataclass(frozen=True)
class TrainingPicture:
    """A network in training: its answers on the plane, and its losses so far."""

    name: str
    sizes: tuple[int, ...]
    activation: str
    optimizer: str
    learning_rate: float
    batch_size: int | None
    X: Array
    y: Array
    limits: Limits
    answers: Array  # outputs at the points of the grid, (GRID², 1)
    units: Array  # outputs of the first hidden layer there, (GRID², n); n = 0 without one
    out_weights: Array  # the weight of each of those units in the output; n = 0 if none leads there
    epochs: Array
    train_losses: Array
    test_losses: Array | None
    updates: int
    now: tuple[float, float]  # the epoch and its part (2.5: half of the third), the loss now
    accuracy: float  # the share of training rows answered right
    diverged: str  # what went wrong, in words, or ""
    new_point: OwnPoint | None  # what the form would add, if there is one

    @property
    def equation(self) -> str:
        """The update rule with the learning rate in it."""
        rate = f"{self.learning_rate:.3g}"
        rules = {
            "sgd": f"p ← p − η ∂L/∂p,   η = {rate}",
            "momentum": f"v ← 0.9 v + ∂L/∂p,   p ← p − η v,   η = {rate}",
            "rmsprop": f"s ← 0.9 s + 0.1 (∂L/∂p)²,   p ← p − η ∂L/∂p / (√s + ε),   η = {rate}",
            "adam": f"p ← p − η m̂ / (√v̂ + ε),   η = {rate}",
        }
        return rules[self.optimizer]

    @property
    def summary(self) -> str:
        """The picture in words."""
        batch = "all rows" if self.batch_size is None else f"batches of {self.batch_size}"
        words = (
            f"Epoch {int(self.now[0])}, {self.updates} update{'s' * (self.updates != 1)}, "
            f"on {self.name}: "
            f"training loss {number(self.now[1], 3)}, "
            f"{self.accuracy:.0%} of the training rows right. "
            f"Network {'-'.join(map(str, self.sizes))}, {self.activation}, {self.optimizer} with "
            f"learning rate {self.learning_rate:.3g}, {batch}."
        )
        if self.test_losses is not None and self.test_losses.size:
            words += f" Test loss {number(self.test_losses[-1], 3)}."
        if self.new_point is not None:
            words += f" {foretell(self.new_point)}"
        return f"{words} {self.diverged}".rstrip()


class UnitMaps:
    """Small maps of what each unit of the first hidden layer answers on the plane."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._units = []
        for index in range(UNITS_SHOWN):
            row, column = divmod(index, 2)
            ax = figure.add_axes((0.802 + 0.098 * column, 0.69 - 0.203 * row, 0.092, 0.152))
            image = draw_heat_map(ax, palette.map, low=-1.0, high=1.0)
            ax.set_axis_off()
            (edge,) = ax.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], transform=ax.transAxes)
            edge.set(color=palette.grey, linewidth=1.0, clip_on=False)
            # With y given, Matplotlib leaves the title where it is; it would not see a hidden one.
            title: dict[str, Any] = {"fontsize": 9.5, "pad": 2, "y": 1.0, "loc": "left"}
            name = ax.set_title("", **title, color=palette.ink)
            self._units.append((image, edge, name))
        self.artists: list[Artist] = [artist for unit in self._units for artist in unit]

    def update(self, units: Array, out_weights: Array) -> None:
        """Show the units that exist, each scaled to its own largest answer."""
        shown = min(units.shape[1], UNITS_SHOWN)
        for index, unit in enumerate(self._units):
            for artist in unit:
                artist.set_visible(index < shown)
            if index < shown:
                image, _, name = unit
                values = units[:, index].reshape(GRID, GRID)[::2, ::2]
                image.set_data(values / max(float(np.abs(values).max()), 1e-12))
                weight = f"  w {short_signed(out_weights[index], 1)}" if out_weights.size else ""
                name.set_text(f"h{'₀₁₂₃₄₅₆₇₈'[index + 1]}{weight}")


class TrainingView:
    """Three panels: the decision boundary, the loss curve, and the hidden units."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        plane = figure.add_axes((0.066, 0.125, 0.335, 0.745))
        self._title = plane.set_title("", **TITLE, color=palette.ink)
        self._plane = draw_plane(plane, (-1, 1, -1, 1), palette)
        self._new_point = NewPointMark(plane, palette)
        curve = figure.add_axes((0.485, 0.125, 0.285, 0.745))
        self._loss_title = curve.set_title("Loss", **TITLE, color=palette.ink)
        self._curve = draw_loss_curve(curve, palette)
        right = add_panel(figure, 718, 182)
        self._units_title: Artist = draw_title(right, 4, "Hidden units", palette)
        self._units = UnitMaps(figure, palette)
        self.artists: Sequence[Artist] = [
            self._title,
            *self._plane.artists,
            *self._new_point.artists,
            self._loss_title,
            *self._curve.artists,
            self._units_title,
            *self._units.artists,
        ]

    def update(self, picture: TrainingPicture) -> None:
        """Show ``picture``."""
        if picture.limits != self._plane.limits:
            self._plane.set_limits(picture.limits)
        self._plane.set_points(picture.X, picture.y, size=10 if len(picture.X) < 10 else 6)
        self._new_point.update(picture.new_point)
        self._clickable = picture.new_point is not None
        self._plane.set_answers(picture.answers)
        epoch = int(picture.now[0])
        self._title.set_text(
            f"Diverged in epoch {epoch + 1}"
            if picture.diverged
            else f"Decision boundary, epoch {epoch}"
        )
        self._loss_title.set_text(f"Loss {number(picture.now[1], 3)}, {picture.accuracy:.0%} right")
        self._curve.update(picture.epochs, picture.train_losses, picture.test_losses, picture.now)
        self._units_title.set_visible(picture.units.shape[1] > 0)
        self._units.update(picture.units, picture.out_weights)

    @property
    def handles(self) -> list[Handle]:
        """The plane, while the points are the learner's own."""
        return [plane_to_click_on(self._plane.ax)] if self._clickable else []


class TrainingExplorer(OwnPointsExplorer):
    """A network that learns two classes of points while you watch.

    Play trains until Pause, and pauses by itself when no view of it is on screen; Step makes one
    update on one mini-batch; Reset goes back to the start. The learning rate and the batch size may
    be changed while it plays. Another data set, network, activation or optimiser begins anew.

    Parameters
    ----------
    data : str
        ``circles moons xor_cloud spiral blobs`` (200 points, and 200 others to test on) or the
        truth tables ``or and xor``; ``own`` for the learner's own points.
    points : sequence of (x1, x2, class)
        The learner's own points.
    new_class, new_x1, new_x2 : int, float, float
        The form's next point; a click on the plane adds one of the same class.
    hidden : str
        The sizes of the hidden layers, as in ``"4, 4"``, or ``"none"``.
    activation : str
        The activation of the hidden layers; the output is a sigmoid.
    optimizer : {"sgd", "momentum", "rmsprop", "adam"}
        How the gradient is used.
    learning_rate : float
        η > 0. Too large a rate is legal: the picture then says how training diverged.
    batch_size : int or None
        Rows in one mini-batch; None for all.
    speed : {"slow", "medium", "fast"}
        Epochs between two pictures while playing: 1, 5, or as many as there is time for.
    """

    data = Choice(
        "circles",
        options=[*((name, name) for name in (*SAMPLED, *GATES)), ("my points", OWN)],
        label="data",
    )
    hidden = Choice("4", options=tuple(HIDDEN), label="hidden layers")
    learning_rate = Positive(0.1, low=0.001, high=10.0, label="η learning rate")
    activation = Choice(
        "tanh",
        options=("tanh", "sigmoid", "relu", "leaky_relu", "elu", "softplus", "gelu", "linear"),
        label="activation f",
    )
    optimizer = Choice("sgd", options=tuple(OPTIMIZERS), label="optimiser")
    batch_size = Choice(
        10, options=[("1", 1), ("10", 10), ("32", 32), ("all rows", None)], label="batch size"
    )
    speed = Choice("slow", options=tuple(EPOCHS_A_FRAME), label="speed")

    opens_with = ("data", "hidden", "learning_rate")
    View = TrainingView

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._trainer: Trainer | None = None
        self._player: Player | None = None
        super().__init__(show, **parameters)
        self._player = Player(self._home, self._burst)
        self._pace = Pace(self._painter.box)
        self._frame_epoch = 0

    def add_buttons(self) -> None:
        """Add Play, Pause and Step."""
        self.add_button("play", "Play", self.play)
        self.add_button("pause", "Pause", self.pause)
        self.add_button("step", "Step", self.step)
        super().add_buttons()

    # What the buttons do --------------------------------------------------------------------

    def play(self) -> None:
        """Train until `pause`; without a running event loop, for one short burst."""
        if self._player is not None and not self._diverged:
            self.notice = None
            self._pace.begin()
            self._player.play()

    def pause(self) -> None:
        """Stop training; the next `play` goes on from here."""
        if self._player is not None:
            self._player.pause()

    def step(self, updates: int = 1) -> None:
        """Make ``updates`` updates, each on one mini-batch."""
        with self.lock:
            self._train(updates)
        self.request_frame()

    def reset(self) -> None:
        """Stop, and go back to the parameters and weights of the start."""
        self.pause()
        with self.lock:
            super().reset()
            self._begin()
        self.request_frame()

    def close(self) -> None:
        """Stop training and remove every widget."""
        self.pause()
        super().close()

    @property
    def playing(self) -> bool:
        """Whether it trains by itself now."""
        return self._player is not None and self._player.playing

    @property
    def trainer(self) -> Trainer:
        """The trainer at work. To read from; the explorer's parameters steer it."""
        with self.lock:
            if self._trainer is None:
                self._begin()
            assert self._trainer is not None
            return self._trainer

    # Training -------------------------------------------------------------------------------

    def parameter_changed(self, name: str) -> None:
        """Steer the trainer, or begin anew where the change needs it."""
        super().parameter_changed(name)
        if name == "points" and self.data == OWN:
            self._learn_other_points()
        elif name == "learning_rate":
            self.trainer.optimizer.learning_rate = self.learning_rate
            self._diverged = ""  # the network kept its last finite numbers: go on from them
        elif name == "batch_size":
            self.trainer.batch_size = self.batch_size
        elif name in ("data", "hidden", "activation", "optimizer"):
            self._begin()

    def _begin(self) -> None:
        X, y, test_data = self._samples()
        network = Network([2, *HIDDEN[self.hidden], 1], hidden=self.activation, seed=1)
        optimizer = OPTIMIZERS[self.optimizer](self.learning_rate)
        self._diverged = ""
        self._trainer = Trainer(
            network,
            X,
            y,
            "binary_cross_entropy",
            optimizer,
            batch_size=self.batch_size,
            test_data=test_data,
        )

    def _samples(self) -> tuple[Array, Array, tuple[Array, Array] | None]:
        """Return X, y and the test data, if there are any."""
        if self.data == OWN:
            return *samples_of(self.points), None
        return *self.samples(self.data), SAMPLED[self.data](
            seed=1
        ) if self.data in SAMPLED else None

    def _learn_other_points(self) -> None:
        """Go on with the new points; before the first step, begin with them."""
        if self.trainer.steps:
            self._trainer = continue_with(self.trainer, *samples_of(self.points))
            self._diverged = ""
        else:
            self._begin()

    def _train(self, updates: int) -> None:
        trainer = self.trainer
        if self._diverged:
            return
        try:
            for _ in range(updates):
                trainer.step()
                trainer.check()  # the picture says at which update the numbers ran away
        except TrainingDiverged as divergence:
            self._diverged = str(divergence)
            self.pause()

    def _burst(self) -> None:
        """Train for about 16 ms, and send a frame if the page is ready for one."""
        with self._shown_failure("Training"), self.lock:
            end = time.perf_counter() + BURST_SECONDS
            last_epoch = self._frame_epoch + EPOCHS_A_FRAME[self.speed]
            while time.perf_counter() < end and self.trainer.epoch < last_epoch:
                self._train(1)
                if self._diverged:
                    break
        if self._pace.nobody_looks:
            self.pause()
            self.notice = "Paused, because this explorer was not on screen. Play goes on from here."
        if self.error is not None:
            self.pause()
        if self._pace.frame_is_due() or not self.playing:  # what it stopped at is shown in any case
            self._frame_epoch = self.trainer.epoch
            self.request_frame()

    # The picture ----------------------------------------------------------------------------

    def samples(self, data: str) -> tuple[Array, Array]:
        """Return the training data of a name: a truth table, or 200 points."""
        return datasets.truth_table(data) if data in GATES else SAMPLED[data](seed=0)

    def picture(self) -> TrainingPicture:
        """Return the network's answers and losses at this moment."""
        trainer = self.trainer
        network, history = trainer.network, trainer.history
        own = self.data == OWN
        limits = room_for(trainer.X, OWN_LIMITS) if own else _limits(trainer.X)
        outputs = network.predict(trainer.X)
        loss = LOSSES["binary_cross_entropy"](outputs, trainer.y)
        *hidden, answers = network.unit_outputs(grid_points(limits, GRID))
        sizes = tuple(network.sizes)
        return TrainingPicture(
            name=f"my points ({len(trainer.X)})" if own else self.data,
            sizes=sizes,
            activation=self.activation,
            optimizer=self.optimizer,
            learning_rate=self.learning_rate,
            batch_size=self.batch_size,
            X=trainer.X,
            y=trainer.y,
            limits=limits,
            answers=answers,
            units=hidden[0] if hidden else np.empty((GRID * GRID, 0)),
            out_weights=network.layers[1].weights[:, 0] if len(sizes) == 3 else np.empty(0),
            epochs=history.epoch,
            train_losses=history.train_loss,
            test_losses=history.test_loss,
            updates=trainer.steps,
            now=(trainer.epoch + trainer.part, loss),
            accuracy=float(np.mean((outputs >= 0.5) == (trainer.y >= 0.5))),
            diverged=self._diverged,
            new_point=self.new_point,
        )

    # State ----------------------------------------------------------------------------------

    @property
    def state(self) -> dict[str, Any]:
        """The parameters and the trainer itself, so that training goes on exactly from here."""
        if self._trainer is None:
            return super().state
        saved = BytesIO()
        with self.lock:
            self.trainer.save(saved)
        trainer = base64.b64encode(saved.getvalue()).decode("ascii")
        return {**super().state, "trainer": trainer, "diverged": self._diverged}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer that goes on exactly where ``state`` was taken."""
        parameters = dict(state)
        trainer, diverged = parameters.pop("trainer", None), parameters.pop("diverged", "")
        explorer = cls(**parameters)
        if trainer is not None:
            with explorer.lock:
                explorer._trainer = Trainer.load(BytesIO(base64.b64decode(trainer)))
                explorer._diverged = diverged
            explorer.request_frame()
        return explorer
