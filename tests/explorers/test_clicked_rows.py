"""Wherever a picture shows rows and one of them is chosen, a click on a row chooses it."""

import pytest
from pointing import Mouse

from nnlib.explorers import (
    GradientArrowsExplorer,
    GradientCheckExplorer,
    NeuronExplorer,
    NewRowExplorer,
)

pytestmark = pytest.mark.usefixtures("no_frames")


def middle(explorer, name):
    """Return the middle of a handle, and its cursor."""
    handle = next(handle for handle in explorer.view.handles if handle.name == name)
    (x0, y0), (x1, y1) = handle.outline if len(handle.outline) == 2 else (handle.outline,) * 2
    return (x0 + x1) / 2, (y0 + y1) / 2, handle.cursor


CLICKS = [
    (NeuronExplorer, "row 1", {"row": 1}),
    (NeuronExplorer, "row 4", {"row": 4}),
    (GradientArrowsExplorer, "row 2", {"row": 2}),
    (GradientCheckExplorer, "b2", {"selected": "b2"}),
    (NewRowExplorer, "row 2", {"x1": 1.0, "x2": 1.0, "x3": 1.0}),
]


@pytest.mark.parametrize(("kind", "name", "chosen"), CLICKS)
def test_a_click_on_a_line_of_the_table_chooses_it(kind, name, chosen):
    explorer = kind()
    x, y, cursor = middle(explorer, name)
    assert cursor == "pointer"
    Mouse(explorer).click(name, x, y)
    assert {name: getattr(explorer, name) for name in chosen} == chosen
    explorer.close()


@pytest.mark.parametrize("kind", [NeuronExplorer, GradientArrowsExplorer, NewRowExplorer])
def test_the_rows_lie_on_their_words_and_apart(kind):
    explorer = kind()
    view = explorer.view
    rows = [handle for handle in view.handles if handle.name.startswith("row ")]
    for handle, cells in zip(rows, view._table.cells, strict=False):
        (left, low), (right, high) = handle.outline
        for cell in cells:
            x, y = cell.get_position()
            assert left < x < right and low < y < high
    lows, highs = zip(*((row.outline[0][1], row.outline[1][1]) for row in rows), strict=True)
    assert all(low > below for low, below in zip(lows, highs[1:], strict=False))
    explorer.close()


def test_a_point_of_the_plane_is_its_row():
    explorer = NeuronExplorer()
    for row, place in enumerate(((0, 0), (0, 1), (1, 0), (1, 1)), start=1):
        Mouse(explorer).click(f"point {row}", *place)
        assert explorer.row == row
    assert "for the row (1, 1)" in explorer.view._row_title.get_text()
    explorer.close()


def test_ones_own_points_are_added_by_a_click_on_the_plane_and_chosen_in_the_table():
    explorer = NeuronExplorer(data="own", points=[(0, 0, 0), (1, 1, 1)])
    names = [handle["name"] for handle in explorer.live_figure.handles]
    assert [name for name in names if name[:4] in ("row ", "poin")] == ["row 1", "row 2"]
    x, y, _ = middle(explorer, "row 2")
    Mouse(explorer).click("row 2", x, y)
    assert explorer.row == 2
    Mouse(explorer).click("plane", 0.5, 0.9)
    assert len(explorer.points) == 3
    explorer.close()
