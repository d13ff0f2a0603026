"""Texts that stand as they stood are put down again, and every change of one is seen."""

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnlib.explorers.frames.renderer import FrameRenderer

BOX = {"facecolor": "yellow", "edgecolor": "red", "pad": 3}


def make_text(**look: Any) -> tuple[Text, FrameRenderer]:
    """Return a text on a figure, and what draws the figure."""
    figure = Figure(figsize=(3, 2))
    axes = figure.add_axes((0, 0, 1, 1))
    text = axes.text(0.3, 0.5, "z = 1.50", **{"fontsize": 11, "bbox": BOX, **look})
    return text, FrameRenderer(figure, [text])


def pixels(renderer: FrameRenderer, dpi: float = 100.0) -> np.ndarray:
    return np.asarray(renderer._draw(dpi).convert("RGB")).copy()


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[Text]:
    """The texts that Matplotlib lays out from now on."""
    seen: list[Text] = []
    draw = Text.draw
    monkeypatch.setattr(Text, "draw", lambda text, *rest: (seen.append(text), draw(text, *rest)))
    return seen


def test_a_text_that_stands_is_laid_out_once(laid_out):
    text, renderer = make_text()
    first = pixels(renderer)
    for _ in range(3):
        text.set_text("z = 1.50")
        text.set_position((0.3, 0.5))
        text.set_color("black")
        np.testing.assert_array_equal(pixels(renderer), first)
    assert laid_out.count(text) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"text": "z = 1.60"},
        {"position": (0.4, 0.5)},
        {"color": "purple"},
        {"alpha": 0.3},
        {"fontsize": 12},
        {"fontweight": "bold"},
        {"fontstyle": "italic"},
        {"fontfamily": "monospace"},
        {"horizontalalignment": "right"},
        {"verticalalignment": "top"},
        {"rotation": 30},
        {"visible": False},
        {"bbox": {**BOX, "facecolor": "white"}},
        {"bbox": {**BOX, "linewidth": 4}},
        {"clip_on": True, "x": 0.95},
    ],
    ids=str,
)
def test_every_change_of_a_text_is_seen(change):
    text, renderer = make_text()
    before = pixels(renderer)
    text.set(**change)
    after = pixels(renderer)
    look = {"x": 0.3, "y": 0.5, "text": "z = 1.50", **change}
    other, anew = make_text()
    other.set(**look)
    assert (after != before).any()
    np.testing.assert_array_equal(after, pixels(anew))


def test_a_text_goes_with_its_axis():
    text, renderer = make_text()
    before = pixels(renderer)
    text.axes.set_xlim(0, 2)
    text.axes.set_axis_off()
    assert (pixels(renderer) != before).any()


def test_a_turned_text_is_drawn_each_time(laid_out):
    text, renderer = make_text(rotation=30)
    np.testing.assert_array_equal(pixels(renderer), pixels(renderer))
    assert laid_out.count(text) == 2


def test_pictures_of_two_resolutions_are_not_taken_for_each_other():
    _, renderer = make_text()
    quick, at_rest = pixels(renderer, 100), pixels(renderer, 200)
    assert quick.shape != at_rest.shape
    np.testing.assert_array_equal(pixels(renderer, 100), quick)
    np.testing.assert_array_equal(pixels(renderer, 200), at_rest)


def test_an_axiss_name_that_goes_leaves_nothing_behind():
    """An axis draws its name whether it is said to move or not: the background must be without."""
    figures = [Figure(figsize=(3, 2)) for _ in range(2)]
    labels = [figure.add_axes((0.2, 0.3, 0.7, 0.6)).xaxis.label for figure in figures]
    labels[0].set_text("a₁ (always 1)")
    renderers = [
        FrameRenderer(figure, [label]) for figure, label in zip(figures, labels, strict=True)
    ]
    assert (pixels(renderers[0]) != pixels(renderers[1])).any()
    labels[0].set_text("")
    np.testing.assert_array_equal(pixels(renderers[0]), pixels(renderers[1]))


def test_a_background_that_cannot_be_drawn_leaves_every_text_in_sight():
    text, renderer = make_text()
    expected = pixels(renderer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renderer._canvas, "draw", lambda: 1 / 0)
        text.axes.set_xlim(0, 1.5)
        with pytest.raises(ZeroDivisionError):
            pixels(renderer)
    text.axes.set_xlim(0, 1)
    np.testing.assert_array_equal(pixels(renderer), expected)
