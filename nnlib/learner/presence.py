"""Who is there: a learner, whose memory is opened, or a program, which finds and leaves none.

A learner's front end (JupyterLab, Notebook 7) names the cell in each request to run it. What
executes notebooks by itself (nbval, nbclient, nbconvert) names none, and neither does plain Python:
there nothing is remembered and no file is looked for. The environment variable ``NNLIB_MEMORY`` may
say more: a path puts the file there, ``off`` switches the memory off.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from nnlib.widgets.lifetime import running_cell, running_request

if TYPE_CHECKING:
    from nnlib.learner.class_link import ClassLink
    from nnlib.learner.memory import Memory

OFF = "off"

# What is remembered, each under a name of its own kind.
PREDICTION, EXERCISE, EXPLORER = "prediction", "exercise", "explorer"
# What goes to a class: what its service has not yet got, and what the learner agreed to.
UNSENT, AGREED = "unsent", "agreed"

_memories: dict[Path, "Memory"] = {}
_links: dict[str, "ClassLink"] = {}
_counted = ("", 0)  # the request that runs a cell, and the places that were taken in it


def memory() -> "Memory | None":
    """Return the memory of the learner who runs this cell; None if no learner does."""
    wish = os.environ.get("NNLIB_MEMORY", "")
    if running_cell() is None or wish == OFF:
        return None
    try:
        from nnlib.learner.memory import (
            Memory,  # loaded for a learner alone; some Pythons lack SQLite
        )
    except ImportError:
        return None
    file = Path(wish) if wish else _usual_file()
    if file not in _memories:
        _memories[file] = Memory(file)
    return _memories[file]


def class_link() -> "ClassLink | None":
    """Return the way to the class of the learner who runs this cell; None if they are in none.

    In class the environment variable ``NNLIB_CLASS_URL`` says where its service is.
    """
    address = os.environ.get("NNLIB_CLASS_URL", "")
    if not address or running_cell() is None:
        return None
    from nnlib.learner.class_link import ClassLink

    if address not in _links:
        _links[address] = ClassLink(address, os.environ.get("JUPYTERHUB_API_TOKEN", ""), memory())
    return _links[address]


def next_place() -> str:
    """Return the next place in the running cell: notebook, cell, and a number that counts up."""
    global _counted
    request = str(running_request().get("header", {}).get("msg_id"))
    number = _counted[1] + 1 if _counted[0] == request else 1
    _counted = (request, number)
    notebook = Path(os.environ.get("JPY_SESSION_NAME", "")).stem
    return f"{notebook} / {running_cell()} / {number}"


def _usual_file() -> Path:
    """Return where the platform keeps a program's data: on Linux ``~/.local/share/nnlib``."""
    import platformdirs

    return platformdirs.user_data_path("nnlib", appauthor=False) / "memory.sqlite"
