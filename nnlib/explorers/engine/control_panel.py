"""An explorer's controls: each hands over what the learner does, and shows its parameter's value.

This is the one place where controls are told of values, and the one place where what they say goes
to the explorer's parameters.
"""

import threading
from collections import deque

import ipywidgets as widgets

from nnlib.explorers.controls.form_row import FormRow
from nnlib.explorers.controls.number_box import NumberBox
from nnlib.explorers.controls.parameters import Parameter
from nnlib.explorers.controls.rows import arrange, field_of
from nnlib.explorers.engine.abstract_explorer import AbstractExplorer
from nnlib.explorers.engine.answering import Answering
from nnlib.explorers.engine.messages import Messages, Problem
from nnlib.widgets.event_loop import HomeLoop


class ControlPanel:
    """Makes the controls, fills ``explorer.controls`` and ``explorer.boxes``, and looks after both.

    Parameters
    ----------
    explorer : AbstractExplorer
        Whose parameters they move.
    answering : Answering
        What each move and text is answered in.
    messages : Messages
        Where what is wrong is told.
    home : HomeLoop
        Where moves are answered: a callback may come on any thread, and never waits for a frame.
    """

    form_row: FormRow

    def __init__(
        self, explorer: AbstractExplorer, answering: Answering, messages: Messages, home: HomeLoop
    ) -> None:
        self._explorer = explorer
        self._answering = answering
        self._messages = messages
        self._home = home
        self._parameters = explorer.declared_parameters
        self._moved: deque[str] = deque()  # controls whose values are to be taken over
        self._telling: int | None = None  # the thread on which `show` moves a control
        for name, parameter in self._parameters.items():
            self._add(name, parameter)

    def _add(self, name: str, parameter: Parameter) -> None:
        control = parameter.make_control()
        if control is None:
            return
        self._explorer.controls[name] = control
        if parameter.written(getattr(self._explorer, name)) is not None:
            self._explorer.boxes[name] = NumberBox(lambda text: self._number_typed(name, text))
        self.show(name)
        control.observe(lambda _change: self._control_moved(name), names="value")

    # What the learner does ------------------------------------------------------------------

    def _control_moved(self, name: str) -> None:
        """Hand a control's move over to the loop."""
        if self._telling == threading.get_ident():  # nobody has moved it: it was told its value
            return
        if name not in self._moved:
            self._moved.append(name)
        self._home.run_on_loop(self._take_over)

    def _take_over(self) -> None:
        """Set each parameter whose control has moved, in order, to what the control shows now."""
        while self._moved:
            name = self._moved.popleft()
            control, parameter = self._explorer.controls[name], self._parameters[name]
            with self._answering(f"“{parameter.label}”", name):
                if parameter.stands_in(control, self._explorer):
                    self._messages.forgive(only=name)
                else:
                    setattr(self._explorer, name, parameter.from_control(control.value))

    def _number_typed(self, name: str, text: str) -> None:
        self._home.run_on_loop(lambda: self._take_number(name, text))

    def _take_number(self, name: str, text: str) -> None:
        """Take over a number that was typed; what is none is told of and does not stay."""
        parameter, label = self._parameters[name], self._explorer.controls[name].description
        self._messages.forgive()
        with self._answering(f"“{label}”", name):
            setattr(self._explorer, name, parameter.read(text, label))
        self.show(name)

    # What the controls show -----------------------------------------------------------------

    def show(self, name: str) -> None:
        """Let a parameter's control and its box tell the parameter's value."""
        explorer, parameter = self._explorer, self._parameters[name]
        if name not in explorer.controls:
            return
        with explorer.lock:
            self._telling = threading.get_ident()
            try:
                parameter.show_in(explorer.controls[name], explorer)
            finally:
                self._telling = None
            if name in explorer.boxes:
                explorer.boxes[name].show(parameter.written(getattr(explorer, name)) or "")

    def show_uses(self) -> None:
        """Let each control tell whether it has an effect, and the form be there when it has."""
        self._show_idle()
        if self.form_row.show(self._explorer.open_form, self._explorer.form_words):
            self._explorer.come_into_view()

    def _show_idle(self) -> None:
        """Take controls without an effect out of use; pointed at, they say what they wait for."""
        idle, boxes = self._explorer.idle, self._explorer.boxes
        for name, control in self._explorer.controls.items():
            if control.has_trait("disabled") and control.disabled != (name in idle):
                when = f": {idle[name]}" if name in idle else ""
                control.tooltip = f"{control.description}{when}"
                control.disabled = name in idle
                if name in boxes:
                    boxes[name].disabled = name in idle

    # Where they stand -----------------------------------------------------------------------

    def lay_out(self) -> list[widgets.Widget]:
        """Return the rows of controls and buttons, the form among them."""
        explorer = self._explorer
        controls, form = explorer.controls, explorer.form
        beside: dict[str, widgets.Widget] = {**self._companions(), **explorer.boxes}
        fields = {name: field_of(controls[name], beside.get(name)) for name in form}
        folds = (explorer.folded_form, explorer.form_button, self._form_was_folded)
        self.form_row = FormRow(fields, *folds)
        others = {name: control for name, control in controls.items() if name not in form}
        places = (explorer.at_hand, self.form_row, explorer.groups)
        how = (explorer.come_into_view, explorer.buttons_wait, explorer.in_threes)
        rows = arrange(others, beside, *places, *how)
        self.form_row.show(explorer.open_form, explorer.form_words)
        self._show_idle()
        return rows

    def _companions(self) -> dict[str, widgets.Widget]:
        """Return what stands beside some controls and moves them."""
        made = {name: self._companion(name, p) for name, p in self._parameters.items()}
        return {name: companion for name, companion in made.items() if companion is not None}

    def _companion(self, name: str, parameter: Parameter) -> widgets.Widget | None:
        def tell(words: str) -> None:
            self._messages.tell(Problem(words, name))

        return parameter.make_companion(self._explorer.controls.get(name), tell)

    def _form_was_folded(self) -> None:
        """Draw what belongs to the form, and have all of it in view."""
        if self.form_row.is_unfolded:
            self._explorer.come_into_view()
        self._home.run_on_loop(self._explorer.request_frame)
