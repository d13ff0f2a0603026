"""The wheels that the course needs, for systems and Pythons that are not this machine's.

Which ones, says uv: it knows what each system asks for, where pip would take this machine's
answers. pip then fetches them. Nothing is built, so nobody needs a compiler or setuptools.
"""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename

PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True)
class System:
    """A system of learners' laptops: its name for them, for uv, and for the names of wheels."""

    words: str
    uv: str
    tags: tuple[str, ...]


SYSTEMS: Mapping[str, System] = {
    "windows": System("Windows (64 bit)", "x86_64-pc-windows-msvc", ("win_amd64",)),
    "macos-arm": System(
        "macOS 13 or newer, Apple silicon",
        "aarch64-apple-darwin",
        tuple(mac_platforms((13, 0), "arm64")),
    ),
    "macos-intel": System(
        "macOS 13 or newer, Intel",
        "x86_64-apple-darwin",
        tuple(mac_platforms((13, 0), "x86_64")),
    ),
    "linux": System(
        "Linux (x86-64, glibc 2.28 or newer)",
        "x86_64-manylinux_2_28",
        (*(f"manylinux_2_{glibc}_x86_64" for glibc in range(28, 16, -1)), "manylinux2014_x86_64"),
    ),
}


@dataclass(frozen=True)
class Place:
    """Where the course is to be installed: a system, and a Python."""

    system: System
    python: str

    def __str__(self) -> str:
        return f"{self.system.words}, Python {self.python}"

    @property
    def tags(self) -> set[Tag]:
        """What stands in the names of the wheels that can be installed here."""
        version = [int(part) for part in self.python.split(".")]
        python = "cp" + self.python.replace(".", "")
        own = cpython_tags(version, [python], self.system.tags)
        return {*own, *compatible_tags(version, python, self.system.tags)}


class MissingWheel(Exception):
    """Something that the course needs cannot be had as a wheel; the message says what."""


def places(asked: Iterable[str]) -> list[Place]:
    """Return the places that are asked for, such as ``["linux", "3.13"]``; by default all.

    Raises
    ------
    ValueError
        If there is no such system or Python; the message lists those that there are.
    """
    wanted = list(asked)
    for name in wanted:
        if name not in SYSTEMS and name not in PYTHONS:
            known = ", ".join([*SYSTEMS, *PYTHONS])
            raise ValueError(f"There are no wheels for {name!r}. Ask for: {known}.")
    systems = [name for name in SYSTEMS if name in wanted] or list(SYSTEMS)
    pythons = [python for python in PYTHONS if python in wanted] or list(PYTHONS)
    return [Place(SYSTEMS[name], python) for name, python in product(systems, pythons)]


def fetch_all(wanted: Iterable[Place], course: Path, wheels: Path) -> dict[Place, str]:
    """Lay the wheels of the course and of all that it needs into ``wheels``, and no other ones.

    Returns
    -------
    dict
        The places without wheels of their own, and what is missing there. Nothing is fetched for
        them.
    """
    wheels.mkdir(parents=True, exist_ok=True)
    needed, missing = _what_is_needed(list(wanted), course)
    for place, pins in needed.items():
        lacking = sorted({*pins} - {_pin_of(wheel) for wheel in _usable(wheels, place)})
        if lacking:
            _pip_download(["--only-binary", ":all:", *_as_flags(place), *lacking], wheels)
    _pip_download(["pip"], wheels)
    _build(course, wheels)
    keep = {*wheels.glob("nnlib-*"), *wheels.glob("pip-*")}
    for place, pins in needed.items():
        keep |= {wheel for wheel in _usable(wheels, place) if _pin_of(wheel) in pins}
    for wheel in {*wheels.iterdir()} - keep:
        wheel.unlink()
    for place in needed:  # they must do by themselves
        resolved("nnlib[lab]\n", place, "--no-index", "--offline", "--find-links", str(wheels))
    return missing


def _what_is_needed(
    wanted: list[Place], course: Path
) -> tuple[dict[Place, list[str]], dict[Place, str]]:
    """Return for each place the exact versions of all that the course needs, or what is missing."""
    project = str(course / "pyproject.toml")

    def look_up(place: Place) -> list[str] | MissingWheel:
        try:
            return resolved(None, place, project, "--extra", "lab")
        except MissingWheel as missing:
            return missing

    with ThreadPoolExecutor(4) as threads:  # they wait for the index
        found = dict(zip(wanted, threads.map(look_up, wanted), strict=True))
    return (
        {place: pins for place, pins in found.items() if isinstance(pins, list)},
        {place: str(why) for place, why in found.items() if isinstance(why, MissingWheel)},
    )


def resolved(requirements: str | None, place: Place, *flags: str) -> list[str]:
    """Return what has to be installed at a place, each as ``name==version``.

    Raises
    ------
    MissingWheel
        If something of it is no wheel.
    """
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header"),
        *("--no-annotate", "--only-binary", ":all:", "--python-version", place.python),
        *("--python-platform", place.system.uv, *flags),
    ]
    if requirements is not None:
        command.append("-")
    done = subprocess.run(command, input=requirements, capture_output=True, text=True)
    if done.returncode:
        raise MissingWheel(" ".join(done.stderr.split()))
    return done.stdout.split()


def _as_flags(place: Place) -> list[str]:
    """Return how pip is told for which place it fetches."""
    tags = [f"--platform={tag}" for tag in place.system.tags]
    return [*tags, f"--python-version={place.python}", "--implementation=cp"]


def _pip_download(arguments: list[str], wheels: Path) -> None:
    command = [*(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"), *arguments]
    done = subprocess.run([*command, "--dest", str(wheels)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"pip could not fetch what is needed. It says:\n{done.stderr}")


def _build(course: Path, wheels: Path) -> None:
    """Lay the course's own wheel; made from a source package, so that nothing old is in it."""
    subprocess.run(
        [*(sys.executable, "-m", "uv", "build", "--quiet", "--out-dir", str(wheels)), str(course)],
        check=True,
    )
    for by_product in (*wheels.glob("nnlib-*.tar.gz"), *wheels.glob(".gitignore")):
        by_product.unlink()


def _usable(wheels: Path, place: Place) -> list[Path]:
    """Return the wheels there that can be installed at a place."""
    tags = place.tags
    return [it for it in wheels.glob("*.whl") if tags & parse_wheel_filename(it.name)[3]]


def _pin_of(wheel: Path) -> str:
    """Return what a wheel holds, as uv writes it.

    Examples
    --------
    >>> _pin_of(Path("prompt_toolkit-3.0.52-py3-none-any.whl"))
    'prompt-toolkit==3.0.52'
    """
    name, version, _build_number, _tags = parse_wheel_filename(wheel.name)
    return f"{canonicalize_name(name)}=={version}"
