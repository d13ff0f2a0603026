"""A real mouse on the pictures, and the same by keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from lab import LabPage, OpenCells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CELLS = (
    "from nnlib.explorers import *",
    "ActivationExplorer()",
    "TrainingExplorer(data='own', points=[(0, 0, 0), (1, 1, 1)])",
    "NeuronExplorer(data='own', points=[(0, 0, 0), (1, 1, 1)], w1=2, w2=1.5, bias=-1)",
)
NEURON_PLANE = (0.425, 0.1625, 0.3144, 0.7075)  # left, bottom, width, height in the picture
NEURON_LIMITS = (-0.6, 1.6, -0.6, 1.6)


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with one explorer of each kind that answers to the pointer."""
    with open_cells(*CELLS) as page:
        page.run_all()
        yield page


def test_the_point_on_the_curve_follows_the_mouse(page: LabPage):
    explorer = page.explorer_at_start("ActivationExplorer")
    explorer.wait_for_words("at z = 1.00")
    before = explorer.pixels
    explorer.point_at(0.3019, 0.7103)  # where z = 1, σ(z) = 0.73
    assert explorer.cursor == "ew-resize"
    explorer.drag((0.3019, 0.7103), (0.3019 + 2 * 0.415 / 12.8, 0.7))
    explorer.wait_for_words("at z = 3.00")
    explorer.wait_until(lambda: explorer.pixels != before, "another picture")
    explorer.click(0.2695, 0.3)  # the middle of the panel
    explorer.wait_for_words("at z = 0.00")


def test_the_points_place_by_keyboard(page: LabPage):
    explorer = page.explorer_at_start("ActivationExplorer")
    slider = explorer.slider("z position")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    explorer.wait_for_words("at z = 1.30")


def on_plane(x1: float, x2: float) -> tuple[float, float]:
    """Return where a place of the neuron's plane is in the picture."""
    left, bottom, width, height = NEURON_PLANE
    x_from, x_to, y_from, y_to = NEURON_LIMITS
    return (
        left + width * (x1 - x_from) / (x_to - x_from),
        bottom + height * (x2 - y_from) / (y_to - y_from),
    )


