"""The pictures in images/: diagrams described and as the code draws them now, a film that moves.

Two versions of Matplotlib draw the same letters a little differently. So files are compared by
what they show: every shape with its place and colours, every text with its words, place and colour.
"""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from nnlib.plots.diagrams import ALT_TEXTS, draw_diagram, weights_and_bias
from nnlib.plots.diagrams.__main__ import main
from nnlib.plots.diagrams.tapering import blob, branch, curve

IMAGES = Path(__file__).parents[2] / "images"
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")


def parse(svg):
    return ET.fromstring(svg, ET.XMLParser(target=ET.TreeBuilder(insert_comments=True)))


def marks(element):
    """Go through all that is drawn: (what it is, its numbers)."""
    for child in element:
        if child.tag is ET.Comment or child.tag in (f"{SVG}defs", f"{SVG}clipPath"):
            continue
        if child.get("id", "").startswith("text_"):
            yield text_mark(child)
        elif child.tag == f"{SVG}g":
            yield from marks(child)
        else:
            place = " ".join(child.get(name, "") for name in ("d", "x", "y", "width", "height"))
            shape = re.sub(r"[^A-Za-z]", "", place)
            yield (child.tag, shape, child.get("style"), child.text), NUMBER.findall(place)


def text_mark(group):
    """Return a text's words and colour, and its place; its letters are left out."""
    words = next(part.text.strip() for part in group if part.tag is ET.Comment)
    drawn = next(part for part in group if part.tag == f"{SVG}g")
    return ("text", words, drawn.get("style")), NUMBER.findall(drawn.get("transform"))


def same_picture(one, other):
    one, other = list(marks(parse(one))), list(marks(parse(other)))
    if [what for what, _ in one] != [what for what, _ in other]:
        return False
    return all(
        len(a) == len(b) and np.allclose(np.array(a, float), np.array(b, float), rtol=0, atol=0.75)
        for (_, a), (_, b) in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("name", ALT_TEXTS)
def test_the_file_shows_what_the_code_draws(name):
    file = IMAGES / f"{name}.svg"
    assert file.exists(), f"images/{name}.svg is missing: run `make images`"
    stored = file.read_text(encoding="utf-8")
    assert same_picture(stored, draw_diagram(name)), (
        f"images/{name}.svg is stale: run `make images`"
    )


def test_no_file_is_left_from_a_diagram_that_is_gone():
    assert {file.stem for file in IMAGES.glob("*.svg")} == set(ALT_TEXTS)


@pytest.mark.parametrize("name", ALT_TEXTS)
def test_the_picture_is_described(name):
    root = parse((IMAGES / f"{name}.svg").read_text(encoding="utf-8"))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert len(title.text) > 10
    assert description.text == ALT_TEXTS[name]
    assert 100 < len(description.text) < 700
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@pytest.mark.parametrize("name", ALT_TEXTS)
def test_the_picture_needs_no_font_and_names_no_date_or_version(name):
    stored = (IMAGES / f"{name}.svg").read_text(encoding="utf-8")
    assert f"{SVG}text" not in {element.tag for element in parse(stored).iter()}
    assert not re.search(r"matplotlib\.org|Matplotlib v|<metadata|20\d\d-\d\d", stored)


def test_drawing_twice_gives_the_same_bytes(tmp_path):
    main(tmp_path)
    for name in ALT_TEXTS:
        assert (tmp_path / f"{name}.svg").read_text(encoding="utf-8") == draw_diagram(name)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The learning loop", "The learning lo0p"),  # the title
        ("<!-- Data -->", "<!-- Date -->"),  # a word
        ("stroke: #7a1f5c", "stroke: #7a1f5d"),  # a colour
        ("Q 674.25 ", "Q 664.25 "),  # a place
    ],
)
def test_a_changed_picture_is_noticed(before, after):
    drawing = draw_diagram("learning_loop")
    assert before in drawing
    assert not same_picture(drawing, drawing.replace(before, after, 1))


def test_curves_and_branches():
    np.testing.assert_allclose(curve(((0, 0), (1, 2), (2, 0)), n=3), [[0, 0], [1, 1], [2, 0]])
    outline = branch(((0, 0), (10, 0)), start_width=4, end_width=2, n=2)
    np.testing.assert_allclose(outline, [[0, 2], [10, 1], [10, -1], [0, -2]])
    circle = blob((1, 2), radius=3, bumps=())
    np.testing.assert_allclose(np.hypot(*(circle - [1, 2]).T), 3)


@pytest.fixture(scope="module")
def film():
    """The README's film: its pictures as arrays, each with how long it is shown."""
    with Image.open(IMAGES / "training-explorer.webp") as file:
        return [
            (np.asarray(picture.convert("RGB")).astype(int), picture.info["duration"])
            for picture in ImageSequence.Iterator(file)
        ]


def test_the_film_is_short_small_and_comes_to_rest(film):
    file = IMAGES / "training-explorer.webp"
    assert file.stat().st_size < 1_000_000
    assert 2_000 < sum(duration for _, duration in film) < 10_000
    assert film[-1][1] >= 2_000
    with Image.open(file) as opened:
        assert 1 <= opened.info["loop"] <= 3


def test_boundary_and_loss_curve_move_all_through_the_film(film):
    pictures = [picture for picture, _ in film[1:-1]]
    width = pictures[0].shape[1]
    for left, right in ((0.05, 0.4), (0.48, 0.77)):  # the plane; the loss curve
        part = slice(round(left * width), round(right * width))
        changes = [
            np.mean(np.abs(one[:, part] - two[:, part]).max(axis=-1) > 40)
            for one, two in pairwise(pictures)
        ]
        assert np.mean(np.array(changes) > 2e-4) > 0.9


def test_in_the_diagram_w_stands_at_right_angles_to_its_boundary():
    """Measured in the picture's own points: both axes have one scale."""
    planes = [ax for ax in weights_and_bias.draw().figure.axes if ax.get_xlabel() == "input x₁"]
    assert len(planes) == 2
    for ax in planes:
        (x0, y0), (x1, y1) = ax.transData.transform([(0, 0), (1, 1)])
        assert x1 - x0 == pytest.approx(y1 - y0, rel=0.002)
