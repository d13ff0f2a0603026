"""Files: plain arrays and one JSON text in a NumPy ``.npz``, never a pickle.

Reading such a file cannot run code, whoever wrote it. Nor can it fill the memory: what each array
says of its size is looked at before it is unpacked, and only arrays that are asked for are read.
"""

import base64
import json
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from math import prod
from os import PathLike
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np

from nnlib._typing import Array

File = str | PathLike[str] | IO[bytes]
"""A path, or a binary file object such as ``io.BytesIO()``."""

MOST_UNPACKED = 2**29  # unpacked, all arrays together
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as NumPy does
_DTYPES = (np.float64, np.float32, np.int64)
_HEADERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}
_SETTINGS = "settings"


class OtherFile(ValueError):
    """A file, or a state, that is not what it should be, in words."""


@contextmanager
def refusing(words: str) -> Iterator[None]:
    """Say ``words`` of whatever goes wrong while foreign data is taken apart.

    Damage has no end of forms: zlib.error, KeyError, RecursionError, tokenize.TokenError, … They
    all tell the same.
    """
    try:
        yield
    except (OtherFile, MemoryError):
        raise
    except Exception:
        raise OtherFile(words) from None


def refusing_others(kind: str) -> Any:
    """Return the context in which a file is taken apart that should be one of that ``kind``."""
    return refusing(
        f"This is not a file that {kind}.save wrote. Usual causes: another file was meant, or it "
        "was damaged on its way."
    )


def write(file: File, kind: str, settings: dict[str, Any], arrays: dict[str, Any]) -> None:
    """Write ``settings`` (JSON-ready) and ``arrays`` as a file of that ``kind``.

    Raises
    ------
    ValueError
        If they are more than :func:`read` would read.
    """
    memory = BytesIO()  # the whole file first, so that an error leaves no half-written one
    members = {_SETTINGS: np.array(json.dumps({"kind": kind, **settings})), **arrays}
    _check_size(sum(np.asarray(array).nbytes for array in members.values()))
    np.savez_compressed(memory, **members)
    if isinstance(file, str | PathLike):
        Path(file).write_bytes(memory.getvalue())
    else:
        file.write(memory.getvalue())


def read(file: File, kind: str, names: Collection[str]) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return ``(settings, arrays)`` of a file that :func:`write` wrote.

    Parameters
    ----------
    file : File
    kind : str
    names : collection of str
        The arrays that are looked at, where they are there. All others are left alone.

    Raises
    ------
    ValueError
        If it is no such file, one of another kind, or too large.
    OSError
        If it cannot be read.
    """
    content = _content(file)
    with refusing_others(kind), zipfile.ZipFile(BytesIO(content)) as archive:
        members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
        members = {name: members[name] for name in (_SETTINGS, *names) if name in members}
        _check_size(sum(_declared_size(archive, *member) for member in members.items()))
        arrays = {name: _array(archive, info) for name, info in members.items()}
        settings = json.loads(str(arrays.pop(_SETTINGS)))
        if settings["kind"] != kind:
            found = {"Network": "Network", "Trainer": "Trainer"}[settings["kind"]]
            raise OtherFile(f"This file holds a {found}; read it with {found}.load.")
    return settings, arrays


def _content(file: File) -> bytes:
    """Return what is in a file, but not of an endless one."""
    if not isinstance(file, str | PathLike):
        content = file.read(MOST_UNPACKED + 1)
    else:
        with Path(file).open("rb") as opened:
            content = opened.read(MOST_UNPACKED + 1)
    _check_size(len(content))
    return content


def _declared_size(archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> int:
    """Return how many bytes an array takes, as it says; refuse what :func:`write` never writes."""
    if info.compress_type not in _PACKED:
        raise ValueError
    with archive.open(info) as member:
        read_header = _HEADERS[np.lib.format.read_magic(member)]
        shape, _, dtype = read_header(member)
        size = prod(shape) * dtype.itemsize
        is_text = name == _SETTINGS and dtype.kind == "U" and shape == ()
        if not (is_text or dtype.newbyteorder("=") in _DTYPES):
            raise ValueError
        if member.tell() + size != info.file_size:
            raise ValueError
    return size


def _array(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Array:
    with archive.open(info) as member:
        array: Array = np.lib.format.read_array(member, allow_pickle=False)
        member.read()  # to its end, where its checksum is compared
    return array


def _check_size(size: int) -> None:
    if size > MOST_UNPACKED:
        raise OtherFile(
            f"The data take {size / 1e9:,.1f} GB; a file of nnlib holds at most "
            f"{MOST_UNPACKED / 1e9:.1f} GB."
        )


class Saveable(Protocol):
    """What can save itself as a file."""

    def save(self, file: File, /) -> None:
        """Write all that is needed to load it again to ``file``."""


def saved(thing: Saveable) -> bytes:
    """Return the file that ``thing.save`` writes."""
    memory = BytesIO()
    thing.save(memory)
    return memory.getvalue()


def saved_as_text(thing: Saveable) -> str:
    """Return that file as text, to stand in JSON."""
    return base64.b64encode(saved(thing)).decode("ascii")


def file_from_text(text: Any) -> IO[bytes]:
    """Return the file that :func:`saved_as_text` gave as text, ready to be loaded.

    Raises
    ------
    ValueError
        If it is no such text.
    """
    with refusing("This is not a file as text: it must be what a state has, unchanged."):
        return BytesIO(base64.b64decode(text, validate=True))
