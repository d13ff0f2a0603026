"""JupyterLab as a learner uses it: a server of its own, and a page driven by roles and keys."""

import base64
import json
import os
import re
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import nbformat
import numpy as np
from colour import IN_256_COLOURS
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Route,
    WebSocket,
    expect,
)
from programs import running, when_it_answers

# The windows that the course is made for: a laptop's, and a projector's.
LARGE_WINDOW = {"width": 1280, "height": 800}
SMALL_WINDOW = {"width": 1024, "height": 768}

RUN_SECONDS = 300
# How long a test waits for what a learner would see at once: the machine may be busy.
SEEN_SECONDS = 60
expect.set_options(timeout=1000 * SEEN_SECONDS)

# Half a window down, and from the end to the top again.
SCROLL_ON = """panel => {
    const left = panel.scrollHeight - panel.clientHeight - panel.scrollTop;
    panel.scrollTop = left > 2 ? panel.scrollTop + panel.clientHeight / 2 : 0;
}"""

# As with a wheel: whoever scrolls is not taken back to what a cell has just shown.
SCROLL_HERE = """element => {
    element.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
    element.scrollIntoView();
}"""

IS_IDLE = """() => document.querySelector("#jp-main-statusbar")?.textContent
    .includes("Python 3 (ipykernel) | Idle")"""

# Until JupyterLab has laid a window of another size out: the page hears of it later, and its parts
# follow one after another.
IS_LAID_OUT = """async ({ width, height }) => {
    const frame = () => new Promise(requestAnimationFrame);
    const panel = document.querySelector("#main .jp-NotebookPanel");
    for (let last = null; ; ) {
        for (let i = 0; i < 3; i++) await frame();
        const now = JSON.stringify(panel.getBoundingClientRect());
        if (now === last && innerWidth === width && innerHeight === height) return;
        last = now;
    }
}"""

# Closes all that is open, unsaved, and opens a notebook beside the list of files, as a new window
# does: a fifth of the work of one.
OPEN_INSTEAD = """async (path) => {
    for (const open of [...jupyterapp.shell.widgets("main")]) open.dispose();
    jupyterapp.shell.expandLeft();
    await jupyterapp.commands.execute("docmanager:open", { path });
}"""

# What is in a kernel's message that tells of an exception, or that is written to stderr. When a
# notebook is opened JupyterLab asks for widgets before there are any, a restarted kernel speaks of
# its debugger, and one that ends may still want to send a word, or drop a message that it has not
# yet read (ipykernel's `_async_in_context`); those complaints are harmless.
KERNEL_ERROR = re.compile(
    r'"ename":|"name":\s*"stderr",\s*"text":\s*'
    r'"(?!No such comm|[\d.]+s - |.*(zmq gc socket requested during shutdown|_async_in_context\.))'
)

# What anywidget says where a widget's script was late, as on a busy machine; the widget goes on.
SCRIPT_WAS_LATE = "[anywidget] Failed to initialize model."

BOXES = """elements => elements.map(element => (
    { ...element.getBoundingClientRect().toJSON(), text: element.innerText }))"""

THEME = "@jupyterlab/apputils-extension/themes"

NOTHING: Mapping[str, str] = {}

# JupyterLab asks before it looks for news, updates and extensions. A test looks for none of them.
SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    "@jupyterlab/extensionmanager-extension/plugin": {"enabled": False},
}


