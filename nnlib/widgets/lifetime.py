"""How long a widget lives: until it is closed, or until the cell that made it is run again.

A front end names the cell in each request to run it, so the kernel knows which cell made what.
Before a cell is run again, all that its last run made is closed: otherwise each run would leave
its widgets behind, a playing explorer would play on, and memory would grow. Outside a notebook
nothing happens.
"""

import sys
import weakref
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import ipywidgets as widgets

_made_by: defaultdict[str, weakref.WeakSet[widgets.Widget]] = defaultdict(weakref.WeakSet)


def close_with_cell(widget: widgets.Widget) -> None:
    """Have ``widget`` closed when the cell that is running now is run again."""
    cell = running_cell()
    if cell is not None:
        _made_by[cell].add(widget)
        _shell().events.register("pre_run_cell", _close_all_of)  # once: IPython counts no doubles


def family(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """Yield a widget and all that it owns: children, layouts, styles."""
    yield widget
    for name in widget.trait_names(sync=True):
        value = getattr(widget, name)
        for owned in value if isinstance(value, tuple) else (value,):
            if isinstance(owned, widgets.Widget):
                yield from family(owned)


def close_owned(widget: widgets.Widget) -> None:
    """Close all that a widget owns, but not the widget itself."""
    for owned in reversed(list(family(widget))):
        if owned is not widget:
            owned.close()


def running_cell() -> str | None:
    """Return the id of the cell that is being run, or None: in a callback, or outside a kernel."""
    request = running_request()
    return request.get("metadata", {}).get("cellId")


def running_request() -> dict[str, Any]:
    """Return the front end's request to run the present cell; empty where none is being run."""
    shell = _shell()
    request = shell.get_parent() if hasattr(shell, "get_parent") else {}
    is_cell = request.get("header", {}).get("msg_type") == "execute_request"
    return request if is_cell else {}


def _close_all_of(info: Any) -> None:
    """Close what the last run of a cell made; IPython calls this before the cell is run again."""
    for widget in list(_made_by.pop(getattr(info, "cell_id", None) or "", ())):
        widget.close()


def _shell() -> Any:
    """Return IPython's shell, or None in plain Python; IPython need not be installed."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()
