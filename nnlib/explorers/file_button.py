"""A button that opens a text file: what is in it goes into the box beside the button."""

from typing import Any

import ipywidgets as widgets


class FileButton(widgets.FileUpload):
    """A button to choose a file with; its text counts as typed into ``box``."""

    def __init__(self, box: widgets.Textarea, accept: str) -> None:
        super().__init__(accept=accept, multiple=False, description="Open a file")
        self.layout.width = "auto"
        self._box = box
        self.observe(self._read, names="value")

    def _read(self, change: Any) -> None:
        if change.new:
            content = bytes(change.new[0]["content"])
            self.value = ()  # or the same file could not be chosen again
            self._box.value = content.decode("utf-8-sig", errors="replace")
