"""How `HingesExplorer` is drawn: the answer on the target, and what each unit adds."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnlib.explorers.activations.hinges_dots import HEIGHT, REACH, WIDTH, HingeDots
from nnlib.explorers.activations.hinges_model import TARGETS, X_END, HingesModel, X
from nnlib.explorers.activations.hinges_rows import HingeRows
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.axes import name_axes, style_axes
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import TEXT_POINTS, TITLE_HEIGHT, add_panel, draw_plot_title

# In CSS pixels from the lower left of the figure.
BOTTOM = 54.0  # of both plots
PLANE_LEFT = 60.0
ROWS_LEFT, ROWS_WIDTH = 612.0, 222.0
KEY = 344.0  # the line of words between the titles and the plots
TICK_POINTS = 11.0
TITLE_PAD = (TITLE_HEIGHT - BOTTOM - HEIGHT) * 0.72


class HingesView:
    """Two panels: the network's answer on the target, and what each unit adds to it, in rows."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._palette = palette
        self._draw_answer(figure)
        self._draw_rows(figure)
        self._draw_key(figure)
        self.artists = [
            *(self._target, self._answer, *self._dots.artists, *self._rows.artists),
            *(self._title, self._network, self._scale),
        ]

    def _draw_answer(self, figure: Figure) -> None:
        palette = self._palette
        ax = self._plane = _add_plot(figure, PLANE_LEFT, WIDTH)
        self._title = draw_plot_title(ax, palette=palette, pad=TITLE_PAD)
        ax.set(xlim=(0, X_END), ylim=(-REACH, REACH), yticks=range(-3, 4))
        name_axes(ax, "x", "y", palette, upright=True)
        style_axes(ax, palette, grid="both", size=TICK_POINTS)
        ax.tick_params(axis="y", pad=11)  # beside a dot at x = 0
        (self._target,) = ax.plot([], [], **self._look_of_target)
        (self._answer,) = ax.plot([], [], **self._look_of_answer)
        self._dots = HingeDots(ax, palette)

    def _draw_rows(self, figure: Figure) -> None:
        ax = _add_plot(figure, ROWS_LEFT, ROWS_WIDTH)
        draw_plot_title(ax, "What each unit adds", self._palette, pad=TITLE_PAD)
        ax.set(xlim=(0, X_END), xticks=range(7))
        name_axes(ax, "x", "", self._palette)
        style_axes(ax, self._palette, grid="x", size=TICK_POINTS)
        self._rows = HingeRows(ax, self._palette)

    def _draw_key(self, figure: Figure) -> None:
        """Say which line is which, and how far the rows go, where no line ever is."""
        palette = self._palette
        panel = add_panel(figure, 0.0, 900.0)
        style: dict[str, Any] = {"fontsize": TEXT_POINTS, "va": "center_baseline"}
        left, next_left = PLANE_LEFT, PLANE_LEFT + 120
        panel.plot([left, left + 30], [KEY, KEY], **self._look_of_target)
        panel.text(left + 38, KEY, "target y", color=palette.grey, **style)
        panel.plot([next_left, next_left + 30], [KEY, KEY], **self._look_of_answer)
        self._network = panel.text(next_left + 38, KEY, "", color=palette.ink, **style)
        self._scale = panel.text(ROWS_LEFT, KEY, "", color=palette.grey, **style)
        panel.text(894, KEY, "at x = 6", color=palette.grey, ha="right", **style)

    @property
    def _look_of_target(self) -> dict[str, Any]:
        return {"color": self._palette.grey, "linewidth": 2, "dashes": (5, 2)}

    @property
    def _look_of_answer(self) -> dict[str, Any]:
        return {"color": self._palette.ink, "linewidth": 2.4}

    def update(self, model: HingesModel) -> None:
        """Show ``model``."""
        self._title.set_text(f"Drag the dots: mean squared error {model.loss_text}")
        self._target.set_data(X, TARGETS[model.target](X))
        self._answer.set_data(*model.knots)
        self._dots.update(model)
        beyond = model.beyond(REACH)
        self._network.set_text(f"network ŷ, {beyond}" if beyond else "network ŷ")
        self._rows.update(model)
        self._scale.set_text(self._rows.scale)

    @property
    def handles(self) -> list[Handle]:
        """The dots, to drag sideways."""
        return [
            Handle(f"p{unit}", self._plane, place, cursor="ew-resize", reach=14)
            for unit, place in self._dots.places.items()
        ]


def _add_plot(figure: Figure, left: float, width: float) -> Axes:
    """Add axes of the plots' common height, measured in CSS pixels."""
    across, up = figure.get_size_inches() * 100
    return figure.add_axes((left / across, BOTTOM / up, width / across, HEIGHT / up))