@dataclass
class Lab:
    """A running JupyterLab server and the folder that it serves."""

    url: str
    token: str
    folder: Path
    log: Path
    settings: Path
    memory: Path  # what its learner did; see nnlib.learner.presence
    workspaces: Path  # how its windows were left

    def set(self, plugin: str, settings: dict) -> None:
        """Write the settings of one of JupyterLab's plugins, for windows that are opened later."""
        file = self.settings / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), encoding="utf-8")

    @contextmanager
    def in_the_dark(self) -> Iterator[None]:
        """Let windows that are opened meanwhile be dark."""
        self.set(THEME, {"theme": "JupyterLab Dark"})
        try:
            yield
        finally:
            self.set(THEME, {})

    def request(self, method: str, path: str) -> bytes:
        """Ask the server's own interface for `path`."""
        request = Request(self.url + path, method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urlopen(request, timeout=20) as response:
            return response.read()

    def shut_down_kernels(self) -> None:
        """End every kernel, so that none is left to slow the next test."""
        for session in json.loads(self.request("GET", "/api/sessions")):
            self.request("DELETE", f"/api/sessions/{session['id']}")


def free_port() -> int:
    """Return a TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_lab(folder: Path, home: Path) -> Iterator[Lab]:
    """Serve `folder` with JupyterLab, its settings under `home`, until the generator closes."""
    lab = new_lab(folder, home)
    for plugin, settings in SETTINGS.items():
        lab.set(plugin, settings)
    workspaces = {"JUPYTERLAB_WORKSPACES_DIR": str(lab.workspaces)}
    flags = (
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=",
        "--LabApp.expose_app_in_browser=True",
    )
    yield from serve(lab, home, "jupyterlab", *flags, environment=workspaces)


@contextmanager
def running_lab() -> Iterator[Lab]:
    """Serve an empty folder with JupyterLab."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        (Path(folder) / "notebooks").mkdir()
        with contextmanager(start_lab)(Path(folder), Path(home)) as lab:
            yield lab


def new_lab(folder: Path, home: Path) -> Lab:
    """Return a server that does not run yet."""
    return Lab(
        url=f"http://127.0.0.1:{free_port()}",
        token=secrets.token_hex(16),
        folder=folder,
        log=home / "log.txt",
        settings=home / "settings",
        memory=home / "memory.sqlite",
        workspaces=home / "workspaces",
    )


def serve(
    lab: Lab, home: Path, module: str, *flags: str, environment: Mapping[str, str] = NOTHING
) -> Iterator[Lab]:
    """Run `module`, which starts JupyterLab, in the folder of `lab` until the generator closes."""
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(lab.settings),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "NNLIB_MEMORY": str(lab.memory),
        **environment,
    }
    command = [
        *(sys.executable, "-m", module, "--no-browser", "--allow-root"),
        f"--ServerApp.port={urlsplit(lab.url).port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1",
        f"--IdentityProvider.token={lab.token}",
        "--LabApp.extension_manager=readonly",
        *flags,
    ]
    settings = {"env": environment, "cwd": lab.folder}
    with (
        open(lab.log, "w", encoding="utf-8") as log,
        running(*command, stdout=log, stderr=log, **settings) as server,
    ):
        try:
            when_it_answers(server, lambda: lab.request("GET", "/api/status"), OSError)
        except OSError:
            told = lab.log.read_text(encoding="utf-8")
            raise RuntimeError(f"JupyterLab did not start:\n{told}") from None
        yield lab


