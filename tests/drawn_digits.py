"""Digits as somebody draws them with a mouse: a few strokes each, of a few places.

They stand off the middle and are of different sizes on purpose: the explorer brings them to the
form of the data. A place is written "52,80": so many hundredths from the left and from below.
"""

import numpy as np

RECORDED = {
    0: [
        "52,80 40,76 32,62 31,45 37,30 50,23 62,29 69,44 69,62 62,76 52,80",
    ],
    1: [
        "42,66 55,82 56,60 55,40 55,16",
    ],
    2: [
        "28,68 34,79 47,83 58,77 61,65 53,50 40,34 28,20 45,19 68,20",
    ],
    3: [
        "22,80 36,86 50,80 51,68 42,59 34,56 46,53 55,43 53,29 40,21 22,25",
    ],
    4: [
        "56,84 42,64 26,42 50,41 74,42",
        "57,62 56,42 55,14",
    ],
    5: [
        "66,82 40,82 37,58 50,61 62,54 66,40 60,26 46,20 32,25",
    ],
    6: [
        "60,84 46,72 36,54 34,36 42,23 54,21 63,30 61,42 50,47 37,41",
    ],
    7: [
        "26,80 45,81 66,81 57,60 49,38 43,15",
    ],
    8: [
        "60,74 50,84 38,76 42,62 56,48 62,33 50,20 37,29 42,46 55,60 60,74",
    ],
    9: [
        "62,70 52,82 39,76 36,62 46,54 58,60 62,70 60,48 56,30 52,16",
    ],
}

# Where DigitExplorer is drawn on: left, bottom, width and height in its picture.
PAPER = (0.045, 0.135, 0.32667, 0.735)
DRAWN = {
    digit: [
        [tuple(int(n) / 100 for n in place.split(",")) for place in stroke.split()]
        for stroke in strokes
    ]
    for digit, strokes in RECORDED.items()
}


def place_in(panel: tuple, x: float, y: float) -> tuple[float, float]:
    """Return where in the picture a place in a panel is, both from 0 to 1."""
    left, bottom, width, height = panel
    return left + x * width, bottom + y * height


# More ways to write each digit. With `wobbled` they are what a hand with a mouse makes of them.
STYLES = {
    0: [
        RECORDED[0],
        ["50,84 36,78 29,60 30,40 38,22 52,17 66,25 72,46 70,66 62,80 50,84", "68,80 32,20"],
        ["48,78 37,66 34,48 38,30 48,22 57,32 61,50 58,68 48,78"],
    ],
    1: [
        RECORDED[1],
        ["36,62 52,84 52,18", "34,18 70,18"],
        ["50,84 50,50 49,14"],
    ],
    2: [
        RECORDED[2],
        ["30,66 38,80 54,82 62,70 54,52 38,36 28,20 36,26 46,20 58,18 68,24"],
        ["30,72 40,84 56,84 64,72 60,58 44,40 28,18 66,18"],
    ],
    3: [
        RECORDED[3],
        ["28,76 40,84 56,80 58,66 48,54 40,52 54,48 64,36 58,22 42,16 28,24"],
        ["28,82 64,82 46,56 60,48 62,30 48,18 30,20"],
    ],
    4: [
        RECORDED[4],
        ["36,84 32,50 64,50", "60,84 58,50 56,14"],
        ["62,14 62,84 28,36 74,36"],
    ],
    5: [
        RECORDED[5],
        ["40,82 38,54 52,56 62,46 62,30 50,18 32,20", "40,82 66,83"],
        ["64,80 42,80 38,56 56,56 66,40 58,22 40,16 30,24"],
    ],
    6: [
        RECORDED[6],
        ["54,84 40,64 34,42 38,24 50,18 62,24 64,38 54,46 42,42 36,32"],
        ["62,80 48,78 38,60 36,38 44,20 58,20 64,34 56,46 40,40"],
    ],
    7: [
        RECORDED[7],
        ["28,80 68,80 50,48 44,16", "38,48 64,50"],
        ["28,74 30,82 68,82 56,52 50,16"],
    ],
    8: [
        RECORDED[8],
        ["50,50 36,62 38,78 52,84 64,74 60,60 50,50 36,38 36,22 50,14 64,24 62,40 50,50"],
        ["62,78 44,84 36,70 50,54 64,36 56,18 40,18 36,32 52,52 62,66 62,78"],
    ],
    9: [
        RECORDED[9],
        ["62,66 52,54 38,58 34,72 44,84 58,82 62,66 60,42 58,14"],
        ["60,76 46,84 36,74 40,58 54,56 62,70 60,76 62,50 56,26 40,16 30,24"],
    ],
}


def wobbled(digit: int, style: int, seed: int) -> list[list[tuple[float, float]]]:
    """Return a digit as an unsteady hand draws it: turned, stretched, shaken, as smooth curves."""
    rng = np.random.default_rng([seed, digit, style])
    turn, lean = rng.normal(0, 0.06), rng.normal(0, 0.08)
    cos, sin = np.cos(turn), np.sin(turn)
    shape = np.array([[cos, -sin], [sin, cos]]) @ [[1.0, lean], [0.0, 1.0]]
    shape *= rng.uniform(0.75, 1.05) * np.array([[rng.uniform(0.85, 1.15)], [1.0]])
    return [
        [tuple(place) for place in _hand(places_of(stroke), shape, rng)]
        for stroke in STYLES[digit][style]
    ]


def places_of(stroke: str) -> np.ndarray:
    """Return the places of a recorded stroke, (n, 2)."""
    return np.array([[int(n) / 100 for n in place.split(",")] for place in stroke.split()])


def _hand(places: np.ndarray, shape: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return many places along a curve through shaken ones."""
    shaken = (places - 0.5) @ shape.T + 0.5 + rng.normal(0, 0.02, places.shape)
    curve = _curve(shaken)
    return np.clip(curve + rng.normal(0, 0.004, curve.shape), 0.02, 0.98).round(3)


def _curve(points: np.ndarray, pieces: int = 6) -> np.ndarray:
    """Return a smooth curve through points (Catmull and Rom, 1974)."""
    before, after = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    p = np.concatenate([[before], points, [after]])
    t = np.linspace(0, 1, pieces, endpoint=False)[:, None]
    made = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.concatenate([*made, points[-1:]])


# Three ways for each digit, one hand: among them a slashed 0, a 1 with a foot and a wobbly 8.
THIRTY = [
    (digit, style, wobbled(digit, style, seed=0)) for digit in range(10) for style in range(3)
]
