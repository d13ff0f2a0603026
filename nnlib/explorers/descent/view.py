"""What `DescentExplorer` shows: map, fit, landscape, and the axis of the learning rate."""

import numpy as np
from matplotlib.figure import Figure

from nnlib.explorers.descent.fit import Fit
from nnlib.explorers.descent.ground import MAP_GRID, losses_on_grid, lowest_places
from nnlib.explorers.descent.model import DescentModel
from nnlib.explorers.descent.surfaces import LIMITS
from nnlib.explorers.engine.pointer import Handle, whole_of
from nnlib.plots.curves.rate_axis import draw_rate_axis
from nnlib.plots.maps.landscape import draw_landscape
from nnlib.plots.maps.place_name import PlaceName
from nnlib.plots.maps.walked_map import draw_walked_map
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_title

LANDSCAPE_GRID = 25
RATES = (0.01, 100.0)
_FIT, _SIDE = 468.0, 668.0  # pixels from the left: where the fit and the landscape begin


class DescentView:
    """The map, beside it the fit and the landscape; the rate's axis below."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        map_axes = figure.add_axes((0.053, 0.135, 0.436, 0.735))
        self._title = draw_plot_title(map_axes, palette=palette)
        self._map = draw_walked_map(map_axes, LIMITS, palette)
        self._off_the_map = PlaceName(map_axes, "dot off the map", palette)
        self._fit = Fit(figure, palette)
        draw_title(add_panel(figure, _FIT, _SIDE - 12 - _FIT), 0, "Fit to the data", palette)
        side = figure.add_axes((0.732, 0.29, 0.26, 0.6))
        self._landscape = draw_landscape(side, LIMITS, palette)
        draw_title(add_panel(figure, _SIDE, 890 - _SIDE), 0, "From the side", palette)
        rate_axes = figure.add_axes((0.52, 0.105, 0.46, 0.07))
        self._rate = draw_rate_axis(rate_axes, *RATES, palette)
        self.artists = [
            *(self._title, *self._map.artists, *self._landscape.artists, *self._fit.artists),
            *(*self._rate.artists, self._off_the_map.text),
        ]

    def update(self, model: DescentModel) -> None:
        """Show ``model``."""
        surface, names = model.surface_name, model.surface.model.parameters
        self._title.set_text(model.title)
        self._map.set_surface(losses_on_grid(surface, MAP_GRID), names)
        self._map.set_lowest(lowest_places(surface))
        self._map.set_path(model.path, model.gradient)
        self._map.set_next(model.next_step)
        self._map.name_places(model.steps == 0)
        self._off_the_map.update(self._map.edge)
        self._landscape.set_surface(losses_on_grid(surface, LANDSCAPE_GRID), names, model.turn)
        self._landscape.set_path(model.path, model.losses)
        self._fit.update(model.surface, model.path[-1])
        self._rate.update(model.rate, model.limit, model.rate_words)

    @property
    def handles(self) -> list[Handle]:
        """The start, the knob of the rate and the landscape, to drag; the map to click."""
        rate = self._rate.ax
        side = self._landscape.ax
        box = np.transpose([side.get_xlim(), side.get_ylim()])
        return [
            Handle("start", self._map.ax, self._map.start, reach=12),
            Handle("rate", rate, self._rate.knob, cursor="ew-resize", reach=14),
            Handle("landscape", side, box, cursor="ew-resize", filled=True, reach=0),
            whole_of("map", self._map.ax, "crosshair"),
            whole_of("axis", rate, "pointer"),
        ]
