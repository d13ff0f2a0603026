"""Files: plain arrays and one JSON text in a NumPy ``.npz``, never a pickle.

Reading such a file cannot run code, whoever wrote it.
"""

import base64
import json
import zipfile
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np

from nnlib._typing import Array

File = str | PathLike[str] | IO[bytes]
"""A path, or a binary file object such as ``io.BytesIO()``."""


def write(file: File, kind: str, settings: dict[str, Any], arrays: dict[str, Any]) -> None:
    """Write ``settings`` (JSON-ready) and ``arrays`` as a file of that ``kind``."""
    memory = BytesIO()  # the whole file first, so that an error leaves no half-written one
    text = json.dumps({"kind": kind, **settings})
    np.savez_compressed(memory, settings=np.array(text), **arrays)
    if isinstance(file, str | PathLike):
        Path(file).write_bytes(memory.getvalue())
    else:
        file.write(memory.getvalue())


def read(file: File, kind: str) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return ``(settings, arrays)`` of a file that :func:`write` wrote.

    Raises
    ------
    ValueError
        If it is no such file, or one of another kind.
    """
    try:
        with np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        settings = json.loads(str(arrays.pop("settings")))
        found = settings["kind"]
    except (AttributeError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile):
        raise ValueError(f"This is not a file that {kind}.save wrote.") from None
    if found != kind:
        raise ValueError(f"This file holds a {found}; read it with {found}.load.")
    return settings, arrays


class Saveable(Protocol):
    """What can save itself as a file."""

    def save(self, file: File, /) -> None:
        """Write it."""


def saved(thing: Saveable) -> bytes:
    """Return the file that ``thing.save`` writes."""
    memory = BytesIO()
    thing.save(memory)
    return memory.getvalue()


def saved_as_text(thing: Saveable) -> str:
    """Return that file as text, to stand in JSON."""
    return base64.b64encode(saved(thing)).decode("ascii")


def file_from_text(text: str) -> IO[bytes]:
    """Return the file that :func:`saved_as_text` gave as text, ready to be loaded."""
    return BytesIO(base64.b64decode(text))
