"""Frames shown by ipywidgets' own image, where the page cannot load the script of `LiveFigure`."""

import html
import math
import time
from collections.abc import Sequence

import ipywidgets as widgets

from nnlib.explorers.engine.pointer import Handle

FRAME_SECONDS = 0.1  # this page acknowledges nothing, and must not be sent more than it can paint
_TEXT = "margin: 6px 4px 0; font-size: 14px; line-height: 1.45; white-space: pre-wrap"


class UnansweredDelivery:
    """What is known of a page that never answers; see `nnlib.explorers.engine.delivery.Delivery`.

    Attributes
    ----------
    sent_at : float
        When the newest frame was sent, as of `time.perf_counter`.
    hidden_at : float
        Minus infinity: such a page never says that it is hidden.
    is_slow, can_take_more : bool
        It is taken for fast.
    """

    hidden_at = -math.inf
    is_slow, can_take_more = False, True

    def __init__(self) -> None:
        self.sent_at = -math.inf

    @property
    def waiting(self) -> bool:
        """Whether the newest frame was sent so lately that the page may still be busy with it."""
        return time.perf_counter() - self.sent_at < FRAME_SECONDS

    @property
    def seen_at(self) -> float:
        """The present time: nobody can tell, so it counts as seen."""
        return time.perf_counter()


class PlainFigure(widgets.VBox):
    """A picture with its equation and its summary in words below.

    It has no canvas: nothing is pointed at, the picture has no alternative text of its own, and
    nobody can tell whether it is on screen. Picture and words are messages of their own: the words
    may follow a moment later.
    """

    def __init__(self) -> None:
        self.frame, self.equation, self.summary = b"", "", ""
        self.serial, self.settled = 0, True
        self.delivery = UnansweredDelivery()
        layout = widgets.Layout(width="900px", max_width="100%")
        self._image = widgets.Image(layout=layout)
        self._words = widgets.HTML(layout=layout)
        super().__init__([self._image, self._words])

    def show(
        self,
        frame: bytes,
        *,
        equation: str,
        summary: str,
        settled: bool,
        dark: bool = False,
        handles: Sequence[Handle] = (),
    ) -> None:
        """Send one frame; ``settled`` says that it is the last until something moves again."""
        self.frame, self.equation, self.summary, self.settled = frame, equation, summary, settled
        self.serial += 1
        self.delivery.sent_at = time.perf_counter()
        with self._image.hold_sync():
            self._image.format = "png" if settled else "jpeg"
            self._image.value = frame
        self._words.value = "".join(
            f'<p style="{_TEXT}">{html.escape(words)}</p>' for words in (equation, summary) if words
        )

    def rest(self) -> None:
        """Say that the frame shown last stays."""
        self.settled = True

    def ask(self) -> None:
        """Do nothing: the page of a plain image never says when it paints."""
