"""A learner walks through every notebook: fresh, half-run and opened again, and on the second day.

It takes half an hour, so only ``NNLIB_WALK=1 pytest tests/browser/test_whole_walk.py`` does it. The
tables go to ``build/walk.md``.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import nbformat
import pytest
from deeds import all_words, missing, move_a_control, solve, words
from lab import LARGE_WINDOW, SMALL_WINDOW, Lab, LabPage, new_lab, serve, window, write_notebook
from playwright.sync_api import Browser, expect
from walk import EXERCISE, EXPLORER, REVEAL, Stop, places, walk

from nnlib.classroom.learners_copy import without_outputs

pytestmark = pytest.mark.browser

COURSE = Path(__file__).parents[2]
NAMES = [path.stem for path in sorted((COURSE / "notebooks").glob("*.ipynb"))]
TABLE = Path("build/walk.md")
EACH_NOTEBOOK = pytest.mark.parametrize("name", NAMES)

Serve = Callable[[], AbstractContextManager[Lab]]


@pytest.fixture(scope="module", autouse=True)
def table() -> None:
    """Begin the file with the tables."""
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("# What a walk through all notebooks finds\n", encoding="utf-8")


@pytest.fixture(scope="module")
def start(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Start the course as `make lab` does; what was done in it stays from one start to the next.

    Its learner knows the solution of each exercise.
    """
    folder, home = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("jupyter")
    shutil.copytree(COURSE / "images", folder / "images")
    (folder / "notebooks").mkdir()
    for name in NAMES:
        notebook = solve(nbformat.read(COURSE / "notebooks" / f"{name}.ipynb", as_version=4))
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")

    @contextmanager
    def start() -> Iterator[Lab]:
        lab = new_lab(folder, home)
        yield from serve(lab, home, "nnlib.classroom.lab")

    return start


@pytest.fixture(scope="module")
def first_day(start: Serve) -> Iterator[Lab]:
    with start() as lab:
        yield lab


@pytest.fixture(scope="module")
def left() -> dict[str, dict[str, str]]:
    """What each notebook showed when it was left, cell by cell."""
    return {}


def note(title: str, head: str, lines: list[str]) -> None:
    """Add a table to the file."""
    rule = "| --- " * (head.count("|") + 1)
    with TABLE.open("a", encoding="utf-8") as table:
        table.write("\n".join([f"\n## {title}\n", f"| {head} |", f"{rule}|", *lines]) + "\n")


def note_stops(title: str, stops: list[Stop]) -> None:
    note(title, "cell | what | pixels | in view | answer hidden", list(map(str, stops)))


def note_kept(title: str, seen: dict[str, dict[str, str]], left: dict[str, str]) -> None:
    """Note for each cell what of it was still there at each look."""
    lines = [
        f"| {cell} | {' | '.join('**no**' if cell in lost else 'yes' for lost in seen.values())} |"
        for cell in left
    ]
    note(title, " | ".join(["cell", *seen]), lines)


def visit(chromium: Browser, lab: Lab, name: str) -> AbstractContextManager[LabPage]:
    """Open the learner's copy of a notebook, in a window as large as a laptop's."""
    return window(chromium, lab, f"my_notebooks/{name}.ipynb", new_learner=False)


def save(page: LabPage) -> None:
    page.menu("File", "Save Notebook")
    expect(page.page.locator(".lm-mod-current.jp-mod-dirty")).to_have_count(0)


def walk_and_do(page: LabPage, last: int | None = None, first: int = 0) -> list[Stop]:
    """Walk on, commit to each prediction, and move a control of each explorer."""
    stops = []
    for place, stop in walk(page, first, last):
        stops.append(stop)
        if place.kind == EXPLORER:
            move_a_control(place, page)
    page.check()
    return stops


@EACH_NOTEBOOK
def test_fresh_in_the_small_window(chromium: Browser, lab: Lab, name: str):
    copy = without_outputs(nbformat.read(COURSE / "notebooks" / f"{name}.ipynb", as_version=4))
    path = f"notebooks/{name}.ipynb"
    (lab.folder / path).write_text(nbformat.writes(copy), encoding="utf-8")
    with window(chromium, lab, path, size=SMALL_WINDOW) as page:
        stops = [stop for _, stop in walk(page)]
        page.check()
    note_stops(f"{name}, fresh, {SMALL_WINDOW['width']} × {SMALL_WINDOW['height']}", stops)
    assert stops
    assert [str(stop) for stop in stops if not stop.is_good] == []


@EACH_NOTEBOOK
def test_half_run_and_opened_again(
    chromium: Browser, first_day: Lab, name: str, left: dict[str, dict[str, str]]
):
    with visit(chromium, first_day, name) as page:
        shown = [place.index for place in places(page.saved()["cells"])]
        middle = shown[len(shown) // 2]
        stops = walk_and_do(page, middle)
        half = all_words(page, middle)
        save(page)
    with visit(chromium, first_day, name) as page:
        lost = {"as soon as it is opened": missing(page, half)}
        again, gone = [], {}
        for place, stop in walk(page, 0, middle):
            again.append(stop)
            now = words(place, page)
            gone |= {place.cell: now} if now != half[place.cell] else {}
        lost["on the way with Shift + Enter"] = gone
        stops += walk_and_do(page, first=middle + 1)
        left[name] = all_words(page)
        save(page)
    size = f"{LARGE_WINDOW['width']} × {LARGE_WINDOW['height']}"
    note_stops(f"{name}, fresh, {size}", stops)
    note_stops(f"{name}, half-run, the first half again, {size}", again)
    note_kept(f"{name}, half-run: still there", lost, half)
    assert [str(stop) for stop in [*stops, *again] if not stop.is_good] == []
    assert [stop for stop in again if stop.what == REVEAL] == [], "nothing is asked again"
    assert not any(lost.values()), lost


def test_second_day(
    chromium: Browser, first_day: Lab, start: Serve, left: dict[str, dict[str, str]]
):
    """With another server: as soon as it is opened, and after Restart Kernel and Run All Cells."""
    assert left
    found = {}
    with start() as lab:
        for name in left:
            with visit(chromium, lab, name) as page:
                lost = {"as soon as it is opened": missing(page, left[name])}
                restart_and_run_all(page)
                lost["after Restart Kernel and Run All Cells"] = missing(page, left[name])
            note_kept(f"{name}, second day: still there", lost, left[name])
            found[name] = lost
        if list(left) == NAMES:
            check_progress(chromium, lab)
    assert not any(any(lost.values()) for lost in found.values()), found


def restart_and_run_all(page: LabPage) -> None:
    """Restart, and wait until the last explorer or prediction is a new one and all is run."""
    page.menu("Kernel", "Restart Kernel and Run All Cells…")
    page.page.get_by_role("button", name="Confirm Kernel Restart").click()
    shown = [place for place in places(page.saved()["cells"]) if place.kind != EXERCISE]
    widget = shown[-1].on(page).locator(".nnlib-explorer, .nnlib-prediction")
    page.scroll_to(widget.and_(page.page.locator(":not(.nnlib-gone)")), 300)
    page.wait_for_idle()


def check_progress(chromium: Browser, lab: Lab) -> None:
    """Look whether "How far you have come" knows of each prediction and each exercise."""
    (lab.folder / "notebooks").mkdir(exist_ok=True)
    path = write_notebook(lab, "from nnlib.exercises import progress", "progress()")
    with window(chromium, lab, path, new_learner=False) as page:
        page.run_all()
        expect(page.notebook.get_by_text("Everything is done.")).to_be_visible()
