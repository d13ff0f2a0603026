"""A button that opens a text file: what is in it goes into the box beside the button.

Neither a file nor a pasted text may be so large that it ends the page's connection to the kernel.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

MOST_SENT = 1_000_000  # a few thousand rows; a page connected to its kernel takes ten times that
KEPT = "What stood in the box before is kept."


class FileButton(anywidget.AnyWidget):
    """A button to choose a file with; its text counts as typed into ``box``.

    Parameters
    ----------
    box : Textarea
        Where the text goes.
    accept : str
        The kinds of files that are offered, such as ``".csv,.txt"``.
    read : callable
        Returns the text of a file from its bytes, or raises ``ValueError`` in words.
    tell : callable
        Told in words of a file that cannot be opened; the box is then left as it is.
    """

    # As text, not as a path: anywidget would watch the file and never let a closed widget go.
    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

    label = traitlets.Unicode("Open a file").tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    most_bytes = traitlets.Int(MOST_SENT, help="a larger file stays in the page").tag(sync=True)

    def __init__(
        self,
        box: widgets.Textarea,
        accept: str,
        read: Callable[[bytes], str],
        tell: Callable[[str], None],
    ) -> None:
        layout = widgets.Layout(overflow="visible")  # or what marks the focus would be cut off
        super().__init__(accept=accept, layout=layout)
        self._box = box
        self._read = read
        self._tell = tell
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: dict[str, Any], buffers: list[Any]) -> None:
        """Take a file over, or the name and size of one that was not sent; a text has no name."""
        name, size = message["name"], message["size"]
        try:
            text = self._read(bytes(buffers[0])) if buffers else _refuse(name, size)
        except ValueError as problem:
            self._tell(f"“{name}”: {problem} {KEPT}" if name else f"{problem} {KEPT}")
        else:
            self._box.value = text


def _refuse(name: str, size: int) -> str:
    if size < 0:
        raise ValueError(
            "The file cannot be read. Usual cause: it was moved or changed since it was chosen."
        )
    raise ValueError(
        f"The {'file' if name else 'text'} has {size / 1e6:,.1f} MB; at most "
        f"{MOST_SENT / 1e6:.0f} MB are opened here. Take a part of it."
    )
