"""A real JupyterLab and a real Chromium for the tests in this folder."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import nbformat
import pytest
from lab import LARGE_WINDOW, Lab, LabPage, OpenCells, OpenNotebook, start_lab
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, sync_playwright

CHECKOUT = Path(__file__).parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET_ONE = (
    "No Chromium was found for the browser tests. Install one (Debian: apt install chromium; "
    "macOS: brew install --cask chromium) or name its program in NNLIB_CHROMIUM."
)


def find_chromium() -> str | None:
    """Return the path of the system's Chromium or Chrome, or None."""
    named = os.environ.get("NNLIB_CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium; without one the test is skipped, or fails where it must not be."""
    path = find_chromium()
    if path is None and os.environ.get("NNLIB_BROWSER_TESTS") == "required":
        pytest.fail(HOW_TO_GET_ONE)
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab server on a copy of the course, without its notebooks."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "notebooks").mkdir()
    shutil.copytree(CHECKOUT / "images", folder / "images")
    yield from start_lab(folder, tmp_path_factory.mktemp("jupyter"))


@contextmanager
def window(chromium: Browser, lab: Lab, path: str, pixel_ratio: int = 1) -> Iterator[LabPage]:
    """Open the notebook with this path in a window of its own."""
    context = chromium.new_context(
        viewport=LARGE_WINDOW, device_scale_factor=pixel_ratio, locale="en-GB"
    )
    page = LabPage(context.new_page(), lab)
    page.open(path)
    yield page
    page.shut_down_kernels()
    context.close()


@pytest.fixture(scope="session")
def open_notebook(chromium: Browser, lab: Lab) -> OpenNotebook:
    """Open a fresh copy of a notebook in a window: `with open_notebook("01_neurons") as page:`.

    A copy that has been run and saved would ask for the widgets of a kernel that is gone.
    """

    def open_notebook(name: str, pixel_ratio: int = 1) -> AbstractContextManager[LabPage]:
        path = f"notebooks/{name}.ipynb"
        shutil.copy(CHECKOUT / path, lab.folder / path)
        return window(chromium, lab, path, pixel_ratio)

    return open_notebook


@pytest.fixture(scope="session")
def open_cells(chromium: Browser, lab: Lab) -> OpenCells:
    """Open a notebook with these code cells: `with open_cells("1 + 1", "2 + 2") as page:`."""

    def open_cells(*cells: str) -> AbstractContextManager[LabPage]:
        notebook = new_notebook(
            cells=[new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}},
        )
        path = f"notebooks/cells-{secrets.token_hex(4)}.ipynb"
        (lab.folder / path).write_text(nbformat.writes(notebook), encoding="utf-8")
        return window(chromium, lab, path)

    return open_cells


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for screenshots: NNLIB_SCREENSHOTS, or a temporary one."""
    folder = os.environ.get("NNLIB_SCREENSHOTS")
    if folder is None:
        return tmp_path_factory.mktemp("screenshots")
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)
