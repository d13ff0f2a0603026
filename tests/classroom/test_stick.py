"""The folder for a stick: for which systems it is, what is told, and the program that installs.

An installation from it, with no index, is looked at by `make test-stick`.
"""

import json
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from chapter_text import NOTEBOOKS

from nnlib.classroom.editions.notebooks import texts_of_solutions
from nnlib.classroom.stick import __main__ as filling
from nnlib.classroom.stick import start, wheels
from nnlib.classroom.stick.wheels import PYTHONS, SYSTEMS, MissingWheel, Place, fetch_all, places


@pytest.fixture(scope="module")
def stick(checkout, tmp_path_factory):
    """The folder but for its wheels."""
    folder = tmp_path_factory.mktemp("stick")
    filling.lay_course(checkout, folder)
    return folder


def test_all_systems_and_pythons_unless_some_are_named():
    assert len(places([])) == len(SYSTEMS) * len(PYTHONS) == 16
    assert places(["linux", "3.13"]) == [Place(SYSTEMS["linux"], "3.13")]
    assert [place.python for place in places(["windows"])] == list(PYTHONS)
    assert str(places(["windows", "3.12"])[0]) == "Windows (64 bit), Python 3.12"


def test_the_learner_edition_goes_on_it_if_asked_for(checkout, stick, tmp_path, monkeypatch):
    for name in ("notebooks", "images", "LICENSE"):
        (tmp_path / name).symlink_to(checkout / name)
    monkeypatch.setattr(filling, "course_folder", lambda: tmp_path)
    monkeypatch.setattr(filling, "fetch_all", lambda *_: {})
    filling.main(["linux", "3.13", "learner"])
    without = tmp_path / "build" / "stick"
    for path in sorted((checkout / "notebooks").glob("*.ipynb")):
        solutions = texts_of_solutions(nbformat.read(path, as_version=4))
        for folder, has_them in ((without, False), (stick, True)):
            laid = nbformat.read(folder / "notebooks" / path.name, as_version=4)
            text = "\n".join(cell.source for cell in laid.cells)
            assert [solution in text for solution in solutions] == [has_them] * len(solutions)
            assert ("teachers-note" in str(laid.cells)) <= has_them


@pytest.mark.parametrize("name", ["beos", "3.9", "win"])
def test_what_there_is_not_is_told_with_what_there_is(name):
    with pytest.raises(ValueError, match=rf"'{name}'.*windows, macos-arm.*3\.11"):
        places([name])


def test_the_oldest_python_is_that_of_the_course(checkout):
    settings = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    oldest = ".".join(map(str, start.OLDEST))
    assert f'requires-python = ">={oldest}"' in settings
    assert oldest == PYTHONS[0]


def test_a_system_without_a_wheel_is_left_out_and_the_page_says_so(checkout, tmp_path, monkeypatch):
    """What uv and pip are asked is looked at; they are not run."""
    windows, linux = places(["windows", "linux", "3.12"])
    fetched = []

    def resolved(_requirements, place, *_flags):
        if place == windows:
            raise MissingWheel("numpy has no usable wheels")
        return ["numpy==2.0", "tqdm==4.66"]

    (tmp_path / "numpy-1.26-cp312-cp312-manylinux2014_x86_64.whl").touch()  # of an earlier time
    (tmp_path / "numpy-2.0-cp312-cp312-win_amd64.whl").touch()  # of another system
    (tmp_path / "tqdm-4.66-py3-none-any.whl").touch()  # for any system: there already
    monkeypatch.setattr(wheels, "resolved", resolved)
    monkeypatch.setattr(wheels, "_pip_download", lambda arguments, _to: fetched.append(arguments))
    monkeypatch.setattr(
        wheels, "_build", lambda _course, to: (to / "nnlib-1-py3-none-any.whl").touch()
    )
    missing = fetch_all([windows, linux], checkout, tmp_path)

    assert missing == {windows: "numpy has no usable wheels"}
    (linux_alone, pip) = fetched
    assert (
        "--platform=manylinux_2_28_x86_64" in linux_alone and "--python-version=3.12" in linux_alone
    )
    assert [it for it in linux_alone if "==" in it] == ["numpy==2.0"] and pip == ["pip"]
    assert {path.name.partition("-")[0] for path in tmp_path.iterdir()} == {"nnlib", "tqdm"}
    page = filling.page([linux], missing)
    assert "<li>Linux (x86-64, glibc 2.28 or newer): Python 3.12</li>" in page
    assert "<li>Not for Windows (64 bit), Python 3.12</li>" in page


