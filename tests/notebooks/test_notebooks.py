"""The notebooks keep the rules of the course: executed, honest, short, in order and accessible.

nbval compares the outputs; it does not notice what is missing. These tests do.
"""

import ast
import copy
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from execute_notebooks import WIDGET_VIEW, strip
from nbformat import NotebookNode
from notebook_names import syntax_tree

import nnlib.explorers

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if not path.name.startswith("00_")]

MOST_LINES = 15
MOST_BYTES = 1_500_000
FEWEST_OUTPUTS = 8
FORBIDDEN_NAMES = {"interact", "interactive", "interact_manual", "Output", "clear_output"}
FORBIDDEN_MODULES = {"urllib", "requests", "http"}
NBVAL_MARK = re.compile(r"nbval|raises-exception", re.IGNORECASE)
# Of an explorer that plays, or is drawn on: nothing has happened yet.
FIRST_MOMENT = re.compile(r"\b(Epoch 0|step 0)\b|Nothing is drawn")
# What comes then, a prediction asks.
ASKED_ABOVE = {"explorer-start", "explorer-dropout", "explorer-experiments", "explorer-two-runs"}
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def notebook(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request: pytest.FixtureRequest) -> NotebookNode:
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown(notebook: NotebookNode) -> str:
    """All prose, without code blocks: a comment in one is no heading."""
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def headings(notebook: NotebookNode) -> list[tuple[int, str]]:
    """The level and text of every heading."""
    found = re.findall(r"^(#{1,6})\s+(.+)$", markdown(notebook), flags=re.MULTILINE)
    return [(len(marks), text.strip()) for marks, text in found]


