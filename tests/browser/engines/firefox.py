"""The system's Firefox, over WebDriver BiDi: it listens itself and needs no further program."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import websocket
from engine import WebDriver, call
from programs import running, when_it_answers

NAMES = ("firefox-esr", "firefox")
WINDOW = ("--width", "1280", "--height", "900")  # its own bars included
PATIENCE = 120


class Firefox(WebDriver):
    """A window of Firefox."""

    def __init__(self, address: str) -> None:
        # Firefox refuses whoever comes from a page.
        self._socket = websocket.create_connection(address, PATIENCE, suppress_origin=True)
        self._numbers = count()
        self._ask("session.new", capabilities={})
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv())).get("id") != number:
            pass  # an event
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]

    def open(self, url: str) -> None:
        self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def evaluate(self, function: str, *arguments: Any) -> Any:
        expression = f"(async () => JSON.stringify(await {call(function, arguments)}))()"
        target = {"context": self._context}
        answer = self._ask(
            "script.evaluate", expression=expression, target=target, awaitPromise=True
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def perform(self, sources: list[dict[str, Any]]) -> None:
        self._ask("input.performActions", context=self._context, actions=sources)


@contextmanager
def running_firefox(path: str, folder: Path) -> Iterator[Firefox]:
    """Start Firefox with a new profile in this folder, and end it afterwards."""
    flags = ("--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0")
    with running(path, *flags, *WINDOW, "about:blank") as program:
        file = folder / "WebDriverBiDiServer.json"
        # Not there yet, or not yet written to its end.
        told = when_it_answers(program, lambda: json.loads(file.read_text()), (OSError, ValueError))
        yield Firefox(f"ws://{told['ws_host']}:{told['ws_port']}/session")
