"""Arrow keys for the options of a prediction, as on every other page."""

from pathlib import Path

import anywidget


class RadioKeys(anywidget.AnyWidget):
    """An invisible part of a prediction that makes one group of its options.

    Without it JupyterLab takes the arrow keys for its own and goes to another cell.
    """

    # As text, not as a path: anywidget would watch the file and never let a closed widget go.
    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
