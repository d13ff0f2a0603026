"""The place of an explorer's figure: a `LiveFigure`, or a `PlainFigure` where that cannot load.

A page that shows a `LiveFigure` says so at once. Where none has in this kernel (the front end knows
ipywidgets, but not anywidget) plain images take its place, and give it back when one speaks after
all. The environment variable ``NNLIB_FIGURE`` may settle it: ``live`` or ``plain``.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from nnlib.explorers.engine.live_figure import LiveFigure, a_page_has_spoken
from nnlib.explorers.engine.plain_figure import PlainFigure
from nnlib.widgets.event_loop import HomeLoop
from nnlib.widgets.lifetime import close_owned

SILENCE_SECONDS = 3.0  # a page that has shown a LiveFigure for so long has said so
LOOKS = 6  # in that time: what is said while a cell computes is heard after it


class FigureBox(widgets.VBox):
    """Shows one of two figures.

    Parameters
    ----------
    make_live : callable
        Makes the `LiveFigure`. It is not called where plain images are asked for.
    home : HomeLoop
        Where figures are exchanged.
    request : callable
        Asks for a frame: another figure begins without one.
    """

    def __init__(
        self, make_live: Callable[[], LiveFigure], home: HomeLoop, request: Callable[[], None]
    ) -> None:
        choice = os.environ.get("NNLIB_FIGURE")
        self._home = home
        self._request = request
        self._silence: asyncio.TimerHandle | None = None
        self._may_change = choice not in ("live", "plain")
        self._live = None if choice == "plain" else make_live()
        self._plain = PlainFigure() if self._live is None else None
        super().__init__([self.figure], layout=widgets.Layout(overflow="visible"))
        if self._live is not None:
            self._live.observe(self._page_spoke, names="heard")

    @property
    def figure(self) -> LiveFigure | PlainFigure:
        """What shows the frames now."""
        figure = self._plain or self._live
        assert figure is not None
        return figure

    def expect_page(self) -> None:
        """Begin to wait for the page: the explorer is being displayed."""
        if self._may_change and self._silence is None and self._home.running:
            self._listen(LOOKS)
        self.come_into_view("run")

    def come_into_view(self, what: str) -> None:
        """Have the page bring the explorer into view, where it can; see `ComesIntoView`."""
        if self._live is not None:
            self._live.come_into_view(what)

    def close(self) -> None:
        """Close both figures, and stop waiting."""
        if self._silence is not None:
            self._silence.cancel()
        self._may_change = False
        for figure in (self._live, self._plain):
            if figure is not None:
                close_owned(figure)
                figure.close()
        super().close()

    def _listen(self, looks: int) -> None:
        """Look so many times whether a page has spoken, then take it for silent."""
        if not self._may_change or a_page_has_spoken():
            return
        if looks:
            self._silence = self._home.call_later(
                SILENCE_SECONDS / LOOKS, lambda: self._listen(looks - 1)
            )
        else:
            self._plain = PlainFigure()
            self._exchange()

    def _page_spoke(self, _change: Any) -> None:
        self._home.run_on_loop(self._go_live)

    def _go_live(self) -> None:
        if self._may_change and self._plain is not None:
            plain, self._plain = self._plain, None
            self._exchange()
            close_owned(plain)
            plain.close()

    def _exchange(self) -> None:
        self.children = (self.figure,)
        self._request()
