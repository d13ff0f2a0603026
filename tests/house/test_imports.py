"""`import nnlib` stays light: it loads NumPy and nothing that draws or shows."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("package", ["matplotlib", "ipywidgets", "anywidget", "PIL", "IPython"])
def test_import_nnlib_does_not_load(package: str):
    code = f"import sys, nnlib; sys.exit({package!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
