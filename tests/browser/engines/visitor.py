"""Whoever walks through a chapter in any browser; the same in each of them."""

import time
from collections.abc import Callable
from typing import Any

from drawn_digits import DRAWN, PAPER, place_in
from engine import Engine
from lab import RUN_SECONDS, SCRIPT_WAS_LATE, SEEN_SECONDS, Lab

# How long an explorer may take to come to rest: WebKit draws in software, on a machine that may be
# busy.
SHOWN_SECONDS = 3 * SEEN_SECONDS

MY_TABLE = "my\N{NO-BREAK SPACE}table"
ROWS = "x1,x2,class\n1,2,0\n3,4,1\n5,1,0\n2,6,1\n"
# What ipywidgets complains of, and nobody sees, when a message comes for a view that is gone.
LATE_VIEW = "processLuminoMessage"
HARMLESS = (LATE_VIEW, SCRIPT_WAS_LATE)
RIGHT, LEFT = "\ue014", "\ue012"

# Notes what goes wrong in the page from now on.
LISTEN = """() => {
    window.problems = [];
    addEventListener("error", (it) => it.error && problems.push(it.message));
    addEventListener("unhandledrejection", (it) => problems.push(String(it.reason)));
    console.error = (...words) => problems.push(words.join(" "));
}"""
# A window without a screen may have no focus, and then no notebook is the current one.
IS_READY = """() => {
    const [panel] = window.jupyterapp?.shell.widgets("main") ?? [];
    window.panel = panel;
    if (panel) jupyterapp.shell.activateById(panel.id);
    return !!panel?.content?.widgets?.length
        && panel.sessionContext.session?.kernel?.status === "idle";
}"""
RUN = """() => { jupyterapp.commands.execute("notebook:run-all-cells"); }"""
# How many cells have still to run, and what went wrong in those that have run.
LEFT_TO_RUN = """() => panel.content.widgets
    .filter((it) => it.model.type === "code" && it.model.executionCount === null
        && it.model.sharedModel.source.trim()).length"""
WRONG = """() => [
    ...problems,
    ...panel.content.widgets
        .flatMap((it) => it.model.outputs?.toJSON() ?? [])
        .filter((it) => it.output_type === "error" || it.name === "stderr")
        .map((it) => it.evalue ?? it.text),
    ...[...document.querySelectorAll(".nnlib-error")]
        .filter((it) => it.checkVisibility()).map((it) => it.innerText),
]"""
# Shows a cell, and says whether its explorer stands there and has come to rest.
SHOW = """async (id) => {
    const { content } = panel;
    const index = content.widgets.findIndex((it) => it.model.id === id);
    content.activeCellIndex = index;
    await content.scrollToItem(index, "start").catch(() => {});
    window.shown = content.widgets[index].node.querySelector(".nnlib-explorer");
    const canvas = shown?.querySelector(".nnlib-figure[aria-busy=false] canvas");
    canvas?.scrollIntoView({ block: "center" });
    const before = window.place;
    window.place = canvas?.getBoundingClientRect().top;
    return !!canvas && window.place === before;
}"""
LOOK = """() => {
    const canvas = shown.querySelector("canvas");
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const summary = shown.querySelector(".nnlib-summary").textContent;
    return { box: [left, top, width, height], summary, pixels: canvas.toDataURL() };
}"""
# Gives the first slider the focus; says whether there is one, and whether it stands at its end.
FOCUS = """() => {
    const sliders = [...shown.querySelectorAll(".noUi-handle")];
    const slider = sliders.find((it) => it.checkVisibility());
    slider?.focus();
    const [now, most] = ["now", "max"].map((it) => slider?.getAttribute(`aria-value${it}`));
    return { found: !!slider, atEnd: now === most };
}"""
CLICK = """(name) => [...shown.querySelectorAll("button")]
    .find((it) => it.innerText.trim() === name && it.checkVisibility()).click()"""
