"""Install the course from this folder and open it: ``python3 start.py``. No network is needed.

It lies on the stick and runs before anything is installed, so it needs Python and nothing else.
The course goes into ``neural_networks`` in the home folder, or where ``--into`` says; what else is
given goes to the course: a chapter, flags for JupyterLab.
"""

import argparse
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent  # the stick, or the folder that the course was laid into
OLDEST = (3, 11)
PARTS = ("notebooks", "images", "start.py", "LICENSE")
INSTALLED = "installed_from_stick.txt"  # in the environment: the wheels that were on the stick


def main() -> None:
    """Lay the course, install it where that has not been done, and open it."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"The course needs Python 3.11 or newer, and this is {sys.version.split()[0]}. "
            "READ_ME_FIRST.html tells where to get one."
        )
    wheels = HERE / "wheels"
    on_the_stick = wheels.is_dir()
    parser = argparse.ArgumentParser(description="Install the course from this folder and open it.")
    usual = Path.home() / "neural_networks" if on_the_stick else HERE
    parser.add_argument("--into", metavar="FOLDER", type=Path, default=usual)
    asked, for_the_course = parser.parse_known_args()
    folder = asked.into.expanduser().resolve()
    if on_the_stick:
        lay(folder)
        install(wheels, folder / ".venv")
    elif not python_in(folder / ".venv").exists():
        sys.exit(f"There is no {wheels}: start the course from the stick the first time.")
    open_course(folder, for_the_course)


def lay(folder: Path) -> None:
    """Copy the course into its folder. A learner's own notebooks are not touched."""
    if folder == HERE:
        return
    for name in PARTS:
        if (HERE / name).is_dir():
            shutil.copytree(HERE / name, folder / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(HERE / name, folder / name)


def install(wheels: Path, environment: Path) -> None:
    """Make the environment anew, if it was not made from these wheels.

    pip comes from the stick: some systems' Python has none, and others an old one.
    """
    listing = "\n".join(
        sorted(f"{wheel.name} {wheel.stat().st_size}" for wheel in wheels.iterdir())
    )
    stamp = environment / INSTALLED
    if stamp.exists() and stamp.read_text(encoding="utf-8") == listing:
        return
    print(
        f"Installing the course into {environment.parent}: a minute or two, this once.", flush=True
    )
    venv.create(environment, clear=True, symlinks=sys.platform != "win32")
    (pip,) = wheels.glob("pip-*.whl")
    done = subprocess.run(
        [
            *(python_in(environment), pip / "pip", "--isolated", "install", "--quiet"),
            *("--disable-pip-version-check", "--no-index", "--find-links", wheels, "nnlib[lab]"),
        ]
    )
    if done.returncode:
        sys.exit(
            "The course could not be installed: what pip says stands above. This is Python "
            f"{sys.version.split()[0]} on {sys.platform}; READ_ME_FIRST.html says for which "
            "systems and which Pythons this stick is."
        )
    stamp.write_text(listing, encoding="utf-8")


def python_in(environment: Path) -> Path:
    """Return the program Python of an environment."""
    folder, name = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return environment / folder / name


def open_course(folder: Path, arguments: list[str]) -> None:
    """Run JupyterLab until it is ended."""
    command = [str(python_in(folder / ".venv")), "-m", "nnlib.classroom.lab", *arguments]
    running = subprocess.Popen(command, cwd=folder)
    while True:
        try:
            sys.exit(running.wait())
        except KeyboardInterrupt:  # JupyterLab got it too, and asks before it ends
            continue


if __name__ == "__main__":
    main()
