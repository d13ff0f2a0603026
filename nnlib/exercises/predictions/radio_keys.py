"""Arrow keys for the options of a prediction, as on every other page."""

from pathlib import Path

from nnlib.widgets.into_view import FORM_CONTROLS, ComesIntoView, with_into_view
from nnlib.widgets.kernel_watch import SCRIPT, STYLE, AnsweringWidget


class RadioKeys(AnsweringWidget, ComesIntoView):
    """An invisible part of a prediction that makes one group of its options.

    Without it JupyterLab takes the arrow keys for its own and goes to another cell.
    """

    _esm = SCRIPT + with_into_view(Path(__file__).with_suffix(".js"))
    _css = FORM_CONTROLS + STYLE
