"""A walk through a notebook with Shift + Enter alone, and what stands in view on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lab import LabPage
from playwright.sync_api import Locator, expect

SHOWN = re.compile(r"(?m)^(\w*Explorer\(|explorer$|predict\()")  # on a line of its own

MARGIN = 4  # CSS pixels that stay free above and below

# Where a cell's explorer or prediction comes to rest, within the panel that scrolls: it stands
# still for 20 frames. Also the ways that it took from frame to frame, as they were painted.
COMES_TO_REST = """([index, selector]) => new Promise((resolve) => {
    const panel = document.querySelector(".jp-WindowedPanel-outer");
    const places = [];
    let still = 0;
    function painted() {
        const found = document.querySelector(`[data-windowed-list-index="${index}"] ${selector}`);
        if (found) {
            const { top, bottom } = found.getBoundingClientRect();
            const origin = panel.getBoundingClientRect().top;
            const place = [top - origin, bottom - origin].map(Math.round);
            still = String(place) === String(places.at(-1)) ? still + 1 : 0;
            if (still === 0) places.push(place);
        }
        if (still >= 20) resolve({ places, height: panel.clientHeight });
        else next();
    }
    function next() {
        const afterPainting = new MessageChannel();
        afterPainting.port1.onmessage = painted;
        requestAnimationFrame(() => afterPainting.port2.postMessage(null));
    }
    next();
})"""


@dataclass(frozen=True)
class Stop:
    """An explorer, a prediction or a reveal where it came to rest, in CSS pixels of the panel."""

    cell: str
    what: str
    top: int
    bottom: int
    room: int
    jumps: int  # how often it turned round on its way there

    @property
    def in_view(self) -> bool:
        """Whether it stands wholly in view; of a prediction that is too high, what it reveals."""
        too_high = self.what == "reveal" and self.bottom - self.top > self.room - 2 * MARGIN
        return (self.top >= 0 or too_high) and self.bottom <= self.room

    def __str__(self) -> str:
        """Return the stop as a line of a table in Markdown."""
        seen = "yes" if self.in_view else "**no**"
        seen += ", but for the question" * (self.in_view and self.top < 0)
        return (
            f"| {self.cell} | {self.what} | {self.top} to {self.bottom} of {self.room} | {seen} |"
        )


def walk(page: LabPage) -> Iterator[Stop]:
    """Go through an open notebook, commit to each prediction; yield what is to be seen."""
    cells = page.saved()["cells"]
    place_of(page, 0).click()
    page.page.keyboard.press("Escape")
    n_run = 0
    for index, cell in enumerate(cells):
        page.page.keyboard.press("Shift+Enter")
        if cell["cell_type"] != "code":
            continue
        n_run += 1
        if not SHOWN.search("".join(cell["source"])):
            continue
        shown = page.notebook.locator(f"[data-windowed-list-index='{index}']")
        expect(shown.get_by_text(f"[{n_run}]:", exact=True).first).to_be_visible(timeout=60_000)
        yield stop(page, index, cell["id"])
        if "predict(" in "".join(cell["source"]):
            commit(shown.locator(".nnlib-prediction"))
            yield stop(page, index, cell["id"], "reveal")
            place_of(page, index + 1).click()
            page.page.keyboard.press("Escape")


def stop(page: LabPage, index: int, cell: str, part: str = "") -> Stop:
    """Wait until what a cell shows has come to rest, and return where."""
    what = ":is(.nnlib-explorer, .nnlib-prediction)"
    rest = page.page.evaluate(COMES_TO_REST, [index, what])
    tops = [top for top, _ in rest["places"]]
    ways = [b - a for a, b in pairwise(tops) if abs(b - a) > 1]
    jumps = sum(a * b < 0 for a, b in pairwise(ways))
    kind = part or ("prediction" if cell.startswith("predict") else "explorer")
    return Stop(cell, kind, *rest["places"][-1], rest["height"], jumps)


def place_of(page: LabPage, index: int) -> Locator:
    """Return the margin beside a cell: a click there chooses the cell."""
    cell = page.notebook.locator(f"[data-windowed-list-index='{index}']")
    return cell.locator(".jp-InputPrompt").first


def commit(prediction: Locator) -> None:
    """Answer a prediction with something, and commit to it."""
    options, boxes = prediction.get_by_role("radio"), prediction.get_by_role("textbox")
    if options.count():
        options.first.check()
    for box, number in zip(boxes.all(), ("0", "1", "0.5", "0"), strict=False):
        box.fill(number)
    prediction.get_by_role("button", name="Commit").click()
    expect(prediction.get_by_role("status")).to_be_visible()
