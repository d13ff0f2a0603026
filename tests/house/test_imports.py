"""`import nnlib` stays light: NumPy, and nothing that draws, shows, or reads what is installed."""

import subprocess
import sys

import pytest

HEAVY = ["matplotlib", "ipywidgets", "anywidget", "PIL", "IPython", "importlib.metadata"]


@pytest.mark.parametrize("package", HEAVY)
def test_import_nnlib_does_not_load(package: str):
    code = f"import sys, nnlib; sys.exit({package!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
