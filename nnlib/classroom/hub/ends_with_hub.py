"""Run a service that ends when the hub that started it has ended, however that came about.

``python -m nnlib.classroom.hub.ends_with_hub MODULE [flags]``. A hub that was killed is started
again and starts its services anew, which would find their ports held by the old ones.
"""

import os
import runpy
import sys
import threading
import time

EVERY = 0.5  # seconds


def end_with_parent() -> None:
    """Look for the parent from now on, and end this process when it is gone."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(EVERY)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    """Watch, and run the module that is named."""
    end_with_parent()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
