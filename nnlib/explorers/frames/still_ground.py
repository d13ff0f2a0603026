"""What stands still below all that moves is drawn once, and kept as a picture with the background.

While a learning rate is dragged the map below its path stays as it is, and so does a landscape of
576 faces: to put down their picture again takes a fraction of a millisecond.
"""

from collections.abc import Callable, Sequence
from itertools import groupby, takewhile
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.transforms import BboxBase

# Whatever is set on these makes them `stale`, until they are drawn.
_TELLING = (AxesImage, Collection, Line2D, Patch)


class StillGround:
    """The background, and on it in each of the axes the lowest artists that stand as they stood.

    Parameters
    ----------
    figure : Figure
        What is drawn.

    Attributes
    ----------
    drawn_on : object
        The background of the frame before, if that came to its end. Only on the same one artists
        can stand as they stood.
    """

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self.drawn_on: Any = None
        self._below: list[Artist] = []  # those in the picture that is kept
        self._pixels: Any = None

    def put_down(
        self,
        renderer: RendererAgg,
        background: Any,
        artists: Sequence[Artist],
        draw: Callable[[Artist], None],
    ) -> Sequence[Artist]:
        """Draw the background and what stands still on it; return the artists above that.

        Parameters
        ----------
        renderer : RendererAgg
            What draws them.
        background : Any
            What it has copied of the figure without these artists.
        artists : sequence of Artist
            Those that are seen, in Matplotlib's order: axes by axes, in each the lowest first.
        draw : callable
            Draws one of them.
        """
        still, others = _divided(artists) if background is self.drawn_on else ([], artists)
        self.drawn_on = None
        if still and still == self._below:
            renderer.restore_region(self._pixels)
        else:
            renderer.restore_region(background)
            for artist in still:
                draw(artist)
            self._below = still
            self._pixels = renderer.copy_from_bbox(self._figure.bbox) if still else None
        return others


def _divided(artists: Sequence[Artist]) -> tuple[list[Artist], list[Artist]]:
    """Return the artists that stand still below the others of their axes, and those others."""
    still: list[Artist] = []
    others: list[Artist] = []
    moving: list[BboxBase] = []  # where something moves, that axes above it must not go below
    for axes, group in groupby(artists, lambda artist: artist.axes):
        all_of_it = list(group)
        lies_free = isinstance(axes, Axes) and not any(map(axes.bbox.overlaps, moving))
        stand = list(takewhile(_stands, all_of_it)) if lies_free else []
        still += stand
        others += all_of_it[len(stand) :]
        if isinstance(axes, Axes) and len(stand) < len(all_of_it):
            moving.append(axes.bbox)
    return still, others


def _stands(artist: Artist) -> bool:
    return isinstance(artist, _TELLING) and not artist.stale
