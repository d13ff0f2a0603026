"""How high a piece is on a slide, in lines of its text: enough to say where the next one begins."""

import re
import struct
from base64 import b64decode
from collections.abc import Iterator
from math import ceil

from nbformat import NotebookNode

from nnlib.classroom.editions.tags import tag_of

ROOM = 16.0  # lines on a slide
LINE = 38.0  # pixels, of 720
LETTERS = 80  # in a line
CODE_LINE, CODE_LETTERS = 0.78, 88
PICTURE = 15.0  # the most that a picture gets,
WIDE = 1185  # the pixels that it may be wide,
WHOLE = 1280  # and those of an explorer's: the whole slide
HEADING = r"#{1,6} .*"
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def blocks(text: str) -> Iterator[str]:
    """Yield the paragraphs, tables and code of a text.

    A heading goes with what follows, and a list with what stands before it.
    """
    whole = FENCE.sub(lambda found: found[0].replace("\n", "\n\0"), text)
    block = ""
    for part in re.split(r"\n{2,}", whole.strip()):
        goes_on = block and (re.match(r"[-*] |1\. ", part) or re.fullmatch(HEADING, block))
        if block and not goes_on:
            yield block.replace("\0", "")
        block = f"{block}\n\n{part}" if goes_on else part
    yield block.replace("\0", "")


def height(cell: NotebookNode) -> float:
    """Return how many lines a cell takes."""
    if cell.cell_type == "markdown":
        return sum(map(_prose, cell.source.split("\n\n")))
    hidden = cell.metadata.get("transient", {}).get("remove_source", False)
    code = 0.0 if hidden else _lines(cell.source) + 0.8
    whole = tag_of(cell) == "explorer"
    return code + sum(_output(output, whole) for output in cell.outputs)


def _prose(block: str) -> float:
    """Return the height of a paragraph, a list, an equation, a table or a picture."""
    if block.startswith("```"):
        return _lines(block) + 0.4
    if block.startswith("!["):
        return PICTURE
    if block.startswith("$$"):
        return 2.5 if "frac" in block else 1.5
    lines = block.splitlines()
    if block.startswith("|"):
        return 0.6 + sum(1.25 * ceil(len(line) / LETTERS) for line in lines if "---" not in line)
    if block.startswith("#"):
        return 2.0
    return 0.5 + sum(ceil(max(len(line), 1) / LETTERS) for line in lines)


def _lines(text: str) -> float:
    """Return the height of lines of code."""
    return CODE_LINE * sum(ceil(max(len(line), 1) / CODE_LETTERS) for line in text.splitlines())


def _output(output: NotebookNode, whole: bool) -> float:
    """Return the height of what a cell has shown; ``whole`` if it is as wide as the slide."""
    data = output.get("data", {})
    if "image/png" in data:
        wide, high = struct.unpack(">II", b64decode(data["image/png"][:64])[16:24])
        return high / wide * WHOLE / LINE if whole else min(PICTURE, high / wide * WIDE / LINE)
    return _lines(output.get("text", data.get("text/plain", ""))) + 0.4
