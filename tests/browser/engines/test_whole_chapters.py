"""Every explorer of chapters 1, 4 and 5 is used in Chromium, Firefox and WebKit.

It takes ten minutes, so only ``NNLIB_WALK=1 pytest tests/browser/engines`` does it. The table of
what was seen goes to ``build/engines.md``.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from engine import Engine
from lab import Lab
from visitor import MY_TABLE, Visitor

pytestmark = pytest.mark.browser

COURSE = Path(__file__).parents[3] / "notebooks"
CHAPTERS = ("01_neurons", "04_backprop", "05_training")
TABLE = Path("build/engines.md")
DIGITS_CELL = "explorer-digits"

# Moves the pointer over the picture; returns of each cursor that it takes on the place in the
# middle of all, in fractions of the picture. What is chosen already is drawn in a colour or in ink;
# a click there would change nothing, so that of the places to click on the grey ones are taken.
FEEL = """() => {
    const canvas = shown.querySelector("canvas");
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const pixels = copy.getContext("2d", { willReadFrequently: true });
    pixels.drawImage(canvas, 0, 0);
    const scale = canvas.width / width;
    const around = (x, y, reach) => {
        const corner = [x - left - reach, y - top - reach].map((it) => Math.floor(it * scale));
        const size = Math.ceil((2 * reach + 1) * scale);
        const { data } = pixels.getImageData(...corner, size, size);
        return Array.from({ length: size * size }, (_, k) => data.slice(4 * k, 4 * k + 3));
    };
    const isStrong = (pixel) => {
        const [least, most] = [Math.min(...pixel), Math.max(...pixel)];
        return most < 64 || most - least > 64;
    };
    const isGrey = (x, y) =>
        around(x, y, 0).every((it) => Math.max(...it) < 224) && !around(x, y, 8).some(isStrong);
    const places = {};
    const grey = [];
    for (let x = Math.ceil(left); x < left + width; x += 8) {
        for (let y = Math.ceil(top); y < top + height; y += 8) {
            canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: y }));
            const { cursor } = canvas.style;
            const place = [(x - left) / width, 1 - (y - top) / height];
            if (cursor) (places[cursor] ??= []).push(place);
            if (cursor === "pointer" && isGrey(x, y)) grey.push(place);
        }
    }
    if (grey.length) places.pointer = grey;
    const middle = ([name, them]) => [name, them[Math.floor(them.length / 2)]];
    return Object.fromEntries(Object.entries(places).map(middle));
}"""
CAN_BE_DRAGGED = ("grab", "ew-resize", "ns-resize")
SELECT_NEXT = """() => {
    const lists = [...shown.querySelectorAll("select")];
    const list = lists.find((it) => it.checkVisibility() && !it.disabled);
    if (!list) return false;
    list.selectedIndex = (list.selectedIndex + 1) % list.options.length;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
}"""
CAN_PRESS = """(name) => [...shown.querySelectorAll("button")]
    .some((it) => it.innerText.trim() === name && !it.disabled && it.checkVisibility())"""
OFFERS = """(name) => [...shown.querySelectorAll("option")].some((it) => it.text === name)"""


@pytest.fixture(scope="module", autouse=True)
def table() -> None:
    """Begin the file with the table."""
    TABLE.parent.mkdir(exist_ok=True)
    if not TABLE.exists():
        head = ("engine", "chapter", "cell", *DEEDS)
        rule = ["---"] * len(head)
        TABLE.write_text(f"| {' | '.join(head)} |\n| {' | '.join(rule)} |\n", encoding="utf-8")


@pytest.fixture(params=CHAPTERS)
def chapter(request: pytest.FixtureRequest, engine: Engine, lab: Lab) -> Iterator[Visitor]:
    """Somebody who has run all cells of a chapter there."""
    lab.memory.unlink(missing_ok=True)
    path = f"notebooks/{request.param}.ipynb"
    shutil.copy(COURSE / f"{request.param}.ipynb", lab.folder / path)
    visitor = Visitor(engine, lab)
    visitor.open(path)
    yield visitor
    lab.shut_down_kernels()


def slide(visitor: Visitor, cell: str) -> bool:
    if cell == "explorer-start":  # which begins with zeros: those of each start number are the same
        visitor.choose("xavier")
    return visitor.move_a_slider()


def drag(visitor: Visitor, _cell: str) -> bool:
    """Drag what can be dragged, or click on what can be clicked."""
    places = visitor.engine.evaluate(FEEL)
    held = next(filter(None, map(places.get, CAN_BE_DRAGGED)), None)
    if held:
        x, y = held
        to_x, to_y = (x - 0.06 if x > 0.5 else x + 0.06), (y - 0.08 if y > 0.5 else y + 0.08)
        visitor.drag((x, y), ((x + to_x) / 2, (y + to_y) / 2), (to_x, to_y))
    elif places:
        visitor.drag(next(iter(places.values())))
    return bool(places)


def play(visitor: Visitor, _cell: str) -> bool:
    """Play for a moment."""
    if not visitor.engine.evaluate(CAN_PRESS, "Play"):
        return False
    before = visitor.look()
    visitor.click("Play")
    visitor.wait_for_another(before)
    if visitor.engine.evaluate(CAN_PRESS, "Pause"):
        visitor.click("Pause")
    visitor.wait(lambda: visitor.engine.evaluate(CAN_PRESS, "Play"), "it pauses")
    return True


def choose(visitor: Visitor, cell: str) -> bool:
    """Choose the next entry of the first list."""
    before = visitor.look()
    found = visitor.engine.evaluate(SELECT_NEXT)
    if cell == "explorer-timeline":  # it is about the fork
        visitor.click("Fork from here")
    if found:
        visitor.wait_for_another(before)
    return found


def draw(visitor: Visitor, cell: str) -> bool:
    if cell != DIGITS_CELL:
        return False
    visitor.click("Clear")
    visitor.draw_digit(4)
    return True


def open_a_table(visitor: Visitor, _cell: str) -> bool:
    if not visitor.engine.evaluate(CAN_PRESS, "Data"):
        return False
    visitor.click("Data")
    if not visitor.engine.evaluate(OFFERS, MY_TABLE):
        return False
    visitor.open_a_table()
    return True


Deed = Callable[[Visitor, str], bool]  # says whether there was anything to do
DEEDS: dict[str, Deed] = {
    "slider": slide,
    "drag or click": drag,
    "play": play,
    "list": choose,
    "draw": draw,
    "table opened": open_a_table,
}


def outcome(deed: Deed, visitor: Visitor, cell: str) -> str:
    """Do it, and say in a word what came of it."""
    try:
        visitor.show(cell)
        done = deed(visitor, cell)
        visitor.show(cell)  # it comes to rest
        visitor.check()
    except AssertionError as problem:
        return f"**no**: {problem}".replace("\n", " ")
    return "yes" if done else "–"


def test_every_explorer_of_the_chapter(request: pytest.FixtureRequest, chapter: Visitor):
    name = request.node.callspec.params["chapter"]
    engine = request.node.callspec.params["engine"]
    chapter.check()
    wrong = []
    for cell in nbformat.read(COURSE / f"{name}.ipynb", as_version=4).cells:
        if cell.cell_type != "code" or "Explorer(" not in cell.source:
            continue
        seen = [outcome(deed, chapter, cell.id) for deed in DEEDS.values()]
        line = f"| {engine} | {name} | {cell.id} | {' | '.join(seen)} |"
        with TABLE.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        wrong += [line] * ("**no**" in line)
    assert wrong == []