def test_a_click_adds_a_point_and_a_click_with_shift_removes_it(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    explorer.wait_for_words("My points: 2 of 2 right")
    before = explorer.pixels
    page.find(".jp-Cell .jp-InputPrompt").first.click()  # where a selection may begin
    explorer.canvas.scroll_into_view_if_needed()
    explorer.point_at(*on_plane(1.3, 0.2))
    assert explorer.cursor == "crosshair"
    explorer.click(*on_plane(1.3, 0.2))
    explorer.wait_for_words("My points: 3 of 3 right")
    assert re.search(r"\(1\.(29|3|31), 0\.(19|2|21)\) gives", explorer.summary), "to a pixel"
    explorer.settle()
    assert explorer.pixels != before
    page.page.keyboard.down("Shift")
    explorer.click(*on_plane(1.2, 0.3))
    page.page.keyboard.up("Shift")
    explorer.wait_for_words("My points: 2 of 2 right")
    explorer.settle()
    assert explorer.looks_like(before)
    selected = page.page.evaluate("getSelection().toString()")
    assert selected == "", "a click with shift has selected text"
    assert page.find(".jp-Cell.jp-mod-multiSelected").count() == 0


def test_the_boundary_follows_the_mouse(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    explorer.wait_for_words("bias −1.00")
    x1, x2 = 0.0, 2 / 3  # on 2·x₁ + 1.5·x₂ − 1 = 0
    explorer.point_at(*on_plane(x1, x2))
    assert explorer.cursor == "grab"
    explorer.drag(on_plane(x1, x2), on_plane(x1 + 0.2, x2 + 0.2))
    explorer.wait_for_words("bias −1.70")
    explorer.drag(on_plane(0.1, 0.1), on_plane(0.3, 0.3))  # one that has missed the line
    assert "Weights 2.00 and 1.50" in explorer.summary
    page.page.wait_for_timeout(500)  # for a click that might follow the drag
    explorer.settle()
    assert "of 2 right" in explorer.summary, "a drag must add no point"
    explorer.click(*on_plane(x1 + 0.2, x2 + 0.2))  # a press on the boundary that is no drag
    explorer.wait_for_words("of 3 right")


def test_the_tip_of_w_follows_the_mouse(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    x1, x2 = 0.26, 0.32  # of the boundary, the place nearest to the middle: there w begins
    tip = on_plane(x1 + 2 / 6, x2 + 1.5 / 6)
    explorer.drag(tip, on_plane(x1 - 1 / 6, x2 + 2 / 6))
    explorer.wait_for_words("Weights −1.00 and 2.00, bias −1.00")


def test_of_line_and_arrow_the_nearer_is_taken(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    box = explorer.root.get_by_role("textbox", name="b bias")
    box.fill("-2.6")
    box.press("Enter")
    explorer.wait_for_words("bias −2.60")
    tip = (0.5 + 2 / 6, 0.5 + 1.5 / 6)
    beside = 0.06  # of the way of 0.077, or 8 pixels, that the line is from the tip
    on_line = (tip[0] - beside * 0.8, tip[1] - beside * 0.6)
    explorer.drag(on_plane(*on_line), on_plane(on_line[0] - 0.2, on_line[1] - 0.2))
    explorer.wait_for_words("Weights 2.00 and 1.50, bias −1.90")


def test_a_line_that_has_left_the_picture_is_dragged_back(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    at_rest = explorer.pixels
    slider = explorer.slider("b bias")
    slider.focus()
    slider.press("End")
    explorer.wait_for_words("bias 5.00")
    explorer.wait_for_words("The line lies outside the picture.")
    explorer.settle()
    mark = (0.5 - 0.35 * 2.2, 0.5 - 0.35 * 2.2 * 0.75)  # towards the line, near the edge
    explorer.point_at(*on_plane(*mark))
    assert explorer.cursor == "grab"
    explorer.drag(on_plane(*mark), on_plane(0.5, 0.0))  # 2·0.5 + 1.5·0 − 1 = 0
    explorer.wait_for_words("Weights 2.00 and 1.50, bias −1.00")
    assert "outside" not in explorer.summary
    explorer.settle()
    assert explorer.looks_like(at_rest)


def test_the_summary_is_seen_on_request_and_always_heard(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    words = explorer.root.locator(".nnlib-summary")
    button = explorer.button("In words")
    folded = explorer.root.bounding_box()["height"]
    assert words.bounding_box()["height"] <= 1
    assert words.inner_text() == explorer.canvas.get_attribute("aria-label")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert words.bounding_box()["height"] > 30
    assert explorer.root.bounding_box()["height"] > folded + 30
    button.click()
    expect(button).to_have_attribute("aria-expanded", "false")
    assert explorer.root.bounding_box()["height"] == folded


def test_own_points_by_keyboard_alone(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    before = explorer.pixels
    keyboard = explorer.root.page.keyboard
    form = explorer.root.locator(".nnlib-form")
    form.get_by_role("combobox").focus()
    keyboard.press("ArrowDown")
    explorer.wait_for_words("A click on the plane adds a point of class 0.")
    keyboard.press("Tab")
    keyboard.press("Enter")  # "Edit points"
    explorer.wait_for_words("The next point is")
    for number in ("-0,25", "1.25"):
        keyboard.press("Tab")  # to the slider
        keyboard.press("Tab")  # to the box beside it
        keyboard.press("Control+a")
        keyboard.type(number)
    keyboard.press("Tab")
    explorer.wait_for_words("The next point is (−0.25, 1.25) of class 0.")
    keyboard.press("Enter")
    explorer.wait_for_words("My points: 2 of 3 right")
    assert "(−0.25, 1.25) gives" in explorer.summary
    explorer.settle()
    assert explorer.pixels != before
    keyboard.press("Tab")
    keyboard.press("Enter")  # remove the nearest
    explorer.wait_for_words("My points: 2 of 2 right")


def test_points_are_added_while_it_trains(page: LabPage):
    explorer = page.explorer_at_start("TrainingExplorer")
    explorer.button("Play").click()
    explorer.wait_for_words("on 2 given points")
    explorer.wait_until(lambda: "Epoch 0," not in explorer.summary, "an epoch")
    explorer.click((424 + 244 / 4) / 900, (104 + 244 / 4) / 400)
    explorer.wait_for_words("on 2 given points and 1 of my own")
    explorer.button("Pause").click()
    explorer.settle()
    assert "Epoch 0," not in explorer.summary
