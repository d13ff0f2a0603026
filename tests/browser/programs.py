"""Programs that run beside a test: servers and browsers."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

START_SECONDS = 120
Answer = TypeVar("Answer")


@contextmanager
def running(*command: str, **settings: Any) -> Iterator[subprocess.Popen]:
    """Run a program, and end it afterwards."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | settings
    with subprocess.Popen(command, **quiet) as program:
        try:
            yield program
        finally:
            program.terminate()


def when_it_answers(
    program: subprocess.Popen, ask: Callable[[], Answer], errors: type[Exception] | tuple
) -> Answer:
    """Ask a program that has just been started, again until it answers, stops or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return ask()
        except errors:
            if time.monotonic() > deadline or program.poll() is not None:
                raise
            time.sleep(0.1)
