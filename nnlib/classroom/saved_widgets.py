"""What a saved notebook keeps of its widgets: the state of all that its outputs show.

JupyterLab saves the state of those widgets that a running kernel knows. Whoever opens a notebook
again, runs one cell and saves would lose the pictures and predictions of all the other cells, and
find "Error displaying widget: model not found" the next time. So what the file held of them is
kept; and a widget of which nothing is known any more gives way to the picture or the words that
were saved beside it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
REFERENCE = "IPY_MODEL_"

Models = dict[str, dict[str, Any]]


def keep_widgets(model: dict[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """Complete a notebook that is about to be saved; Jupyter Server calls this before each save."""
    content = model.get("content")
    if model.get("type") != "notebook" or not content or "widgets" not in content["metadata"]:
        return
    file = Path(contents_manager.root_dir, *path.strip("/").split("/"))
    complete(content, models_of(_read(file)))


def models_of(notebook: dict[str, Any]) -> Models:
    """Return the state of each widget that a notebook holds."""
    widgets = notebook.get("metadata", {}).get("widgets", {})
    return widgets.get(STATE, {}).get("state", {})


def complete(notebook: dict[str, Any], earlier: Models) -> None:
    """Give ``notebook`` from ``earlier`` what its outputs show and it lacks.

    A view of a widget that is in neither is taken out where something else can be shown for it.
    """
    models = models_of(notebook)
    known = {**earlier, **models}
    for data in _shown(notebook):
        shown = data[VIEW]["model_id"]
        if shown in known:
            models.update({name: known[name] for name in _family(shown, known)})
        elif len(data) > 1:
            del data[VIEW]
    stored = notebook["metadata"]["widgets"].setdefault(
        STATE, {"version_major": 2, "version_minor": 0}
    )
    stored["state"] = models


def _shown(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what each output that shows a widget holds, by its kind."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if VIEW in output.get("data", {}):
                yield output["data"]


def _family(name: str, models: Models) -> set[str]:
    """Return a widget and all that it refers to, as far as they are known."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name in models and name not in found:
            found.add(name)
            waiting += _references(models[name].get("state"))
    return found


def _references(value: Any) -> Iterator[str]:
    """Yield the widgets that a state refers to, however deep."""
    if isinstance(value, str) and value.startswith(REFERENCE):
        yield value.removeprefix(REFERENCE)
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _references(part)


def _read(file: Path) -> dict[str, Any]:
    """Return the notebook that the file holds, or an empty one."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