class LabPage:
    """One window of JupyterLab; `problems` collects what went wrong in it."""

    def __init__(self, page: Page, lab: Lab) -> None:
        self.page = page
        self.lab = lab
        self.problems: list[str] = []
        page.set_default_timeout(1000 * SEEN_SECONDS)
        self.received_bytes = 0  # from kernels and server, through websockets
        self._sockets: set[WebSocket] = set()  # opened since the notebook was
        page.on("pageerror", self._note_page_error)
        page.on("console", self._note_console)
        page.on("websocket", self._listen)
        page.context.route(lambda url: not url.startswith(lab.url), self._refuse)

    def _note_page_error(self, error: Error) -> None:
        if SCRIPT_WAS_LATE not in str(error):
            self.problems.append(f"page error: {error.stack or error}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and SCRIPT_WAS_LATE not in message.text:
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")

    def _listen(self, socket: WebSocket) -> None:
        """Hear what comes through a socket until another notebook is open: its kernel ends then."""
        self._sockets.add(socket)

        def hear(message: str | bytes) -> None:
            if socket in self._sockets:
                self._note_message(message)

        socket.on("framereceived", hear)

    def _note_message(self, message: str | bytes) -> None:
        """Note errors and warnings that a kernel sends: JupyterLab shows few of them.

        What a callback or a task raises goes to a log console that is closed at first.
        """
        self.received_bytes += len(message)
        text = message if isinstance(message, str) else message.decode("utf-8", errors="ignore")
        if found := KERNEL_ERROR.search(text):
            self.problems.append(f"kernel: {text[found.start() :]}")

    def _refuse(self, route: Route) -> None:
        """Let nothing be loaded from elsewhere: the course must work offline."""
        self.problems.append(f"request outside the course: {route.request.url}")
        route.abort()

    def open(self, notebook: str) -> None:
        """Open `notebook`, a path in the course's folder, and wait for its kernel."""
        self.path = notebook
        self.page.goto(f"{self.lab.url}/lab/tree/{notebook}?token={self.lab.token}&reset")
        self.notebook = self.page.locator("css:light=#main .jp-NotebookPanel")
        expect(self.find(".jp-Cell").first).to_be_visible()
        self.wait_for_idle()

    def open_instead(self, notebook: str) -> None:
        """Open `notebook` in place of the one that is open, in the window as it is at first."""
        self.problems.clear()
        self._sockets.clear()
        self.page.set_viewport_size(LARGE_WINDOW)
        if self.page.locator(".jp-Dialog").count():  # what a test that failed has left
            self.open(notebook)
            return
        self.path = notebook
        self.page.evaluate(OPEN_INSTEAD, notebook)
        expect(self.notebook).to_have_count(1)
        expect(self.find(".jp-Cell").first).to_be_visible()
        self.wait_for_idle()

    def wait_for_idle(self) -> None:
        """Wait until the kernel has nothing more to do."""
        # At each look in vain, `expect` would describe the whole page, a third of all its work.
        self.page.wait_for_function(IS_IDLE, timeout=RUN_SECONDS * 1000, polling=100)

    def wait_until_heard(self) -> None:
        """Wait until the kernel has heard of what was done last."""
        self.page.wait_for_timeout(300)  # until the page calls it busy
        self.wait_for_idle()

    def kill_kernel(self) -> None:
        """End the kernel, whose process a cell has printed, and wait for another one.

        JupyterLab starts it, and says so in a dialog.
        """
        told = self.find(".jp-OutputArea-output pre", has_text=re.compile(r"^\d+\s*$"))
        self.scroll_to(told)
        os.kill(int(told.inner_text()), signal.SIGKILL)
        self.page.get_by_role("dialog").get_by_role("button", name="Ok").click()
        self.wait_for_idle()

    def menu(self, *names: str) -> None:
        """Choose an entry from the menu bar, such as `menu("Run", "Run All Cells")`."""
        self.page.get_by_role("menubar").get_by_role("menuitem", name=names[0], exact=True).click()
        for name in names[1:]:
            self.page.get_by_role("menu").last.get_by_text(name, exact=True).click()

    def resize(self, size: dict) -> None:
        """Make the window so large, and wait until all in it stands where it then belongs."""
        self.page.set_viewport_size(size)
        self.page.evaluate(IS_LAID_OUT, size)

    @contextmanager
    def in_the_dark(self) -> Iterator[None]:
        """Make the window dark meanwhile; JupyterLab opens later windows in the same theme."""
        try:
            self._choose_theme("JupyterLab Dark")
            yield
        finally:
            self._choose_theme("JupyterLab Light")

    def _choose_theme(self, name: str) -> None:
        self.menu("Settings", "Theme", name)
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-name", name)

    def run_all(self) -> dict:
        """Run all cells, wait for the last or an exception, save, return what was saved."""
        self.menu("Run", "Run All Cells")
        count = sum(cell["cell_type"] == "code" for cell in self.saved()["cells"])
        last = self.find(".jp-InputPrompt", has_text=re.compile(rf"^\[{count}\]:$"))
        exception = self.find("[data-mime-type='application/vnd.jupyter.stderr']")
        self.wait_until_heard()
        self.scroll_to(last.or_(exception), RUN_SECONDS)
        self.wait_for_idle()
        self.menu("File", "Save Notebook")
        expect(self.page.locator("#main .lm-mod-current.jp-mod-dirty")).to_have_count(0)
        return self.saved()

    def find(self, selector: str, **filters: Any) -> Locator:
        """Return what a CSS selector finds in the notebook.

        Only where the page itself can see it: to search every shadow root takes a third of all the
        work that tests make for a page.
        """
        return self.notebook.locator(f"css:light={selector}", **filters)

    def scroll_to(self, target: Locator, seconds: int = SEEN_SECONDS) -> None:
        """Scroll through the notebook until `target` is shown: JupyterLab may hide far cells."""
        for _ in range(10 * seconds):
            if target.first.is_visible():
                target.first.evaluate(SCROLL_HERE)
                return
            self.find(".jp-WindowedPanel-outer").evaluate(SCROLL_ON)
            self.page.wait_for_timeout(100)
        raise AssertionError(f"not found in {self.path} within {seconds} s: {target}")

    def saved(self) -> dict:
        """Return the notebook as it is on the disk."""
        return json.loads((self.lab.folder / self.path).read_text(encoding="utf-8"))

    def explorer(self, name: str) -> "ExplorerOnPage":
        """Return the notebook's first explorer of this name, scrolled into view."""
        root = self.find(f".nnlib-explorer.{name}").first
        self.scroll_to(root)
        return ExplorerOnPage(root)

    def explorer_at_start(self, name: str) -> "ExplorerOnPage":
        """Return this explorer as it opens, however it was left: at rest, wholly in view."""
        explorer = self.explorer(name)
        explorer.reset()
        explorer.canvas.scroll_into_view_if_needed()
        return explorer

    def check(self) -> None:
        """Raise if anything went wrong since the last call: in page, explorers or kernel."""
        boxes = self.find(".nnlib-error:visible").all_inner_texts()
        found = [*self.problems, *boxes]
        self.problems.clear()
        assert not found, "\n".join(found)


def write_notebook(lab: Lab, *cells: str) -> str:
    """Write a notebook with these code cells where the server finds it; return its path."""
    notebook = new_notebook(
        cells=[new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}},
    )
    path = f"notebooks/cells-{secrets.token_hex(4)}.ipynb"
    (lab.folder / path).write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


