"""Keeps the hub running: one at a time, again when it was killed, ended by Ctrl + C."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from nnlib.classroom.hub.settings import Refusal

TOO_SOON = 10.0  # seconds; a hub that ends itself earlier would do so again
LINES_SHOWN = 15


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Return whether it became so in time."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


@contextlib.contextmanager
def the_only_one(state: Path) -> Iterator[IO[str]]:
    """Hold the class's folder; its lock is handed on to the hub, and ends with both.

    Raises
    ------
    Refusal
        If another class runs from this folder.
    """
    with open(state / "running", "a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refusal(
                f"A class runs from {state.parent} already. End it first: with Ctrl + C where it "
                f"was started, or with kill {lock.read().strip()}."
            ) from None
        yield lock


class KeptHub:
    """A hub that is started again when it was killed; learners' servers go on meanwhile."""

    def __init__(self, environment: dict[str, str], log: Path, lock: IO[str]) -> None:
        self.environment = os.environ | environment
        self.log = log
        self.lock = lock
        self.ending = False
        # Before the hub begins: with Ctrl + C switched off, as in the background of a shell, what
        # it starts could not be interrupted.
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self.end)
        self.process = self._start()

    def run(self) -> None:
        """Return when the hub has been ended.

        Raises
        ------
        Refusal
            If it ends by itself as soon as it is started.
        """
        while True:
            began = time.monotonic()
            killed = self.process.wait() < 0
            if self.ending:
                return
            if not killed and time.monotonic() - began < TOO_SOON:
                raise Refusal(self._why())
            print(f"The hub was ended from elsewhere and is started again; see {self.log}.")
            self.process = self._start()

    def end(self, *_signal: Any) -> None:
        """End the hub, its proxy and learners' servers; what is saved stays."""
        if not self.ending:
            print("\nEnding the class …", flush=True)
        self.ending = True
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)

    def ended_early(self) -> bool:
        """Return whether the hub runs no longer."""
        return self.process.poll() is not None

    def _start(self) -> "subprocess.Popen[bytes]":
        config = Path(__file__).with_name("jupyterhub_config.py")
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "jupyterhub", "-f", str(config)],
                cwd=self.log.parent,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[self.lock.fileno()],
                start_new_session=True,  # Ctrl + C comes here only
            )
        self.lock.truncate(0)
        self.lock.write(f"{process.pid}\n")
        self.lock.flush()
        return process

    def _why(self) -> str:
        last = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES_SHOWN:]
        return "\n".join([f"The hub does not run. The last lines of {self.log}:", "", *last])
