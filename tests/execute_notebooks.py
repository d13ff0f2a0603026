"""Execute notebooks in place, each in a fresh kernel, and keep only what is content.

Content is what a reader sees and what nbval compares: cells, outputs and the order of execution.
What else a kernel or JupyterLab leaves behind (timings, widget state, versions) is stripped, so
that running this twice on one machine changes nothing.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KEPT_CELL_METADATA = {"tags", "slideshow"}
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
    NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
    ).execute()
    strip(notebook)
    text = nbformat.writes(notebook) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


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
