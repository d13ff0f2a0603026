"""A real mouse on the pictures, and the same by keyboard alone."""

from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells

pytestmark = pytest.mark.browser

CELLS = (
    "from nnlib.explorers import *",
    "ActivationExplorer()",
)


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with one explorer of each kind that answers to the pointer."""
    with open_cells(*CELLS) as page:
        page.run_all()
        yield page


@pytest.fixture
def page(opened: LabPage) -> Iterator[LabPage]:
    """The notebook, with a look at all that may have gone wrong."""
    yield opened
    opened.check()


def explorer_called(page: LabPage, name: str) -> ExplorerOnPage:
    """Return an explorer in the state of its start, at rest and wholly in view."""
    explorer = page.explorer(name)
    explorer.button("Reset").click()
    explorer.canvas.scroll_into_view_if_needed()
    explorer.settle()
    return explorer


class Mouse:
    """The window's mouse, in fractions of an explorer's picture: x from the left, y from below."""

    def __init__(self, explorer: ExplorerOnPage) -> None:
        self.explorer = explorer
        self.page = explorer.root.page

    def move(self, x: float, y: float, steps: int = 1) -> None:
        """Move to a place in the picture."""
        box = self.explorer.canvas.bounding_box()
        place = box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"]
        self.page.mouse.move(*place, steps=steps)

    def click(self, x: float, y: float) -> None:
        """Press and release there."""
        self.move(x, y)
        self.page.mouse.down()
        self.page.mouse.up()

    def pull(self, x: float, y: float, to: tuple[float, float]) -> None:
        """Drag from a place in the picture to another, as a hand does."""
        self.move(x, y)
        self.page.mouse.down()
        self.move(*to, steps=12)
        self.page.mouse.up()

    @property
    def cursor(self) -> str:
        """What the cursor over the picture looks like."""
        return self.explorer.canvas.evaluate("canvas => canvas.style.cursor")


def told(explorer: ExplorerOnPage, words: str) -> None:
    """Wait until the summary, and with it the picture's alternative text, says `words`."""
    explorer.wait_until(lambda: words in explorer.summary, words)


def test_the_point_on_the_curve_follows_the_mouse(page: LabPage):
    explorer = explorer_called(page, "ActivationExplorer")
    mouse = Mouse(explorer)
    told(explorer, "at z = 1.00")
    before = explorer.pixels
    mouse.move(0.3019, 0.7015)  # where z = 1, σ(z) = 0.73
    assert mouse.cursor == "ew-resize"
    mouse.pull(0.3019, 0.7015, to=(0.3019 + 2 * 0.415 / 12.8, 0.7))
    told(explorer, "at z = 3.00")
    explorer.settle()
    assert explorer.pixels != before
    mouse.click(0.2695, 0.3)  # the middle of the panel
    told(explorer, "at z = 0.00")


def test_the_points_place_by_keyboard(page: LabPage):
    explorer = explorer_called(page, "ActivationExplorer")
    slider = explorer.slider("z position")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    told(explorer, "at z = 1.30")
