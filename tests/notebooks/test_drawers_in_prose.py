"""What the prose says to be in a drawer of an explorer is in that drawer."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

import nnlib.explorers
from nnlib.explorers.controls.parameters import parameters_of

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
MORE = "More controls"
DRAWERS = {MORE}.union(*(getattr(nnlib.explorers, name).groups for name in nnlib.explorers.__all__))
IN_A_DRAWER = re.compile(rf"[^.:;!?\n]*(?<!\*)\*({'|'.join(sorted(DRAWERS))})\*(?!\*)[^.:;!?\n]*")


def explorer_of(source):
    """Return the class and the shown controls of the explorer that a cell makes, or None."""
    parts = list(ast.walk(ast.parse(source)))
    named = {ast.unparse(it.targets[0]): it.value for it in parts if isinstance(it, ast.Assign)}
    for call in parts:
        name = getattr(getattr(call, "func", None), "id", None)
        if isinstance(call, ast.Call) and name in nnlib.explorers.__all__:
            kind = getattr(nnlib.explorers, name)
            given = {w.arg: named.get(ast.unparse(w.value), w.value) for w in call.keywords}
            show = ast.literal_eval(given["show"]) if "show" in given else kind.opens_with
            return kind, show
    return None


def labels_in(drawer, kind, show):
    """Return the labels of the controls that wait in a drawer."""
    grouped = {name for names in kind.groups.values() for name in names}
    names = kind.groups.get(drawer, ())
    if drawer == MORE:
        names = [name for name in parameters_of(kind) if name not in grouped]
    parameters = parameters_of(kind)
    return {parameters[name].label for name in names if name in parameters and name not in show}


def claims(notebook):
    """Yield each drawer that the prose names, the bold words beside it, and its explorers."""
    cells = [cell for cell in nbformat.read(notebook, 4).cells if cell.cell_type != "raw"]
    made = [
        (k, explorer_of(cell.source))
        for k, cell in enumerate(cells)
        if cell.cell_type == "code" and "Explorer(" in cell.source
    ]
    for k, cell in enumerate(cells):
        for found in IN_A_DRAWER.finditer(cell.source if cell.cell_type == "markdown" else ""):
            before = [it for at, it in made if at < k and it][-1:]
            after = [it for at, it in made if at > k and it][:1]
            names = re.findall(r"\*\*([^*]+)\*\*", found.group())
            yield found.group(1), names, [*before, *after]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_control_waits_in_the_drawer_that_the_prose_names(notebook):
    for drawer, names, explorers in claims(notebook):
        assert names, f"what is in {drawer}?"
        for name in names:
            waiting = [labels_in(drawer, kind, show) for kind, show in explorers]
            assert name in set().union(*waiting), f"“{name}” is not in {drawer}"


def test_the_claims_are_found():
    found = [claim for notebook in NOTEBOOKS for claim in claims(notebook)]
    assert (["logarithmic"], "Picture") in [(names, drawer) for drawer, names, _ in found]
    assert len(found) >= 4
