"""A mouse for tests without a page: sends an explorer the messages that the page would send."""

from itertools import count

from nnlib.explorers import Explorer

_gestures = count(1)


class Mouse:
    """Points at handles of one explorer, in the data coordinates of their axes."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.gesture = 0

    def press(self, handle: str, x: float, y: float, shift: bool = False) -> None:
        """Press on a handle that the page knows."""
        assert handle in {known["name"] for known in self.explorer.live_figure.handles}
        self.gesture = next(_gestures)
        self.handle = next(h for h in self.explorer.view.handles if h.name == handle)
        self.shift = shift
        self.explorer.live_figure.receive(self.message("press", x, y))

    def drag(self, x: float, y: float) -> None:
        """Move on."""
        self.explorer.live_figure.receive(self.message("drag", x, y))

    def release(self, x: float, y: float) -> None:
        """Let go."""
        self.explorer.live_figure.receive(self.message("release", x, y))

    def click(self, handle: str, x: float, y: float, shift: bool = False) -> None:
        """Press and release on the spot."""
        self.press(handle, x, y, shift)
        self.release(x, y)

    def pull(self, handle: str, start: tuple[float, float], by: tuple[float, float]) -> None:
        """Drag a handle from ``start``, half of the way first."""
        (x, y), (dx, dy) = start, by
        self.press(handle, x, y)
        self.drag(x + dx / 2, y + dy / 2)
        self.drag(x + dx, y + dy)
        self.release(x + dx, y + dy)

    def message(self, action: str, x: float, y: float) -> dict:
        """Return what the page sends for a place in the handle's data coordinates."""
        axes = self.handle.axes
        pixels = axes.transData.transform((x, y))
        x, y = axes.figure.transFigure.inverted().transform(pixels)
        return {
            "kind": "pointer",
            "action": action,
            "gesture": self.gesture,
            "handle": self.handle.name,
            "x": float(x),
            "y": float(y),
            "shift": self.shift,
        }
