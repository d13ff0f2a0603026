"""The kernel's Interrupt (■) pauses whatever plays.

Interrupt sends SIGINT. While a kernel runs no cell it ignores that signal, so what plays between
cells would never hear of it: here it is listened to instead. The handler may be called at any
moment, in the midst of a message to the page, so it only asks each player's loop to pause it.

While a cell runs, the signal is the cell's: it raises KeyboardInterrupt there, and CancelledError
where the cell awaits something. Whatever plays beside the cell is paused with it.
"""

import asyncio
import signal
import sys
import threading
import weakref
from typing import Any, Protocol


class Interruptible(Protocol):
    """What can be paused from within a signal handler."""

    def interrupt(self) -> None:
        """Pause as soon as the handler has returned."""


_players: weakref.WeakSet[Interruptible] = weakref.WeakSet()


def listen_for(player: Interruptible) -> None:
    """Have ``player`` paused by Interrupt. To be called on its loop's own thread."""
    _players.add(player)
    if threading.current_thread() is not threading.main_thread():
        return
    _listen_to_cells()  # also to the one that awaits something now
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a kernel between two cells has it
        signal.signal(signal.SIGINT, lambda _signal, _frame: interrupt_all())


def interrupt_all() -> None:
    """Ask all that plays to pause."""
    for player in list(_players):
        player.interrupt()


def _listen_to_cells() -> None:
    """Hear of cells that were interrupted, too."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        shell.events.register("post_run_cell", _cell_has_run)  # once: IPython counts no doubles


def _cell_has_run(result: Any) -> None:
    if isinstance(result.error_in_exec, KeyboardInterrupt | asyncio.CancelledError):
        interrupt_all()
