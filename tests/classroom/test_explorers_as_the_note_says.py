"""On the projector each explorer stands as the teacher's note says, and no setting is overheard."""

import ast
import re

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS
from notebook_names import syntax_tree

import nnlib.explorers
from nnlib.classroom.editions.settings import NoteError, calls_in, settings_in
from nnlib.classroom.editions.tags import tag_of, tagged
from nnlib.classroom.editions.walkthrough import steps_of, walkthrough_edition


@pytest.fixture(scope="module", params=CHAPTERS)
def chapter(request):
    return nbformat.read(NOTEBOOKS / f"{request.param}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def walked(chapter):
    """The cells of each step."""
    found = {}
    for cell in walkthrough_edition(chapter).cells:
        if re.fullmatch(r"step-\d+", cell.id):
            step = found.setdefault(int(cell.id[5:]), [])
        if found:
            step.append(cell)
    return [found[number] for number in sorted(found)]


def note_of(chapter):
    (note,) = tagged(chapter, "teachers-note")
    return note


def with_row(what, notes="Nothing."):
    """Chapter 1, in whose note one row says something else."""
    chapter = nbformat.read(NOTEBOOKS / "01_neurons.ipynb", as_version=4)
    row = f"| 17–26 | {what} | {notes} |"
    note = note_of(chapter)
    note.source = re.sub(r"(?m)^\| 17–26 .*$", lambda _: row, note.source)
    return chapter


def made_by(cell, chapter):
    """Run a cell after the chapter's first one, and return its explorer."""
    known = {"W": (9.7, -0.2, -4.6)}  # what chapter 1 has trained by then
    (setup,) = (c.source for c in chapter.cells if c.id == "setup")
    exec(setup.replace("%matplotlib inline", ""), known)
    *before, last = syntax_tree(cell).body
    exec(compile(ast.Module(before, []), cell.id, "exec"), known)
    return eval(compile(ast.Expression(last.value), cell.id, "eval"), known)


def stands_so(cell, setting):
    """Say whether a cell's code makes an explorer with a setting."""
    calls = calls_in(cell.source) if tag_of(cell) == "explorer" else ()
    return any(
        call.kind == setting.kind and setting.named.items() <= call.named.items()
        for _, call in calls
    )


def test_every_setting_of_the_note_is_a_cell_whose_explorer_stands_so(chapter, walked):
    table = "\n".join(re.findall(r"(?m)^\|.*", note_of(chapter).source))
    steps = steps_of(chapter)
    settings = [(k, s) for k, step in enumerate(steps) for s in settings_in(step.what + step.notes)]
    assert len(settings) == len(re.findall(r"`\w+Explorer\(", table)) > 0
    for place, setting in settings:
        cell = next(cell for cell in walked[place] if stands_so(cell, setting))
        explorer = made_by(cell, chapter)
        assert type(explorer) is getattr(nnlib.explorers, setting.kind)
        for name, value in setting.named.items():
            assert getattr(explorer, name) == ast.literal_eval(value)
        explorer.close()


def test_what_is_shown_then_comes_after_all_predictions_of_its_step(chapter, walked):
    for step, cells in zip(steps_of(chapter), walked, strict=True):
        places = [k for k, cell in enumerate(cells) if tag_of(cell) == "prediction"]
        besides = [k for k, cell in enumerate(cells) if "-explorer-" in cell.id]
        assert len(besides) >= len(settings_in(step.notes))
        assert not (besides and places) or min(besides) > max(places)


def source_of(chapter, name):
    (found,) = (c.source for c in walkthrough_edition(chapter).cells if c.id == name)
    return found


def test_what_a_setting_leaves_out_stays_as_it_was():
    chapter = with_row("Section 5. `NeuronExplorer(w1=2)`", "Then `NeuronExplorer(bias=0)`.")
    shown = 'NeuronExplorer(bias=-1, show=("w1", "w2", "bias"), w1=2)'
    assert source_of(chapter, "explorer-weights") == shown
    assert source_of(chapter, "step-4-explorer-1") == shown.replace("bias=-1", "bias=0")


def test_an_explorer_that_the_chapter_has_not_is_brought_along():
    chapter = with_row("Section 5. Show `SoftmaxExplorer(temperature=2)`")
    assert source_of(chapter, "step-4-explorer-1") == (
        "from nnlib.explorers import SoftmaxExplorer\n\nSoftmaxExplorer(temperature=2)"
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("NeuronExplorer(w4=0)", "NeuronExplorer has no parameter 'w4'; it has points, "),
        ("NeuronExplorer(data='xorr')", "data is 'xorr', but it must be one of 'or', 'and'"),
        ("NeuronExplorer(show=['wieght'])", "wieght"),
        ("NeuronsExplorer(w1=0)", "there is no explorer NeuronsExplorer. There are: "),
        ("NeuronExplorer(w1=)", "is no Python: "),
        ("NeuronExplorer(0)", "Write the explorer with its settings by name"),
        ("NeuronExplorer(w1=W)", "a note's settings are numbers, texts and lists of them"),
        ("w1=0", "does not say which explorer is meant"),
    ],
)
@pytest.mark.parametrize("column", ["what", "notes"])
def test_what_no_explorer_can_be_is_told_in_words(written, told, column):
    code = f"`{written}`"
    chapter = with_row(f"Section 5 {code}") if column == "what" else with_row("Section 5", code)
    with pytest.raises(NoteError) as refused:
        walkthrough_edition(chapter)
    message = str(refused.value)
    assert told in message
    assert message.startswith("The teacher's note of “Chapter 1: Neurons”, minutes 17–26: `")
    assert message.endswith("It stands in the table at the end of the chapter's notebook.")


def test_a_row_that_cannot_be_read_is_not_passed_over():
    chapter = with_row("Section 5")
    note = note_of(chapter)
    note.source = note.source.replace("| 17–26 |", "| later |")
    with pytest.raises(NoteError, match="A row in the teacher's note of “Chapter 1: Neurons”"):
        walkthrough_edition(chapter)
