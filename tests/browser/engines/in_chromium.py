"""Chromium, which Playwright drives in all other tests, for the walk of all engines."""

from typing import Any

from engine import Engine, Place, call
from playwright.sync_api import Browser

NAMES = {"\ue012": "ArrowLeft", "\ue014": "ArrowRight"}


class InChromium(Engine):
    """A window of Chromium."""

    def __init__(self, browser: Browser) -> None:
        self._page = browser.new_page(viewport={"width": 1280, "height": 800})

    def open(self, url: str) -> None:
        self._page.goto(url)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        return self._page.evaluate(call(function, arguments))

    def drag(self, *places: Place) -> None:
        mouse = self._page.mouse
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place)
        mouse.up()

    def press(self, key: str) -> None:
        self._page.keyboard.press(NAMES.get(key, key))

    def close(self) -> None:
        """Close the window."""
        self._page.close()
