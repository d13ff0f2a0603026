"""Where the course is: the folder with ``notebooks/``, and beside it the learner's copy."""

from pathlib import Path

COURSE = "notebooks"
COPY = "my_notebooks"
START = "00_start_here"


def course_folder() -> Path:
    """Return the course's folder: the present one or one above it, or else where nnlib lies.

    Raises
    ------
    FileNotFoundError
        If neither holds the notebooks of the course.
    """
    here = Path.cwd()
    beside_nnlib = Path(__file__).resolve().parents[2]
    for folder in (here, *here.parents, beside_nnlib):
        if (folder / COURSE / f"{START}.ipynb").is_file():
            return folder
    raise FileNotFoundError(
        f"The course's notebooks were looked for in {here}, in the folders above it and in "
        f"{beside_nnlib}: there is no {COURSE}/{START}.ipynb. Go to the course's folder first, "
        "such as with cd."
    )


def chapter_named(name: str, course: Path) -> str | None:
    """Return the chapter that ``"4"``, ``"04"`` or ``"04_backprop"`` names, or None."""
    names = {path.stem for path in (course / COURSE).glob("*.ipynb")}
    numbers = {str(int(stem[:2])): stem for stem in names if stem[:2].isdigit()}
    wanted = Path(name).stem if name.endswith(".ipynb") else name
    return wanted if wanted in names else numbers.get(wanted.lstrip("0") or "0")
