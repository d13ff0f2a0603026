"""What `DescentExplorer` shows: map, landscape, the fit, and the axis of the learning rate."""

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.explorers.descent.model import DescentModel
from nnlib.explorers.descent.path import OPTIMIZERS
from nnlib.explorers.descent.surfaces import LIMITS, SURFACES, Surface
from nnlib.explorers.engine.pointer import Handle, whole_of
from nnlib.plots.curves.rate_axis import draw_rate_axis
from nnlib.plots.maps.landscape import draw_landscape
from nnlib.plots.maps.loss_map import PATH_STYLES, draw_loss_map
from nnlib.plots.palette import Palette
from nnlib.plots.plane import grid_points
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_title

MAP_GRID = 81
LANDSCAPE_GRID = 25
RATES = (0.01, 100.0)
STYLES = dict(zip(OPTIMIZERS, PATH_STYLES, strict=True))
SHORT_NAMES = ("GD", *list(OPTIMIZERS)[1:])
ROW = 42.0  # pixels from one optimiser's name to the next
_RIGHT = 706.0  # pixels from the left: where the right panel begins


@lru_cache(maxsize=16)
def losses_on_grid(surface: str, size: int) -> Array:
    """Return the losses of a surface on a grid over the limits, (size, size), lowest row first."""
    losses = SURFACES[surface].loss(*grid_points(LIMITS, size).T).reshape(size, size)
    losses.flags.writeable = False
    return losses


class Fit:
    """The data and what the model answers with the present parameters, on two bare axes."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        ax = figure.add_axes((0.785, 0.27, 0.19, 0.59))
        ax.set(xlim=(-7, 7), ylim=(-3.4, 3.4))
        ax.set_axis_off()
        style: dict[str, Any] = {"fontsize": 11, "color": palette.grey, "va": "center"}
        (self._points,) = ax.plot([], [], "o", color=palette.grey, markersize=6, zorder=2)
        (self._answers,) = ax.plot([], [], color=palette.ink, linewidth=2.2, zorder=3)
        self.artists = [
            *ax.plot([-7, 7], [0, 0], [0, 0], [-3.2, 3.2], color=palette.faint, zorder=1),
            *(ax.text(7.3, 0.0, "x", **style), ax.text(-0.3, 3.5, "y", **style)),
            *(self._points, self._answers),
        ]

    def update(self, surface: Surface, place: Array, visible: bool) -> None:
        """Show the fit with the parameters ``place``."""
        for artist in self.artists:
            artist.set_visible(visible)
        self._points.set_data(surface.x, surface.y)
        x = np.linspace(-7, 7, 141)
        answers = surface.model.answer(place[0], place[1], x)
        self._answers.set_data(x, np.where(np.abs(answers) < 3.2, answers, np.nan))


class Comparison:
    """A row for each optimiser: how its path is drawn, and its loss now."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        panel = add_panel(figure, _RIGHT, 890 - _RIGHT)
        tops = [332.0 - ROW * row for row in range(len(OPTIMIZERS))]
        self._tops, self._panel = tops, panel
        self._palette = palette
        self._lines = []
        for top, (_, mark) in zip(tops, STYLES.values(), strict=True):
            (line,) = panel.plot([4, 40], [top - 9, top - 9], marker=mark)
            line.set(linewidth=1.8, markersize=8, markevery=[1])
            self._lines.append(line)
        style: dict[str, Any] = {"fontsize": 10.5, "va": "center", "color": palette.ink}
        self._names = [
            panel.text(56, top, name, **style) for top, name in zip(tops, OPTIMIZERS, strict=True)
        ]
        self._losses = [panel.text(56, top - 17, "", **style) for top in tops]
        self.artists = [*self._lines, *self._names, *self._losses]

    def update(self, model: DescentModel) -> None:
        """Show each optimiser's loss, or nothing if they are not compared."""
        for artist in self.artists:
            artist.set_visible(model.compared)
        for name, line, text in zip(OPTIMIZERS, self._lines, self._losses, strict=True):
            chosen = name == model.optimizer
            line.set_color(self._palette.ink if chosen else self._palette.grey)
            line.set_linestyle("-" if chosen else STYLES[name][0])
            text.set_text(model.end_of(name) if model.compared else "")

    @property
    def handles(self) -> list[Handle]:
        """Each optimiser's row, to click on, where they are compared."""
        style: dict[str, Any] = {"draggable": False, "filled": True, "reach": 0.0}
        return [
            Handle(name, self._panel, [(0, top + 12), (184, top + 12 - ROW)], "pointer", **style)
            for name, top in zip(OPTIMIZERS, self._tops, strict=True)
            if self._names[0].get_visible()
        ]


