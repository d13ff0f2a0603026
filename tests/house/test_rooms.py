"""The rooms stay small, and what draws stays apart from what knows."""

import inspect
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from every_explorer import EXPLORERS

MOST_MODULES = 16  # in a folder
MOST_LINES = 200  # of a file with an explorer; longer ones have model and view beside them
PURE = "A model has no widgets, and neither has a frame"


@pytest.mark.parametrize("package", ["nnlib", "tests"])
def test_no_folder_has_more_modules_than_can_be_looked_over(checkout, package):
    modules = Counter(
        path.relative_to(checkout).parent.as_posix()
        for path in (checkout / package).rglob("*.py")
        if path.name != "__init__.py"
    )
    modules.pop("tests", None)  # what all tests share
    assert {folder: n for folder, n in modules.items() if n > MOST_MODULES} == {}


@pytest.mark.parametrize("explorer", EXPLORERS, ids=lambda explorer: explorer.__name__)
def test_the_file_of_an_explorer_is_short(explorer):
    lines = Path(inspect.getfile(explorer)).read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES


def test_every_model_is_held_to_be_without_widgets(checkout):
    settings = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (c for c in settings["tool"]["importlinter"]["contracts"] if c["name"] == PURE)
    models = {
        ".".join(path.relative_to(checkout).with_suffix("").parts)
        for path in (checkout / "nnlib" / "explorers").rglob("*model.py")
    }
    assert len(models) > 10
    assert models <= set(contract["source_modules"])
