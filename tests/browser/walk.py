"""A walk through a notebook by keys alone, and what stands in view on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from given_away import given_away, plain, told_otherwise
from lab import LabPage
from playwright.sync_api import Locator, expect

from nnlib.exercises.predictions.prediction import QUESTIONS

EXPLORER, PREDICTION, EXERCISE, REVEAL = "explorer", "prediction", "exercise", "reveal"
KINDS = {  # each on a line of its own
    EXPLORER: re.compile(r"(?m)^(\w*Explorer\(|explorer$)"),
    PREDICTION: re.compile(r"(?m)^predict\(\"([\w-]+)\"\)"),
    EXERCISE: re.compile(r"(?m)^check_\w+\("),
}

EXPLORERS_NAME = re.compile(
    r"\w+Explorer\b"
)  # such as VanishingGradientsExplorer, which any list has

MARGIN = 4  # CSS pixels that stay free above and below
BAR = 8  # CSS pixels of a cell in which its bar is seen, the mark of the focus

NUMBERS = ("0", "1", "0.5", "0")  # such as two points of a line
MOST_TABS = 15  # from a cell to the last part of its prediction
ACTIVE = "() => Number(document.querySelector('.jp-mod-active.jp-Cell').dataset.windowedListIndex)"
FOCUSED = """() => {
    const { type, textContent } = document.activeElement;
    return ["radio", "text"].includes(type) ? type : textContent;
}"""

# Where a cell's explorer or prediction comes to rest, within the panel that scrolls: it stands
# still for 20 frames. Also the ways that it took from frame to frame, as they were painted, and how
# much of the cell that has the focus then stands above the panel's lower border.
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
        if (still >= 20) {
            const { bottom } = panel.getBoundingClientRect();
            const { top } = panel.querySelector(".jp-mod-active.jp-Cell").getBoundingClientRect();
            resolve({ places, height: panel.clientHeight, focus: bottom - top });
        }
        else next();
    }
    function next() {
        const afterPainting = new MessageChannel();
        afterPainting.port1.onmessage = painted;
        requestAnimationFrame(() => afterPainting.port2.postMessage(null));
    }
    next();
})"""

# What is written in the window besides one cell: prose and code; what cells have shown; what other
# predictions say, without their options. What is folded is not there. What a cell has printed is
# one sentence: a table with all activations does not answer which of them.
IN_SIGHT = """([index]) => {
    const panel = document.querySelector(".jp-WindowedPanel-outer");
    const window = panel.getBoundingClientRect();
    const asks = panel.querySelector(`[data-windowed-list-index="${index}"]`);
    const isSeen = (it) => {
        const { top, bottom } = it.getBoundingClientRect();
        return bottom > window.top && top < window.bottom && it.checkVisibility();
    };
    const written = ".jp-RenderedMarkdown :is(p, li, td, h1, h2, h3), .cm-line";
    const shown = ".jp-OutputArea-output > pre, .nnlib-figure > p";
    return [written, shown, ".nnlib-prediction p"].map((parts) =>
        [...panel.querySelectorAll(parts)]
            .filter((it) => isSeen(it) && !asks.contains(it))
            .map((it) => (it.matches("pre") ? it.innerText.replace(/[:\\s]+/g, " ") : it.innerText))
            .join("\\n"));
}"""


@dataclass(frozen=True)
class Place:
    """A cell that shows an explorer or a prediction, or checks an exercise."""

    index: int
    cell: str
    kind: str
    count: int  # how many code cells have run with it
    question: str = ""

    def on(self, page: LabPage) -> Locator:
        """Return the cell on the page."""
        return page.find(f"[data-windowed-list-index='{self.index}']")


@dataclass(frozen=True)
class Stop:
    """An explorer, a prediction or a reveal where it came to rest, in CSS pixels of the panel."""

    cell: str
    what: str
    top: int
    bottom: int
    room: int
    jumps: int  # how often it turned round on its way there
    focus_seen: bool  # the mark of the cell that has the focus
    told: tuple[str, ...] | None = None  # what in the window says the answer, if it is awaited

    @property
    def in_view(self) -> bool:
        """Whether it stands wholly in view; of a prediction that is too high, what it reveals."""
        too_high = self.what == REVEAL and self.bottom - self.top > self.room - 2 * MARGIN
        return (self.top >= 0 or too_high) and self.bottom <= self.room

    @property
    def is_good(self) -> bool:
        """Whether nothing is to be said against it."""
        return self.in_view and self.focus_seen and not self.told and not self.jumps

    def __str__(self) -> str:
        """Return the stop as a line of a table in Markdown."""
        seen = "yes" if self.in_view else "**no**"
        seen += ", but for the question" * (self.in_view and self.top < 0)
        seen += f", **{self.jumps} jumps**" * (self.jumps > 0)
        seen += ", **focus out of view**" * (not self.focus_seen)
        hidden = "" if self.told is None else "yes"
        hidden = f"**no**: {'; '.join(self.told)}" if self.told else hidden
        place = f"{self.top} to {self.bottom} of {self.room}"
        return f"| {self.cell} | {self.what} | {place} | {seen} | {hidden} |"


