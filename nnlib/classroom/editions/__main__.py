"""Write the editions: ``python -m nnlib.classroom.editions [learner teacher ...]``.

Each goes into a folder of its own under ``build/editions/``; without a name all of them are made.
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from nnlib.classroom.chromium import HOW_TO_GET_ONE, find_chromium, running_chromium
from nnlib.classroom.course_folder import COURSE, START, course_folder
from nnlib.classroom.editions.graded import CONFIG, graded_edition
from nnlib.classroom.editions.notebooks import learner_edition, solutions, teacher_edition
from nnlib.classroom.editions.paper import paper_page, print_page
from nnlib.classroom.editions.settings import NoteError
from nnlib.classroom.editions.slides import slides_page
from nnlib.classroom.editions.walkthrough import walkthrough_edition


def write_learner(notebook: NotebookNode, path: Path) -> None:
    """Write the notebook for learners."""
    _write(path, learner_edition(notebook))


def write_teacher(notebook: NotebookNode, path: Path) -> None:
    """Write the whole notebook, and beside it what the learner edition lacks."""
    _write(path, teacher_edition(notebook))
    _write(path.with_stem(f"{path.stem}_solutions"), solutions(notebook))


def write_print(notebook: NotebookNode, path: Path) -> None:
    """Print the notebook into a PDF file."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit(HOW_TO_GET_ONE)
    with running_chromium(chromium) as browser:
        print_page(paper_page(notebook, path.parent), path.with_suffix(".pdf"), browser)


def write_slides(notebook: NotebookNode, path: Path) -> None:
    """Write a chapter as slides, in one file; "Start here" is no lesson."""
    if path.stem == START:
        return
    path.with_suffix(".html").write_text(slides_page(notebook, path.parent), encoding="utf-8")


def write_walkthrough(notebook: NotebookNode, path: Path) -> None:
    """Write a chapter as a teacher walks a class through it; "Start here" is no lesson."""
    if path.stem == START:
        return
    try:
        _write(path, walkthrough_edition(notebook))
    except NoteError as failure:
        sys.exit(str(failure))


def write_nbgrader(notebook: NotebookNode, path: Path) -> None:
    """Write a chapter as an assignment of nbgrader, with its images."""
    if path.stem == START:
        return
    course = path.parent
    assignment = course / "source" / path.stem
    shutil.copytree(course / "images", assignment / "images")
    _write(assignment / path.name, graded_edition(notebook))
    (course / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")


EDITIONS: dict[str, Callable[[NotebookNode, Path], None]] = {
    "learner": write_learner,
    "teacher": write_teacher,
    "print": write_print,
    "slides": write_slides,
    "walkthrough": write_walkthrough,
    "nbgrader": write_nbgrader,
}
WITH_IMAGES_IN_IT = ("print", "slides", "nbgrader")


def write_edition(name: str, course: Path, build: Path) -> None:
    """Write one edition of all the course's notebooks into ``build``, into a folder anew."""
    folder = build / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(course / "images", folder / "images", ignore=_only_drawn)
    for path in sorted((course / COURSE).glob("*.ipynb")):
        EDITIONS[name](nbformat.read(path, as_version=4), folder / path.name)
    if name in WITH_IMAGES_IN_IT:
        shutil.rmtree(folder / "images")


def _only_drawn(_folder: str, names: list[str]) -> list[str]:
    """Return which of the images no notebook shows."""
    return [name for name in names if not name.endswith(".svg")]


def _write(path: Path, notebook: NotebookNode) -> None:
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> None:
    """Write the editions that are asked for, and say where they are."""
    if unknown := [name for name in arguments if name not in EDITIONS]:
        sys.exit(f"There is no edition {unknown[0]!r}. There are: {', '.join(EDITIONS)}.")
    course = course_folder()
    build = course / "build" / "editions"
    for name in arguments or EDITIONS:
        write_edition(name, course, build)
        print(build / name, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
