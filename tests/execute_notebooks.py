"""Execute notebooks in place, each in a fresh kernel, and keep only what is content.

Content is what a reader sees and what nbval compares: cells, outputs and the order of execution.
What else a kernel or JupyterLab leaves behind (timings, widget state, versions) is stripped, so
that running this twice on one machine changes nothing.

An explorer that plays opens with an untrained network, and on GitHub and on paper it would stay so.
A cell says in its metadata what a reader is to see there, such as
``{"nnlib": {"still": "explorer.step(50)"}}``: its picture is that of a copy with which this was
done, and the picture's own metadata has its words. All else in the output is as it was run.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
OURS = "nnlib"
KEPT_CELL_METADATA = {"tags", "slideshow", OURS}
PICTURE = "image/png"
# The learner's names stay as they are, and so does the explorer.
SHOW_COPY = """\
def copy_after(deed, explorer):
    copy = type(explorer).from_state(explorer.state)
    exec(deed, {{"explorer": copy}})
    return copy

display(copy_after({deed!r}, Out[{count}]))
del copy_after"""
NOTEBOOK_METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


def execute(path: Path) -> None:
    """Run every cell of the notebook at `path` and write it back with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
    )
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
            if deed := cell.metadata.get(OURS, {}).get("still"):
                take_picture_after(deed, client, cell, index)
    strip(notebook)
    text = nbformat.writes(notebook) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def take_picture_after(deed: str, client: NotebookClient, cell: NotebookNode, index: int) -> None:
    """Give a cell that was just run the picture of its explorer's copy after a deed."""
    further = new_code_cell(SHOW_COPY.format(deed=deed, count=cell.execution_count))
    client.execute_cell(further, index, store_history=False)
    client.nb.cells[index] = cell  # nbclient has put the other one there
    shown, output = further.outputs[-1].data, cell.outputs[-1]
    output.data[PICTURE] = shown[PICTURE]
    output.metadata[PICTURE] = {"alt": shown["text/plain"]}


def strip(notebook: NotebookNode) -> None:
    """Remove from `notebook`, in place, all that is not content."""
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: value for key, value in cell.metadata.items() if key in KEPT_CELL_METADATA}
        )
        for output in cell.get("outputs", []):
            strip_widget_view(output)


def strip_widget_view(output: NotebookNode) -> None:
    """Remove the view of a widget where anything else can be shown in its place.

    Without a kernel there is no widget: a reader would see "model not found" and not the picture.
    """
    data = output.get("data", {})
    if len(data) > 1:
        data.pop(WIDGET_VIEW, None)


def main(paths: list[str]) -> None:
    """Execute each notebook in `paths`."""
    for path in paths:
        print(path, flush=True)
        execute(Path(path))


if __name__ == "__main__":
    main(sys.argv[1:])
