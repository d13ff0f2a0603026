"""A chapter as its reader meets it: pieces of prose, code and folded text, each in its section."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from notebook_names import tree_of

import nnlib.explorers
from nnlib.exercises.predictions.prediction import QUESTIONS
from nnlib.exercises.predictions.questions import Question

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
CHAPTERS = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.stem[:2] != "00"]

HEADING = re.compile(r"^(#{1,3}) (.+)$")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
EQUATION = re.compile(r"\$\$.+?\$\$", re.DOTALL)
# The teacher's notes are for another reader.
TEACHER = re.compile(r"<details>\s*<summary>For the teacher.*?</details>", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A code cell, or the prose from one heading to the next: all below the same headings."""

    headings: tuple[str, ...]  # of the levels 1 to 3
    kind: str  # "markdown" or "code"
    source: str

    @property
    def part(self) -> str:
        """The heading of level 2."""
        return self.headings[1] if len(self.headings) > 1 else ""

    @property
    def exercise(self) -> str:
        """The heading of the exercise that it belongs to, or nothing."""
        found = [text for text in self.headings if text.startswith("Exercise ")]
        return found[0] if found else ""

    @property
    def is_core(self) -> bool:
        """Say whether it stands on the way through the chapter."""
        return not self.part.startswith(("Going further", "Sources"))

    @property
    def words(self) -> int:
        """How many words of prose: a formula in a line is one, a picture's description is none."""
        text = EQUATION.sub(" ", FENCE.sub(" ", self.source)) if self.kind == "markdown" else ""
        text = re.sub(r"!\[[^\]]*\]\([^)]*\)|<[^>]+>", " ", text)
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
        return count_words(re.sub(r"\$[^$]+\$", "x", text))

    @property
    def equations(self) -> int:
        """How many displayed equations."""
        return len(EQUATION.findall(self.source)) if self.kind == "markdown" else 0

    @property
    def lines(self) -> int:
        """How many lines of code to read; imports and calls that show a widget are none."""
        if self.kind == "markdown":
            return sum(
                count_lines(block.splitlines()[1:-1]) for block in FENCE.findall(self.source)
            )
        lines = self.source.splitlines()
        shown = [
            line
            for node in self._tree.body
            if not isinstance(node, ast.Import | ast.ImportFrom) and not widgets_in(node)
            for line in lines[node.lineno - 1 : node.end_lineno]
        ]
        return count_lines(shown)

    @property
    def questions(self) -> list[Question]:
        """The predictions that it asks for."""
        calls = [c for c in self._calls if c.func.id == "predict"]
        return [QUESTIONS[ast.literal_eval(call.args[0])] for call in calls]

    @property
    def explorers(self) -> list[str]:
        """The explorers that it shows."""
        return [call.func.id for call in self._calls if call.func.id != "predict"]

    @cached_property
    def _tree(self) -> ast.Module:
        return tree_of(self.source if self.kind == "code" else "")

    @property
    def _calls(self) -> list[ast.Call]:
        return widgets_in(self._tree)


def widgets_in(tree: ast.AST) -> list[ast.Call]:
    """Return the calls that show a prediction or an explorer."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {"predict", *nnlib.explorers.__all__}
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]


def count_words(text: str) -> int:
    """Return how many words stand in a text; a lone sign is none."""
    return len(re.findall(r"\S*\w\S*", text))


def count_lines(lines: list[str]) -> int:
    """Return how many lines are neither blank nor a comment."""
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in lines)


def pieces(chapter: str) -> Iterator[Piece]:
    """Read the pieces of a chapter, such as "01_neurons", from its first to its last."""
    headings: tuple[str, ...] = ()
    for cell in nbformat.read(NOTEBOOKS / f"{chapter}.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            yield Piece(headings, "code", cell.source)
            continue
        prose: list[str] = []
        in_fence = False
        for line in TEACHER.sub("", cell.source).splitlines():
            in_fence ^= line.startswith("```")
            if not in_fence and (heading := HEADING.match(line)):
                if prose:
                    yield Piece(headings, "markdown", "\n".join(prose))
                prose, level = [], len(heading[1])
                headings = (*headings[: level - 1], heading[2])
            prose.append(line)
        yield Piece(headings, "markdown", "\n".join(prose))
