"""A real JupyterLab and a real Chromium for the tests in this folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from lab import (
    Lab,
    LabPage,
    OpenCells,
    OpenNotebook,
    SharedWindow,
    TakePicture,
    start_lab,
    window,
    write_notebook,
)
from playwright.sync_api import Browser, Locator, Page

from nnlib.classroom.chromium import HOW_TO_GET_ONE, find_chromium, running_chromium

CHECKOUT = Path(__file__).parents[2]

# Half an hour: only when it is asked for.
collect_ignore = [] if os.environ.get("NNLIB_WALK") else ["test_whole_walk.py"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium; without one the test is skipped, or fails where it must not be."""
    path = find_chromium()
    if path is None and os.environ.get("NNLIB_BROWSER_TESTS") == "required":
        pytest.fail(HOW_TO_GET_ONE)
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    with running_chromium(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def lab(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab server on a copy of the course, without its notebooks."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "notebooks").mkdir()
    shutil.copytree(CHECKOUT / "images", folder / "images")
    yield from start_lab(folder, tmp_path_factory.mktemp("jupyter"))


@pytest.fixture(scope="session")
def shared_window(chromium: Browser, lab: Lab) -> Iterator[SharedWindow]:
    """The window of all notebooks that ask for no other."""
    shared = SharedWindow(chromium, lab)
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def open_notebook(chromium: Browser, lab: Lab, shared_window: SharedWindow) -> OpenNotebook:
    """Open a fresh copy of a notebook: `with open_notebook("01_neurons") as page:`.

    A copy that has been run and saved would ask for the widgets of a kernel that is gone.
    """

    def open_notebook(name: str, kind: type[LabPage] = LabPage) -> AbstractContextManager[LabPage]:
        path = f"notebooks/{name}.ipynb"
        shutil.copy(CHECKOUT / path, lab.folder / path)
        if kind is LabPage:
            return shared_window.showing(path)
        return window(chromium, lab, path, kind=kind)

    return open_notebook


@pytest.fixture(scope="session")
def open_cells(chromium: Browser, lab: Lab, shared_window: SharedWindow) -> OpenCells:
    """Open a notebook with these code cells: `with open_cells("1 + 1", "2 + 2") as page:`.

    Settings that were changed before count in a window of its own only, with `own_window=True`.
    """

    def open_cells(
        *cells: str,
        pixel_ratio: int = 1,
        kind: type[LabPage] = LabPage,
        own_window: bool = False,
    ) -> AbstractContextManager[LabPage]:
        path = write_notebook(lab, *cells)
        if kind is LabPage and pixel_ratio == 1 and not own_window:
            return shared_window.showing(path)
        return window(chromium, lab, path, pixel_ratio, kind=kind)

    return open_cells


@pytest.fixture
def page(opened: LabPage) -> Iterator[LabPage]:
    """The notebook that a module's fixture `opened` opens once for all of its tests.

    After each of them comes a look at all that may have gone wrong.
    """
    yield opened
    opened.check()


@pytest.fixture(scope="session")
def take_picture() -> TakePicture:
    """Take a screenshot: `take_picture(page, "all.png")`; only if NNLIB_SCREENSHOTS says where."""

    def take_picture(shown: Page | Locator, name: str) -> None:
        if folder := os.environ.get("NNLIB_SCREENSHOTS"):
            shown.screenshot(path=Path(folder) / name)

    return take_picture
