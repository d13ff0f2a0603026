"""Whoever installs one of the extras of pyproject.toml can import all that is imported there."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def python_in(path):
    """Return the code of a module or of a notebook's cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return re.sub("^%.*$", "", "\n".join("".join(cell["source"]) for cell in cells), flags=re.M)


def imported_by(folder):
    """Return the first names of all modules from elsewhere that are imported in `folder`."""
    files = [*folder.rglob("*.py"), *folder.rglob("*.ipynb")]
    nodes = [node for file in files for node in ast.walk(ast.parse(python_in(file)))]
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    froms = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    here = {path.stem for path in folder.rglob("*")} | {"nnlib"}
    return {name.partition(".")[0] for name in plain | froms} - here - sys.stdlib_module_names


class Installed:
    """What pip installs for `nnlib` with an extra; what others ask for is read where they lie."""

    def __init__(self, checkout):
        project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
        self.stated = project["project"]

    def asked_for_by(self, name, extras):
        if name == "nnlib":
            lists = [self.stated["optional-dependencies"][extra] for extra in extras]
            return sum(lists, self.stated["dependencies"])
        try:
            return requires(name) or []
        except PackageNotFoundError:  # for another system, or not installed: PyTorch is large
            return []

    def with_extras(self, *extras):
        """Return the names of all distributions, as they are written."""
        found, waiting = set(), [("nnlib", extras)]
        while waiting:
            name, extras = waiting.pop()
            if (name, extras) in found:
                continue
            found.add((name, extras))
            for line in self.asked_for_by(name, extras):
                other = Requirement(line)
                marker = other.marker
                if not marker or any(marker.evaluate({"extra": it}) for it in ("", *extras)):
                    waiting.append((canonicalize_name(other.name), tuple(sorted(other.extras))))
        return {name for name, _ in found}


@pytest.mark.parametrize(
    ("folder", "extras"),
    [("nnlib", ["lab", "editions", "class"]), ("notebooks", ["lab"]), ("tests", ["test", "bench"])],
)
def test_an_extra_brings_what_is_imported(checkout, folder, extras):
    """`pip install -e .[test]` alone lacked the bar that chapter 5 imports."""
    brought = Installed(checkout).with_extras(*extras)
    providers = packages_distributions()
    missing = {
        name
        for name in imported_by(checkout / folder)
        if brought.isdisjoint(map(canonicalize_name, providers.get(name, [name])))
    }
    assert missing == set()


def test_the_tests_extra_brings_the_learners(checkout):
    """The course is run in the tests: what a learner needs is stated once, and is part of it."""
    installed = Installed(checkout)
    assert installed.with_extras("lab") <= installed.with_extras("test")
    lines = (checkout / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["-e .[lab]"]
