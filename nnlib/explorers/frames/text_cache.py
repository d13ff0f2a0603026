"""An Agg canvas that does not draw the same words anew for every frame.

Most of the time of a frame is Matplotlib laying out and rasterising words again that stood in the
last frame too. Here each text is set once, by a `Typesetter`, and then put in place as a picture.
All figures share these pictures: a second explorer, or a view that is made anew, has its words
already.
"""

from functools import lru_cache
from typing import Any

import matplotlib
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform

from nnlib.explorers.frames.far_out import is_far, within_reach
from nnlib.explorers.frames.standing_type import Press
from nnlib.explorers.frames.typesetting import Size, Typesetter, even, memory

FONTS_KEPT = 60  # an explorer has about ten, at each of two resolutions
RESOLUTIONS_KEPT = 2  # one for pictures that move, one for those at rest
# What a letter's pixels depend on beside its font, size and resolution.
SETTINGS: tuple[Any, ...] = (
    "font.sans-serif",
    "text.hinting",
    "text.hinting_factor",
    "text.kerning_factor",
)

_pictures = memory()


@lru_cache(maxsize=FONTS_KEPT)
def _typesetter(font: FontProperties, dpi: float, settings: tuple[str, ...]) -> Typesetter:
    return Typesetter(font, dpi, _pictures)


class CachedTextRenderer(Press):
    """Draws like Matplotlib's Agg renderer, and remembers the texts that it has drawn."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__(width, height, dpi)
        self._dpi = dpi
        self.look_at_settings()

    def look_at_settings(self) -> None:
        """Take over how Matplotlib draws letters now; too slow to be asked for each text."""
        self.setting = tuple(str(matplotlib.rcParams[name]) for name in SETTINGS)

    def _typesetter(self, font: FontProperties) -> Typesetter:
        # A copy of the font: its owner may change it, and what is remembered must not change.
        return _typesetter(font.copy(), self._dpi, self.setting)

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Size:
        """Return a text's size in pixels; mathematics is measured as always."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        return self._typesetter(prop).measure(s)

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,
    ) -> None:
        """Draw a path, as far as it can be seen."""
        near, to_pixels = within_reach(path, transform, filled=rgbFace is not None)
        super().draw_path(gc, near, to_pixels, rgbFace)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        """Draw horizontal text from memory; mathematics and turned text as always."""
        if is_far(x, y):
            return
        if ismath or angle:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        typesetter = self._typesetter(prop)
        place, line = even(x), even(y)
        left, bottom, pixels = typesetter.set(
            s, x - place, y - line, gc.get_rgb(), bool(gc.get_antialiased())
        )
        clipped = self.new_gc()
        clipped.set_clip_rectangle(gc.get_clip_rectangle())
        self.print(self.draw_image, clipped, place + left, self.height - line + bottom, pixels)


class CachedTextCanvas(FigureCanvasAgg):
    """An Agg canvas whose renderers remember their texts: one for each of the last resolutions."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure)
        self._renderers: dict[tuple[float, ...], CachedTextRenderer] = {}

    def get_renderer(self) -> CachedTextRenderer:
        """Return the renderer for the figure's present size and resolution."""
        key = (*self.get_width_height(physical=True), self.figure.dpi)
        if key not in self._renderers:
            if len(self._renderers) >= RESOLUTIONS_KEPT:
                self._renderers.clear()
            self._renderers[key] = CachedTextRenderer(*key)
        self.renderer = self._renderers[key]  # where FigureCanvasAgg looks for it
        self.renderer.look_at_settings()
        return self.renderer
