"""The way into the code leads to files that are there."""

import re

import pytest

GUIDE = ".github/CONTRIBUTING.md"
TREE = re.compile(r"^[│ ]*[├└]── ([a-z]+)/", re.MULTILINE)
PATH = re.compile(r"`((?:nnlib|notebooks|tests)/[\w/.-]*|pyproject\.toml)`")


@pytest.fixture(scope="module")
def guide(checkout):
    return (checkout / GUIDE).read_text(encoding="utf-8")


def test_every_path_that_it_names_is_there(guide, checkout):
    paths = PATH.findall(guide)
    assert len(paths) > 20
    assert [path for path in paths if not (checkout / path).exists()] == []


def test_every_folder_of_its_tree_is_there(guide, checkout):
    folders = TREE.findall(guide)
    assert len(folders) > 15
    known = {path.name for path in (checkout / "nnlib").rglob("*") if path.is_dir()}
    assert set(folders) <= known


def test_every_name_that_it_gives_as_an_example_is_there(guide, checkout):
    """The last column of the table names a class, a function or a question, and its file."""
    rows = [row.split("|") for row in guide.splitlines() if re.match(r"\| (an|a) ", row)]
    assert len(rows) == 6
    for *_, where, example, _end in rows:
        name, path = re.search(r"`([\w-]+)`", example), PATH.search(example) or PATH.search(where)
        text = (checkout / path[1]).read_text(encoding="utf-8")
        assert name is None or name[1] in text, example
