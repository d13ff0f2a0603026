"""Text set from pieces that were rasterised before, as a printer sets a line from metal type.

Matplotlib lays out and rasterises every letter of a text whenever it is drawn. A `Typesetter` does
so once for each text; and a new number costs it little, because its digits are pieces that have
been seen. The pixels are the same, or a few levels of 255 off: where letters' soft edges overlap,
and where Matplotlib puts a letter on either of two neighbouring 64ths of a pixel.
"""

import math
import re
from functools import lru_cache
from itertools import accumulate, pairwise

import matplotlib
import numpy as np
from cachetools import LRUCache
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray

PICTURES_KEPT = 24_000_000  # bytes; a line of text takes 10 to 50 kilobytes
SIZES_KEPT = 1000
MARGIN = 8  # pixels around a measured text, for letters that reach beyond it; an even number

# Digits are set one by one, all else as it stands: letters may join, as f and i do.
PIECE = re.compile("[0-9.,+−]|[^0-9.,+−]+")
# Older ones move a text as a whole to the nearest pixel: it cannot be put together from pieces.
GLYPHS_STAND_ALONE = matplotlib.__version_info__ >= (3, 11)

Colour = tuple[float, float, float, float]
Size = tuple[float, float, float]  # width, height, and how much of the height is below the line
Picture = tuple[int, int, NDArray[np.uint8]]  # left and bottom edge from the text's place, pixels


def memory(most: int = PICTURES_KEPT) -> LRUCache:
    """Return a memory for pictures, up to so many bytes: the ones used last are kept."""
    return LRUCache(most, getsizeof=lambda picture: picture[2].nbytes)


class Typesetter:
    """Sets texts in one font at one resolution.

    Parameters
    ----------
    font : FontProperties
        Must not change any more.
    dpi : float
        Pixels to an inch.
    pictures : LRUCache
        A `memory`, which several typesetters may share.
    """

    def __init__(self, font: FontProperties, dpi: float, pictures: LRUCache) -> None:
        self._font = font
        self._dpi = dpi
        self._pictures = pictures
        self._sheet = RendererAgg(1, 1, dpi)
        self.measure = lru_cache(maxsize=SIZES_KEPT)(self._measure)
        self._size = lru_cache(maxsize=SIZES_KEPT)(self._measure_piece)
        self._kerning = lru_cache(maxsize=SIZES_KEPT)(self._measure_kerning)

    def set(self, text: str, x: float, y: float, color: Colour, antialiased: bool) -> Picture:
        """Return ``text`` drawn ``x`` pixels to the right of and ``y`` below its place."""
        key = (self, text, x, y, color, antialiased)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = self._set(text, x, y, color, antialiased)
        return picture

    def _measure(self, text: str) -> Size:
        """Return the size of a text, as Matplotlib's renderers tell it."""
        pieces = _pieces(text)
        sizes = [self._size(piece) for piece in pieces]
        descent = max(size[2] for size in sizes)
        ascent = max(size[1] - size[2] for size in sizes)
        return self._offsets(pieces)[-1] + sizes[-1][0], ascent + descent, descent

    def _offsets(self, pieces: list[str]) -> list[float]:
        """Return how far to the right of the first each piece begins."""
        steps = (
            self._size(one)[0] + self._kerning(one[-1], two[0]) for one, two in pairwise(pieces)
        )
        return list(accumulate(steps, initial=0.0))

    def _measure_piece(self, piece: str) -> Size:
        return self._sheet.get_text_width_height_descent(piece, self._font, ismath=False)

    def _measure_kerning(self, one: str, two: str) -> float:
        """Return how much further apart two letters stand than their own widths say."""
        return self._size(one + two)[0] - self._size(one)[0] - self._size(two)[0]

    def _set(self, text: str, x: float, y: float, color: Colour, antialiased: bool) -> Picture:
        """Put a text together from its pieces, or draw it if it is one."""
        pieces = _pieces(text)
        if len(pieces) == 1:
            return self._draw_piece(text, x, y, color, antialiased)
        places = [x + offset for offset in self._offsets(pieces)]
        pictures = [
            self.set(piece, place - even(place), y, color, antialiased)
            for piece, place in zip(pieces, places, strict=True)
        ]
        sheet, line = self._blank_sheet(text)
        for place, (left, bottom, pixels) in zip(places, pictures, strict=True):
            lowest = sheet.height - line + bottom
            sheet.draw_image(sheet.new_gc(), MARGIN + even(place) + left, lowest, pixels)
        return _cut_out(sheet, line)

    def _draw_piece(
        self, piece: str, x: float, y: float, color: Colour, antialiased: bool
    ) -> Picture:
        sheet, line = self._blank_sheet(piece)
        gc = sheet.new_gc()
        gc.set_foreground(color, isRGBA=True)
        gc.set_antialiased(antialiased)
        sheet.draw_text(gc, MARGIN + x, line + y, piece, self._font, 0.0)
        return _cut_out(sheet, line)

    def _blank_sheet(self, text: str) -> tuple[RendererAgg, int]:
        """Return a sheet with room for ``text``, and how far from its top the baseline is."""
        width, height, descent = (math.ceil(side) for side in self.measure(text))
        line = even(max(height - descent, 0)) + MARGIN  # a minus sign's descent is negative
        columns, rows = width + 2 * MARGIN, line + max(descent, 0) + MARGIN
        if self._sheet.width < columns or self._sheet.height < rows:  # a new one is slow to make
            columns, rows = max(self._sheet.width, columns), max(self._sheet.height, rows)
            self._sheet = RendererAgg(columns, rows, self._dpi)
        self._sheet.clear()
        return self._sheet, line


def even(place: float) -> int:
    """Return the even number below: Python, and so Matplotlib, rounds halves to even numbers."""
    return 2 * math.floor(place / 2)


def _pieces(text: str) -> list[str]:
    return PIECE.findall(text) if GLYPHS_STAND_ALONE else [text]


def _cut_out(sheet: RendererAgg, line: int) -> Picture:
    """Return the part of a sheet that is drawn on, the lowest row first."""
    pixels = np.asarray(sheet.buffer_rgba())
    drawn = pixels[..., 3] > 0
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not rows.size:  # a space leaves nothing behind
        return 0, 0, np.zeros((1, 1, 4), np.uint8)
    part = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1][::-1].copy()
    return int(columns[0]) - MARGIN, line - int(rows[-1]) - 1, part
