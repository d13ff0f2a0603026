"""What a learner's server does: lay the copy, and serve it as ``make lab`` does.

It runs as the learner, in their home: ``my_notebooks`` is theirs, ``images`` is laid anew each
time.
"""

import os
import shutil
import sys
from pathlib import Path

from nnlib.classroom.course_folder import COPY, course_folder
from nnlib.classroom.lab import first_page, flags, settle, trust
from nnlib.classroom.learners_copy import lay_copy

IMAGES = "images"  # copied, because a server serves no links that lead out of its root


def lay_home(course: Path, home: Path) -> Path:
    """Make a learner's home ready, or bring it up to date, and return the copy in it."""
    outcomes = lay_copy(course, home)
    (home / IMAGES).mkdir(exist_ok=True)
    for picture in (course / IMAGES).glob("*.svg"):
        shutil.copyfile(picture, home / IMAGES / picture.name)
    trust(home / COPY, list(outcomes))
    return home / COPY


def main() -> None:
    """Make everything ready and run the learner's server until it is ended."""
    home = Path.home()
    copy = lay_home(course_folder(), home)
    settle(copy)
    os.environ["JUPYTERHUB_DEFAULT_URL"] = first_page(copy, None)

    from jupyterhub.singleuser import main as serve  # reads the settings' paths

    sys.argv[1:] = [*flags(home, copy), *sys.argv[1:]]
    serve()


if __name__ == "__main__":
    main()
