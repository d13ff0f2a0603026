"""Widgets and all that they own, so that closing one leaves nothing behind."""

from collections.abc import Iterator

import ipywidgets as widgets


def family(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """Yield a widget and all that it owns: children, layouts, styles."""
    yield widget
    for name in widget.trait_names(sync=True):
        value = getattr(widget, name)
        for owned in value if isinstance(value, tuple) else (value,):
            if isinstance(owned, widgets.Widget):
                yield from family(owned)
