"""Run the service of a class: ``python -m nnlib.classroom.votes``, as a JupyterHub does.

A hub looks after its services every thirty seconds. In a vote that is long, so the service is kept
running from here: if it ends without being asked to, it is started again at once.
"""

import os
import signal
import subprocess
import sys
import time
from typing import Any

COMMAND = (sys.executable, "-m", "nnlib.classroom.votes.service")
LOOK_SECONDS = 0.5


def main() -> None:
    """Keep the service running until a signal to end comes, or the hub is gone."""
    hub = os.getppid()
    signal.signal(signal.SIGTERM, _end)
    while os.getppid() == hub:
        service = subprocess.Popen(COMMAND)
        try:
            while service.poll() is None and os.getppid() == hub:
                time.sleep(LOOK_SECONDS)
        finally:
            service.terminate()
            service.wait()
        time.sleep(LOOK_SECONDS)  # such as until the port is free


def _end(_number: int, _frame: Any) -> None:
    raise SystemExit


if __name__ == "__main__":
    main()
