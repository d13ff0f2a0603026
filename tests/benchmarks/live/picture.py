"""The picture that both rivals draw. The kernel imports this; the page reads the picture's strip.

A 900 x 400 figure: a small network's answers on 100 x 100 points, 200 samples, its boundary, and
the loss at each step of the slider, with a dot at the present one. A strip of eight squares in the
upper left corner tells the step in black and white, so that the page knows which picture it sees.
"""

from dataclasses import dataclass
from functools import cached_property

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from nnlib import LOSSES, Network, datasets
from nnlib.explorers import Explorer
from nnlib.explorers.controls.parameters import Whole
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.plane import draw_plane, grid_points
from nnlib.plots.words.text import draw_plot_title

LAST_STEP = 60
SQUARES, SIDE = 8, 12  # two squares that never change, then the step's six binary digits; pixels
PLANE, CURVE = (0.066, 0.125, 0.4, 0.745), (0.56, 0.125, 0.42, 0.745)  # in parts of the figure
LIMITS = (-1.5, 1.5, -1.5, 1.5)
GRID = grid_points(LIMITS, 100)
X, Y = datasets.circles(200)


def network_at(step: int) -> Network:
    """Return the network whose first weight the slider sets."""
    network = Network([2, 4, 1], seed=3)
    network.layers[0].weights[0, 0] = -3.0 + 0.1 * step
    return network


LOSSES_OF_STEPS = np.array(
    [
        LOSSES["binary_cross_entropy"](network_at(step).predict(X), Y)
        for step in range(LAST_STEP + 1)
    ]
)


@dataclass(frozen=True)
class BenchmarkModel:
    """The network at one step of the slider."""

    step: int

    @cached_property
    def answers(self) -> np.ndarray:
        """The network's outputs on the grid."""
        return network_at(self.step).predict(GRID)

    @property
    def loss(self) -> float:
        """The loss over all samples."""
        return float(LOSSES_OF_STEPS[self.step])

    @property
    def equation(self) -> str:
        """The weight that is set."""
        return f"w = {-3.0 + 0.1 * self.step:.1f}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        return f"Step {self.step}: {self.equation}, loss {self.loss:.3f}."


class BenchmarkView:
    """Our rival's artists, made once."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left, right = figure.add_axes(PLANE), figure.add_axes(CURVE)
        self._title = draw_plot_title(left, palette=palette)
        self._plane = draw_plane(left, LIMITS, palette)
        self._plane.set_points(X, Y)
        self._loss_title = draw_plot_title(right, palette=palette)
        self._now, self._label = draw_losses(right)
        self._strip = draw_strip(figure)
        self.artists = [
            self._title,
            *self._plane.artists,
            self._loss_title,
            self._now,
            self._label,
            self._strip,
        ]

    def update(self, model: BenchmarkModel) -> None:
        """Show ``model``."""
        self._title.set_text(f"Answers where {model.equation}")
        self._plane.set_answers(model.answers)
        self._loss_title.set_text(f"Loss {model.loss:.3f}")
        mark_loss(self._now, self._label, model)
        self._strip.set_facecolor(strip_colours(model.step))


def draw_losses(ax: Axes) -> tuple[Line2D, Text]:
    """Draw the loss at each step; return a dot and a label for the present one."""
    ax.plot(LOSSES_OF_STEPS, color=LIGHT.ink, linewidth=2)
    ax.set(xlabel="step", ylabel="loss L", xlim=(0, 80))
    ax.grid(color=LIGHT.faint, linewidth=0.8)
    (now,) = ax.plot([], [], "o", color=LIGHT.ink, markersize=7)
    return now, ax.text(0, 0, "", fontsize=10.5, va="bottom")


def mark_loss(now: Line2D, label: Text, model: BenchmarkModel) -> None:
    """Put the dot and its label where the present step's loss is."""
    now.set_data([model.step], [model.loss])
    label.set_position((model.step + 1, model.loss))
    label.set_text(f"loss {model.loss:.3f}")


def draw_strip(figure: Figure) -> PolyCollection:
    """Add the strip, black all over."""
    ax = figure.add_axes((0, 1 - SIDE / 400, SQUARES * SIDE / 900, SIDE / 400))
    ax.set(xlim=(0, SQUARES), ylim=(0, 1))
    ax.set_axis_off()
    squares = [[(k, 0), (k + 1, 0), (k + 1, 1), (k, 1)] for k in range(SQUARES)]
    strip = PolyCollection(squares, linewidths=0)
    ax.add_collection(strip, autolim=False)
    return strip


def strip_colours(step: int) -> list[str]:
    """Return the squares' colours: black, white, then the binary digits, the lowest first."""
    digits = [bool(step >> k & 1) for k in range(SQUARES - 2)]
    return ["white" if digit else "black" for digit in (False, True, *digits)]


class BenchmarkExplorer(Explorer):
    """Our rival: the live engine."""

    step = Whole(0, low=0, high=LAST_STEP, label="step")
    opens_with = ("step",)
    View = BenchmarkView

    def model(self) -> BenchmarkModel:
        """Return the network at the present step."""
        return BenchmarkModel(self.step)


def draw_inline(step: int) -> None:
    """Draw the picture as most notebooks do: a new pyplot figure for each value."""
    model = BenchmarkModel(step)
    figure = plt.figure(figsize=(9, 4), dpi=100)
    # The inline backend crops a figure to what is in it: a frame around all keeps its size.
    figure.add_artist(Rectangle((0, 0), 1, 1, fill=False, linewidth=0))
    left, right = figure.add_axes(PLANE), figure.add_axes(CURVE)
    answers = model.answers.reshape(100, 100)
    style = {"origin": "lower", "aspect": "auto", "interpolation": "bilinear"}
    left.imshow(answers, cmap=LIGHT.map, vmin=0, vmax=1, extent=LIMITS, **style)
    left.contour(answers, [0.5], extent=LIMITS, colors=LIGHT.ink, linewidths=2.2)
    one = Y[:, 0] == 1
    marks = {"markeredgecolor": "white", "markersize": 6}
    left.plot(*X[one].T, "o", color=LIGHT.positive, **marks)
    left.plot(*X[~one].T, "^", color=LIGHT.negative, **marks)
    left.set(xlabel="x₁", ylabel="x₂")
    draw_plot_title(left, f"Answers where {model.equation}")
    draw_plot_title(right, f"Loss {model.loss:.3f}")
    mark_loss(*draw_losses(right), model)
    draw_strip(figure).set_facecolor(strip_colours(step))
    plt.show()


def interact_inline() -> None:
    """Show the classroom default."""
    widgets.interact(draw_inline, step=widgets.IntSlider(0, 0, LAST_STEP))
