"""A browser engine as the walk needs it: open an address, run JavaScript, use mouse and keys.

Firefox and WebKit speak one vocabulary, that of W3C WebDriver, with two transports: WebDriver BiDi
(https://www.w3.org/TR/webdriver-bidi/) and HTTP (https://www.w3.org/TR/webdriver2/).
"""

import json
from abc import ABC, abstractmethod
from typing import Any

Place = tuple[float, float]  # CSS pixels in the window


class Engine(ABC):
    """One window of a browser."""

    @abstractmethod
    def open(self, url: str) -> None:
        """Open an address."""

    @abstractmethod
    def evaluate(self, function: str, *arguments: Any) -> Any:
        """Call a function of JavaScript, which may be asynchronous; return what it returns."""

    @abstractmethod
    def drag(self, *places: Place) -> None:
        """Press the mouse at the first place, move it to the others, let go; one place: a click."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key, named as WebDriver does, and let it go."""


class WebDriver(Engine):
    """What speaks WebDriver's vocabulary."""

    @abstractmethod
    def perform(self, sources: list[dict[str, Any]]) -> None:
        """Perform the actions of mouse and keys."""

    def drag(self, *places: Place) -> None:
        moves = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 20} for x, y in places
        ]
        down, up = ({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up"))
        actions = [moves[0], down, *moves[1:], up]
        self.perform([{"type": "pointer", "id": "mouse", "actions": actions}])

    def press(self, key: str) -> None:
        actions = [{"type": f"key{way}", "value": key} for way in ("Down", "Up")]
        self.perform([{"type": "key", "id": "keys", "actions": actions}])


def call(function: str, arguments: tuple[Any, ...]) -> str:
    """Return an expression that calls a function with these arguments."""
    return f"({function})({', '.join(map(json.dumps, arguments))})"
