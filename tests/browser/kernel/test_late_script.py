"""On a slow page a widget's script comes late; it goes on all the same."""

from collections.abc import Iterator

import pytest
from lab import SCRIPT_WAS_LATE, LabPage, OpenCells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# anywidget gives a script two seconds. So it has none of them, and is always too late.
NO_TIME = """() => {
    const { timeout } = AbortSignal;
    AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms === 2000 ? 0 : ms);
}"""
CELLS = (
    "from nnlib.exercises import predict\nfrom nnlib.explorers import NeuronExplorer",
    "NeuronExplorer()",
    "predict('neurons-bias')",
)


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """An explorer and a prediction whose scripts were late."""
    with open_cells(*CELLS, own_window=True) as page:
        page.page.evaluate(NO_TIME)
        with page.page.expect_event("pageerror", lambda error: SCRIPT_WAS_LATE in str(error)):
            page.run_all()
        yield page


def test_the_picture_follows_the_slider(page: LabPage):
    explorer = page.explorer("NeuronExplorer")
    before = explorer.pixels
    explorer.slider("b bias").press("ArrowRight")
    explorer.wait_for_words("bias −1.40")
    explorer.settle()
    assert explorer.pixels != before


def test_an_answer_is_taken(page: LabPage):
    prediction = page.find(".nnlib-prediction")
    page.scroll_to(prediction)
    prediction.get_by_role("radio").first.check()
    prediction.get_by_role("button", name="Commit").click()
    expect(prediction).to_contain_text("You predicted")
    page.page.wait_for_timeout(1500)  # after one second without an answer the kernel is called busy
    expect(prediction.locator(".nnlib-kernel-note", has_text="busy")).to_have_count(0)
