"""The list of the optimisers: how each is drawn, its loss, and which is the lowest."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from nnlib._typing import Array
from nnlib.explorers.descent.optimizers_model import OptimizersModel
from nnlib.explorers.descent.path import OPTIMIZERS
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.maps.compared_runs import ComparedRuns
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import TEXT_POINTS

HEIGHT = 23.0  # pixels of a button
_PITCH = 27.0  # pixels from one row to the next
_COLUMNS = ((2.0, 249.0), (257.0, 188.0))  # the left edges and the widths, in pixels
_IN_A_COLUMN = 3
_SAMPLE = (7.0, 22.0)  # the piece of path before a name, in pixels from its button's left edge
_NAME, _MARGIN = 36.0, 7.0  # pixels to the name, and from the loss to the right edge


class RunButton:
    """An optimiser's name and its loss now, on a button that brings it to the front."""

    def __init__(self, panel: Axes, name: str, k: int, top: float, palette: Palette) -> None:
        self.panel, self._palette = panel, palette
        self.left, self._width = _COLUMNS[k // _IN_A_COLUMN]
        self.middle = top - _PITCH * (k % _IN_A_COLUMN)
        corner = (self.left + 4, self.middle - HEIGHT / 2 + 4)
        self.ground = FancyBboxPatch(
            corner, self._width - 8, HEIGHT - 8, boxstyle="round,pad=4,rounding_size=5", zorder=0
        )
        panel.add_patch(self.ground)
        style: dict[str, Any] = {"fontsize": TEXT_POINTS, "va": "center_baseline"}
        style |= {"color": palette.ink}
        self.name = panel.text(self.left + _NAME, self.middle, name, **style)
        right = self.left + self._width - _MARGIN
        self.loss = panel.text(right, self.middle, "", ha="right", **style)
        self.artists = [self.ground, self.name, self.loss]

    def update(self, loss: str, chosen: bool, lowest: bool) -> None:
        """Show the loss, the lowest in bold type; frame the button whose path is in front."""
        palette = self._palette
        self.ground.set_facecolor(palette.highlight if chosen else palette.background)
        self.ground.set_edgecolor(palette.ink if chosen else palette.guide)
        self.ground.set_linewidth(1.8 if chosen else 0.8)
        self.loss.set_text(loss)
        self.loss.set_fontweight("bold" if lowest else "normal")

    @property
    def sample(self) -> Array:
        """The ends of the piece of path before the name, (2, 2)."""
        return np.array([[self.left + x, self.middle] for x in _SAMPLE])

    @property
    def handle(self) -> Handle:
        """The button, to click on."""
        half = _PITCH / 2 - 0.5
        box = [(self.left, self.middle + half), (self.left + self._width, self.middle - half)]
        style: dict[str, Any] = {"draggable": False, "filled": True, "reach": 0.0}
        return Handle(self.name.get_text(), self.panel, box, "pointer", **style)


class RunList:
    """A button for each optimiser, in an order that stays; the first row's middle is at ``top``."""

    def __init__(self, panel: Axes, top: float, palette: Palette) -> None:
        self.buttons = {
            name: RunButton(panel, name, k, top, palette) for k, name in enumerate(OPTIMIZERS)
        }
        self.samples = ComparedRuns(panel, palette)
        self.artists = [
            *(artist for button in self.buttons.values() for artist in button.artists),
            *self.samples.artists,
        ]

    def update(self, model: OptimizersModel) -> None:
        """Show each optimiser's loss."""
        for name, button in self.buttons.items():
            loss = model.walks[name].loss_in_words
            button.update(loss, name == model.in_front, name in model.lowest)
        samples = [button.sample for button in self.buttons.values()]
        chosen = list(OPTIMIZERS).index(model.in_front)
        self.samples.update(samples, [True] * len(samples), chosen)

    @property
    def handles(self) -> list[Handle]:
        """The buttons."""
        return [button.handle for button in self.buttons.values()]
