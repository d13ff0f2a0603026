"""The picture that a notebook keeps: what a reader sees where no kernel runs.

It looks like the explorer, and nothing in it moves. So a line above it says what it is; the picture
itself stays as it was drawn.
"""

from functools import cache
from io import BytesIO

from matplotlib.font_manager import findfont
from PIL import Image, ImageDraw, ImageFont

from nnlib.plots.palette import Palette

WORDS = "Still picture: run this cell"
STRIP = 26  # pixels; as high as the line
_LETTERS = 14
_LEFT = 8


def with_words(picture: Image.Image, palette: Palette) -> Image.Image:
    """Return the picture with a line of words above it."""
    width, height = picture.size
    still = Image.new("RGB", (width, height + STRIP), palette.background)
    still.paste(picture, (0, STRIP))
    draw = ImageDraw.Draw(still)
    draw.text((_LEFT, STRIP // 2), WORDS, fill=palette.grey, font=_font(), anchor="lm")
    return still


def without_words(png: bytes) -> bytes:
    """Return a still picture as it was drawn: where nothing can be run the words help nobody."""
    still = Image.open(BytesIO(png))
    bare = BytesIO()
    still.crop((0, STRIP, *still.size)).save(bare, "PNG")
    return bare.getvalue()


@cache
def _font() -> ImageFont.FreeTypeFont:
    """Return Matplotlib's own font: it is there wherever the picture could be drawn."""
    return ImageFont.truetype(findfont("DejaVu Sans"), _LETTERS)
