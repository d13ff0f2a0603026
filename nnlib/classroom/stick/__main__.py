"""Fill the folder for a stick: ``python -m nnlib.classroom.stick [windows ... 3.12 ... learner]``.

It goes into ``build/stick/``: wheels for each system and Python that is asked for (all, if none
is), the course without outputs, a page that tells how to install it, and the program that does.
With the word ``learner`` the notebooks are those of the learner edition, without solutions.
"""

import shutil
import sys
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template

import nbformat

from nnlib.classroom.course_folder import COURSE, course_folder
from nnlib.classroom.editions.notebooks import learner_edition
from nnlib.classroom.learners_copy import without_outputs
from nnlib.classroom.stick.wheels import Place, fetch_all, places

HERE = Path(__file__).parent
PAGE = "READ_ME_FIRST.html"
LEARNER = "learner"  # among what is asked for
# So that what pip is told is what it is told where there is a network.
REQUIREMENTS = "--no-index\n--find-links wheels\nnnlib[lab]\n"


def lay_course(course: Path, stick: Path, with_solutions: bool = True) -> None:
    """Lay the notebooks, as nobody has run them, with their images, and the program to start it."""
    edition = without_outputs if with_solutions else learner_edition
    for folder in (COURSE, "images"):
        shutil.rmtree(stick / folder, ignore_errors=True)
    (stick / COURSE).mkdir(parents=True)
    for path in sorted((course / COURSE).glob("*.ipynb")):
        notebook = edition(nbformat.read(path, as_version=4))
        text = nbformat.writes(notebook) + "\n"
        (stick / COURSE / path.name).write_text(text, encoding="utf-8", newline="\n")
    shutil.copytree(course / "images", stick / "images", ignore=shutil.ignore_patterns("*.webp"))
    shutil.copyfile(course / "LICENSE", stick / "LICENSE")
    shutil.copyfile(HERE / "start.py", stick / "start.py")
    (stick / "requirements.txt").write_text(REQUIREMENTS, encoding="utf-8")


def told(there: Sequence[Place]) -> list[str]:
    """Return a line for each system, with its Pythons."""
    by_system = groupby(there, key=lambda place: place.system)
    return [
        f"{system.words}: Python {', '.join(place.python for place in group)}"
        for system, group in by_system
    ]


def page(there: Sequence[Place], missing: Mapping[Place, str]) -> str:
    """Return the page that tells how to install, and for which systems and Pythons that works."""
    lines = [f"<li>{escape(line)}</li>" for line in told(there)]
    lines += [f"<li>Not for {escape(str(place))}</li>" for place in missing]
    pythons = dict.fromkeys(place.python for place in there)
    text = Template((HERE / PAGE).read_text(encoding="utf-8"))
    return text.substitute(pythons=", ".join(pythons), systems="\n".join(lines))


def main(arguments: Sequence[str]) -> None:
    """Fill the folder, and say what is in it and what is not."""
    try:
        wanted = places([word for word in arguments if word != LEARNER])
    except ValueError as error:
        sys.exit(str(error))
    course = course_folder()
    stick = course / "build" / "stick"
    print("Fetching the wheels: a few minutes the first time.", flush=True)
    missing = fetch_all(wanted, course, stick / "wheels")
    there = [place for place in wanted if place not in missing]
    lay_course(course, stick, with_solutions=LEARNER not in arguments)
    (stick / PAGE).write_text(page(there, missing), encoding="utf-8")
    for place, why in missing.items():
        print(f"Left out: {place}. {why}")
    if not there:
        sys.exit("There are wheels for none of what was asked for.")
    size = sum(path.stat().st_size for path in stick.rglob("*") if path.is_file())
    print(f"{stick}: {size / 1e6:.0f} MB", *told(there), sep="\n")
    print("Python itself is not on it: lay the installers of python.org beside it.")


if __name__ == "__main__":
    main(sys.argv[1:])
