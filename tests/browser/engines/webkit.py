"""WebKit for GTK with its own small browser, over WebDriver; Xvfb is its screen."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from engine import WebDriver, call
from lab import free_port
from programs import running, when_it_answers

PATIENCE = 120
SCREEN = "1280x900x24"


def find_webkit() -> tuple[str, ...] | None:
    """Return the paths of driver, browser and screen, or None if one of them is missing."""
    browsers = Path("/usr").glob("lib*/**/webkit2gtk-4.*/MiniBrowser")
    found = (shutil.which("WebKitWebDriver"), next(map(str, browsers), None), shutil.which("Xvfb"))
    return found if all(found) else None


class WebKit(WebDriver):
    """A window of WebKit's own small browser."""

    def __init__(self, driver: str, browser: str) -> None:
        self._url = f"{driver}/session"
        options = {"binary": browser, "args": ["--automation"]}
        always = {"webkitgtk:browserOptions": options}
        started = self._ask("", capabilities={"alwaysMatch": always})
        self._url += f"/{started['sessionId']}"
        self._ask("/window/rect", x=0, y=0, width=1280, height=900)

    def _ask(self, command: str, method: str = "POST", **parameters: Any) -> Any:
        body = json.dumps(parameters).encode() if method == "POST" else None
        request = Request(self._url + command, body, method=method)
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise RuntimeError(f"{command}: {json.load(error)['value']['message']}") from None

    def open(self, url: str) -> None:
        self._ask("/url", url=url)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        return self._ask("/execute/sync", script=f"return {call(function, arguments)}", args=[])

    def perform(self, sources: list[dict[str, Any]]) -> None:
        self._ask("/actions", actions=sources)

    def close(self) -> None:
        """Close the browser, which the driver would leave running."""
        self._ask("", method="DELETE")


@contextmanager
def running_webkit(driver: str, browser: str, screen: str) -> Iterator[WebKit]:
    """Start screen, driver and browser, and end them afterwards."""
    flags = ("-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp")
    with running(screen, *flags, stdout=subprocess.PIPE) as xvfb:
        display = xvfb.stdout.readline().decode().strip()
        port = free_port()
        environment = os.environ | {
            "DISPLAY": f":{display}",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # it opens this machine's pages only
            "NO_AT_BRIDGE": "1",
        }
        with running(driver, f"--port={port}", env=environment) as program:
            address = f"http://127.0.0.1:{port}"
            window = when_it_answers(program, lambda: WebKit(address, browser), OSError)
            yield window
            window.close()
