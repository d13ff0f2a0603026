"""The course runs on any console and in any folder: each case in a Python of its own."""

import os
import shutil
import subprocess
import sys

import pytest

# What a learner prints: explorers' words, programs, and what the training says of itself.
PRINTS = """
import os

import nnlib
from nnlib import SGD, Network, Trainer, datasets
from nnlib.explorers import GradientCheckExplorer, NeuronExplorer

print(NeuronExplorer().summary, GradientCheckExplorer().summary)
network = Network([2, 3, 9], hidden="step", output="step", initializer="zeros")
print(network.to_code("pytorch"), network.to_code("keras"))
trainer = Trainer(Network([2, 3, 1]), *datasets.moons(), "binary_cross_entropy", SGD(0.5))
trainer.run(1)
print(trainer.tape, trainer.history, os.fsencode(nnlib.__file__), sep="\\n")
"""
# Or Python takes UTF-8 in place of what it finds.
ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
# For root, whom no permission stops.
MOUNTED_READ_ONLY = """mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@" """
# Said by Matplotlib where it has no cache yet, and only on a machine that is busy.
FONT_CACHE = "Matplotlib is building the font cache; this may take a moment.\n"


def run(*arguments, command=(sys.executable,), **settings):
    """Return what Python prints; on stderr it may say nothing."""
    environment = {**os.environ, **settings.pop("environment", {})}
    done = subprocess.run(
        [*command, *arguments], capture_output=True, env=environment, timeout=120, **settings
    )
    said = done.stderr.decode("utf-8", "replace").removesuffix(FONT_CACHE)
    assert (done.returncode, said) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory):
    """What is printed where every sign can be."""
    folder = tmp_path_factory.mktemp("elsewhere")
    return run("-c", PRINTS, environment={"PYTHONIOENCODING": "utf-8"}, cwd=folder).decode("utf-8")


def test_all_signs_are_printed_where_they_can_be(everywhere):
    assert "Weights 1.00 and 1.00, bias −1.50" in everywhere
    assert "δ2 = ∂L/∂a2 ⊙ f′(z2)" in everywhere or "δ2 = (a2 − y) / n" in everywhere


def looks_plain(printed, everywhere):
    assert "Weights 1.00 and 1.00, bias -1.50" in printed
    assert "w(1)11" in printed and "2*10^-5" in printed
    assert "?" not in everywhere + printed
    assert len(printed.splitlines()) == len(everywhere.splitlines())


def test_a_console_without_these_signs_gets_plain_ones(everywhere):
    printed = run("-c", PRINTS, environment={"PYTHONIOENCODING": "cp1252"})
    looks_plain(printed.decode("cp1252"), everywhere)


def test_programs_are_ascii(everywhere):
    programs = everywhere[everywhere.index("# A 2-3-9") : everywhere.index("z1 = W1")]
    assert "import torch" in programs and "import keras" in programs and "..." in programs
    assert programs.isascii()


def test_optimised_python_without_a_home_in_a_read_only_checkout_with_a_long_name(
    checkout, everywhere, tmp_path
):
    """All at once, in the C locale and from another working directory: as in a hub's image."""
    copy = tmp_path / "Ein Kurs über 神经网络"
    shutil.copytree(checkout / "nnlib", copy / "nnlib", ignore=shutil.ignore_patterns("*.pyc"))
    for path in [copy, *copy.rglob("*")]:
        path.chmod(path.stat().st_mode & 0o555)
    mounts = ("unshare", "--mount", "sh", "-c", MOUNTED_READ_ONLY, str(copy))
    can_mount = shutil.which("unshare") and not subprocess.run([*mounts, "true"]).returncode
    printed = run(
        *("-O", "-W", "error", "-W", "ignore::DeprecationWarning", "-c", PRINTS),
        command=(*(mounts if can_mount else ()), sys.executable),
        environment={
            **{"PYTHONPATH": str(copy), "HOME": os.devnull},
            **ASCII,
            **{"MPLCONFIGDIR": "", "XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": "", "NNLIB_MEMORY": ""},
        },
        cwd=tmp_path,
    )
    looks_plain(printed.decode("ascii"), everywhere)
    assert printed.decode("ascii").rstrip().endswith(repr(os.fsencode(copy / "nnlib/__init__.py")))
