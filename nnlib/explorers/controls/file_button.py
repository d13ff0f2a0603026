"""A button that opens a text file: what is in it goes into the box beside the button."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets


class FileButton(widgets.FileUpload):
    """A button to choose a file with; its text counts as typed into ``box``.

    Parameters
    ----------
    box : Textarea
        Where the text goes.
    accept : str
        The kinds of files that are offered, such as ``".csv,.txt"``.
    tell : callable
        Told in words of a file that holds no text; the box is then left as it is.
    """

    def __init__(self, box: widgets.Textarea, accept: str, tell: Callable[[str], None]) -> None:
        super().__init__(accept=accept, multiple=False, description="Open a file")
        self.layout.width = "auto"
        self._box = box
        self._tell = tell
        self.observe(self._read, names="value")

    def _read(self, change: Any) -> None:
        if not change.new:
            return
        file, content = change.new[0], bytes(change.new[0]["content"])
        self.value = ()  # or the same file could not be chosen again
        if b"\0" in content:
            self._tell(
                f"“{file['name']}” holds no text. A table is read from a text file with commas "
                "between the numbers: in a spreadsheet, save the sheet as CSV. The table before it "
                "is kept."
            )
        else:
            self._box.value = content.decode("utf-8-sig", errors="replace")
