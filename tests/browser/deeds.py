"""What a learner does on a page, and whether it is still there."""

import re

from lab import ExplorerOnPage, LabPage
from nbformat import NotebookNode
from playwright.sync_api import Locator
from walk import EXERCISE, EXPLORER, KINDS, Place, places

# What a widget says, and what its controls are set to. What is said of the kernel is left out, and
# what an explorer tells of itself, such as that it is as the learner left it.
WORDS = """root => [...root.querySelectorAll(
        ".nnlib-summary, .nnlib-outcome, input, select")]
    .filter((it) => it.checkVisibility())
    .map((it) => it.matches("[type=radio], [type=checkbox]") ? it.checked
        : it.value ?? it.textContent)  // a folded summary may have no innerText
    .join(" · ")"""
SOLUTION = re.compile(r"```python\n(.*?)```", re.DOTALL)
PATIENCE = 100  # tenths of a second until what was done must be there


def solve(notebook: NotebookNode) -> NotebookNode:
    """Put the solution of each exercise into its cell, as its learner does."""
    for cell, after in zip(notebook.cells, notebook.cells[1:], strict=False):
        check = cell.cell_type == "code" and KINDS[EXERCISE].search(cell.source)
        if not check:
            continue
        solution, start = SOLUTION.search(after.source)[1], cell.source[: check.start()]
        solves_there = KINDS[EXERCISE].search(solution)
        cell.source = f"{start}{solution}" + ("" if solves_there else cell.source[check.start() :])
    return notebook


def move_a_control(place: Place, page: LabPage) -> None:
    """Move the first slider of an explorer a step, or choose another entry of its first list."""
    explorer = ExplorerOnPage(place.on(page).locator(".nnlib-explorer"))
    before = words(place, page)
    if explorer.root.locator(".widget-slider:visible").count():
        for key in ("ArrowRight", "ArrowLeft"):  # it may stand at its end
            if words(place, page) == before:
                explorer.slider().press(key)
                page.wait_until_heard()
    else:
        drop_down = explorer.root.locator("select:visible").first
        options = drop_down.locator("option:not([disabled])").all_inner_texts()
        others = [
            option
            for option in options
            if option != drop_down.evaluate("it => it.selectedOptions[0].text")
        ]
        drop_down.select_option(others[0])
    page.wait_until_heard()
    explorer.settle()
    assert words(place, page) != before, f"nothing in {place.cell} can be moved"


def words(place: Place, page: LabPage) -> str:
    """Return what stands there, in words and numbers."""
    root = on_page(place, page)
    return root.inner_text() if place.kind == EXERCISE else root.evaluate(WORDS)


def on_page(place: Place, page: LabPage) -> Locator:
    """Return what a cell shows, in view."""
    kind = ".nnlib-explorer" if place.kind == EXPLORER else ".nnlib-prediction"
    root = place.on(page).locator(".jp-OutputArea" if place.kind == EXERCISE else kind).first
    page.scroll_to(root)
    return root


def all_words(page: LabPage, last: int | None = None) -> dict[str, str]:
    """Return what stands in all cells up to the last one, by their ids."""
    cells = page.saved()["cells"][: None if last is None else last + 1]
    return {place.cell: words(place, page) for place in places(cells)}


def missing(page: LabPage, left: dict[str, str]) -> dict[str, str]:
    """Return what is no longer as it was left: by cell, what stands there now."""
    found = {}
    for place in places(page.saved()["cells"]):
        if place.cell not in left:
            continue
        for _ in range(PATIENCE):
            now = words(place, page)
            if now == left[place.cell]:
                break
            page.page.wait_for_timeout(100)
        else:
            found[place.cell] = now
    return found
