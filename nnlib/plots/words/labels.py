"""Numbers on a drawing: short text in boxes of a fixed place and size, quick to redraw.

All boxes are one collection and each text is made once, so a new number costs one ``set_text``.
"""

from collections.abc import Hashable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.numbers import MINUS, scientific

UNKNOWN = "?"


def short(value: float, digits: int = 2) -> str:
    """Return about three digits of ``value``, at most six characters: 0.98, 12.3, 123, −10⁵.

    Numbers below 10 have ``digits`` decimals. NaN stands for what is not known yet.

    Examples
    --------
    >>> short(0.5), short(-12.345), short(1234.5), short(-123456.0), short(float("nan"))
    ('0.50', '−12.3', '1234', '−10⁵', '?')
    """
    if np.isnan(value):
        return UNKNOWN
    size = abs(value)
    if np.isinf(size):
        return "∞" if value > 0 else f"{MINUS}∞"
    if size >= 9999.5:
        return scientific(value)
    digits = digits if size < 9.995 else 1 if size < 99.95 else 0
    return _fixed(value, digits)


def short_signed(value: float, digits: int = 2) -> str:
    """Return `short` with the sign of all but a zero shown, as on a weight."""
    text = short(value, digits)
    zero = text == short(0.0, digits)
    return text if zero or text.startswith((MINUS, UNKNOWN)) else f"+{text}"


def short_gradient(value: float) -> str:
    """Return a gradient with its leading digits, however small: −0.0683, 0.390, 2·10⁻⁵, 0.

    Examples
    --------
    >>> short_gradient(-0.06834), short_gradient(0.39), short_gradient(2.34e-5), short_gradient(0)
    ('−0.0683', '0.390', '2·10⁻⁵', '0')
    """
    size = abs(value)
    if np.isnan(value) or size >= 0.9995:
        return short(value)
    if size == 0.0:
        return "0"
    if size < 0.00095:
        return scientific(value)
    return _fixed(value, 4 if size < 0.09995 else 3)


def from_to(before: float, after: float) -> str:
    """Return a number's move, with as few decimals as show two digits of it: two to four.

    Examples
    --------
    >>> from_to(2.0, 2.1), from_to(0.25, 0.237659), from_to(0.25, 0.248752)
    ('2.00 → 2.10', '0.250 → 0.238', '0.2500 → 0.2488')
    """
    if not max(abs(before), abs(after)) < 99.95:
        return f"{short(before)} → {short(after)}"
    decimals = next((n for n in (2, 3) if _shows(before, after, n)), 4)
    return f"{_fixed(before, decimals)} → {_fixed(after, decimals)}"


def _shows(before: float, after: float, decimals: int) -> bool:
    """Say whether so many decimals show both numbers exactly, or two digits of their difference."""
    unit = 10.0**-decimals
    if all(abs(value - round(value, decimals)) < 1e-9 for value in (before, after)):
        return True
    smallest = min((abs(value) for value in (before, after) if value), default=1.0)
    return abs(after - before) >= 10 * unit and smallest >= 5 * unit


def bracketed(text: str) -> str:
    """Return a number's text as it stands inside a product: a negative one in brackets."""
    return f"({text})" if text.startswith(MINUS) else text


def _fixed(value: float, digits: int) -> str:
    return f"{round(float(value), digits) + 0.0:.{digits}f}".replace("-", MINUS)


class LabelSet:
    """Texts in boxes that stay where they are while their words and colours change.

    Parameters
    ----------
    ax : Axes
        Where to draw, in data coordinates.
    places : mapping of key to Box
        One place for each label. A label is empty and invisible until it is set.
    fontsize : float
        In points.
    zorder : float
        Of the boxes; the texts stand at one more.
    """

    def __init__(
        self, ax: Axes, places: dict[Hashable, Box], fontsize: float = 9.5, zorder: float = 4
    ) -> None:
        self._order = {key: k for k, key in enumerate(places)}
        boxes = [
            FancyBboxPatch(
                (box.x - box.width / 2, box.y - box.height / 2),
                box.width,
                box.height,
                boxstyle="round,pad=0,rounding_size=5",
            )
            for box in places.values()
        ]
        self.boxes = PatchCollection(boxes, zorder=zorder)
        # An edge grows outwards only: within, the ground covers it, so that no digit touches it.
        self._grounds = PatchCollection(boxes, zorder=zorder + 0.5, linewidth=0)
        for collection in (self.boxes, self._grounds):
            ax.add_collection(collection, autolim=False)
        self.texts = {
            key: ax.text(box.x, box.y, "", fontsize=fontsize, ha="center", va="center_baseline")
            for key, box in places.items()
        }
        for text in self.texts.values():
            text.set_zorder(zorder + 1)
        self._styles: list[tuple[Any, Any, float]] = [("none", "none", 0.0)] * len(places)
        self.show()

    @property
    def artists(self) -> list[PatchCollection | Text]:
        """Everything that changes."""
        return [self.boxes, self._grounds, *self.texts.values()]

    def set(
        self, key: Hashable, text: str, color: str, face: str, edge: str = "none", width: float = 1
    ) -> None:
        """Write ``text`` in its box; an empty text hides the box too."""
        self.texts[key].set_text(text)
        self.texts[key].set_color(color)
        self._styles[self._order[key]] = (face, edge, width) if text else ("none", "none", 0.0)

    def show(self) -> None:
        """Give the boxes the styles that were set; call it after the last `set` of an update."""
        # As lists: a tuple of two would be taken for a colour and its opacity.
        faces, edges, widths = map(list, zip(*self._styles, strict=True))
        outside = [2 * width for width in widths]
        self.boxes.set(facecolor=faces, edgecolor=edges, linewidth=outside)
        self._grounds.set_facecolor(faces)