@pytest.mark.parametrize(
    ("wheel", "where"),
    [
        ("numpy-2.5-cp312-cp312-win_amd64.whl", ["windows 3.12"]),
        ("numpy-2.5-cp314-cp314-macosx_11_0_arm64.whl", ["macos-arm 3.14"]),
        ("numpy-2.5-cp313-cp313-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", ["linux 3.13"]),
        ("pyzmq-27-cp312-abi3-macosx_10_15_universal2.whl", [
            f"{mac} 3.{minor}" for mac in ("macos-arm", "macos-intel") for minor in (12, 13, 14)
        ]),
        ("numpy-2.5-cp312-cp312-musllinux_1_2_x86_64.whl", []),
        ("numpy-2.5-cp312-cp312-macosx_14_0_arm64.whl", []),
    ],
)  # fmt: skip
def test_a_wheel_is_for_some_systems_and_pythons(tmp_path, wheel, where):
    (tmp_path / wheel).touch()
    found = [
        f"{name} {python}"
        for name in SYSTEMS
        for python in PYTHONS
        if wheels._usable(tmp_path, Place(SYSTEMS[name], python))
    ]
    assert found == where


def test_the_course_on_it_is_the_learners(checkout, stick):
    laid = sorted(path.name for path in (stick / "notebooks").iterdir())
    assert laid == sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
    for path in (stick / "notebooks").iterdir():
        text = path.read_text(encoding="utf-8")
        cells = json.loads(text)["cells"]
        assert not any(cell.get("outputs") for cell in cells)
        for image in re.findall(r"\]\((\.\./images/[^)\s]+)\)", text):
            assert (path.parent / image).is_file(), image


def test_the_page_needs_no_network_and_gives_the_readmes_lines(checkout, stick):
    page = filling.page(places([]), {})
    assert not re.search(r"(src|href)=|url\(|@import", page)
    assert "$" not in page and "Not for" not in page
    assert "one of: Python 3.11, 3.12, 3.13, 3.14." in page
    assert "<pre>py start.py</pre>" in page and page.count("<pre>python3 start.py</pre>") == 2
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    for lines in re.findall(r"```(?:sh|powershell)\n((?:\S*py.*\n)+)```", readme)[:2]:
        assert lines.strip() in page
    assert (stick / "requirements.txt").read_text(encoding="utf-8").splitlines() == [
        "--no-index",
        "--find-links wheels",
        "nnlib[lab]",
    ]


def test_a_stick_that_was_taken_away_is_asked_for(stick):
    done = run_start(stick)
    assert done.returncode and "start the course from the stick the first time" in done.stderr


def test_an_older_python_is_told_what_it_needs(stick, monkeypatch):
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 6))
    with pytest.raises(SystemExit, match=r"needs Python 3.11 or newer.*READ_ME_FIRST.html"):
        start.main()


def test_where_pip_finds_nothing_that_fits_it_is_said_where_to_look(stick, tmp_path, monkeypatch):
    """A stick that has no wheel of the course's: what pip says stands above."""
    copy = shutil.copytree(stick, tmp_path / "stick")
    (copy / "wheels").mkdir()
    pip = copy / "wheels" / "pip-1-py3-none-any.whl" / "pip"
    pip.mkdir(parents=True)
    (pip / "__main__.py").write_text("raise SystemExit('no matching distribution')")
    done = run_start(copy, "--into", tmp_path / "home")
    assert done.returncode and done.stderr.startswith("no matching distribution")
    assert "READ_ME_FIRST.html says for which systems" in done.stderr
    assert not (tmp_path / "home" / ".venv" / start.INSTALLED).exists()
    assert (tmp_path / "home" / "notebooks" / "01_neurons.ipynb").is_file()


def run_start(stick, *arguments):
    command = [sys.executable, stick / "start.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)
