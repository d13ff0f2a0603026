"""What an eye makes of a colour: contrast, colour difference, and the three common deficiencies.

Colours are sRGB arrays of shape (..., 3) from 0 to 1.
"""

import numpy as np

IN_256_COLOURS = 16  # of 255 levels: so far a pixel may be off in a picture of so few colours

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009), table 1, severity
# 1.0. For linear RGB, as the authors' own page says.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}

# From linear sRGB to CIE XYZ (IEC 61966-2-1), and the white point D65.
_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = _TO_XYZ.sum(axis=1)


def linear(srgb):
    """Return the light's intensity: sRGB without its gamma (IEC 61966-2-1)."""
    srgb = np.asarray(srgb, dtype=float)
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def gamma_encoded(intensity):
    """Return sRGB; the inverse of `linear`."""
    return np.where(
        intensity <= 0.0031308,
        intensity * 12.92,
        1.055 * np.maximum(intensity, 0) ** (1 / 2.4) - 0.055,
    )


def seen_with(deficiency, srgb):
    """Return the colours as somebody with this deficiency sees them."""
    return gamma_encoded(np.clip(linear(srgb) @ DEFICIENCIES[deficiency].T, 0, 1))


def luminance(srgb):
    """Return the relative luminance (WCAG 2.2, from 0 for black to 1 for white)."""
    return linear(srgb) @ np.array([0.2126, 0.7152, 0.0722])


def contrast(first, second):
    """Return the contrast ratio of WCAG 2.2: from 1, the same, to 21, black on white."""
    light, dark = (
        np.maximum(luminance(first), luminance(second)),
        np.minimum(luminance(first), luminance(second)),
    )
    return (light + 0.05) / (dark + 0.05)


def lab(srgb):
    """Return CIE L*a*b* under D65."""
    ratio = linear(srgb) @ _TO_XYZ.T / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def difference(first, second):
    """Return the colour difference ΔE*ab (CIE 1976); about 2.3 is just noticed."""
    return np.linalg.norm(lab(first) - lab(second), axis=-1)
