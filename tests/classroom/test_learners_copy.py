"""The learner's copy has no outputs, loses nothing of the learner's, and can be had afresh.

A learner's day is played with a course of two short notebooks.
"""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from nnlib.classroom import lab, lay_copy
from nnlib.classroom.course_folder import chapter_named, course_folder
from nnlib.classroom.learners_copy import RECORDS, told

CHECKOUT = Path(__file__).parents[2]
FIRST, SECOND = "00_start_here.ipynb", "01_neurons.ipynb"
BESIDE = "01_neurons (newer version).ipynb"


def write_chapter(course: Path, name: str, code: str) -> None:
    """Write a notebook of the course with one code cell, run."""
    shown = new_output("execute_result", {"text/plain": "the answer"}, execution_count=1)
    cells = [
        new_markdown_cell("# A chapter", id="title"),
        new_code_cell(code, id="code", outputs=[shown], execution_count=1),
    ]
    nbformat.write(new_notebook(cells=cells), course / "notebooks" / name)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two notebooks, in a folder with spaces in its name."""
    folder = tmp_path / "my course"
    (folder / "notebooks").mkdir(parents=True)
    write_chapter(folder, FIRST, "1 + 1")
    write_chapter(folder, SECOND, "1 + 2")
    return folder


def edit(path: Path, code: str) -> None:
    """Change the code cell of a learner's notebook."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = code
    nbformat.write(notebook, path)


def code_in(path: Path) -> str:
    return nbformat.read(path, as_version=4).cells[-1].source


def files(course: Path) -> list[str]:
    return sorted(path.name for path in (course / "my_notebooks").iterdir())


def test_what_is_laid_has_no_outputs_and_the_course_keeps_its_own(course: Path):
    before = (course / "notebooks" / SECOND).read_bytes()
    assert lay_copy(course) == {FIRST: "laid", SECOND: "laid"}
    laid = nbformat.read(course / "my_notebooks" / SECOND, as_version=4)
    assert [cell.source for cell in laid.cells] == ["# A chapter", "1 + 2"]
    assert (laid.cells[1].outputs, laid.cells[1].execution_count) == ([], None)
    assert (course / "notebooks" / SECOND).read_bytes() == before
    assert files(course) == [RECORDS, FIRST, SECOND]


def test_another_start_changes_nothing(course: Path):
    lay_copy(course)
    before = {name: (course / "my_notebooks" / name).read_bytes() for name in files(course)}
    assert lay_copy(course) == {FIRST: "kept", SECOND: "kept"}
    assert {name: (course / "my_notebooks" / name).read_bytes() for name in files(course)} == before


def test_an_untouched_notebook_follows_the_course(course: Path):
    lay_copy(course)
    write_chapter(course, SECOND, "1 + 3")
    assert lay_copy(course)[SECOND] == "renewed"
    assert code_in(course / "my_notebooks" / SECOND) == "1 + 3"
    assert files(course) == [RECORDS, FIRST, SECOND]


def test_new_outputs_of_the_course_are_no_newer_version(course: Path):
    lay_copy(course)
    path = course / "notebooks" / SECOND
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs[0].data["text/plain"] = "another answer"
    nbformat.write(notebook, path)
    assert lay_copy(course)[SECOND] == "kept"


def test_a_changed_notebook_is_kept_and_the_newer_one_lies_beside_it_and_says_so(course: Path):
    lay_copy(course)
    own = course / "my_notebooks" / SECOND
    edit(own, "mine")
    mine = own.read_bytes()
    assert lay_copy(course)[SECOND] == "kept"
    write_chapter(course, SECOND, "1 + 4")
    outcomes = lay_copy(course)
    assert (outcomes[SECOND], outcomes[BESIDE]) == ("kept", "laid beside")
    assert own.read_bytes() == mine
    newer = nbformat.read(course / "my_notebooks" / BESIDE, as_version=4)
    assert "A newer version" in newer.cells[0].source
    assert f"({SECOND})" in newer.cells[0].source
    assert newer.cells[-1].source == "1 + 4"
    assert told(outcomes) == [
        f"New in my_notebooks, beside yours, which you have changed and keep: {BESIDE}."
    ]
    assert set(lay_copy(course).values()) == {"kept"}, "it is laid once"


def test_only_run_is_changed_too(course: Path):
    """Explorers stand where they were left, and an answer was committed: that is work."""
    lay_copy(course)
    own = course / "my_notebooks" / SECOND
    notebook = nbformat.read(own, as_version=4)
    notebook.cells[-1].outputs = [new_output("stream", text="3\n")]
    nbformat.write(notebook, own)
    write_chapter(course, SECOND, "1 + 4")
    assert lay_copy(course)[BESIDE] == "laid beside"


def test_the_newer_one_follows_the_course_too_unless_it_was_changed(course: Path):
    lay_copy(course)
    edit(course / "my_notebooks" / SECOND, "mine")
    write_chapter(course, SECOND, "1 + 4")
    lay_copy(course)
    write_chapter(course, SECOND, "1 + 5")
    assert lay_copy(course)[BESIDE] == "renewed"
    edit(course / "my_notebooks" / BESIDE, "mine too")
    write_chapter(course, SECOND, "1 + 6")
    assert lay_copy(course)["01_neurons (newer version 2).ipynb"] == "laid beside"
    copy = course / "my_notebooks"
    found = [code_in(path) for path in sorted(copy.glob("01*.ipynb"))]
    assert sorted(found) == ["1 + 6", "mine", "mine too"]


