"""The picture of a training run: the network and its maps, the boundary, and the curves."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.shared.network_controls import handles_of_parameters
from nnlib.explorers.shared.point_editor import NewPointMark, plane_to_click_on
from nnlib.explorers.training.model import Arrangement, TrainingModel
from nnlib.plots.curves.answer_curve import draw_answer_curve
from nnlib.plots.curves.training_curves import draw_training_curves
from nnlib.plots.networks.map_network import draw_map_network
from nnlib.plots.networks.map_network_layout import MapNetworkLayout
from nnlib.plots.palette import Palette
from nnlib.plots.plane import draw_plane
from nnlib.plots.words.symbols import Node
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_title, ground

NETWORK = (58.0, 28.0, 300.0, 326.0)  # left, bottom, width, height in CSS pixels
ANSWERS = (424.0, 104.0, 244.0, 244.0)
CURVES = (724.0, 104.0, 168.0, 244.0)


def _add_axes(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    pixels = np.tile(figure.get_size_inches() * 100, 2)
    return figure.add_axes(tuple(np.array(box) / pixels))


class TrainingView:
    """Three panels: the network, what it answers for every input, and curves of its progress."""

    def __init__(self, figure: Figure, palette: Palette, arrangement: Arrangement) -> None:
        panel = add_panel(figure, 0, 400)
        self._network_title = draw_title(panel, 8, palette=palette)
        self.network = draw_map_network(
            _add_axes(figure, NETWORK), arrangement.sizes, arrangement.inputs, palette
        )
        self._name_layers(panel, arrangement, palette)
        Answers = CurveAnswers if arrangement.is_curve else PlaneAnswers
        self.answers: PlaneAnswers | CurveAnswers = Answers(figure, palette)
        curves = _add_axes(figure, CURVES)
        self._curves_title = draw_plot_title(curves, palette=palette)
        self.curves = draw_training_curves(curves, palette, arrangement.logarithmic)
        style: dict[str, Any] = {"fontsize": 10, "color": palette.ink, "bbox": ground(palette)}
        style |= {"transform": curves.transAxes, "ha": "center", "va": "center"}
        self.no_curve_yet = curves.text(0.5, 0.5, "press Play", **style)
        self._handles = _handles_of(self.network.layout, self.network.ax)
        self._limits: object = None
        self.artists: Sequence[Artist] = [
            self._network_title,
            *self.network.artists,
            *self.answers.artists,
            self._curves_title,
            *self.curves.artists,
            self.no_curve_yet,
        ]

    def _name_layers(self, panel: Axes, arrangement: Arrangement, palette: Palette) -> None:
        """Write each layer's activation below its column."""
        for column, activation in enumerate(arrangement.activations, start=1):
            x = NETWORK[0] + self.network.layout.nodes[Node(column, 0)][0]
            words = activation.replace("_", " ")
            panel.text(x, 14, words, ha="center", fontsize=9.5, color=palette.grey)

    def update(self, model: TrainingModel) -> None:
        """Show ``model``."""
        self._network_title.set_text(model.network_title)
        if model.limits != self._limits:
            self._limits = model.limits
            self.network.set_inputs(model.input_maps)
        layers = model.network.layers
        self.network.update(
            model.small_maps,
            [layer.weights for layer in layers],
            [layer.bias for layer in layers],
            model.chosen,
        )
        self.answers.update(model)
        self._curves_title.set_text(model.curves_title)
        self.no_curve_yet.set_visible(model.run.trainer.steps == 0)
        now = model.now if model.panel == "loss" else None
        self.curves.update(
            model.curves,
            model.curve_names,
            now,
            model.past_curves,
            in_a_row=2 if model.panel == "loss" else 1,  # a layer's name needs a row of its own
        )

    @property
    def handles(self) -> list[Handle]:
        """The weights and biases, to choose and to drag; and the plane for one's own points."""
        return [*self._handles, *self.answers.handles]


class PlaneAnswers:
    """What is answered on the plane of two inputs, and the rows of two classes."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        ax = _add_axes(figure, ANSWERS)
        self._title = draw_plot_title(ax, palette=palette)
        self.plane = draw_plane(ax, (-1, 1, -1, 1), palette)
        self.kept = [
            ax.plot([], [], mark, color=colour, markersize=5, fillstyle="none", zorder=3)[0]
            for mark, colour in (("o", palette.positive), ("^", palette.negative))
        ]
        self.new_point = NewPointMark(ax, palette)
        self._clickable = False
        self._key = _draw_key(figure, palette)
        self.artists: Sequence[Artist] = [
            self._title,
            *self.plane.artists,
            *self.kept,
            *self.new_point.artists,
            self._key,
        ]

    def update(self, model: TrainingModel) -> None:
        """Show ``model``."""
        data = model.run.data
        if model.limits != self.plane.limits:
            self.plane.set_limits(model.limits)
        self.plane.set_points(data.X, data.y, size=10 if len(data.X) < 10 else 6)
        X, y = data.test if model.test_shown and data.test else (np.empty((0, 2)), np.empty(0))
        self._key.set_visible(len(X) > 0)
        for mark, its_class in zip(self.kept, (1, 0), strict=True):
            mark.set_data(*X[np.ravel(y) == its_class].T)
        self.new_point.update(model.new_point)
        self._clickable = model.new_point is not None
        self.plane.set_answers(model.answers, margin=model.units[-1] - 0.5)
        self._title.set_text(model.title)

    @property
    def handles(self) -> list[Handle]:
        """The plane, while the points are the learner's own."""
        return [plane_to_click_on(self.plane.ax)] if self._clickable else []


class CurveAnswers:
    """What is answered along one input, and the rows to follow."""

    handles: Sequence[Handle] = ()

    def __init__(self, figure: Figure, palette: Palette) -> None:
        ax = _add_axes(figure, ANSWERS)
        self._title = draw_plot_title(ax, palette=palette)
        self.curve = draw_answer_curve(ax, palette)
        self.artists: Sequence[Artist] = [self._title, *self.curve.artists]

    def update(self, model: TrainingModel) -> None:
        """Show ``model``."""
        data = model.run.data
        self.curve.set_limits(model.limits)
        self.curve.set_points(data.X, data.y)
        kept = data.test if model.test_shown and data.test else (np.empty(0), np.empty(0))
        self.curve.set_kept(*kept)
        x = np.linspace(*model.limits[:2], len(model.units[-1]))
        self.curve.set_answers(x, model.units[-1])
        self._title.set_text(model.title)


def _draw_key(figure: Figure, palette: Palette) -> Text:
    """Say below the plane which mark is which class; return what tells of the hollow ones."""
    panel = add_panel(figure, ANSWERS[0], ANSWERS[2])
    marks = (("o", palette.positive, "class 1", 44), ("^", palette.negative, "class 0", 146))
    for mark, colour, words, x in marks:
        panel.plot([x], [36], mark, color=colour, markersize=7)
        panel.text(x + 12, 36, words, va="center_baseline", fontsize=10, color=palette.grey)
    return panel.text(30, 14, "hollow: kept for testing", fontsize=10, color=palette.grey)


def _handles_of(layout: MapNetworkLayout, ax: Axes) -> list[Handle]:
    """Return the handles of all weights and biases."""
    weights = {
        weight: box for weight, box in layout.weights.items() if weight.layer in layout.labelled
    }
    biases = layout.biases if layout.shows_biases else {}
    return handles_of_parameters(ax, layout.sizes, layout.edges, weights, biases, reach=5)
