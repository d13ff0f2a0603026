"""A class that really runs, in a folder of its own, of which nothing is left afterwards."""

import os
import pwd
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nnlib.classroom.hub.accounts import SOCKETS

PASSWORD, TEACHERS_WORD = "board-word", "teachers-word"
LAST_LINE = "Ctrl + C"  # of what a teacher is told when the class can be had
SECONDS_TO_END = 120.0


@dataclass(frozen=True)
class RunningClass:
    """Where it is had, and its process."""

    address: str
    process: "subprocess.Popen[str]"


@contextmanager
def running_class() -> Iterator[RunningClass]:
    """Start ``python -m nnlib.classroom.hub``, yield it when it can be had, and end it."""
    with tempfile.TemporaryDirectory(prefix="bench-class-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)  # learners' accounts go through it
        port = random.randrange(20_000, 30_000, 4)  # it takes the three after it, too
        process = _start(folder, port)
        try:
            _wait_until_it_can_be_had(process)
            yield RunningClass(f"http://127.0.0.1:{port}", process)
        finally:
            _end(process)
            _take_accounts_away(folder)


def _start(folder: Path, port: int) -> "subprocess.Popen[str]":
    asked = {
        "CLASS_IP": "127.0.0.1",
        "CLASS_PORT": str(port),
        "CLASS_PASSWORD": PASSWORD,
        "CLASS_TEACHER_WORD": TEACHERS_WORD,
        "CLASS_FOLDER": str(folder / "class"),
    }
    if os.geteuid() != 0:
        asked["CLASS_ONE_ACCOUNT"] = "yes"
    left_out = ("CLASS_", "PYTHONPATH")  # the latter leads to this benchmark
    others = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "nnlib.classroom.hub"],
        env=others | asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _wait_until_it_can_be_had(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith(LAST_LINE):
            return
    sys.exit(f"The class did not start. It said:\n{''.join(said)}")


def _end(process: "subprocess.Popen[str]") -> None:
    """Press Ctrl + C."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    process.communicate(timeout=SECONDS_TO_END)


def _take_accounts_away(folder: Path) -> None:
    """Remove the accounts that root had made for learners whose homes are in this folder."""
    for account in pwd.getpwall():
        if Path(account.pw_dir).is_relative_to(folder):
            end = time.monotonic() + 10
            while subprocess.run(["userdel", account.pw_name], capture_output=True).returncode:
                if time.monotonic() > end:
                    print(f"The account {account.pw_name} could not be removed.", file=sys.stderr)
                    break
                time.sleep(0.2)
            shutil.rmtree(SOCKETS / str(account.pw_uid), ignore_errors=True)
