"""Write the editions: ``python -m nnlib.classroom.editions [learner teacher ...]``.

Each goes into a folder of its own under ``build/editions/``; without a name all of them are made.
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from nnlib.classroom.course_folder import COURSE, course_folder
from nnlib.classroom.editions.notebooks import learner_edition, solutions, teacher_edition

Writer = Callable[[str, NotebookNode, Path], None]


def write_learner(chapter: str, notebook: NotebookNode, folder: Path) -> None:
    """Write the notebook for learners."""
    _write(folder / f"{chapter}.ipynb", learner_edition(notebook))


def write_teacher(chapter: str, notebook: NotebookNode, folder: Path) -> None:
    """Write the whole notebook, and beside it what the learner edition lacks."""
    _write(folder / f"{chapter}.ipynb", teacher_edition(notebook))
    _write(folder / f"{chapter}_solutions.ipynb", solutions(notebook))


EDITIONS: dict[str, Writer] = {
    "learner": write_learner,
    "teacher": write_teacher,
}


def write_editions(names: Sequence[str], course: Path, build: Path) -> None:
    """Write editions of all the course's notebooks into ``build``, each into a folder anew."""
    for name in names:
        folder = build / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(course / "images", folder / "images", ignore=_only_drawn)
        for path in sorted((course / COURSE).glob("*.ipynb")):
            EDITIONS[name](path.stem, nbformat.read(path, as_version=4), folder)


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
        write_editions([name], course, build)
        print(build / name, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
