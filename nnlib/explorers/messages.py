"""What an explorer tells the learner beside its picture: what went wrong."""

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
        self.add_class("nnlib-error")

    def show_failure(self, text: str | None) -> None:
        """Show what went wrong, or hide the box."""
        self.value = (
            f"<strong>{html.escape(text or '')}</strong><br>The picture shows the last state that "
            "worked. Press Reset to go on from the start."
        )
        self.layout.display = None if text else "none"
