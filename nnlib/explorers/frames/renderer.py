"""From a figure to the bytes of a picture: redraw only what changed, then encode.

Drawing axes, ticks and labels takes most of the time of a Matplotlib figure. They rarely change,
so they are drawn once and kept as a background; each frame restores it and draws the few artists
that move on top ("blitting"; Matplotlib documentation, *Faster rendering by using blitting*).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from nnlib.explorers.frames.few_colours import in_256_colours
from nnlib.explorers.frames.matplotlib_defaults import matplotlib_defaults
from nnlib.explorers.frames.standing_type import StandingType
from nnlib.explorers.frames.still_ground import StillGround
from nnlib.explorers.frames.still_picture import with_words
from nnlib.explorers.frames.text_cache import CachedTextCanvas, CachedTextRenderer
from nnlib.plots.palette import Palette

FIGURE_INCHES = (9.0, 4.0)
DPI = 100.0  # so that one CSS pixel is 1/100 inch: 900 × 400

# How a picture is packed while something moves. To optimize takes a millisecond or two.
_GOOD = {"quality": 85, "subsampling": 0}
_FEW_BYTES = {"quality": 30, "subsampling": 2, "optimize": True}


class FrameRenderer:
    """Draws one figure again and again, quickly.

    Parameters
    ----------
    figure : Figure
        The figure. It gets an Agg canvas; pyplot is not involved.
    artists : sequence of Artist
        All that may change from frame to frame. The rest is drawn only when axis limits change.
    """

    def __init__(self, figure: Figure, artists: Sequence[Artist]) -> None:
        self.figure = figure
        self._canvas = CachedTextCanvas(figure)
        self._artists = list(artists)
        for artist in self._artists:
            artist.set_animated(True)
        self._standing = StandingType()
        self._ground = StillGround(figure)
        self._backgrounds: dict[float, tuple[Any, Any]] = {}  # dpi → (axis limits, pixels)

    def jpeg(self, small: bool = False) -> bytes:
        """Return the picture quickly, for while it moves; ``small`` has a third of the bytes."""
        return _encode(self._draw(DPI), "JPEG", **(_FEW_BYTES if small else _GOOD))

    def png(self, pixel_ratio: float = 1.0, small: bool = False) -> bytes:
        """Return the picture at the screen's resolution, for when it rests.

        It is without loss, or ``small``: in 256 colours.
        """
        picture = self._draw(DPI * pixel_ratio).convert("RGB")
        return _small(picture) if small else _encode(picture, "PNG")

    def still_png(self, palette: Palette) -> bytes:
        """Return the picture for a notebook, small; above it stands that it is a still one."""
        return _small(with_words(self._draw(DPI).convert("RGB"), palette))

    def _draw(self, dpi: float) -> Image.Image:
        self.figure.set_dpi(dpi)
        limits = [axes.viewLim.frozen().bounds for axes in self.figure.axes]
        known, background = self._backgrounds.get(dpi, (None, None))
        if known != limits:
            with matplotlib_defaults(), _unseen(self._artists):  # ticks are made when first drawn
                self._canvas.draw()
            background = self._canvas.copy_from_bbox(self.figure.bbox)
            self._backgrounds[dpi] = (limits, background)
        renderer = self._canvas.get_renderer()
        draw = partial(self._draw_artist, renderer)
        for artist in self._ground.put_down(renderer, background, self._seen_in_order(), draw):
            draw(artist)
        self._ground.drawn_on = background
        pixels = self._canvas.buffer_rgba()
        size = (pixels.shape[1], pixels.shape[0])
        # The figure is opaque: seen as RGB with a byte to skip, a JPEG needs no conversion.
        return Image.frombuffer("RGBX", size, pixels, "raw", "RGBX", 0, 1)

    def _seen_in_order(self) -> list[Artist]:
        """Return the artists that are seen, as Matplotlib draws them: axes by axes, by z-order."""
        place: dict[Any, int] = {axes: k for k, axes in enumerate(self.figure.axes)}
        seen = [artist for artist in self._artists if artist.get_visible()]
        return sorted(seen, key=lambda it: (place.get(it.axes, len(place)), it.get_zorder()))

    def _draw_artist(self, renderer: CachedTextRenderer, artist: Artist) -> None:
        if type(artist) is Text and not artist.get_path_effects():
            self._standing.draw(artist, renderer)
        else:
            artist.draw(renderer)


@contextmanager
def _unseen(artists: Sequence[Artist]) -> Iterator[None]:
    """Hide artists: an axis draws its name into the background, animated or not."""
    seen = [artist for artist in artists if artist.get_visible()]
    for artist in seen:
        artist.set_visible(False)
    try:
        yield
    finally:
        for artist in seen:
            artist.set_visible(True)


def _small(picture: Image.Image) -> bytes:
    return _encode(in_256_colours(picture), "PNG", optimize=True)


def _encode(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