@contextmanager
def window(
    chromium: Browser,
    lab: Lab,
    path: str,
    pixel_ratio: int = 1,
    size: dict = LARGE_WINDOW,
    kind: type[LabPage] = LabPage,
    new_learner: bool = True,
    has_touch: bool = False,
) -> Iterator[LabPage]:
    """Open the notebook with this path in a window of its own, of this kind.

    A new learner has done nothing yet; another one finds again what was done in earlier windows.
    """
    if new_learner:
        lab.memory.unlink(missing_ok=True)
        shutil.rmtree(lab.workspaces, ignore_errors=True)
    context = chromium.new_context(
        viewport=size, device_scale_factor=pixel_ratio, locale="en-GB", has_touch=has_touch
    )
    page = kind(context.new_page(), lab)
    page.open(path)
    yield page
    lab.shut_down_kernels()
    context.close()


class SharedWindow:
    """A window that one notebook after another is opened in: to load it takes seconds."""

    def __init__(self, chromium: Browser, lab: Lab) -> None:
        self._context = chromium.new_context(viewport=LARGE_WINDOW, locale="en-GB")
        self._lab = lab
        self._page: LabPage | None = None
        self._in_use = False

    @contextmanager
    def showing(self, path: str) -> Iterator[LabPage]:
        """Show the notebook with this path to a new learner."""
        assert not self._in_use, "a module that shows two notebooks needs a window of its own"
        self._in_use = True
        self._lab.memory.unlink(missing_ok=True)
        try:
            if self._page is None:
                self._page = LabPage(self._context.new_page(), self._lab)
                self._page.open(path)
            else:
                self._page.open_instead(path)
            yield self._page
            self._lab.shut_down_kernels()
        except BaseException:
            self._page = None  # nobody knows what it shows
            raise
        finally:
            self._in_use = False

    def close(self) -> None:
        """Close the window."""
        self._context.close()


# What the fixture `open_notebook` gives: called with a chapter's name, a context that opens it.
OpenNotebook = Callable[..., AbstractContextManager[LabPage]]
# What the fixture `open_cells` gives: called with code, a context that opens a notebook of it.
OpenCells = Callable[..., AbstractContextManager[LabPage]]
# What the fixture `take_picture` gives: called with what is shown and the name of a file.
TakePicture = Callable[[Page | Locator, str], None]


# A place in a picture, in fractions of it: from its left, from its bottom.
Place = tuple[float, float]


