"""What a learner has set by hand in an explorer: it stands as left when the cell is run again.

An explorer's name is its place (notebook, cell, which one of the cell), its kind, and what it was
made with: when the learner edits the call, the new one begins anew. Kept is only what the hand has
changed last, not what code has assigned: code will do so again. It is written when the picture has
come to rest, or when the explorer is closed, on a thread that no slider waits for.
"""

import atexit
import hashlib
import json
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib.explorers.engine.abstract_explorer import AbstractExplorer
from nnlib.learner import presence as learner

if TYPE_CHECKING:
    from nnlib.learner.memory import Memory

AS_LEFT = "As you left it. Reset goes back to the start."
_PASSES = 3  # a parameter may move others, so that some have to be set again

_stands_as_made = ContextVar("stands_as_made", default=False)


@contextmanager
def as_made() -> Iterator[None]:
    """Have each explorer that is made meanwhile stand as it is made, and not be remembered."""
    token = _stands_as_made.set(True)
    try:
        yield
    finally:
        _stands_as_made.reset(token)


class StandsAsLeft(type(AbstractExplorer)):  # type: ignore[misc]
    """Makes explorers: each stands at first as its learner left it, if there is one."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Return a new explorer, as it was left if its cell has been run before."""
        explorer = super().__call__(*args, **kwargs)
        if not _stands_as_made.get():
            explorer._by_hand.recall(args, kwargs)
        return explorer


_watched: weakref.WeakSet["ByHand"] = weakref.WeakSet()


class ByHand:
    """Tells what of an explorer's state the learner's hand has made, and keeps it.

    Parameters
    ----------
    explorer : AbstractExplorer
        What the hand moves.
    """

    def __init__(self, explorer: AbstractExplorer) -> None:
        self._explorer = explorer
        self._memory: Memory | None = None  # until `recall`, and where no learner is
        self._name = ""
        self._working = False  # is the learner's hand doing something now?
        self._names: set[str] = set()  # parameters that it changed last
        self._trained = False  # was all training done by hand,
        self._work_done = 0  # and how much was that?
        self._news = False  # since something was kept
        self._kept: dict[str, Any] | None = None

    @property
    def working(self) -> bool:
        """Whether what happens now is the learner's doing."""
        return self._working

    @contextmanager
    def at_work(self, really: bool = True) -> Iterator[None]:
        """Take what changes meanwhile for the learner's doing; to be used under the lock."""
        if self._memory is None or self._working or not really:
            yield
            return
        before = self._explorer.work_done
        if before != self._work_done:  # code has trained it meanwhile
            self._trained = False
        self._working = True
        try:
            yield
        finally:
            self._working, self._news = False, True
            self._work_done = self._explorer.work_done
            if self._work_done != before:
                self._trained = self._trained or before == 0

    def changed(self, name: str) -> None:
        """Note who has changed a parameter: the hand, or code."""
        if self._working:
            self._names.add(name)
            if self._explorer.notice == AS_LEFT:
                self._explorer.notice = None
        elif name in self._names:
            self._names.remove(name)
            self._news = True

    def keep(self, soon: bool = True) -> None:
        """Keep what is new; what stands as at the start is forgotten."""
        memory = self._memory
        if memory is None or not self._news:
            return
        self._news = False
        with self._explorer.lock:
            kept = self._to_keep()
        if kept == self._kept:
            return
        self._kept = kept
        if soon:
            memory.soon(lambda: _write(memory, self._name, kept))
        else:
            _write(memory, self._name, kept)

    def recall(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Let the new explorer stand as its learner left it; these are what it was made with."""
        self._memory = memory = learner.memory()
        if memory is None:
            return
        _watched.add(self)
        kind = type(self._explorer).__name__
        self._name = f"{learner.next_place()} / {kind} / {_made_with(args, kwargs)}"
        self._work_done = self._explorer.work_done
        kept = memory.recall(learner.EXPLORER, self._name)
        notice = memory.take_complaint()
        if kept is not None:
            notice = notice or AS_LEFT
            try:
                self._stand_as(kept)
            except Exception:  # of an older version, or damaged: whatever it is, begin anew
                self._begin_anew()
                memory.forget(learner.EXPLORER, self._name)
                return
        self._explorer.notice = notice or None

    def _to_keep(self) -> dict[str, Any] | None:
        """Return what the hand has changed, ready for JSON; None if all stands as at the start.

        What it has changed back is kept beside the rest: a parameter that moves others would move
        it again.
        """
        explorer = self._explorer
        by_hand = {k: v for k, v in explorer.parameter_values.items() if k in self._names}
        if all(getattr(explorer, name) == explorer.start_values[name] for name in by_hand):
            by_hand = {}
        trained = self._trained and explorer.work_done == self._work_done != 0
        learned = explorer.learned if trained else {}
        return {"set": by_hand, "learned": learned} if by_hand or learned else None

    def _stand_as(self, kept: dict[str, Any]) -> None:
        """Bring the explorer to what was kept; raise if it cannot be brought there."""
        explorer, wanted = self._explorer, kept["set"]
        for _pass in range(_PASSES):
            now = _plain(explorer.parameter_values)
            missing = {name: value for name, value in wanted.items() if now[name] != value}
            if not missing:
                break
            explorer.set_parameters(**missing)
        else:
            raise ValueError("Some parameters do not go together.")
        if kept["learned"]:
            explorer.resume(kept["learned"])
        explorer.model()  # what cannot be drawn is not worth keeping
        if explorer.error is not None:
            raise ValueError(explorer.error)
        self._kept, self._names = kept, set(wanted)
        self._trained, self._work_done = bool(kept["learned"]), explorer.work_done
        self._news = False

    def _begin_anew(self) -> None:
        self._explorer.reset()
        self._explorer.error = None
        self._work_done = self._explorer.work_done


def _write(memory: "Memory", name: str, kept: dict[str, Any] | None) -> None:
    if kept is None:
        memory.forget(learner.EXPLORER, name)
    elif not memory.remember(learner.EXPLORER, name, kept):  # too much was learned
        memory.remember(learner.EXPLORER, name, {**kept, "learned": {}})


def _made_with(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """Return a short text that tells what was called with what; of objects only the kind."""
    text = json.dumps([args, dict(kwargs)], sort_keys=True, default=_told)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _told(value: object) -> Any:
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else type(value).__name__


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as they are after their way through a file."""
    return dict(json.loads(json.dumps(values)))


@atexit.register
def _keep_all() -> None:
    """Keep what a kernel that ends has not kept yet, such as training that was still playing."""
    for hand in list(_watched):
        hand.keep(soon=False)
