"""What `OptimizersExplorer` shows: a map with five paths, the curves of their losses, a list."""

from matplotlib.figure import Figure

from nnlib.explorers.descent.ground import MAP_GRID, losses_on_grid, lowest_places
from nnlib.explorers.descent.optimizers_model import OptimizersModel
from nnlib.explorers.descent.path import MOST_STEPS, OPTIMIZERS
from nnlib.explorers.descent.run_list import RunList
from nnlib.explorers.descent.surfaces import LIMITS
from nnlib.explorers.descent.view import RATES
from nnlib.explorers.engine.pointer import Handle, whole_of
from nnlib.plots.curves.limit_marks import LimitMarks
from nnlib.plots.curves.losses_by_step import draw_losses_by_step
from nnlib.plots.curves.rate_axis import draw_rate_axis
from nnlib.plots.maps.compared_runs import ComparedRuns
from nnlib.plots.maps.loss_map import draw_loss_map
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_title

_LEFT, _RIGHT = 442.0, 893.0  # pixels: where what stands beside the map begins and ends
_DOT = 2.6  # the size of a step's dot, in points: no larger, or it hides the other paths
_LIST = 161.0  # pixels from the bottom to the middle of the list's first row


class OptimizersView:
    """The map at the left; at the right the curves, the list, and the rate's axis."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        map_axes = figure.add_axes((46 / 900, 72 / 400, 368 / 900, 276 / 400))
        self._title = draw_plot_title(map_axes, palette=palette)
        self._map = draw_loss_map(map_axes, LIMITS, palette)
        self._paths = ComparedRuns(map_axes, palette, _DOT)
        panel = add_panel(figure, _LEFT, _RIGHT - _LEFT)
        self._losses_title = draw_title(panel, 0, "", palette)
        curve_axes = figure.add_axes((486 / 900, 206 / 400, 398 / 900, 134 / 400))
        self._curves = draw_losses_by_step(curve_axes, MOST_STEPS, palette)
        self._list = RunList(panel, _LIST, palette)
        rate_axes = figure.add_axes((452 / 900, 38 / 400, 430 / 900, 26 / 400))
        self._rate = draw_rate_axis(rate_axes, *RATES, palette)
        self._limits = LimitMarks(rate_axes, palette)
        self.artists = [
            *(self._title, self._losses_title, *self._map.artists, *self._paths.artists),
            *(*self._curves.artists, *self._list.artists, *self._rate.artists),
            *self._limits.artists,
        ]

    def update(self, model: OptimizersModel) -> None:
        """Show ``model``."""
        walks = list(model.walks.values())
        chosen = list(OPTIMIZERS).index(model.in_front)
        self._title.set_text(model.map_title)
        self._losses_title.set_text(model.losses_title)
        names = model.surface.model.parameters
        self._map.set_surface(losses_on_grid(model.surface_name, MAP_GRID), names)
        self._map.set_lowest(lowest_places(model.surface_name))
        self._map.set_start(model.walk.path[0])
        self._map.set_next(model.walk.next_step)
        self._map.name_places(model.steps == 0)
        # A run that has left the map has its mark at the edge.
        ways = [self._map.way_on_map(walk.path) for walk in walks]
        self._paths.update(ways, [walk.step > 0 for walk in walks], chosen)
        goes_on = [not walk.ran_away for walk in walks]
        self._curves.update([walk.losses for walk in walks], goes_on, chosen, model.span)
        self._list.update(model)
        self._rate.update(model.rate, model.walk.limit, model.walk.named_rate_words)
        self._limits.update([walk.limit for walk in walks], chosen)

    @property
    def handles(self) -> list[Handle]:
        """The start and the knob of the rate, to drag; map, axis and names to click."""
        return [
            Handle("start", self._map.ax, self._map.start, reach=12),
            Handle("rate", self._rate.ax, self._rate.knob, cursor="ew-resize", reach=14),
            whole_of("map", self._map.ax, "crosshair"),
            whole_of("axis", self._rate.ax, "pointer"),
            *self._list.handles,
        ]
