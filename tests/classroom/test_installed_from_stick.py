"""The course installed from the stick where no index and no network answers, and opened.

`make test-stick` fills the folder and names it in NNLIB_STICK.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from nnlib.classroom.stick.start import INSTALLED, python_in

STICK = os.environ.get("NNLIB_STICK")
pytestmark = pytest.mark.skipif(not STICK, reason="no stick is named: make test-stick")

NOWHERE = "http://127.0.0.1:9"  # whoever asks the web is refused at once
SECONDS = 600
ADDRESS = re.compile(r"(http://127\S+?)(/lab\S*)\?token=(\w+)")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def course(home):
    """Run ``python3 start.py``, and yield the folder and the address that it opens."""
    with open(home / "log.txt", "w", encoding="utf-8") as log:
        command = [base_python(), Path(STICK) / "start.py", "--no-browser", "--allow-root"]
        program = subprocess.Popen(command, stdout=log, stderr=log, env=alone(home))
        try:
            yield home / "neural_networks", address_told(home / "log.txt", program)
        finally:
            program.terminate()
            program.wait()


def base_python():
    """Return the Python that this environment was made from: nothing is installed for it."""
    return Path(sys.base_prefix) / ("python.exe" if sys.platform == "win32" else "bin/python3")


def alone(home):
    """Return the environment of somebody with this home, and without a network."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON", "JUPYTER", "VIRTUAL_ENV", "NNLIB"))
    }
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    return {**ours, **proxies, "no_proxy": "127.0.0.1", "HOME": str(home), "USERPROFILE": str(home)}


def address_told(log, program):
    """Return the parts of the address that JupyterLab tells, when it answers there."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            server, page, token = ADDRESS.search(log.read_text(encoding="utf-8")).groups()
            urlopen(f"{server}/api/status?token={token}").close()
            return server, page, token
        except (AttributeError, OSError):
            assert program.poll() is None and time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.2)


def test_one_command_leads_to_start_here(course, home):
    folder, (server, page, token) = course
    assert page == "/lab/tree/my_notebooks/00_start_here.ipynb"
    with urlopen(f"{server}/api/contents{page.removeprefix('/lab/tree')}?token={token}") as answer:
        assert json.load(answer)["content"]["cells"][0]["source"].startswith("# Start here")
    assert "Installing the course into" in (home / "log.txt").read_text(encoding="utf-8")
    assert (folder / ".venv" / INSTALLED).exists()


def test_nnlib_and_its_explorers_come_from_the_stick(course, home):
    folder, _ = course
    code = "import nnlib, nnlib.explorers as e; print(nnlib.__file__, e.NeuronExplorer().summary)"
    python = python_in(folder / ".venv")
    done = subprocess.run(
        [python, "-I", "-c", code],
        capture_output=True,
        text=True,
        env=alone(home),
        cwd=home,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(folder / ".venv"))
    assert "Weights 1.00 and 1.00, bias −1.50" in done.stdout


def test_the_first_chapter_runs_to_its_end(course, home):
    folder, _ = course
    nbconvert = [python_in(folder / ".venv"), "-m", "nbconvert", "--to", "notebook", "--execute"]
    chapter = folder / "my_notebooks" / "01_neurons.ipynb"
    done = subprocess.run(
        [*nbconvert, "--output-dir", home, chapter], capture_output=True, text=True, env=alone(home)
    )
    assert done.returncode == 0, done.stderr
    assert "image/png" in (home / chapter.name).read_text(encoding="utf-8")


def test_a_second_start_from_the_stick_installs_nothing(course, home):
    folder, _ = course
    before = (folder / ".venv" / INSTALLED).stat().st_mtime
    command = [base_python(), Path(STICK).resolve() / "start.py", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, env=alone(home))
    assert done.returncode == 0 and "Installing" not in done.stdout, done.stderr
    assert (folder / ".venv" / INSTALLED).stat().st_mtime == before


def test_without_the_stick_the_course_starts_again(course, home):
    folder, _ = course
    command = [base_python(), folder / "start.py", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, env=alone(home))
    assert done.returncode == 0 and re.search(r"^4\.", done.stdout, re.MULTILINE), done.stderr
