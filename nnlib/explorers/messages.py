"""What an explorer tells the learner beside its picture: what went wrong, or why it paused."""

import html
import traceback

import ipywidgets as widgets


def in_words(what: str, failure: Exception) -> str:
    """Return a sentence: what did not work and why; in brackets what a maintainer asks for."""
    place = traceback.extract_tb(failure.__traceback__)[-1]
    details = f"{type(failure).__name__}, {place.name}, line {place.lineno}"
    return f"{what} did not work: {failure} ({details})"


class MessageBox(widgets.HTML):
    """A box under the picture, seen only when there is something to say."""

    def __init__(self) -> None:
        super().__init__(layout=widgets.Layout(display="none"))

    def show(self, error: str | None, notice: str | None) -> None:
        """Show what went wrong, or else the notice, or nothing."""
        if error:
            self.value = (
                f"<strong>{html.escape(error)}</strong><br>The picture shows the last state that "
                "worked. Press Reset to go on from the start."
            )
        else:
            self.value = html.escape(notice or "")
        self._dom_classes = ("nnlib-error" if error else "nnlib-notice",)
        self.layout.display = None if error or notice else "none"
