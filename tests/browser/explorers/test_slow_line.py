"""On a line of 100 kB a second a picture is small and late, but never of long ago."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from lab import ExplorerOnPage, Lab, LabPage, window, write_notebook
from playwright.sync_api import Browser
from slow_line import SlowLine, slow_line

pytestmark = [pytest.mark.browser, pytest.mark.alone]

SLOW = 100_000  # bytes a second
CELLS = (
    "from nnlib.explorers import NeuronExplorer, TrainingExplorer",
    "NeuronExplorer()",
    "TrainingExplorer()",
)
# When the picture has changed since, in milliseconds.
WATCH = """canvas => {
    const began = performance.now();
    canvas.painted = [];
    const watch = () => canvas.painted.push(performance.now() - began);
    new MutationObserver(watch).observe(canvas, { attributeFilter: ["aria-label"] });
}"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, lab: Lab) -> Iterator[tuple[SlowLine, LabPage]]:
    """Two explorers on a line that can be made slow."""
    with slow_line(lab.url) as line:
        course = replace(lab, url=line.url)
        with window(chromium, course, write_notebook(lab, *CELLS)) as page:
            page.run_all()
            yield line, page
            line.bytes_per_second = float("inf")


def painted_since(explorer: ExplorerOnPage, seconds: float) -> list[float]:
    """Return when it was painted in the next seconds, and while it was watched before."""
    explorer.canvas.page.wait_for_timeout(1000 * seconds)
    return [time / 1000 for time in explorer.canvas.evaluate("canvas => canvas.painted")]


def test_after_pause_the_page_is_at_rest_within_a_moment(opened: tuple[SlowLine, LabPage]):
    line, page = opened
    training = page.explorer("TrainingExplorer")
    line.bytes_per_second = SLOW
    training.button("Play").click()
    page.page.wait_for_timeout(8000)
    training.button("Pause").click()
    training.canvas.evaluate(WATCH)
    before = line.passed
    painted = painted_since(training, 6)
    print(f"after Pause: {len(painted)} pictures, at {painted} s, {line.passed - before} bytes")
    assert len(painted) <= 4
    assert painted[-1] < 5  # once it was 25


def test_the_picture_follows_the_keys(opened: tuple[SlowLine, LabPage]):
    line, page = opened
    line.bytes_per_second = float("inf")
    neuron = page.explorer("NeuronExplorer")
    neuron.slider("w₁").focus()
    line.bytes_per_second = SLOW
    neuron.canvas.evaluate(WATCH)
    for _ in range(15):
        page.page.keyboard.press("ArrowRight")
        page.page.wait_for_timeout(60)
    painted = painted_since(neuron, 6)
    print(f"15 keys in 0.9 s: {len(painted)} pictures, at {painted} s")
    assert 2 <= len(painted) < 12
    assert painted[-1] < 6
