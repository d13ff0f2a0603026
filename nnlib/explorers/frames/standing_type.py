"""Texts that stand as they stood in the last frame are not laid out again.

Most words of an explorer stay where they are while a slider moves, yet to lay them out is what
costs most in a frame. A printer keeps the type of a page that is to be printed again: here the
pictures of each text are kept, and put down once more.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform

Print = Callable[[], None]  # puts one picture, or the box behind it, down once more


class Press(RendererAgg):
    """An Agg renderer that can tell what it drew."""

    setting: tuple[object, ...] = ()  # all that the pixels of a text depend on beside the text
    _prints: list[Print] | None = None  # where it is to be told what was drawn

    def drawn_by(self, draw: Callable[[], None]) -> list[Print] | None:
        """Call ``draw``; return what draws the same again, or None where that is not known."""
        self._prints = []
        try:
            draw()
            return self._prints
        finally:
            self._prints = None

    def print(self, draw: Callable[..., None], gc: GraphicsContextBase, *what: Any) -> None:
        """Draw something, and remember how, if that is asked for."""
        draw(gc, *what)
        if self._prints is not None:
            kept = self.new_gc()
            kept.copy_properties(gc)
            self._prints.append(lambda: draw(kept, *what))

    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None
    ) -> None:
        """Draw a path."""
        self.print(super().draw_path, gc, path, transform.frozen(), rgbFace)

    def draw_text(self, *args: Any, **options: Any) -> None:
        """Draw a text in a way that is not remembered."""
        self._prints = None
        super().draw_text(*args, **options)


class StandingType:
    """Draws texts, and remembers how each of them was drawn last."""

    def __init__(self) -> None:
        self._standing: dict[Text, _Standing] = {}

    def draw(self, text: Text, press: Press) -> None:
        """Draw ``text``: anew if anything about it is another than in the last frame."""
        if not text.get_visible():
            return
        where = (
            press,
            press.setting,
            *text.get_transform().transform(text.get_unitless_position()),
        )
        known = self._standing.get(text)
        look = known.look if known and not text.stale else _look(text)
        if known is None or known.prints is None or (known.where, known.look) != (where, look):
            self._standing[text] = _Standing(where, look, press.drawn_by(lambda: text.draw(press)))
            return
        for put_down in known.prints:
            put_down()
        text.stale = False


class _Standing(NamedTuple):
    where: tuple[object, ...]
    look: tuple[object, ...]
    prints: list[Print] | None


def _look(text: Text) -> tuple[object, ...]:
    """Return all that is seen of a text, but its place."""
    box = text.get_bbox_patch()
    clip = text.get_clip_box() if text.get_clip_on() else None
    return (
        *(text.get_text(), text.get_color(), text.get_alpha(), text.get_rotation()),
        *(text.get_fontsize(), text.get_fontweight(), text.get_fontstyle(), *text.get_fontfamily()),
        *(text.get_horizontalalignment(), text.get_verticalalignment(), clip and clip.bounds),
        box and (box.get_visible(), box.get_facecolor(), box.get_edgecolor(), box.get_linewidth()),
    )
