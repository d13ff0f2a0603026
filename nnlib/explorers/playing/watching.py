"""An explorer that shows what is learned in another one follows it: the watched, the watching."""

from typing import Any

import traitlets

from nnlib.explorers.engine.explorer import Explorer


class WatchedExplorer(Explorer):
    """An explorer that others may watch."""

    progress = traitlets.Int(0, help="grows with whatever is new: another explorer may watch it")

    def request_frame(self) -> None:
        """Ask for a frame, and tell those that watch that there is something new."""
        super().request_frame()
        self.progress += 1


class WatchingExplorer(Explorer):
    """An explorer that shows what ``of`` has learned: an explorer that it follows, or a run."""

    _of: Any = None
    _watched: WatchedExplorer | None = None  # while it is followed

    def watch(self) -> None:
        """Begin to follow it, if there is something to follow."""
        if isinstance(self._of, WatchedExplorer):
            self._watched = self._of
            self._watched.observe(self._progress_made, names="progress")

    def went_on(self) -> None:
        """Bring the parameters up to date with what is new; a frame follows."""

    def _progress_made(self, _change: Any) -> None:
        self._home.run_on_loop(self._follow)

    def _follow(self) -> None:
        with self.lock:
            self.went_on()
        self.request_frame()

    def close(self) -> None:
        """Watch no more, stop, and remove every widget."""
        if self._watched is not None:
            self._watched.unobserve(self._progress_made, names="progress")
            self._watched = None
        super().close()
