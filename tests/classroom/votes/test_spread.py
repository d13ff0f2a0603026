"""How a class's answers are spread: bars, dots on an axis, drawings on a plane."""

import re
from collections import Counter

from nnlib.classroom.votes.number_axis import axis
from nnlib.classroom.votes.spread import spread
from nnlib.exercises.predictions.catalogue import QUESTIONS
from nnlib.exercises.predictions.sketch_picture import draw

OPTIONS, LINE, NUMBER = (QUESTIONS[f"neurons-{name}"] for name in ("bias", "weights", "average"))
FIRST, RIGHT, THIRD, LAST = OPTIONS.options
SAME, OTHER = "(0, 1) and (0.5, −0.5)", "(0, 1) and (1, 0)"
NAN = float("nan")


def dots(svg: str) -> Counter[str]:
    """Return how many dots stand at each place along the axis."""
    return Counter(re.findall(r'<circle cx="([\d.]+)"', svg))


def test_both_votes_stand_side_by_side():
    html = spread(OPTIONS, {1: [FIRST, RIGHT], 2: [RIGHT, RIGHT]}, is_open=False)
    assert re.findall(r"'col'>(.*?)</th>", html) == ["First vote <b>2</b>", "Second vote <b>2</b>"]
    rows = re.findall(r"<tr><th scope='row'>(.*?)</th>(.*?)</tr>", html)
    many = {option: re.findall(r"'many'>(\d+)", cells) for option, cells in rows}
    assert list(many.items()) == [
        (FIRST, ["1", "0"]),
        (RIGHT, ["1", "2"]),
        (THIRD, ["0", "0"]),
        (LAST, ["0", "0"]),
    ]
    assert re.findall(r"class='([^']*)' style='width:50%'", html) == ["bar before", "bar before"]


def test_what_is_so_is_marked_only_when_it_is_open():
    votes = {1: [FIRST]}
    assert "✓" not in spread(OPTIONS, votes, is_open=False)
    assert f"✓</b> {RIGHT}" in spread(OPTIONS, votes, is_open=True)
    assert "what is so" not in spread(LINE, {1: [SAME]}, is_open=False)
    assert "what is so" in spread(LINE, {1: [OTHER]}, is_open=True)
    assert "what is so" not in spread(NUMBER, {1: ["1.5"]}, is_open=False)
    assert "what is so" in spread(NUMBER, {1: ["0.5"]}, is_open=True)


def test_a_question_without_votes_shows_what_it_is_answered_on():
    assert all(option in spread(OPTIONS, {}, is_open=False) for option in OPTIONS.options)
    assert spread(LINE, {}, is_open=False).count("<svg") == 1
    assert "the line now" in spread(LINE, {}, is_open=False)
    assert spread(NUMBER, {}, is_open=False).count("<svg") == 1


def test_equal_lines_make_a_wider_one_and_equal_points_a_larger_dot():
    once = draw(LINE.sketch, (), (), [[(0, 1), (1, 0)]])
    often = draw(LINE.sketch, (), (), [[(0, 1), (1, 0)], [(1, 0), (0, 1)], [(0, 1), (1, 0)]])
    widths = [
        float(re.findall(r'stroke-width="([\d.]+)" stroke-dasharray="" stroke-opacity', svg)[0])
        for svg in (once, often)
    ]
    radii = [max(map(float, re.findall(r' r="([\d.]+)"', svg))) for svg in (once, often)]
    assert widths[1] > widths[0]
    assert radii[1] > radii[0]
    assert "Drawn 1 time: (0, 1) and (1, 0)." in once
    assert "My prediction" not in once


def test_numbers_are_stacked_where_they_are_and_one_far_off_stands_at_the_end():
    numbers = [1.5] * 5 + [0.5, 2.5, 1000.0]
    svg = axis(numbers, numbers, NAN)
    assert sorted(dots(svg).values()) == [1, 1, 1, 5]
    assert "1 further →" in svg
    assert "← " not in svg
    places = {at: many for at, many in dots(svg).items()}
    low, middle, high, _far = sorted(map(float, places))
    assert abs((middle - low) - (high - middle)) < 1
    assert 'aria-label="0.5: 1. 1.5: 5. 2.5: 1. 1e+03: 1."' in svg


def test_both_rounds_have_the_same_axis():
    html = spread(NUMBER, {1: ["0", "1", "5"], 2: ["1", "1", "1"]}, is_open=False)
    first, second = re.findall(r"<svg.*?</svg>", html)
    ticks = [re.findall(r'text-anchor="middle">([^<]*)<', svg) for svg in (first, second)]
    assert ticks[0] == ticks[1]
