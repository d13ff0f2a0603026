"""Formulas as pictures: what is typeset once needs neither a script nor a font to be read."""

import re
from functools import cache
from xml.etree.ElementTree import tostring

from ziamath import Latex, config

config.svg2 = False  # outlines in place: a page with many formulas shares no names among them

SIZE = 16  # pixels that the formula is typeset at; on the page it takes the size of its text
# A sign with nothing before it belongs to what comes after: TeX spaces it so, and needs no braces.
SIGN = re.compile(r"(^|[=(,<>{]|\\(?:ge|le|approx|to|leftarrow|qquad)\b)(\s*)(-|\\pm\b)")
HAT = re.compile(r"\\hat\s*(\w|\{\w\})")  # ziamath makes it as wide as a roof
FRACTION = re.compile(r"(?<=\d\.\d\d)\d+")  # a hundredth of a pixel is enough for an outline


@cache
def as_svg(tex: str, displayed: bool = False) -> str:
    """Return a formula as an SVG element that stands on the line of the text around it.

    Parameters
    ----------
    tex : str
        The formula, without its dollars.
    displayed : bool
        Whether it stands on a line of its own.
    """
    written = HAT.sub(r"\\overset{ˆ}{\1}", SIGN.sub(r"\1\2{\3}", tex.strip()))
    formula = Latex(written, size=SIZE, inline=not displayed)
    picture = formula.svgxml()
    _, top, width, height = map(float, picture.get("viewBox", "").split())
    style = f"width:{width / SIZE:.3f}em;height:{height / SIZE:.3f}em"
    if not displayed:
        style += f";vertical-align:{-(top + height) / SIZE:.3f}em"
    for name in ("width", "height"):
        picture.attrib.pop(name)
    words = " ".join(tex.split())
    picture.attrib.update(
        {"class": "formula", "role": "img", "aria-label": words, "fill": "currentColor"},
        style=style,
    )
    return FRACTION.sub("", tostring(picture, encoding="unicode"))
