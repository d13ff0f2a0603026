"""A slider that stops only at the epochs whose parameters are kept."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import traitlets

from nnlib.explorers.controls.number_box import written
from nnlib.explorers.controls.parameters import Parameter


class EpochSlider(widgets.IntSlider):
    """A slider over epochs; between two stops it goes to the nearer one."""

    def __init__(self, **traits: Any) -> None:
        self._stops: Sequence[int] = (0,)
        super().__init__(min=0, max=1, **traits)

    value: int

    def set_stops(self, stops: Sequence[int]) -> None:
        """Let the slider reach these epochs, in order, and no others."""
        if list(stops) != list(self._stops):
            self._stops = stops
            self.max = max(int(stops[-1]), 1)  # a slider of no length could not be drawn
            self.value = nearest(stops, self.value)

    @traitlets.validate("value")
    def _validate_value(self, proposal: Any) -> int:
        """Return the nearest stop; ipywidgets tells the page if that is not where it was put."""
        return nearest(self._stops, proposal["value"])


class KeptEpoch(Parameter):
    """One of the explorer's ``kept_epochs``: any other epoch becomes the nearest of them."""

    def __init__(self, *, label: str) -> None:
        super().__init__(0, label=label)

    def validate(self, obj: Any, value: Any) -> int:
        """Return the nearest kept epoch; refuse what is no whole number from 0."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
            self.refuse(value, "a whole number, 0 or more")
        return nearest(obj.kept_epochs, round(min(value, 1e9)))

    def make_control(self) -> widgets.Widget:
        """Return a slider; `prepare` gives it its stops."""
        return self._slider(EpochSlider)

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """Let the slider stop where there is something to see."""
        control.set_stops(explorer.kept_epochs)

    def written(self, value: int) -> str:
        """Return the epoch."""
        return written(value)


class ForkEpoch(Parameter):
    """The epoch at which a second run leaves the first, or None. It has no control of its own."""

    def __init__(self) -> None:
        super().__init__(None, label="forked at", allow_none=True)

    def validate(self, obj: Any, value: Any) -> int | None:
        """Return the nearest epoch that the first run keeps; refuse what is no whole number."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
            self.refuse(value, "None, or an epoch: a whole number, 0 or more")
        return nearest(obj.run.trainer.history.snapshot_epochs.tolist(), round(min(value, 1e9)))


def nearest(stops: Sequence[int], epoch: int) -> int:
    """Return the stop that is nearest to ``epoch``, the earlier of two.

    Examples
    --------
    >>> nearest([0, 2, 4], 3), nearest([0, 2, 4], 9)
    (2, 4)
    """
    return min(stops, key=lambda stop: (abs(stop - epoch), stop))
