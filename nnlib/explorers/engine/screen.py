"""What a page says of itself: its theme and its resolution.

What was said last is remembered for the whole kernel. A new explorer begins with it: its first
frame and its still picture then fit the page before the page has said anything about this one.
"""

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """Whether the page's theme is dark, and how many pixels make a CSS pixel."""

    dark: bool = False
    pixel_ratio: float = 1.0


_newest = deque([Screen()], maxlen=1)


def newest_screen() -> Screen:
    """Return what a page has said last."""
    return _newest[-1]


def remember_screen(screen: Screen) -> None:
    """Let new explorers begin with this screen."""
    _newest.append(screen)
