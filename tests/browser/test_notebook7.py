"""A chapter in Notebook 7: its explorer answers to the keyboard and plays."""

import json
from collections.abc import Iterator

import pytest
from lab import RUN_SECONDS, LabPage, OpenNotebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


class NotebookPage(LabPage):
    """One window of Notebook 7."""

    def open(self, notebook: str) -> None:
        """Open `notebook`, a path in the course's folder, and wait for its kernel."""
        self.path = notebook
        self.page.goto(f"{self.lab.url}/notebooks/{notebook}?token={self.lab.token}")
        self.notebook = self.page.locator("css:light=.jp-NotebookPanel")
        expect(self.find(".jp-Cell").first).to_be_visible()
        self.wait_for_idle()

    def wait_for_idle(self) -> None:
        """Wait until the kernel has nothing more to do."""
        for _ in range(10 * RUN_SECONDS):
            sessions = json.loads(self.lab.request("GET", "/api/sessions"))
            if sessions and sessions[0]["kernel"]["execution_state"] == "idle":
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("the kernel is busy still")


@pytest.fixture(scope="module")
def opened(open_notebook: OpenNotebook) -> Iterator[LabPage]:
    """Chapter 5, of which the first cell, a prediction and a TrainingExplorer have been run.

    In JupyterLab test_chapters.py runs all of it.
    """
    with open_notebook("05_training", kind=NotebookPage) as page:
        page.problems.clear()  # Notebook 7 does not know one of JupyterLab's settings, and says so
        for words in ("import", 'predict("', "TrainingExplorer(show"):
            cell = page.find(".jp-CodeCell", has_text=words)
            page.scroll_to(cell)
            cell.first.locator(".cm-content").click()
            page.page.keyboard.press("Control+Enter")
        page.scroll_to(page.find(".nnlib-prediction"), RUN_SECONDS)
        page.scroll_to(page.find(".nnlib-explorer.TrainingExplorer"), RUN_SECONDS)
        yield page


def test_a_slider_moves_the_picture_and_play_trains(opened: LabPage):
    explorer = opened.explorer("TrainingExplorer")
    explorer.settle()
    summary = explorer.root.locator(".nnlib-summary")
    before = explorer.summary, explorer.pixels
    slider = explorer.slider("learning rate")
    place = slider.get_attribute("aria-valuenow")

    def moved() -> bool:
        """Press a key, again if it was lost: a run that ends takes the focus to its last cell."""
        slider.press("ArrowRight")
        return slider.get_attribute("aria-valuenow") != place

    explorer.wait_until(moved, "the slider to move")
    expect(summary).not_to_have_text(before[0])
    told = explorer.summary
    explorer.button("Play").click()
    expect(summary).not_to_have_text(told)
    explorer.wait_until(lambda: explorer.pixels != before[1], "another picture")
    explorer.button("Pause").click()
    explorer.settle()
    expect(explorer.canvas).to_have_attribute("aria-label", explorer.summary)
    # Notebook 7 is at times refused its own fonts; the course uses none of them.
    opened.problems[:] = [
        problem for problem in opened.problems if "/static/notebook/" not in problem
    ]
    opened.check()
