"""Open the course in JupyterLab: ``python -m nnlib.classroom.lab [chapter] [flags of jupyterlab]``.

The learner's copy is made or brought up to date and trusted, so that saved explorers and
predictions are shown when a notebook is opened again. The first time it opens on "Start here",
later where the learner was, or on the chapter that is asked for, by its number or its name.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from jupyterlab_server.workspaces_handler import WorkspacesManager
from nbformat.sign import NotebookNotary

from nnlib.classroom.course_folder import COPY, START, chapter_named, course_folder
from nnlib.classroom.learners_copy import lay_copy, told

SETTINGS = Path(__file__).parent / "jupyter"
WORKSPACE = ".workspace"  # in the copy: which notebooks were open, and where
# How JupyterLab opens the first time: the list of files is closed, so that pictures have its room.
FIRST_WORKSPACE = (SETTINGS / "first_workspace.json").read_text(encoding="utf-8")


def trust(folder: Path, names: Sequence[str]) -> None:
    """Sign notebooks as one's own, so that JupyterLab shows what they have saved."""
    notary = NotebookNotary()
    for name in names:
        try:
            notebook = nbformat.read(folder / name, as_version=nbformat.NO_CONVERT)
        except Exception:  # JupyterLab tells what is wrong with a file when it is opened
            continue
        if not notary.check_signature(notebook):
            notary.sign(notebook)
    notary.store.close()


def settle(copy: Path) -> None:
    """Have JupyterLab take the course's settings, and keep the learner's place in the copy.

    What learners set for themselves in JupyterLab goes before the course's settings.
    """
    others = [path for path in (os.environ.get("JUPYTER_CONFIG_PATH"),) if path]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(SETTINGS), *others])
    os.environ.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(copy / WORKSPACE))
    if not _workspaces():
        manager = WorkspacesManager(os.environ["JUPYTERLAB_WORKSPACES_DIR"])
        manager.save("default", FIRST_WORKSPACE)


def _workspaces() -> list[str]:
    """Return how JupyterLab's windows were left."""
    files = Path(os.environ["JUPYTERLAB_WORKSPACES_DIR"]).glob("*")
    return [file.read_text(encoding="utf-8") for file in files]


def first_page(copy: Path, chapter: str | None) -> str:
    """Return the address to open: the chapter asked for, "Start here", or where the learner was."""
    was_here = any(workspace != FIRST_WORKSPACE for workspace in _workspaces())
    if chapter is None and was_here:
        return "/lab"
    return f"/lab/tree/{copy.name}/{chapter or START}.ipynb"


def flags(root: Path, copy: Path, chapter: str | None = None) -> list[str]:
    """Return a Jupyter server's flags: what it serves, where it opens, how it saves."""
    return [
        f"--ServerApp.root_dir={root}",
        f"--FileContentsManager.preferred_dir={copy}",
        "--ContentsManager.pre_save_hook=nnlib.classroom.saved_widgets.keep_widgets",
        f"--LabApp.default_url={first_page(copy, chapter)}",
        "--LabApp.news_url=",
    ]


def main(arguments: Sequence[str]) -> None:
    """Make everything ready and run JupyterLab until it is ended."""
    course = course_folder()
    asked, *more = arguments if arguments and not arguments[0].startswith("-") else ("", *arguments)
    chapter = chapter_named(asked, course) if asked else None
    if asked and chapter is None:
        sys.exit(f"There is no chapter {asked!r}. Name one by its number, such as 4.")
    outcomes = lay_copy(course)
    copy = course / COPY
    print("\n".join(told(outcomes)))
    trust(copy, list(outcomes))
    settle(copy)

    from jupyterlab.labapp import LabApp  # reads the settings' paths when it is imported

    LabApp.launch_instance([*flags(course, copy, chapter), *more])


if __name__ == "__main__":
    main(sys.argv[1:])
