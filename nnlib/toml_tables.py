"""Files of tables that a teacher writes: what each must hold, and what is wrong in plain words.

TOML, https://toml.io/en/v1.0.0.
"""

import reprlib
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def read_tables(file: Path, read: Callable[[str, Any], T]) -> dict[str, T]:
    """Return what ``read`` makes of each name and table of a file, in the file's order.

    Raises
    ------
    ValueError
        If the file is not as it should be. The message names the file, the table, what is wrong
        there and what was expected.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))  # -sig: as Notepad saves it
        return {name: read(name, table) for name, table in tables.items()}
    except UnicodeDecodeError:
        raise ValueError(f"{file.name} is not in UTF-8. Save it in this encoding.") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            f"{file.name} cannot be read: {error}. Usual causes: a quotation mark is missing or "
            "stands inside a text, a comma is missing in a list, or a name stands twice."
        ) from None
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from None


class TomlTable:
    """A table with known keys.

    Parameters
    ----------
    where : str
        How errors call it, such as ``"neurons-bias.plane"``.
    content : Any
        What the file holds there.
    keys : sequence of str
        The keys that it may have.

    Raises
    ------
    ValueError
        If it is no table, or has another key.
    """

    def __init__(self, where: str, content: Any, keys: Sequence[str]) -> None:
        self.where = where
        if not isinstance(content, dict):
            raise ValueError(f"{where} should be a table; it is {reprlib.repr(content)}.")
        for key in content:
            if key not in keys:
                raise ValueError(f"{where} has no key {key!r}. The known ones: {', '.join(keys)}.")
        self._content = content

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def take(self, key: str, read: Callable[[Any], T], default: T | None = None) -> T:
        """Return what a key holds, read by ``read``, which raises what it expects.

        Raises
        ------
        ValueError
            If the key is missing and has no default, or holds something else.
        """
        if key in self._content:
            try:
                return read(self._content[key])
            except Expected as expected:
                value = reprlib.repr(self._content[key])
                raise ValueError(
                    f"{self.where}.{key} should be {expected}; it is {value}."
                ) from None
        if default is None:
            raise ValueError(
                f"{self.where} has no {key!r}. It stands right below [{self.where}], above any "
                f"[{self.where}.…]."
            )
        return default

    def table(self, key: str, keys: Sequence[str]) -> "TomlTable":
        """Return the table that a key holds."""
        content = self.take(key, lambda value: value)
        return TomlTable(f"{self.where}.{key}", content, keys)


class Expected(Exception):
    """A value is not what it should be; the message says what that is."""


def text(value: Any) -> str:
    """Read a text as it stands."""
    if not isinstance(value, str) or not value.strip():
        raise Expected('text in quotation marks, "…"')
    return value


def prose(value: Any) -> str:
    """Read sentences; a new line counts as a space."""
    return " ".join(line.strip() for line in text(value).strip().splitlines())


def texts(value: Any) -> tuple[str, ...]:
    """Read a list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise Expected('a list of texts, ["…", "…"]')
    return tuple(value)


def proses(value: Any) -> tuple[tuple[str, str], ...]:
    """Read a table of sentences, each under a text."""
    if not isinstance(value, dict):
        raise Expected('a table of texts, "…" = "…"')
    return tuple((key, prose(sentences)) for key, sentences in value.items())


def number(value: Any) -> float:
    """Read a number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Expected("a number")
    return value


def positive(value: Any) -> float:
    """Read a number above 0."""
    if number(value) <= 0:
        raise Expected("a number above 0")
    return value
