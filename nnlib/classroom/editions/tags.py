"""What a cell of the course is for, as a tag in its metadata: nbconvert and nbgrader go by these.

A cell holds one thing, so it has one of these tags or none. Prose, code that explains and headings
have none.
"""

from collections.abc import Iterator

from nbformat import NotebookNode

TAGS = {
    "exercise": "what is asked for; the cell below it is the answer",
    "answer": "code with ``...`` to replace, and the check of it",
    "solution": "folded: the answer, and why",
    "prediction": "a question to commit to",
    "explorer": "a live figure",
    "reveal": "folded: what was to be seen, and why",
    "teachers-note": "how to teach it",
}


def tag_of(cell: NotebookNode) -> str:
    """Return what the cell is for, or nothing if it has no tag of the course."""
    return next((tag for tag in cell.metadata.get("tags", ()) if tag in TAGS), "")


def tagged(notebook: NotebookNode, tag: str) -> Iterator[NotebookNode]:
    """Yield the notebook's cells that are for one thing, in their order."""
    return (cell for cell in notebook.cells if tag_of(cell) == tag)
