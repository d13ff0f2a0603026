"""The palette for every eye: contrast, and the three common colour deficiencies simulated."""

from itertools import combinations, product

import numpy as np
import pytest
from colour import DEFICIENCIES, contrast, difference, seen_with
from matplotlib.colors import to_rgb

from nnlib.plots.palette import DARK, LIGHT

TEXT_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
MARK_CONTRAST = 3.0  # success criterion 1.4.11, for lines and marks
JUST_NOTICED = 2.3  # CIE76; Mahy, Van Eycken and Oosterlinck, Color Res. Appl. 19 (1994)
TOLD_APART = 3 * JUST_NOTICED  # where a place, a shape or a box tells the two apart as well
OPPOSITE = 10 * JUST_NOTICED  # positive and negative, where the colour says the most
THEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
EYES = pytest.mark.parametrize("eye", DEFICIENCIES)

MARKS = ("ink", "grey", "positive", "negative", "gradient", "beside")
TEXTS = ("ink", "grey", "positive_text", "negative_text", "gradient", "beside")
GROUNDS = ("background", "node", "highlight")


def rgb(palette, name):
    """Return a colour of the palette, or of its map: "map 0" is the negative end."""
    if name.startswith("map "):
        return np.array(palette.map(float(name[4:]))[:3])
    return np.array(to_rgb(getattr(palette, name)))


def least(palette, eye, pairs):
    """Return the smallest difference among pairs of colours, and which pair it is."""
    return min(
        (float(difference(*(seen_with(eye, rgb(palette, name)) for name in pair))), pair)
        for pair in pairs
    )


@EYES
@THEMES
def test_marks_and_texts_of_different_meaning_are_told_apart(palette, eye):
    pairs = [*combinations(MARKS, 2), *combinations(TEXTS, 2)]
    distance, pair = least(palette, eye, pairs)
    assert distance >= TOLD_APART, pair


@EYES
@THEMES
def test_positive_and_negative_are_far_apart(palette, eye):
    pairs = [("positive", "negative"), ("positive_text", "negative_text"), ("map 0", "map 1")]
    pairs += [("map 0", "map 0.5"), ("map 1", "map 0.5")]
    distance, pair = least(palette, eye, pairs)
    assert distance >= OPPOSITE, pair


@EYES
@THEMES
def test_all_stand_out_from_the_background_and_points_from_the_map(palette, eye):
    pairs = [*product(MARKS, GROUNDS), *product(TEXTS, GROUNDS)]
    pairs += product(("positive", "negative", "ink"), ("map 0", "map 0.5", "map 1"))
    distance, pair = least(palette, eye, pairs)
    assert distance >= OPPOSITE, pair


@THEMES
def test_texts_have_the_contrast_to_be_read(palette):
    for text, ground in product(TEXTS, GROUNDS):
        assert contrast(rgb(palette, text), rgb(palette, ground)) >= TEXT_CONTRAST, (text, ground)
    for ground in (
        "map 0",
        "map 0.25",
        "map 0.5",
        "map 0.75",
        "map 1",
    ):  # only ink is written there
        assert contrast(rgb(palette, "ink"), rgb(palette, ground)) >= TEXT_CONTRAST, ground


@THEMES
def test_marks_have_the_contrast_to_be_seen(palette):
    for mark in MARKS:
        ratio = contrast(rgb(palette, mark), rgb(palette, "background"))
        assert ratio >= MARK_CONTRAST, (mark, ratio)


@EYES
@THEMES
def test_runs_side_by_side_are_told_apart_and_stand_out_from_the_shades_of_a_loss(palette, eye):
    runs = np.array([to_rgb(color) for color in palette.runs])
    seen = [seen_with(eye, color) for color in runs]
    assert min(difference(*pair) for pair in combinations(seen, 2)) >= TOLD_APART
    shades = [np.array(to_rgb(color)) for color in (palette.background, palette.faint)]
    assert min(contrast(*pair) for pair in product(runs, shades)) >= MARK_CONTRAST


def test_the_simulation_and_the_measures_are_right():
    """Known values: WCAG's extremes; CIE's black and white; red and green to a protanope."""
    black, white = np.zeros(3), np.ones(3)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(np.array(to_rgb("#767676")), white) == pytest.approx(4.54, abs=0.005)
    assert difference(black, white) == pytest.approx(100, abs=0.01)
    for eye in DEFICIENCIES:
        for grey in (black, np.full(3, 0.5), white):
            assert seen_with(eye, grey) == pytest.approx(grey, abs=0.002)
    dark_red, dark_green = np.array(to_rgb("#b04040")), np.array(to_rgb("#706020"))
    seen = difference(seen_with("deuteranopia", dark_red), seen_with("deuteranopia", dark_green))
    assert seen < 0.4 * difference(dark_red, dark_green)
