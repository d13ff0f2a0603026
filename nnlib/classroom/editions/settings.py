"""How an explorer is to stand, as a teacher's note says it: ``NeuronExplorer(w1=0)`` in a row.

What such a line leaves out stays as it was in the lesson before, so a note says only what changes.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import nnlib.explorers
from nnlib.explorers.engine.by_hand import as_made

CODE = re.compile(r"`([^`]*)`")
WRITTEN = re.compile(r"\w*Explorer\b.*\(", re.DOTALL)
BARE = re.compile(r"\w+ *=[^=]")
EXPLORERS = tuple(name for name in nnlib.explorers.__all__ if name != "Explorer")
LONGEST = 90  # letters in a line of code on a projector


class NoteError(ValueError):
    """A teacher's note names a setting that its explorer cannot have."""


@dataclass(frozen=True)
class Call:
    """Code that makes an explorer.

    Attributes
    ----------
    kind : str
        The explorer's class.
    given : tuple of str
        What it is made from, if anything is given without a name.
    named : mapping of str to str
        What is given by name, as code.
    """

    kind: str
    given: tuple[str, ...]
    named: Mapping[str, str]

    def then(self, setting: "Call") -> "Call":
        """Return it with what a setting names."""
        return Call(self.kind, self.given, {**self.named, **setting.named})

    @property
    def code(self) -> str:
        """The call, a line for each name if one line is too short."""
        words = [*self.given, *(f"{name}={value}" for name, value in self.named.items())]
        line = f"{self.kind}({', '.join(words)})"
        if len(line) <= LONGEST:
            return line
        return f"{self.kind}(\n" + "".join(f"    {word},\n" for word in words) + ")"


def calls_in(source: str) -> Iterator[tuple[str, Call]]:
    """Yield each call in the code that makes an explorer, first as it is written."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            kind = node.func.id
            if kind in EXPLORERS:
                yield _written(source, node), _call(source, node, kind)


def settings_in(text: str) -> list[Call]:
    """Return the settings that a text of the note names.

    Raises
    ------
    NoteError
        If one is not written as a call, or its explorer cannot stand so.
    """
    found = []
    for code in CODE.findall(text):
        if BARE.match(code):
            raise NoteError(
                f"`{code}` does not say which explorer is meant. "
                f"Write its name around it, as in `NeuronExplorer({code})`."
            )
        if WRITTEN.match(code):
            found.append(_setting(code))
    return found


@cache
def _setting(code: str) -> Call:
    """Return the setting that is written so, if an explorer can stand so."""
    try:
        tree = ast.parse(code, mode="eval").body
    except SyntaxError as failure:
        raise NoteError(
            f"`{code}` is no Python: {failure.msg}. "
            "Write the explorer with its settings by name, as in `NeuronExplorer(w1=0)`."
        ) from None
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)) or tree.args:
        raise NoteError(
            f"`{code}` is not how a setting is written. "
            "Write the explorer with its settings by name, as in `NeuronExplorer(w1=0)`."
        )
    kind = tree.func.id
    if kind not in EXPLORERS:
        raise NoteError(
            f"`{code}`: there is no explorer {kind}. There are: {', '.join(EXPLORERS)}."
        )
    _try_out(code, kind, tree.keywords)
    return _call(code, tree, kind)


def _try_out(code: str, kind: str, keywords: list[ast.keyword]) -> None:
    """Make the explorer once: it knows best what it can be."""
    try:
        values = {str(word.arg): ast.literal_eval(word.value) for word in keywords}
    except ValueError:
        raise NoteError(
            f"`{code}`: a note's settings are numbers, texts and lists of them, "
            "so that they can be read on paper. Write the values themselves."
        ) from None
    try:
        with as_made():
            getattr(nnlib.explorers, kind)(**values).close()
    except Exception as failure:
        raise NoteError(f"`{code}`: {failure}") from failure


def _call(source: str, node: ast.Call, kind: str) -> Call:
    given = tuple(_written(source, value) for value in node.args)
    named = {str(word.arg): _written(source, word.value) for word in node.keywords}
    return Call(kind, given, named)


def _written(source: str, node: ast.AST) -> str:
    """Return the code of a node as it is written."""
    return ast.get_source_segment(source, node) or ""