class ExplorerOnPage:
    """An explorer as a learner meets it: controls with names, a picture and its words."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.canvas = root.locator("canvas")
        self._figure = root.locator(".nnlib-figure")
        expect(self.canvas).to_be_visible()

    @property
    def summary(self) -> str:
        """The picture in words; the same words must be the picture's alternative text."""
        return self.root.locator(".nnlib-summary").inner_text()

    @property
    def epoch(self) -> int:
        """The epoch that the summary tells."""
        return int(re.search(r"epoch (\d+)", self.summary, re.IGNORECASE)[1])

    @property
    def pixels(self) -> str:
        """The picture itself, as text to compare."""
        return self.canvas.evaluate("canvas => canvas.toDataURL()")

    def looks_like(self, pixels: str) -> bool:
        """Whether the picture is this one; a slow page gets it in 256 colours."""
        now, then = (
            np.asarray(Image.open(BytesIO(base64.b64decode(it.partition(",")[2]))).convert("RGB"))
            for it in (self.pixels, pixels)
        )
        return now.shape == then.shape and np.abs(now.astype(int) - then).max() <= IN_256_COLOURS

    def slider(self, label: str = "") -> Locator:
        """Return the first visible slider whose label contains `label`."""
        named = self.root.locator(".widget-slider:visible").filter(has_text=label)
        return named.get_by_role("slider").first

    def button(self, name: str) -> Locator:
        """Return the button that is called `name`."""
        return self.root.get_by_role("button", name=name, exact=True)

    def open_drawers(self) -> Iterator[str]:
        """Open one drawer after another, if there are any, and yield the name of each."""
        toggles = self.root.locator(".nnlib-others > [aria-expanded]")
        expect(self.root.locator(".nnlib-others > button").first).to_be_visible()
        for name in toggles.all_inner_texts() or [""]:
            if name and self.button(name).get_attribute("aria-expanded") == "false":
                self.button(name).press("Enter")
            if name:
                expect(self.button(name)).to_have_attribute("aria-expanded", "true")
                expect(self.root.locator("[aria-expanded=true]")).to_have_count(1)
            yield name

    def notice(self, words: str) -> Locator:
        """Return the notice, if it says `words`; it is there too while nobody sees the explorer."""
        return self.root.locator(".nnlib-notice", has_text=words)

    @property
    def is_dark(self) -> bool:
        """Whether the picture has a dark background, looked at in its corner."""
        corner = "canvas => [...canvas.getContext('2d').getImageData(1, 1, 1, 1).data]"
        return max(self.canvas.evaluate(corner)[:3]) < 128

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until `condition` holds; `what` says in words what is waited for."""
        end = time.monotonic() + SEEN_SECONDS
        while time.monotonic() < end:
            if condition():
                return
            self.root.page.wait_for_timeout(25)
        raise AssertionError(f"{what}: this did not happen. {self.summary}")

    def wait_for_words(self, words: str) -> None:
        """Wait until the summary says `words`."""
        self.wait_until(lambda: words in self.summary, words)

    def settle(self) -> None:
        """Wait until the kernel has heard all that was done, and the picture of it is at rest."""
        self.wait_until(lambda: self._figure.get_attribute("aria-busy") == "false", "at rest")

    def reset(self) -> None:
        """Press Reset and wait for the picture that it leads to."""
        self.settle()
        # Or this picture, at rest until the kernel has heard of the click, would be taken for it.
        self._figure.evaluate("figure => figure.setAttribute('aria-busy', 'true')")
        self.button("Reset").click()
        self.root.page.wait_for_timeout(300)  # one that was still on its way would be, too
        self.settle()

    @property
    def cursor(self) -> str:
        """What the mouse's cursor over the picture looks like."""
        return self.canvas.evaluate("canvas => canvas.style.cursor")

    def point_at(self, x: float, y: float, steps: int = 1) -> None:
        """Move the mouse to a place in the picture."""
        box = self.canvas.bounding_box()
        left, top = box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"]
        self.root.page.mouse.move(left, top, steps=steps)

    def click(self, x: float, y: float) -> None:
        """Press and release there."""
        self.drag((x, y))

    def drag(self, start: Place, *to: Place, steps: int = 4) -> None:
        """Press on a place in the picture, move on from place to place as a hand does, let go."""
        self.point_at(*start)
        self.root.page.mouse.down()
        for place in to:
            self.point_at(*place, steps=steps)
        self.root.page.mouse.up()


def overlap(first: dict, second: dict) -> bool:
    """Say whether two boxes share more than a border."""
    return all(
        first[corner] + 1 < second[corner] + second[size]
        and second[corner] + 1 < first[corner] + first[size]
        for corner, size in (("x", "width"), ("y", "height"))
    )


def assert_apart(box: dict, others: Locator) -> None:
    """Raise if any of the others shares more than a border with a box; the page is asked once."""
    for other in others.evaluate_all(BOXES):
        assert not overlap(box, other), other["text"]


def colour_shown(picture: Locator) -> tuple[int, ...]:
    """Return the colour that is seen in the upper left corner of a picture on the page."""
    return Image.open(BytesIO(picture.screenshot())).convert("RGB").getpixel((3, 3))
