"""What `DescentExplorer` shows: map, fit, landscape, and the axis of the learning rate."""

from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.explorers.descent.comparison import Comparison
from nnlib.explorers.descent.fit import Fit
from nnlib.explorers.descent.model import DescentModel
from nnlib.explorers.descent.path import OPTIMIZERS
from nnlib.explorers.descent.surfaces import LIMITS, SURFACES
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
NO_ARROW = (0.0, 0.0)  # a gradient of no length
_LIST, _SIDE = 468.0, 668.0  # pixels from the left: where the list and the landscape begin


@lru_cache(maxsize=16)
def losses_on_grid(surface: str, size: int) -> Array:
    """Return the losses of a surface on a grid over the limits, (size, size), lowest row first."""
    losses = SURFACES[surface].loss(*grid_points(LIMITS, size).T).reshape(size, size)
    losses.flags.writeable = False
    return losses


class DescentView:
    """The map, beside it the fit or the comparison, the landscape; the rate's axis below."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._palette = palette
        map_axes = figure.add_axes((0.053, 0.135, 0.436, 0.735))
        self._title = draw_plot_title(map_axes, palette=palette)
        self._map = draw_loss_map(map_axes, LIMITS, palette)
        panel = add_panel(figure, _LIST, _SIDE - 12 - _LIST)
        self._list_title = draw_title(panel, 0, "", palette)
        self._fit = Fit(figure, palette)
        self._comparison = Comparison(panel, palette)
        side = figure.add_axes((0.732, 0.29, 0.26, 0.6))
        self._landscape = draw_landscape(side, LIMITS, palette)
        draw_title(add_panel(figure, _SIDE, 890 - _SIDE), 0, "From the side", palette)
        rate_axes = figure.add_axes((0.52, 0.105, 0.46, 0.07))
        self._rate = draw_rate_axis(rate_axes, *RATES, palette)
        self.artists = [
            *(self._title, *self._map.artists, *self._landscape.artists, *self._fit.artists),
            *(*self._comparison.artists, self._list_title, *self._rate.artists),
        ]

    def update(self, model: DescentModel) -> None:
        """Show ``model``."""
        surface, names = model.surface, model.surface.model.parameters
        title = surface.title
        self._title.set_text(f"{title[0].upper()}{title[1:]}, {model.now}")
        self._map.set_surface(losses_on_grid(model.surface_name, MAP_GRID), names)
        self._landscape.set_surface(
            losses_on_grid(model.surface_name, LANDSCAPE_GRID), names, model.turn
        )
        self._show_paths(model)
        self._fit.update(surface, model.path[-1], visible=not model.compared)
        self._comparison.update(model)
        self._list_title.set_text("Loss of each" if model.compared else "Fit to the data")
        self._rate.update(model.rate, model.limit, model.limit_words)

    def _show_paths(self, model: DescentModel) -> None:
        """Show the chosen path on the map and from the side; where they are compared, all five."""
        chosen = list(OPTIMIZERS).index(model.optimizer)
        mark, color = "o", self._palette.ink
        if model.compared:
            mark, color = PATH_STYLES[chosen][1], self._palette.runs[chosen]
        for plane in (self._map, self._landscape):
            plane.walk.set_look(mark, color)
        self._map.set_path(model.path, NO_ARROW if model.compared else model.gradient)
        self._landscape.set_path(model.path, model.losses)
        paths = [model.path_of(name) if model.compared else None for name in OPTIMIZERS]
        self._map.set_others(paths, chosen)

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
