"""What an explorer tells the learner: what went wrong, beside what caused it, or why it paused."""

import html
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import ipywidgets as widgets
import traitlets

from nnlib.explorers.controls.refusals import Refused
from nnlib.explorers.engine.abstract_explorer import AbstractExplorer

LAST_GOOD = "The picture shows the last state that worked. Press Reset to go on from the start."


@dataclass(frozen=True)
class Problem:
    """What went wrong.

    Parameters
    ----------
    words : str
        What it was, what was expected, and the usual cause: nothing that only code knows.
    control : str, optional
        The control that caused it.
    details : str
        What a maintainer asks for, where the explorer itself is to blame.
    """

    words: str
    control: str | None = None
    details: str = ""

    @property
    def shown(self) -> str:
        """The problem as HTML; the details are folded."""
        shown = html.escape(self.words)
        if not self.details:
            return shown
        details = html.escape(self.details)
        return f"{shown}<details><summary>For whoever mends it</summary>{details}</details>"


def problem_of(what: str, failure: Exception, control: str | None = None) -> Problem:
    """Return what an exception in a callback tells the learner."""
    if isinstance(failure, Refused):
        return Problem(failure.for_page, control)
    words = f"{what} did not work: {failure}"
    place = traceback.extract_tb(failure.__traceback__)[-1]
    if isinstance(failure, ValueError | traitlets.TraitError) and "nnlib" in place.filename:
        return Problem(words, control)  # the library's own errors are written for learners
    details = f"{type(failure).__name__} in {place.name}, line {place.lineno}"
    return Problem(words, control, details)


class MessageBox(widgets.HTML):
    """A box under the picture, for what no control has caused; seen only when it says something."""

    def __init__(self) -> None:
        super().__init__(layout=widgets.Layout(display="none"))

    def show(self, problem: Problem | None, notice: str | None) -> None:
        """Show what went wrong, or else the notice, or nothing.

        The words come last: the page brings them into view, and what is hidden is nowhere.
        """
        self._dom_classes = ("nnlib-error" if problem else "nnlib-notice",)
        self.layout.display = None if problem or notice else "none"
        if problem:
            self.value = f"<div>{problem.shown}<p>{LAST_GOOD}</p></div>"
        else:
            self.value = html.escape(notice or "")


class Remark:
    """A line beside the control that has caused a problem. The control is marked meanwhile.

    Parameters
    ----------
    problem : Problem
        What it tells.
    control : Widget
        What is marked.
    place : Box
        Where the control stands: the line is put at its end.
    """

    def __init__(self, problem: Problem, control: widgets.Widget, place: widgets.Box) -> None:
        self._control, self._place = control, place
        self.line = widgets.HTML(f"<div>{problem.shown}</div>")
        self.line.add_class("nnlib-error")
        self.line.add_class("nnlib-remark")
        control.add_class("nnlib-refused")
        place.children = (*place.children, self.line)

    def close(self) -> None:
        """Take line and mark away."""
        self._control.remove_class("nnlib-refused")
        self._place.children = tuple(w for w in self._place.children if w is not self.line)
        for widget in (self.line.layout, self.line.style, self.line):
            widget.close()


class Messages:
    """Tells ``explorer.error`` and ``explorer.notice`` on the page.

    What a control has caused stands beside it; all else stands in a box below the figure.

    Parameters
    ----------
    explorer : AbstractExplorer
        Whose messages they are.

    Attributes
    ----------
    box : MessageBox
        The box below the figure.
    """

    def __init__(self, explorer: AbstractExplorer) -> None:
        self._explorer = explorer
        self._problem: Problem | None = None  # that ``error`` tells of
        self._remark: Remark | None = None  # that tells of it beside a control
        self.box = MessageBox()

    @contextmanager
    def shown(self, what: str, control: str | None = None) -> Iterator[None]:
        """Show an exception in the explorer: ipywidgets would swallow that of a button."""
        try:
            yield
        except Exception as failure:
            self.tell(problem_of(what, failure, control))

    def tell(self, problem: Problem) -> None:
        """Let ``error`` tell of a problem, in place of the one before."""
        self._explorer.error = None
        self._problem = problem
        self._explorer.error = problem.words

    def forgive(self, only: str | None = None) -> None:
        """Take the error away, unless a refused text, such as a table, still stands there.

        Parameters
        ----------
        only : str, optional
            A control: an error that another has caused stays.
        """
        name = None if self._problem is None else self._problem.control
        if only is None or only == name:
            parameter = self._explorer.declared_parameters.get(name or "")
            control = self._explorer.controls.get(name or "")
            if parameter is None or parameter.stands_in(control, self._explorer):
                self._explorer.error = None

    def show(self) -> None:
        """Show the present error and notice."""
        error = self._explorer.error
        if error is None or self._problem is None or self._problem.words != error:
            self._problem = Problem(error) if error else None
        if self._remark is not None:
            self._remark.close()
            self._remark = None
        problem = self._problem
        if problem is not None and problem.control is not None:
            self._remark = self._beside(problem, problem.control)
            problem = None
        self.box.show(problem, self._explorer.notice)

    def _beside(self, problem: Problem, name: str) -> Remark:
        control = self._explorer.controls[name]
        place = dict(places_in(self._explorer.children))[control]
        return Remark(problem, self._explorer.boxes.get(name, control), place)


def places_in(boxes: Sequence[widgets.Widget]) -> Iterator[tuple[widgets.Widget, widgets.Box]]:
    """Yield each widget in ``boxes`` with the box that it stands in."""
    for box in boxes:
        if isinstance(box, widgets.Box):
            for widget in box.children:
                yield widget, box
            yield from places_in(box.children)
