"""The sheet that a diagram is drawn on: a light card with round corners, measured in CSS pixels.

The card brings its own background, so that a diagram reads the same on a light and a dark page.
"""

from io import StringIO
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.text import Text
from numpy.typing import ArrayLike

from nnlib.plots.palette import LIGHT

INK, GREY, FAINT = LIGHT.ink, LIGHT.grey, LIGHT.faint
BLUE, ORANGE, PURPLE = LIGHT.positive, LIGHT.negative, LIGHT.gradient
ORANGE_TEXT = LIGHT.negative_text
CARD, NODE = LIGHT.background, LIGHT.highlight
TITLE_SIZE, TEXT, SMALL = 16.0, 14.5, 13.0  # heights of letters, in pixels

# Independent of a reader's own Matplotlib settings; text becomes outlines, so that it looks the
# same where the font is missing; the salt makes the names inside the file the same every time.
STYLE = {
    **matplotlib.rcParamsDefault,
    "svg.fonttype": "path",
    "svg.hashsalt": "nnlib",
    "font.family": ["DejaVu Sans"],
    "path.simplify": False,
}
_POINT = 0.75  # a CSS pixel is 1/96 inch, a point 1/72


class Card:
    """An empty card of ``width`` × ``height`` CSS pixels; y runs upwards.

    Attributes
    ----------
    ax : Axes
        Its data coordinates are pixels from the bottom left corner.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / 96, height / 96), facecolor="none")
        self.ax = self.figure.add_axes((0, 0, 1, 1))
        self.ax.set(xlim=(0, width), ylim=(0, height))
        self.ax.set_axis_off()
        self.box(1, 1, width - 2, height - 2, corner=14, face=CARD, edge=FAINT, zorder=0)

    def text(self, x: float, y: float, words: str, size: float = TEXT, **style: Any) -> Text:
        """Write ``words`` centred at (x, y); ``size`` in pixels."""
        style = {"color": INK, "ha": "center", "va": "center", "zorder": 6, **style}
        return self.ax.text(x, y, words, fontsize=size * _POINT, **style)

    def title(self, x: float, y: float, words: str) -> Text:
        """Write a bold title whose left end is at (x, y)."""
        return self.text(x, y, words, TITLE_SIZE, fontweight="bold", ha="left")

    def note(self, x: float, y: float, words: str, **style: Any) -> Text:
        """Write a smaller grey remark centred at (x, y)."""
        return self.text(x, y, words, **{"size": SMALL, "color": GREY, **style})

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        face: str = CARD,
        edge: str = INK,
        width: float = 2,
    ) -> None:
        """Draw a circle."""
        patch = Circle((x, y), radius, facecolor=face, edgecolor=edge, linewidth=width * _POINT)
        patch.set_zorder(4)
        self.ax.add_patch(patch)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        corner: float = 8,
        face: str = CARD,
        edge: str = INK,
        line: float = 1.5,
        zorder: float = 3,
    ) -> None:
        """Draw a box with round corners; (x, y) is its lower left corner."""
        style = f"round,pad=0,rounding_size={corner}"
        patch = FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=face)
        patch.set(edgecolor=edge, linewidth=line * _POINT, zorder=zorder)
        self.ax.add_patch(patch)

    def tag(
        self, x: float, y: float, words: str, color: str, width: float, height: float = 26
    ) -> None:
        """Write ``words`` in a small box centred at (x, y), as gradients and biases are written."""
        left, bottom = x - width / 2, y - height / 2
        self.box(left, bottom, width, height, corner=6, edge=color, line=1.4, zorder=5)
        self.text(x, y, words, color=color)

    def line(self, xs: ArrayLike, ys: ArrayLike, **style: Any) -> None:
        """Draw a line through points; ``linewidth`` in pixels."""
        width = style.pop("linewidth", 2.0) * _POINT
        style = {"color": INK, "zorder": 2, "solid_capstyle": "round", **style}
        self.ax.add_line(Line2D(xs, ys, linewidth=width, **style))

    def arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str = INK,
        *,
        width: float = 2.0,
        bend: float = 0.0,
        dashed: bool = False,
    ) -> None:
        """Draw an arrow; ``bend`` curves it to one side, as a fraction of its length."""
        patch = FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>,head_length=5,head_width=2.6",
            connectionstyle=f"arc3,rad={bend}",
            mutation_scale=1.5,
            shrinkA=0,
            shrinkB=0,
            linewidth=width * _POINT,
            color=color,
            linestyle=(0, (4, 2.5)) if dashed else "solid",
            zorder=3,
        )
        self.ax.add_patch(patch)

    def pointer(
        self, start: tuple[float, float], end: tuple[float, float], bend: float = 0
    ) -> None:
        """Draw the thin grey line from a label to what it names."""
        patch = FancyArrowPatch(
            start,
            end,
            arrowstyle="-",
            connectionstyle=f"arc3,rad={bend}",
            shrinkA=0,
            shrinkB=0,
            linewidth=1.2 * _POINT,
            color=GREY,
            zorder=5,
        )
        self.ax.add_patch(patch)
        self.ax.add_patch(Circle(end, 2.6, facecolor=GREY, edgecolor="none", zorder=5))

    def panel(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Add axes for a plot, measured in pixels, with quiet spines and ticks."""
        rectangle = (left / self.width, bottom / self.height)
        size = (width / self.width, height / self.height)
        ax = self.figure.add_axes((*rectangle, *size), facecolor="none", zorder=7)
        ax.tick_params(colors=GREY, labelsize=SMALL * _POINT, length=3, width=0.8)
        for side, spine in ax.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set(color=GREY, linewidth=0.8)
        return ax

    def svg(self, title: str, description: str) -> str:
        """Return the card as SVG text with a title and a description for screen readers."""
        for artist in self.ax.get_children():
            artist.set_clip_on(False)  # nothing leaves the card, and the file stays simple
        out = StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        FigureCanvasSVG(self.figure).print_svg(out, metadata=nothing)
        drawing = out.getvalue()
        body = drawing[drawing.index(">", drawing.index("<svg")) + 1 :]
        lines = f"{_head(self.width, self.height, title, description)}{body}".splitlines()
        return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(width: float, height: float, title: str, description: str) -> str:
    """Return the opening of the file: the size in pixels, and the words of the picture."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width * _POINT:g} {height * _POINT:g}" '
        'role="img" aria-labelledby="title description">\n'
        f'<title id="title">{escape(title)}</title>\n'
        f'<desc id="description">{escape(description)}</desc>'
    )