def places(cells: list[dict]) -> Iterator[Place]:
    """Yield where something is shown or asked, in a notebook with these cells."""
    count = 0
    for index, cell in enumerate(cells):
        count += cell["cell_type"] == "code"
        source = "".join(cell["source"])
        found = {
            kind: match for kind, pattern in KINDS.items() if (match := pattern.search(source))
        }
        if cell["cell_type"] == "code" and found:
            kind, match = next(iter(found.items()))
            yield Place(index, cell["id"], kind, count, match[1] if kind == PREDICTION else "")


def walk(page: LabPage, first: int = 0, last: int | None = None) -> Iterator[tuple[Place, Stop]]:
    """Go through cells of an open notebook, commit to each prediction; yield what is to be seen.

    Whoever does something there has the walk go on all the same.
    """
    cells = page.saved()["cells"]
    shown = {place.index: place for place in places(cells)}
    go_to(page, first)
    for index in range(first, len(cells) if last is None else last + 1):
        page.page.keyboard.press("Shift+Enter")
        place = shown.get(index)
        if place is None:
            continue
        prompt = place.on(page).get_by_text(f"[{place.count}]:", exact=True).first
        expect(prompt).to_be_visible()
        if place.kind == EXERCISE:
            continue
        asks = place.kind == PREDICTION and place.on(page).get_by_role("button", name="Commit")
        is_open = asks and asks.count()
        yield place, stop(page, place, told=told(page, place) if is_open else None)
        if is_open:
            commit_by_keys(page)
            yield place, stop(page, place, REVEAL)
        if index + 1 < len(cells):
            go_on(page, index + 1)


def stop(page: LabPage, place: Place, part: str = "", told: tuple[str, ...] | None = None) -> Stop:
    """Wait until what a cell shows has come to rest, and return where."""
    shown = ":is(.nnlib-explorer:has(canvas), .nnlib-prediction)"
    rest = page.page.evaluate(COMES_TO_REST, [place.index, shown])
    tops = [top for top, _ in rest["places"]]
    ways = [b - a for a, b in pairwise(tops) if abs(b - a) > 1]
    jumps = sum(a * b < 0 for a, b in pairwise(ways))
    what, focus_seen = part or place.kind, rest["focus"] >= BAR
    return Stop(place.cell, what, *rest["places"][-1], rest["height"], jumps, focus_seen, told)


def told(page: LabPage, place: Place) -> tuple[str, ...]:
    """Return what in the window says the answer of a prediction, besides its own options.

    That prose or code names an option says nothing: what stands close by is looked at in
    tests/notebooks/test_answers_stay_hidden.py. What an answered prediction explains has been
    learned, if it is not this very answer.
    """
    written, shown, answers = map(plain, page.page.evaluate(IN_SIGHT, [place.index]))
    question = QUESTIONS[place.question]
    return (
        *given_away(question, f"{shown}\n{answers}"),
        *told_otherwise(question.name, EXPLORERS_NAME.sub("", f"{written}\n{shown}")),
    )


def go_to(page: LabPage, index: int) -> None:
    """Choose a cell by a click into the margin beside it."""
    cell = page.find(f"[data-windowed-list-index='{index}']")
    cell.locator(".jp-InputPrompt").first.click()
    page.page.keyboard.press("Escape")


def go_on(page: LabPage, index: int) -> None:
    """Go to a cell by keys, out of whatever has the focus."""
    page.page.keyboard.press("Escape")
    way = index - page.page.evaluate(ACTIVE)
    for _ in range(abs(way)):
        page.page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
    assert page.page.evaluate(ACTIVE) == index, "the keys do not lead out of here"


def commit_by_keys(page: LabPage) -> None:
    """Go from the cell that comes next to a prediction, answer it with something, commit to it."""
    keyboard, numbers = page.page.keyboard, iter(NUMBERS)
    keyboard.press("ArrowUp")
    for _ in range(MOST_TABS):
        keyboard.press("Tab")
        focused = page.page.evaluate(FOCUSED)
        if focused == "radio":
            keyboard.press("Space")
        elif focused == "text":
            keyboard.type(next(numbers))
        elif focused == "Commit":
            break
    keyboard.press("Space")
    outcome = page.find(".nnlib-prediction:focus-within .nnlib-outcome")
    expect(outcome).not_to_be_empty()


def commit(prediction: Locator) -> None:
    """Answer a prediction with something, and commit to it."""
    options, boxes = prediction.get_by_role("radio"), prediction.get_by_role("textbox")
    if options.count():
        options.first.check()
    for box, number in zip(boxes.all(), NUMBERS, strict=False):
        box.fill(number)
    prediction.get_by_role("button", name="Commit").click()
    expect(prediction.locator(".nnlib-outcome")).to_be_visible()