def test_a_newer_one_that_was_taken_away_stays_away(course: Path):
    lay_copy(course)
    edit(course / "my_notebooks" / SECOND, "mine")
    write_chapter(course, SECOND, "1 + 4")
    lay_copy(course)
    (course / "my_notebooks" / BESIDE).unlink()
    assert BESIDE not in lay_copy(course)
    assert BESIDE not in files(course)


@pytest.mark.parametrize("renamed", [True, False])
def test_to_rename_or_delete_ones_own_brings_the_original_back(course: Path, renamed: bool):
    """This is what "Start here" and the README say."""
    lay_copy(course)
    own = course / "my_notebooks" / SECOND
    edit(own, "mine")
    if renamed:
        own.rename(own.with_name("neurons as I did it.ipynb"))
    else:
        own.unlink()
    assert lay_copy(course)[SECOND] == "laid"
    assert code_in(own) == "1 + 2"
    if renamed:
        assert code_in(own.with_name("neurons as I did it.ipynb")) == "mine"


@pytest.mark.parametrize("records", ["", "{", "[]", '{"01_neurons.ipynb": 3}', None])
def test_without_records_nothing_is_overwritten(course: Path, records: str | None):
    lay_copy(course)
    copy = course / "my_notebooks"
    edit(copy / SECOND, "mine")
    (copy / RECORDS).unlink() if records is None else (copy / RECORDS).write_text(records)
    assert lay_copy(course)[FIRST] == "kept"
    assert code_in(copy / SECOND) == "mine"
    write_chapter(course, FIRST, "1 + 9")
    assert lay_copy(course)[FIRST] == "renewed", "it was found to be untouched"


def test_what_cannot_be_read_is_kept(course: Path):
    lay_copy(course)
    own = course / "my_notebooks" / SECOND
    own.write_text("half a note")
    write_chapter(course, SECOND, "1 + 4")
    lay_copy(course)
    assert own.read_text() == "half a note"
    assert code_in(course / "my_notebooks" / BESIDE) == "1 + 4"


def test_a_write_that_fails_leaves_the_old_file_whole(
    course: Path, monkeypatch: pytest.MonkeyPatch
):
    lay_copy(course)
    before = (course / "my_notebooks" / SECOND).read_bytes()
    write_chapter(course, SECOND, "1 + 4")

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        lay_copy(course)
    assert (course / "my_notebooks" / SECOND).read_bytes() == before
    assert files(course) == [RECORDS, FIRST, SECOND]


# The course's own notebooks -----------------------------------------------------------------


def test_what_a_learner_of_this_course_opens_shows_no_result(tmp_path: Path):
    (tmp_path / "notebooks").symlink_to(CHECKOUT / "notebooks", target_is_directory=True)
    lay_copy(tmp_path)
    paths = sorted((tmp_path / "my_notebooks").glob("*.ipynb"))
    assert [path.name for path in paths] == [
        path.name for path in sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
    ]
    for path in paths:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        ran = [
            c for c in cells if c["cell_type"] == "code" and (c["outputs"] or c["execution_count"])
        ]
        assert ran == [], path.name


def test_git_ignores_the_copy():
    assert "/my_notebooks/" in (CHECKOUT / ".gitignore").read_text().splitlines()


# How it is opened ---------------------------------------------------------------------------


def test_the_course_is_found_from_a_folder_within_it_and_from_elsewhere(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(course / "notebooks")
    assert course_folder() == course
    monkeypatch.chdir(tmp_path)
    assert course_folder() == CHECKOUT
    monkeypatch.setattr("nnlib.classroom.course_folder.START", "nowhere")
    with pytest.raises(FileNotFoundError, match="Go to the course's folder first"):
        course_folder()


def test_a_chapter_is_named_by_number_or_name(course: Path):
    for name in ("1", "01", "01_neurons", "01_neurons.ipynb", "notebooks/01_neurons.ipynb"):
        assert chapter_named(name, course) == "01_neurons", name
    assert chapter_named("0", course) == "00_start_here"
    assert chapter_named("7", course) is None


def test_start_here_comes_first_and_then_where_the_learner_was(
    course: Path, monkeypatch: pytest.MonkeyPatch
):
    copy = course / "my_notebooks"
    lay_copy(course)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(copy / ".workspace"))
    for _ in range(2):  # also where the first time no window was opened
        lab.settle(copy)
        assert lab.first_page(copy, None) == "/lab/tree/my_notebooks/00_start_here.ipynb"
    (saved,) = (copy / ".workspace").iterdir()
    saved.write_text("{}")
    lab.settle(copy)
    assert saved.read_text() == "{}"
    assert lab.first_page(copy, None) == "/lab"
    assert lab.first_page(copy, "01_neurons") == "/lab/tree/my_notebooks/01_neurons.ipynb"


def test_trusted_is_what_was_laid_and_what_cannot_be_read_is_passed_over(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    copy = course / "my_notebooks"
    names = list(lay_copy(course))
    (copy / FIRST).write_text("half a note")
    lab.trust(copy, names)
    notary = NotebookNotary()
    assert notary.check_signature(nbformat.read(copy / SECOND, as_version=4))
    notary.store.close()
