"""The source of an nbgrader course: each exercise an answer cell, and a locked cell that marks it.

A check never raises, so the marking cell asserts what it found: right is a full mark, and anything
else, an exercise that was not attempted included, is none.
"""

import ast
import re
from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from nnlib.classroom.editions.notebooks import learner_edition
from nnlib.classroom.editions.tags import tag_of

CHECK = re.compile(r"^(check_(\w+))\((.*)\)\s*\Z", re.DOTALL | re.MULTILINE)
POINTS = 1
CONFIG = '''"""Settings of nbgrader for this course; see https://nbgrader.readthedocs.io."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "neural_networks"
# The ... of an exercise is what is to be replaced: nothing is cut out.
c.ClearSolutions.enabled = False
c.ExecutePreprocessor.timeout = 120
'''


def graded_edition(notebook: NotebookNode) -> NotebookNode:
    """Return the learner edition with a cell below each answer that marks it."""
    found = learner_edition(notebook)
    cells = [part for cell in found.cells for part in _parts(cell)]
    return nbformat.from_dict({**found, "cells": cells})


def _parts(cell: NotebookNode) -> Iterator[NotebookNode]:
    """Yield a cell as it is, or the two that are made of an exercise's."""
    if tag_of(cell) != "answer":
        yield cell
        return
    answer, test = parted(cell.source)
    yield _marked(cell, cell.id, answer, grade=False)
    yield _marked(cell, f"{cell.id}-test", test, grade=True)


def parted(source: str) -> tuple[str, str]:
    r"""Return what a learner writes in an exercise's cell, and what marks it.

    Examples
    --------
    >>> answer, test = parted("area = ...\n\ncheck_area(area)")
    >>> answer
    'area = ...'
    >>> print(test)
    from nnlib.exercises import check_area
    <BLANKLINE>
    result_area = check_area(area)
    assert result_area, result_area.message

    An answer that stands in the call gets a name:

    >>> parted("check_area(width=..., height=...)")[0]
    'my_area = dict(width=..., height=...)'
    """
    found = CHECK.search(source)
    assert found is not None, source
    check, name, given = found.groups()
    written = source[: found.start()].replace(f"from nnlib.exercises import {check}\n", "")
    if _is_answer(found[0]):
        written += f"my_{name} = dict({given})"
        given = f"**my_{name}"
    test = (
        f"from nnlib.exercises import {check}\n\n"
        f"result_{name} = {check}({given})\n"
        f"assert result_{name}, result_{name}.message"
    )
    return written.strip(), test


def _is_answer(call: str) -> bool:
    """Say whether the answer stands in the call itself."""
    node = ast.parse(call).body[0]
    assert isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    return bool(node.value.keywords)


def _marked(cell: NotebookNode, name: str, source: str, grade: bool) -> NotebookNode:
    """Return a cell that nbgrader knows: a locked one that gives marks, or one to answer in."""
    nbgrader = {"grade_id": name, "schema_version": 3, "task": False}
    nbgrader |= {"grade": grade, "locked": grade, "solution": not grade}
    if grade:
        nbgrader["points"] = POINTS
    return new_code_cell(source, id=name, metadata={**cell.metadata, "nbgrader": nbgrader})