def names_used(tree: ast.Module) -> set[str]:
    """Every name, attribute, and imported module or name in a cell."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.alias)}
    modules = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    return names | {name.split(".")[0] for name in names | modules}


def list_after(text: str, word: str) -> list[str]:
    """The items of the first list after `word`, which stands in a heading or in bold."""
    start = re.search(rf"^(#+ |\*\*){word}.*$", text, flags=re.MULTILINE | re.IGNORECASE)
    assert start, f"there is no heading or bold word {word!r}"
    items = re.match(r"\s*((?:(?:[-*]|\d+\.) .+\n(?:[ ]{2,}.+\n)*)+)", text[start.end() :] + "\n")
    assert items, f"there is no list after {word!r}"
    return re.findall(r"^(?:[-*]|\d+\.) ", items[1], flags=re.MULTILINE)


def test_there_are_six_notebooks():
    assert [path.stem for path in NOTEBOOKS] == [
        "00_start_here",
        "01_neurons",
        "02_activations",
        "03_feedforward",
        "04_backprop",
        "05_training",
    ]


# Outputs ------------------------------------------------------------------------------------


def test_executed_from_top_to_bottom(notebook: NotebookNode):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1)), "run `make notebooks`"


def test_enough_output_to_compare(chapter: NotebookNode):
    assert sum(bool(cell.outputs) for cell in code_cells(chapter)) >= FEWEST_OUTPUTS


def test_no_error_and_no_warning_is_shown(notebook: NotebookNode):
    for cell in code_cells(notebook):
        kinds = {(output.output_type, output.get("name")) for output in cell.outputs}
        assert not kinds & {("error", None), ("stream", "stderr")}, cell.source


def test_outputs_can_be_read_without_a_kernel(notebook: NotebookNode):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            data = output.get("data", {})
            text = data.get("text/plain", "") + output.get("text", "")
            assert WIDGET_VIEW not in data, f"run `make notebooks`: {cell.source}"
            assert not re.search(r"\bat 0x[0-9a-f]+", text), f"a new address in every run: {text}"
            assert not re.match(r"\w+\(children=", text), f"a widget without words: {cell.source}"


def test_a_still_picture_shows_what_the_text_is_about(notebook: NotebookNode):
    """On GitHub and on paper nobody can press Play."""
    words = {
        cell.id: output.metadata.get("image/png", {}).get("alt", output.data["text/plain"])
        for cell in code_cells(notebook)
        for output in cell.outputs
        if "image/png" in output.get("data", {}) and "Explorer(" in cell.source
    }
    at_start = {cell for cell, told in words.items() if FIRST_MOMENT.search(told)}
    assert at_start <= ASKED_ABOVE


def test_only_content_is_kept(notebook: NotebookNode):
    stripped = copy.deepcopy(notebook)
    strip(stripped)
    assert notebook == stripped, "run `make notebooks`"


def test_file_is_small(path: Path):
    assert path.stat().st_size <= MOST_BYTES


# Code ---------------------------------------------------------------------------------------


def test_cells_are_short(notebook: NotebookNode):
    for cell in code_cells(notebook)[1:]:  # the first holds the imports, a name in each line
        assert len(cell.source.splitlines()) <= MOST_LINES, cell.source


def test_first_code_cell_sets_up(notebook: NotebookNode):
    """After nnlib, which keeps Matplotlib from complaining of a home that it cannot write to."""
    lines = code_cells(notebook)[0].source.splitlines()
    assert lines.index("%matplotlib inline") > max(k for k, it in enumerate(lines) if "nnlib" in it)


def test_no_other_magic_and_no_shell(notebook: NotebookNode):
    lines = [line for cell in code_cells(notebook) for line in cell.source.splitlines()]
    assert [line for line in lines if re.match(r"\s*[%!]", line)] == ["%matplotlib inline"]


def test_no_trailing_semicolon(notebook: NotebookNode):
    for cell in code_cells(notebook):
        assert not cell.source.rstrip().endswith(";"), cell.source


def test_no_forbidden_construct(notebook: NotebookNode):
    for cell in code_cells(notebook):
        found = names_used(syntax_tree(cell)) & (FORBIDDEN_NAMES | FORBIDDEN_MODULES)
        assert not found, cell.source


def test_no_print_in_a_loop(notebook: NotebookNode):
    for cell in code_cells(notebook):
        loops = [node for node in ast.walk(syntax_tree(cell)) if isinstance(node, LOOPS)]
        inside = [node for loop in loops for node in ast.walk(loop)]
        assert not any(isinstance(n, ast.Name) and n.id == "print" for n in inside), cell.source


def test_nothing_is_kept_from_nbval_without_a_reason(notebook: NotebookNode):
    for cell in code_cells(notebook):
        lines = cell.source.splitlines()
        marked = any(NBVAL_MARK.search(tag) for tag in cell.metadata.get("tags", []))
        marked |= any(line.startswith("#") and NBVAL_MARK.search(line) for line in lines)
        has_reason = lines and lines[0].startswith("#") and not NBVAL_MARK.search(lines[0])
        assert not marked or has_reason, f"give the reason in the first line: {cell.source}"


# Prose --------------------------------------------------------------------------------------


def test_one_title_and_no_skipped_level(notebook: NotebookNode):
    levels = [level for level, _ in headings(notebook)]
    assert notebook.cells[0].source.startswith("# ")
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_images_have_alternative_text(notebook: NotebookNode):
    text = markdown(notebook)
    assert not re.search(r"!\[\s*\]", text)
    assert all(re.search(r'\balt="[^"]', tag) for tag in re.findall(r"<img\b[^>]*>", text))


def test_links_say_where_they_lead(notebook: NotebookNode):
    texts = re.findall(r"(?<!!)\[([^\]]*)\]\(", markdown(notebook))
    assert not [text for text in texts if text.strip().lower() in {"", "here", "link", "this"}]


def test_no_line_can_begin_with_the_mark_that_ends_a_formula(notebook: NotebookNode):
    """Browsers may break a line after a formula, so what follows at once stands within it."""
    prose = re.sub(r"`[^`]*`|\$\$.*?\$\$", "", markdown(notebook), flags=re.DOTALL)
    assert re.findall(r"\$[^$\n]+\$\**[.,;:?!)]", prose) == []


def test_details_are_closed(notebook: NotebookNode):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert cell.source.count("<details") == cell.source.count("</details>")


# The order of a chapter ---------------------------------------------------------------------


def test_opens_with_objectives_prerequisites_and_time(chapter: NotebookNode):
    first_code = next(i for i, cell in enumerate(chapter.cells) if cell.cell_type == "code")
    opening = "\n\n".join(cell.source for cell in chapter.cells[:first_code])
    assert 3 <= len(list_after(opening, "Objectives")) <= 5
    for word in ("Prerequisites", "Time"):
        assert re.search(rf"^(#+ |\*\*){word}", opening, flags=re.MULTILINE), word


def test_closes_with_exercises_recap_sources(chapter: NotebookNode):
    sections = [text for level, text in headings(chapter) if level == 2]
    closing = [text for text in sections if text in {"Exercises", "Recap", "Sources"}]
    assert closing == ["Exercises", "Recap", "Sources"]


def test_recap_mirrors_objectives(chapter: NotebookNode):
    text = markdown(chapter)
    assert len(list_after(text, "Recap")) == len(list_after(text, "Objectives"))


def test_asks_for_a_prediction(chapter: NotebookNode):
    # a call of predict, not of network.predict
    assert any(re.search(r"(?<![.\w])predict\(", cell.source) for cell in code_cells(chapter))


def test_each_exercise_has_a_check_and_a_solution(chapter: NotebookNode):
    text = "\n\n".join(cell.source for cell in chapter.cells)
    # up to the next exercise or the next section
    exercises = re.findall(r"^### Exercise.*?(?=^### Exercise|^## |\Z)", text, re.DOTALL | re.M)
    assert exercises
    for exercise in exercises:
        assert re.search(r"\bcheck_\w+\(", exercise), exercise
        assert re.search(r"<details>\s*<summary>[^<]*[Ss]olution", exercise), exercise


def test_leads_to_its_neighbours():
    for index, path in enumerate(NOTEBOOKS):
        notebook = nbformat.read(path, as_version=4)
        prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        neighbours = NOTEBOOKS[max(index - 1, 0) : index] + NOTEBOOKS[index + 1 : index + 2]
        for neighbour in neighbours:
            assert f"({neighbour.name})" in "\n".join(prose[-3:]), f"{path.name}: {neighbour.name}"


def test_start_here_lists_every_explorer():
    text = NOTEBOOKS[0].read_text(encoding="utf-8")
    missing = [name for name in nnlib.explorers.__all__ if f"`{name}`" not in text]
    assert missing == ["Explorer"]
