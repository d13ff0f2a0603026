"""Predictions: the learner commits to an answer, and only then sees what happens."""

import weakref
from html import escape
from typing import Any

import ipywidgets as widgets

from nnlib.exercises import activations, backprop, feedforward, neurons, start, training
from nnlib.exercises.questions import Question, by_name
from nnlib.exercises.radio_keys import RadioKeys
from nnlib.lifetime import close_family, close_with_cell

QUESTIONS = by_name(
    question
    for chapter in (start, neurons, activations, feedforward, backprop, training)
    for question in chapter.QUESTIONS
)

_MARGIN_LINE = "3px solid #5b6470"  # grey, on a light page as on a dark one
_PARAGRAPH = "margin: 4px 0; line-height: 1.55; font-size: var(--jp-content-font-size1, 14px)"

_on_the_page: weakref.WeakSet["Prediction"] = weakref.WeakSet()


def predict(name: str) -> "Prediction":
    """Return the prediction with this name; a notebook shows it as the last line of a cell.

    Raises
    ------
    ValueError
        If there is no question of this name; the message lists the known ones.
    """
    if name not in QUESTIONS:
        known = ", ".join(sorted(QUESTIONS))
        raise ValueError(f"There is no question {name!r}. The known ones are: {known}.")
    return Prediction(QUESTIONS[name])


def open_all() -> None:
    """Open the answers of all predictions on the page, for a teacher who has no use for secrets."""
    for prediction in list(_on_the_page):
        prediction.reveal()


class Prediction(widgets.VBox):
    """A question with its options, a Commit button, and a reveal that opens after committing.

    The answer stays in the kernel until then: the page does not hold it.

    Parameters
    ----------
    question : Question
        What is asked.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.revealed = False  # is the answer open?
        self.error: str | None = None  # what went wrong when the button was pressed, or None
        self._text = widgets.HTML(_paragraphs(f"<strong>Predict:</strong> {_safe(question.text)}"))
        self._input = _make_input(question)
        # never disabled: whoever uses the keyboard would lose the place on the page
        self._button = widgets.Button(
            description="Commit", layout=widgets.Layout(margin="8px 2px 4px 2px")
        )
        self._below = widgets.HTML()
        self._button.on_click(self._press)
        parts = [self._text, self._input, self._button, self._below, RadioKeys()]
        super().__init__(
            parts, layout=widgets.Layout(border_left=_MARGIN_LINE, padding="0 0 0 14px")
        )
        self.add_class("nnlib-prediction")
        _on_the_page.add(self)
        close_with_cell(self)

    @property
    def choice(self) -> str | None:
        """The option chosen or the number typed so far, or None. Set it to choose from code."""
        return self._input.value or None

    @choice.setter
    def choice(self, option: str | None) -> None:
        self._input.value = "" if option is None and self.question.asks_for_number else option

    def commit(self) -> None:
        """Commit to what was chosen and open the answer.

        Raises
        ------
        ValueError
            If nothing has been chosen, or what was typed is no number.
        """
        if self.choice is None:
            what = "Type a number" if self.question.asks_for_number else "Choose one of the options"
            raise ValueError(f"{what} before you commit.")
        if not self.question.admits(self.choice):
            raise ValueError(f"“{self.choice}” is no number. Type one such as −0.5.")
        self.reveal()

    def reveal(self) -> None:
        """Open the answer, beside the choice if there is one."""
        if self.choice is not None and not self.question.admits(self.choice):
            self.choice = None  # a teacher opens it, and what stands there is no number
        self._below.value = self._answer()
        self.revealed = True
        self._input.disabled = True
        self._button.description = "Ask again"

    def ask_again(self) -> None:
        """Close the answer and forget the choice."""
        self.revealed = False
        self._input.disabled = False
        self.choice = None
        self._button.description = "Commit"
        self._below.value = ""

    def close(self) -> None:
        """Take the prediction off the page and out of the widgets' registry."""
        _on_the_page.discard(self)
        close_family(self)
        super().close()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show the question as text wherever no kernel runs, beside the live view."""
        bundle = super()._repr_mimebundle_(**kwargs)
        texts = {"text/plain": self.question.plain, "text/markdown": self.question.markdown}
        return {**bundle, **texts} if isinstance(bundle, dict) else bundle

    def __repr__(self) -> str:
        """Return the question as text, without its answer."""
        return self.question.plain

    def _press(self, _button: widgets.Button) -> None:
        """Do what the button says; show what goes wrong, where a widget would swallow it."""
        self.error = None
        try:
            if self.revealed:
                self.ask_again()
            else:
                self.commit()
        except Exception as error:
            self.error = str(error)
            self._below.value = f'<div role="alert">{_paragraphs(_safe(self.error))}</div>'

    def _answer(self) -> str:
        """Return the prediction and what is so, side by side, and why."""
        happens = f"What is so: <strong>{_safe(self.question.answer)}</strong>"
        chosen = slip = ""
        if self.choice is not None:
            right = self.question.is_right(self.choice)
            chosen = f"You predicted: <strong>{_safe(self.choice)}</strong><br>"
            happens += f" ({'✓ as you predicted' if right else '✗ not what you predicted'})"
            slip = self.question.slip(self.choice)
        parts = [chosen + happens, _safe(slip), _safe(self.question.why)]
        return f'<div role="status">{_paragraphs(*filter(None, parts))}</div>'


def _make_input(question: Question) -> widgets.Widget:
    """Return the list of options, or a box for a number."""
    style = {"description_width": "initial"}
    if question.asks_for_number:
        layout = widgets.Layout(width="240px")
        return widgets.Text(
            description="My prediction:", placeholder="a number", style=style, layout=layout
        )
    return widgets.RadioButtons(
        options=question.options,
        index=None,
        description="My prediction:",
        style=style,
        layout=widgets.Layout(width="auto"),
    )


def _safe(text: str) -> str:
    """Return text for HTML; an equation such as "z = 0" stays on one line."""
    return escape(text).replace(" = ", "&nbsp;=&nbsp;")


def _paragraphs(*texts: str) -> str:
    """Return HTML paragraphs in the size of the page's own prose."""
    return "".join(f'<p style="{_PARAGRAPH}">{text}</p>' for text in texts)