CHOOSE = """(name) => {
    const isThere = (it) => [...it.options].some((option) => option.text === name);
    const list = [...shown.querySelectorAll("select")].find(isThere);
    list.value = [...list.options].find((option) => option.text === name).value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
}"""
# What the system's own window for files, which belongs to no page, hands over.
OPEN_FILE = """(name, text) => {
    const input = shown.querySelector("input[type=file]");
    const chosen = new DataTransfer();
    chosen.items.add(new File([text], name, { type: "text/csv" }));
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));
}"""


class Visitor:
    """Walks through chapters in one window of a browser."""

    def __init__(self, engine: Engine, lab: Lab) -> None:
        self.engine = engine
        self._lab = lab

    def open(self, notebook: str) -> None:
        """Open a notebook and run its cells."""
        address = f"{self._lab.url}/lab/tree/{notebook}?token={self._lab.token}&reset"
        self.engine.open(address)
        self.wait(lambda: self.engine.evaluate(IS_READY), f"{notebook} is open", RUN_SECONDS)
        self.engine.evaluate(LISTEN)
        self.engine.evaluate(RUN)
        self.wait(lambda: not self.engine.evaluate(LEFT_TO_RUN), "all cells run", RUN_SECONDS)

    def check(self) -> None:
        """Raise if anything went wrong in page, explorers or cells."""
        told = map(str, self.engine.evaluate(WRONG))
        found = [it for it in told if not any(words in it for words in HARMLESS)]
        assert found == [], "\n".join(found)

    def show(self, cell: str) -> None:
        """Bring the explorer of the cell with this id into view."""
        self.wait(lambda: self.engine.evaluate(SHOW, cell), f"{cell} is shown")

    @property
    def summary(self) -> str:
        """What stands below the picture."""
        return self.look()["summary"]

    def look(self) -> dict[str, Any]:
        """Return where the picture is, its pixels, and the words below it."""
        return self.engine.evaluate(LOOK)

    def move_a_slider(self) -> bool:
        """Press an arrow key on the first slider, if there is one; words and picture change."""
        before = self.look()
        slider = self.engine.evaluate(FOCUS)
        if slider["found"]:
            self.engine.press(LEFT if slider["atEnd"] else RIGHT)
            self.wait_for_another(before)
        return slider["found"]

    def drag(self, *places: tuple[float, float]) -> None:
        """Drag over the picture, in fractions of it from its left and its bottom."""
        before = self.look()
        left, top, width, height = before["box"]
        self.engine.drag(*((left + x * width, top + (1 - y) * height) for x, y in places))
        self.wait_for_another(before)

    def click(self, name: str) -> None:
        """Press the button of this name."""
        self.engine.evaluate(CLICK, name)

    def choose(self, name: str) -> None:
        """Choose this entry of a list."""
        self.engine.evaluate(CHOOSE, name)

    def open_file(self, name: str, text: str) -> None:
        """Open a file with the explorer's button."""
        before = self.look()
        self.engine.evaluate(OPEN_FILE, name, text)
        self.wait_for_another(before)

    def draw_digit(self, digit: int) -> None:
        """Draw a digit into the explorer that reads it, and wait until it is read."""
        for stroke in DRAWN[digit]:
            self.drag(*(place_in(PAPER, *place) for place in stroke))
        self.wait(lambda: f"answers {digit} with" in self.summary, f"a {digit} is read")

    def open_a_table(self) -> None:
        """Choose the learner's own table, below an open drawer of data, and open a file there."""
        self.choose(MY_TABLE)
        self.wait(lambda: "table" in self.summary, "the table is shown")
        self.open_file("mine.csv", ROWS)

    def differs(self, before: dict[str, Any]) -> bool:
        """Say whether words and picture are no longer those of this look."""
        now = self.look()
        return now["summary"] != before["summary"] and now["pixels"] != before["pixels"]

    def wait_for_another(self, before: dict[str, Any]) -> None:
        """Wait until words and picture are no longer those of this look."""
        self.wait(lambda: self.differs(before), "other words and another picture")

    def wait(self, condition: Callable[[], bool], what: str, seconds: int = SHOWN_SECONDS) -> None:
        """Wait until `condition` holds; `what` says in words what is waited for."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"{what}: this did not happen"
            time.sleep(0.1)
