"""On a slow line a picture is small and late, but never of long ago."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from lab import ExplorerOnPage, Lab, LabPage, window, write_notebook
from playwright.sync_api import Browser
from slow_line import SlowLine, slow_line

pytestmark = [pytest.mark.browser, pytest.mark.alone]

SLOW = 100_000  # bytes a second
RATES = (SLOW, 1_000_000, float("inf"))
CELLS = (
    "from nnlib.explorers import NeuronExplorer, TrainingExplorer",
    "NeuronExplorer()",
    "TrainingExplorer()",
)
# When the picture has changed since, in milliseconds, and whether it was at rest then.
WATCH = """canvas => {
    const began = performance.now();
    canvas.painted = [];
    const busy = () => canvas.closest(".nnlib-figure").ariaBusy === "true";
    const watch = () => canvas.painted.push([performance.now() - began, !busy()]);
    canvas.watching?.disconnect();
    canvas.watching = new MutationObserver(watch);
    canvas.watching.observe(canvas, { attributeFilter: ["aria-label"] });
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


def painted(explorer: ExplorerOnPage) -> list[tuple[float, bool]]:
    """Return when it was painted, in seconds since it is watched, and whether it rested then."""
    told = explorer.canvas.evaluate("it => it.painted")
    return [(time / 1000, at_rest) for time, at_rest in told]


@pytest.mark.parametrize("rate", RATES)
def test_after_pause_the_page_is_at_rest_within_a_second(
    opened: tuple[SlowLine, LabPage], rate: float
):
    line, page = opened
    line.bytes_per_second = float("inf")
    training = page.explorer_at_start("TrainingExplorer")
    line.bytes_per_second = rate
    training.button("Play").click()
    training.canvas.evaluate(WATCH)
    training.wait_until(lambda: len(painted(training)) > 4, "five pictures")
    while_it_played = painted(training)
    training.canvas.evaluate(WATCH)
    before = line.passed
    training.button("Pause").click()
    page.page.wait_for_timeout(300)
    training.settle()
    on_their_way = line.passed - before
    page.page.wait_for_timeout(1000)  # nothing comes after it
    *others, (rests_after, _) = painted(training)
    (first, _), *_, (last, _) = while_it_played
    per_second = (len(while_it_played) - 1) / (last - first)
    print(
        f"{rate / 1000:g} kB/s: {per_second:.1f} pictures a second; "
        f"at rest {rests_after:.2f} s after Pause, with {on_their_way / 1000:.0f} kB"
    )
    assert on_their_way < max(SLOW, rate / 2)
    assert not any(at_rest for _, at_rest in [*while_it_played, *others]), "it only seemed to rest"
    assert rests_after < 2  # on an idle machine within one; once it was 25


def test_the_picture_follows_the_keys(opened: tuple[SlowLine, LabPage]):
    line, page = opened
    line.bytes_per_second = float("inf")
    neuron = page.explorer_at_start("NeuronExplorer")
    neuron.slider("w₁").focus()
    line.bytes_per_second = SLOW
    neuron.canvas.evaluate(WATCH)
    for _ in range(15):
        page.page.keyboard.press("ArrowRight")
        page.page.wait_for_timeout(60)
    neuron.wait_for_words("Weights 2.50")
    neuron.settle()
    pictures = painted(neuron)
    last, _ = pictures[-1]
    print(f"15 keys in 0.9 s: {len(pictures)} pictures, the last after {last:.1f} s")
    assert 2 <= len(pictures) < 12
    assert last < 4
