"""`GradientCheckExplorer`: backpropagation beside trying, for each parameter and any ε."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from matplotlib.figure import Figure

from nnlib import LOSSES, datasets
from nnlib._typing import Array
from nnlib.explorers.network_parameters import (
    AllParameters,
    NetworkExplorer,
    SelectedParameter,
    choose_activation,
    flat_index,
    named_parameters,
    network_with,
    number_slider,
)
from nnlib.explorers.parameters import Choice, Positive
from nnlib.explorers.pointer import Handle, Point
from nnlib.plots.labels import short_gradient
from nnlib.plots.numbers import MINUS, number
from nnlib.plots.palette import Palette
from nnlib.plots.powers import mark_powers, power_of_ten, style_plot
from nnlib.plots.symbols import quantity_symbol
from nnlib.plots.text import TITLE, add_panel, draw_table, draw_title

SIZES = (2, 2, 1)
NAMES = tuple(named_parameters(SIZES))  # "w1_11" …: the weights, then the biases
# W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾.
START = (1.5, -1.5, -1.0, -0.5, 1.0, 2.0, 2.0, 1.0, -2.0)
SIDES = (("both sides", 2), ("one side", 1))
LOSSES_OFFERED = (
    ("mean squared error", "mean_squared_error"),
    ("binary cross-entropy", "binary_cross_entropy"),
)

SMALLEST, LARGEST = 1e-14, 1e-1  # ε
LEAST, MOST = 1e-16, 1.0  # differences on the picture
_STEPS = np.logspace(-14, -1, 66)
_ROUNDING = 2.0**-53  # how far a number near 1 may be from what float64 can write


@dataclass(frozen=True)
class GradientCheckPicture:
    """The gradient of a 2-2-1 network on XOR, computed in two ways."""

    parameters: tuple[float, ...]
    activation: str
    loss: str
    sides: int  # 2: (L(w + ε) − L(w − ε)) / 2ε; 1: (L(w + ε) − L(w)) / ε
    epsilon: float
    selected: str  # the parameter whose curve is drawn

    @property
    def network(self) -> tuple[tuple[float, ...], str, str]:
        """What decides about the gradient: the numbers, the activation and the loss."""
        return self.parameters, self.activation, self.loss

    @property
    def index(self) -> int:
        """The place of the selected parameter in the flat vector."""
        return _place(self.selected)

    @property
    def symbol(self) -> str:
        """The selected parameter's symbol, such as w⁽¹⁾₁₁."""
        return symbol_of(self.selected)

    @property
    def analytic(self) -> Array:
        """The gradient from backpropagation, (9,)."""
        return backpropagated(*self.network)

    @cached_property
    def numeric(self) -> Array:
        """The gradient found by trying with the present ε, (9,)."""
        return differences(*self.network, self.sides, np.array([self.epsilon]))[0]

    @cached_property
    def errors(self) -> Array:
        """How far the two are apart, (9,)."""
        return np.abs(self.analytic - self.numeric)

    @property
    def curve(self) -> Array:
        """The same for every ε of the picture, (66, 9)."""
        return error_curve(*self.network, self.sides)

    @property
    def truncation(self) -> Array:
        """What theory says that a large ε costs, for every ε of the picture."""
        return self._truncation_at(_STEPS)

    @property
    def rounding(self) -> Array:
        """What theory says that a small ε costs: the loss's own last digit, divided by ε."""
        return self._rounding_at(_STEPS)

    @property
    def limit(self) -> str:
        """Which of the two decides at the present ε."""
        step = np.array([self.epsilon])
        if self._truncation_at(step) >= self._rounding_at(step):
            return f"truncation, ∝ {'ε²' if self.sides == 2 else 'ε'}"
        return "round-off, ∝ 1/ε"

    def _truncation_at(self, step: Array) -> Array:
        """Taylor's first term left out: ε²/6 · |L‴|, or on one side only ε/2 · |L″|."""
        second, third = curvatures(*self.network, self.index)
        return step**2 / 6 * third if self.sides == 2 else step / 2 * second

    def _rounding_at(self, step: Array) -> Array:
        loss = _losses(*self.network, np.array([self.parameters]))[0]
        return 2 / self.sides * _ROUNDING * loss / step

    @property
    def equation(self) -> str:
        """The quotient with all the digits of its two losses, and backpropagation's value."""
        i, step = self.index, self.epsilon * np.eye(len(START))[self.index]
        here = np.array(self.parameters)
        below, lower, wide = (
            (here - step, f"w {MINUS} ε", "2ε") if self.sides == 2 else (here, "w", "ε")
        )
        high, low = _losses(*self.network, np.array([here + step, below]))
        return (
            f"L(w + ε) = {high:.16f}\nL({lower}) = {low:.16f}\n"
            f"their difference / {wide} = {number(self.numeric[i], 12)}\n"
            f"backpropagation: {number(self.analytic[i], 12)}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        i, sides = self.index, "both sides" if self.sides == 2 else "one side"
        where = symbol_of(max(NAMES, key=lambda name: self.errors[_place(name)]))
        return (
            f"ε = {_step(self.epsilon)}, {sides}: "
            f"for {self.symbol} backpropagation gives {number(self.analytic[i], 5)} and trying "
            f"{number(self.numeric[i], 5)}; they differ by {short_gradient(self.errors[i])}. "
            f"What limits it: {self.limit}. The largest of the nine differences is "
            f"{short_gradient(self.errors.max())}, at {where}. "
            f"Hidden activation {self.activation}, loss {self.loss.replace('_', ' ')}."
        )


def symbol_of(name: str) -> str:
    """Return the symbol of a parameter: "w1_11" is w⁽¹⁾₁₁."""
    return quantity_symbol(SIZES, named_parameters(SIZES)[name])


@lru_cache(maxsize=64)
def backpropagated(parameters: tuple[float, ...], activation: str, loss: str) -> Array:
    """Return ∂L/∂p of all parameters from `nnlib.Network.loss_and_gradient`, (9,)."""
    network = network_with(SIZES, activation, parameters)
    return network.loss_and_gradient(*datasets.truth_table("xor"), loss)[1].copy()


def differences(
    parameters: tuple[float, ...], activation: str, loss: str, sides: int, steps: Array
) -> Array:
    """Return the slopes found by trying with each ε of ``steps``, (n_steps, 9)."""
    here = np.array(parameters)
    nudges = steps[:, None, None] * np.eye(len(here))  # (n_steps, 9, 9): one parameter at a time
    higher = _losses(parameters, activation, loss, (here + nudges).reshape(-1, len(here)))
    below = here - nudges if sides == 2 else here + 0 * nudges
    lower = _losses(parameters, activation, loss, below.reshape(-1, len(here)))
    return (higher - lower).reshape(nudges.shape[:2]) / (sides * steps[:, None])


@lru_cache(maxsize=64)
def error_curve(parameters: tuple[float, ...], activation: str, loss: str, sides: int) -> Array:
    """Return how far trying is from backpropagation for every ε of the picture, (66, 9)."""
    tried = differences(parameters, activation, loss, sides, _STEPS)
    return np.abs(tried - backpropagated(parameters, activation, loss))


@lru_cache(maxsize=64)
def curvatures(
    parameters: tuple[float, ...], activation: str, loss: str, index: int
) -> tuple[float, float]:
    """Return |L″| and |L‴| along one parameter, from backpropagation at three places."""
    step = 1e-3 * np.eye(len(parameters))[index]
    below, here, above = (
        backpropagated(tuple(np.array(parameters) + way * step), activation, loss)[index]
        for way in (-1, 0, 1)
    )
    return abs(above - below) / 2e-3, abs(above - 2 * here + below) / 1e-6


def _losses(parameters: tuple[float, ...], activation: str, loss: str, tried: Array) -> Array:
    """Return the loss with each of several sets of parameters, (n_sets,)."""
    X, y = datasets.truth_table("xor")
    network = network_with(SIZES, activation, parameters)
    z = network.stacked_z(tried, X)
    return LOSSES[loss].from_z(z, y, network.layers[-1].activation)


def _place(name: str) -> int:
    return flat_index(SIZES, named_parameters(SIZES)[name])


def _step(epsilon: float) -> str:
    """Return ε as text: 0.1, 0.01, 3e−6, 10⁻⁶."""
    exponent = float(np.log10(epsilon))
    if epsilon >= 0.001:
        return f"{epsilon:.3g}"
    if abs(exponent - round(exponent)) < 1e-6:
        return power_of_ten(round(exponent))
    return short_gradient(epsilon)


class GradientCheckView:
    """Two panels: the nine parameters in a table, and the difference against ε."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._left = add_panel(figure, 0, 400)
        self._table_title = draw_title(self._left, 8, palette=palette)
        columns, tops = (52.0, 148.0, 252.0, 346.0), tuple(308.0 - 33.0 * i for i in range(9))
        for x, name in zip(columns, ("", "backprop", "by trying", "difference"), strict=True):
            self._left.text(x, 336, name, fontsize=11, color=palette.grey, ha="center", va="center")
        self._table = draw_table(self._left, columns, tops, palette)
        self._tops = tops

        ax = self._right = figure.add_axes((0.525, 0.135, 0.45, 0.735))
        ax.set(xscale="log", yscale="log", xlim=(SMALLEST, 2 * LARGEST), ylim=(LEAST, MOST))
        style_plot(ax, "ε", "difference", palette)
        mark_powers(ax.xaxis, range(-14, 0, 2))
        mark_powers(ax.yaxis, range(-15, 1, 3))
        self._curve_title = ax.set_title("", **TITLE, color=palette.ink)
        (self._truncation,) = ax.plot(
            *([], []), color=palette.grey, linewidth=1.6, dashes=(5, 2), zorder=2
        )
        (self._rounding,) = ax.plot(
            *([], []), color=palette.grey, linewidth=1.6, dashes=(2, 2), zorder=2
        )
        self._others = [
            ax.plot([], [], color=palette.faint, linewidth=1.0, zorder=1)[0] for _ in NAMES
        ]
        (self._curve,) = ax.plot([], [], color=palette.ink, linewidth=2.0, zorder=3)
        (self._line,) = ax.plot([], [], color=palette.ink, linewidth=1.0, zorder=3)
        (self._now,) = ax.plot(
            *([], [], "o"),
            color=palette.ink,
            markeredgecolor=palette.background,
            markersize=10,
            zorder=4,
        )
        self._words = [
            ax.text(1.5e-14, 0.1, "dotted: round-off, ∝ 1/ε", ha="left"),
            ax.text(1.5e-1, 0.1, "", ha="right"),
        ]
        for text in self._words:
            text.set(fontsize=11, va="center", color=palette.ink)
        lines = [self._truncation, self._rounding, *self._others, self._curve, self._line]
        titles = [self._table_title, self._curve_title, *self._words]
        self.artists = [*self._table.artists, *lines, self._now, *titles]

    def update(self, picture: GradientCheckPicture) -> None:
        """Show ``picture``."""
        self._table_title.set_text(f"Largest difference {short_gradient(picture.errors.max())}")
        rows = [
            (
                symbol_of(name),
                number(picture.analytic[place], 5),
                number(picture.numeric[place], 5),
                short_gradient(picture.errors[place]),
            )
            for name, place in ((name, _place(name)) for name in NAMES)
        ]
        self._table.update(rows, highlighted=NAMES.index(picture.selected))
        self._curve_title.set_text(f"{picture.symbol}, ε = {_step(picture.epsilon)}")
        power = "ε²" if picture.sides == 2 else "ε"
        self._words[1].set_text(f"dashed: truncation, ∝ {power}")
        for line, values in (
            (self._truncation, picture.truncation),
            (self._rounding, picture.rounding),
            (self._curve, picture.curve[:, picture.index]),
            *zip(self._others, picture.curve.T, strict=True),
        ):
            line.set_data(_STEPS, np.clip(values, LEAST / 10, 10 * MOST))
        error = float(np.clip(picture.errors[picture.index], LEAST, MOST))
        epsilon = float(np.clip(picture.epsilon, SMALLEST, LARGEST))
        self._line.set_data([epsilon, epsilon], [LEAST, error])
        self._now.set_data([epsilon], [error])

    @property
    def handles(self) -> list[Handle]:
        """All of the curve's panel, to choose ε; the table's rows, to choose a parameter."""
        panel = np.transpose([self._right.get_xlim(), self._right.get_ylim()])
        curve = Handle("epsilon", self._right, panel, cursor="ew-resize", filled=True, reach=0.0)
        rows = [
            Handle(
                name,
                self._left,
                [(0, top - 16), (400, top + 16)],
                cursor="pointer",
                draggable=False,
                filled=True,
                reach=0.0,
            )
            for name, top in zip(NAMES, self._tops, strict=True)
        ]
        return [curve, *rows]


class GradientCheckExplorer(NetworkExplorer):
    """The gradient check live: ∂L/∂p beside (L(p + ε) − L(p − ε)) / 2ε, for XOR on 2-2-1.

    A large ε leaves out Taylor's next term, ε²/6 · L‴: truncation. A small one divides the loss's
    last digit by ε: round-off. Goodfellow, Bengio and Courville, *Deep Learning* (2016), section
    11.5.

    Parameters
    ----------
    epsilon : float
        ε > 0, the step to each side.
    selected : str
        The weight or bias whose curve is drawn, such as ``"w1_12"`` or ``"b2"``.
    sides : {2, 1}
        Try on both sides, or on one only: then the error shrinks with ε and not with ε².
    loss : {"mean_squared_error", "binary_cross_entropy"}
        L.
    activation : {"sigmoid", "tanh", "relu", "leaky_relu", "step", "linear"}
        f of the hidden neurons; the output is a sigmoid.
    value : float
        The value of the selected parameter.
    parameters : sequence of 9 floats
        All weights and biases in the order of `nnlib.Network.parameters`.
    """

    start_sizes = SIZES

    epsilon = Positive(0.1, low=SMALLEST, high=LARGEST, label="ε step")
    selected = SelectedParameter(SIZES)
    sides = Choice(2, options=SIDES, label="try on")
    loss = Choice("mean_squared_error", options=LOSSES_OFFERED, label="L loss")
    activation = choose_activation("sigmoid")
    value = number_slider(START)
    parameters = AllParameters(START)

    opens_with = ("epsilon", "selected", "sides")
    View = GradientCheckView

    def picture(self) -> GradientCheckPicture:
        """Return the gradient computed in both ways."""
        return GradientCheckPicture(
            parameters=self.parameters,
            activation=self.activation,
            loss=self.loss,
            sides=self.sides,
            epsilon=self.epsilon,
            selected=self.selected,
        )

    def pointer_pressed(self, at: Point) -> None:
        """Choose the parameter whose row is clicked on, or ε."""
        if at.handle in NAMES:
            self.set_parameters(selected=at.handle)
        else:
            self.pointer_dragged(at)

    def pointer_dragged(self, at: Point) -> None:
        """Let ε follow the pointer, a tenth of a power of ten at a time."""
        exponent = round(float(np.log10(np.clip(at.x, SMALLEST, LARGEST))), 1)
        self.set_parameters(epsilon=GradientCheckExplorer.epsilon.from_control(10**exponent))