class DescentView:
    """The map at the left, the landscape, the fit or the comparison, the rate's axis below."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        map_axes = figure.add_axes((0.053, 0.135, 0.436, 0.735))
        self._title = draw_plot_title(map_axes, palette=palette)
        self._map = draw_loss_map(map_axes, LIMITS, palette)
        side = figure.add_axes((0.507, 0.29, 0.26, 0.6))
        self._landscape = draw_landscape(side, LIMITS, palette)
        self._fit = Fit(figure, palette)
        self._comparison = Comparison(figure, palette)
        middle = add_panel(figure, 460, 240)
        draw_title(middle, 2, "From the side", palette)
        right = add_panel(figure, _RIGHT, 890 - _RIGHT)
        self._right_title = draw_title(right, 0, "", palette)
        rate_axes = figure.add_axes((0.52, 0.105, 0.46, 0.07))
        self._rate = draw_rate_axis(rate_axes, *RATES, palette)
        self.artists = [
            *(self._title, *self._map.artists, *self._landscape.artists, *self._fit.artists),
            *(*self._comparison.artists, self._right_title, *self._rate.artists),
        ]

    def update(self, model: DescentModel) -> None:
        """Show ``model``."""
        surface, names = model.surface, model.surface.model.parameters
        title = surface.title
        self._title.set_text(f"{title[0].upper()}{title[1:]}, {model.now}")
        self._map.set_surface(losses_on_grid(model.surface_name, MAP_GRID), names)
        self._map.set_path(model.path, model.gradient)
        mark = STYLES[model.optimizer][1] if model.compared else "o"
        self._map.set_mark(mark)
        self._landscape.set_mark(mark)
        shown = [model.compared and name != model.optimizer for name in OPTIMIZERS]
        self._map.set_others(
            [
                model.path_of(name) if seen else None
                for name, seen in zip(OPTIMIZERS, shown, strict=True)
            ]
        )
        apart = model.compared and model.steps > 0
        ends = [model.path_of(name)[-1] if apart else None for name in OPTIMIZERS]
        self._map.set_ends(ends, SHORT_NAMES, list(OPTIMIZERS).index(model.optimizer))
        self._landscape.set_surface(
            losses_on_grid(model.surface_name, LANDSCAPE_GRID), names, model.turn
        )
        self._landscape.set_path(model.path, model.losses)
        self._fit.update(surface, model.path[-1], visible=not model.compared)
        self._comparison.update(model)
        self._right_title.set_text("Loss of each" if model.compared else "Fit to the data")
        self._rate.update(model.rate, model.limit, model.limit_words)

    @property
    def handles(self) -> list[Handle]:
        """The start, the knob of the rate and the landscape, to drag; map and names to click."""
        rate = self._rate.ax
        side = self._landscape.ax
        box = np.transpose([side.get_xlim(), side.get_ylim()])
        return [
            Handle("start", self._map.ax, self._map.start, reach=12),
            Handle("rate", rate, self._rate.knob, cursor="ew-resize", reach=14),
            Handle("landscape", side, box, cursor="ew-resize", filled=True, reach=0),
            whole_of("map", self._map.ax, "crosshair"),
            whole_of("axis", rate, "pointer"),
            *self._comparison.handles,
        ]
