"""Predictions as a learner makes them: options, numbers and drawings, by mouse and by keyboard."""

import re
from collections.abc import Iterator

import pytest
from busy_kernel import BUTTON, kept_busy
from lab import LabPage, OpenCells
from playwright.sync_api import Locator, expect

from nnlib.exercises.predictions.radio_keys import RadioKeys

pytestmark = pytest.mark.browser

QUESTIONS = ("neurons-bias", "neurons-xor", "neurons-weights", "feedforward-second-hinge")
CELLS = (
    "from nnlib.exercises import open_all, predict",
    *(f"predict('{name}')" for name in QUESTIONS),
    f"{BUTTON}\nbusy",
)


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with four predictions: two of options, a line and a point to draw."""
    with open_cells(*CELLS) as page:
        page.run_all()
        yield page


def prediction(page: LabPage, name: str) -> Locator:
    """Return a prediction that is not answered yet, in view."""
    root = page.find(".nnlib-prediction").nth(QUESTIONS.index(name))
    page.scroll_to(root)
    again = root.get_by_role("button", name="Ask again")
    if again.count():
        again.click()
        expect(root.get_by_role("button", name="Commit")).to_be_visible()
    return root


def reveal(root: Locator) -> Locator:
    """Return what a prediction says after the commit."""
    return root.locator(".nnlib-outcome")


# Where the grid's lines end, all measured in the same drawing: it may be drawn anew meanwhile.
PLANE = """board => {
    const lines = [...board.querySelectorAll("polyline")].map(line => line.getBoundingClientRect());
    const [left, top] = ["left", "top"].map(side => Math.min(...lines.map(line => line[side])));
    const [right, bottom] = ["right", "bottom"].map(
        side => Math.max(...lines.map(line => line[side]))
    );
    return [left, right, top, bottom];
}"""


def press_on(root: Locator, x: float, y: float, to: tuple[float, float] | None = None) -> None:
    """Click on a place of the drawing's plane, both from 0 to 1 from its left and from below.

    With a second place the pointer is dragged there.
    """
    mouse = root.page.mouse
    # the plane is what the lines of its grid reach over
    left, right, top, bottom = root.locator(".nnlib-board").evaluate(PLANE)
    for step, place in enumerate(place for place in ((x, y), to) if place):
        across, up = place
        mouse.move(left + across * (right - left), bottom - up * (bottom - top), steps=1 + 9 * step)
        mouse.down() if step == 0 else None
    mouse.up()


def numbers(root: Locator) -> list[str]:
    """Return what the boxes below a drawing hold."""
    return [box.input_value() for box in root.get_by_role("textbox").all()]


def wait_for(root: Locator, expected: list[str]) -> None:
    """Wait until the boxes hold these numbers."""
    for box, text in zip(root.get_by_role("textbox").all(), expected, strict=True):
        expect(box).to_have_value(text)


def test_each_prediction_keeps_its_own_choice(page: LabPage):
    """Options of one name would make one group of all predictions of the page."""
    first, second = (prediction(page, name) for name in QUESTIONS[:2])
    first.get_by_role("radio").nth(1).check()
    second.get_by_role("radio").nth(2).check()
    expect(first.get_by_role("radio").nth(1)).to_be_checked()
    expect(second.get_by_role("radio").nth(2)).to_be_checked()


def test_arrow_keys_choose_also_when_it_is_asked_again(page: LabPage):
    root = prediction(page, "neurons-bias")
    options = root.get_by_role("radio")
    for _ in range(2):
        options.first.focus()
        page.page.keyboard.press("Space")
        expect(options.first).to_be_checked()
        page.page.keyboard.press("ArrowDown")
        expect(options.nth(1)).to_be_checked()
        root.get_by_role("button", name="Commit").click()
        expect(reveal(root)).to_contain_text("✓ as you predicted")
        root.get_by_role("button", name="Ask again").click()
        expect(root.get_by_role("radio", checked=True)).to_have_count(0)


def test_what_is_changed_while_the_kernel_is_busy_counts(page: LabPage):
    """ipywidgets holds the second choice back until the first is heard, but no click on Commit."""
    root = prediction(page, "neurons-bias")
    with kept_busy(page):
        page.scroll_to(root)
        for option in (0, 2):
            root.get_by_role("radio").nth(option).check()
        root.get_by_role("button", name="Commit").click()
        assert reveal(root).inner_text() == "", "the kernel is busy"
    chosen = root.locator("label").filter(has=page.page.get_by_role("radio")).nth(2)
    expect(reveal(root)).to_contain_text(f"You predicted: {chosen.inner_text().strip()}")


def test_a_line_is_drawn_with_the_mouse(page: LabPage):
    root = prediction(page, "neurons-weights")
    picture = root.get_by_role("img")
    expect(picture).to_have_attribute("aria-label", re.compile("Given: the line now"))
    first, second = (0.6 / 2.2, 1.6 / 2.2), (1.1 / 2.2, 0.1 / 2.2)
    expect(root.get_by_text("drag from one point of it to another")).to_be_visible()
    press_on(root, *first)  # by clicks
    wait_for(root, ["0", "1", "", ""])
    press_on(root, 1, 1)
    wait_for(root, ["0", "1", "1.6", "1.6"])
    press_on(root, *second, to=first)  # by a drag: another line
    wait_for(root, ["0.5", "−0.5", "0", "1"])
    press_on(root, *first, to=(0, 1))  # a point that is there, moved
    wait_for(root, ["0.5", "−0.5", "−0.6", "1.6"])
    press_on(root, 0, 1, to=first)
    wait_for(root, ["0.5", "−0.5", "0", "1"])
    assert page.page.evaluate("getSelection().toString()") == ""
    root.get_by_label("How sure?").select_option("certain")
    root.get_by_role("button", name="Commit").click()
    expect(reveal(root)).to_contain_text("the line through (0.5, −0.5) and (0, 1) (certain)")
    expect(reveal(root)).to_contain_text("✓ as you predicted")
    expect(picture.get_by_text("what is so", exact=True)).to_be_visible()


@pytest.mark.parametrize("kind", ["touch", "pen"])
def test_a_line_is_drawn_with_a_finger_or_a_pen(page: LabPage, kind: str):
    root = prediction(page, "neurons-weights")
    for box in root.get_by_role("textbox").all():
        box.fill("")
    expect(root.get_by_role("img")).to_have_attribute("aria-label", re.compile("nothing yet"))
    root.locator(".nnlib-board").evaluate(
        """(board, kind) => {
          board.setPointerCapture = () => {};  // no such pointer is really there
          const box = board.querySelector("svg").getBoundingClientRect();
          const place = (x, y) => ({ clientX: box.left + x, clientY: box.top + y });
          const say = (name, pointerId, at) => board.querySelector("svg").dispatchEvent(
            new PointerEvent(name, { bubbles: true, pointerType: kind, pointerId,
                                     isPrimary: pointerId === 7, button: 0, ...at }));
          say("pointerdown", 7, place(121.5, 103.5));
          say("pointerdown", 8, place(300, 300));  // a second finger does nothing
          say("pointermove", 8, place(310, 300));
          say("pointermove", 7, place(150, 150));
          say("pointerup", 7, place(186, 297));
          delete board.setPointerCapture;
        }""",
        kind,
    )
    wait_for(root, ["0", "1", "0.5", "−0.5"])


def test_a_point_is_drawn_by_keyboard_alone(page: LabPage):
    root, keyboard = prediction(page, "feedforward-second-hinge"), page.page.keyboard
    root.get_by_role("textbox").first.focus()
    keyboard.type("5,0")
    keyboard.press("Tab")
    keyboard.type("-0.5")
    expect(root.get_by_role("img")).to_have_attribute(
        "aria-label", re.compile(r"My prediction: \(5, −0\.5\)\.$")
    )
    for _ in ("the list that asks how sure one is", "Commit"):
        keyboard.press("Tab")
    keyboard.press("Enter")
    expect(reveal(root)).to_contain_text("✗ not what you predicted")
    expect(reveal(root)).to_contain_text("takes −0.5 as the new slope")
    before = numbers(root)
    press_on(root, 0.5, 0.5)
    page.page.wait_for_timeout(300)
    assert numbers(root) == before, "what is committed stays"


def test_tab_shows_all_of_it_with_an_outline_and_escape_goes_on_to_its_cell(page: LabPage):
    root, keyboard = prediction(page, "neurons-bias"), page.page.keyboard
    panel = page.find(".jp-WindowedPanel-outer")
    root.get_by_role("radio").first.focus()
    panel.evaluate("(it, by) => { it.scrollTop += by }", root.bounding_box()["y"] - 60)
    keyboard.press("Tab")
    focused = root.locator(":focus")
    expect(focused).to_have_css("outline-style", "solid")
    page.page.wait_for_function(
        """([root, panel]) => {
          const [part, whole] = [root, panel].map((it) => it.getBoundingClientRect());
          return part.top >= whole.top && part.bottom <= whole.bottom;
        }""",
        arg=[root.element_handle(), panel.element_handle()],
    )
    cells = page.find(".jp-Cell")
    keyboard.press("Escape")
    expect(focused).to_have_count(0)
    expect(cells.nth(1)).to_have_class(re.compile("jp-mod-active"))
    keyboard.press("ArrowDown")
    expect(cells.nth(2)).to_have_class(re.compile("jp-mod-active"))


def test_its_keys_are_ready_also_where_it_is_shown_late(page: LabPage):
    """A page makes the parts of a widget one by one, and may show the whole a second later."""
    ready = page.page.evaluate(
        """async (script) => {
          const file = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
          const { default: keys } = await import(file);
          const model = { on() {}, off() {}, get() {}, set() {}, send() {}, save_changes() {} };
          const el = document.createElement("div");
          const stop = keys.render({ model, el });
          await new Promise((resolve) => setTimeout(resolve, 300));
          const prediction = document.createElement("div");
          prediction.className = "nnlib-prediction";
          prediction.innerHTML = `<p class="widget-radio"><input type="radio"></p>
            <p class="nnlib-outcome"></p><p><button></button></p>`;
          prediction.append(el);
          document.body.append(prediction);
          const places = () => [...prediction.querySelectorAll("[role=status]")];
          while (!prediction.querySelector("input").name || places().length < 3) {
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          const made = places().map((it) => it.className);
          stop();
          prediction.remove();
          return [made.sort(), prediction.querySelector("input").name];
        }""",
        RadioKeys._esm,
    )
    assert ready[0] == ["nnlib-heard nnlib-told", "nnlib-kernel-note", "nnlib-kernel-note"]
    assert ready[1].startswith("nnlib-prediction-")
