"""Predictions: the learner commits to an answer, and only then sees what happens."""

import html
import weakref
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from nnlib.exercises import activations, backprop, feedforward, neurons, training
from nnlib.exercises.questions import Question, by_name

QUESTIONS = by_name(
    question
    for chapter in (neurons, activations, feedforward, backprop, training)
    for question in chapter.QUESTIONS
)

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
        self.error: str | None = None
        self._text = widgets.HTML(f"<p><strong>Predict.</strong> {html.escape(question.text)}</p>")
        self._options = widgets.RadioButtons(
            options=question.options,
            index=None,
            description="My prediction:",
            style={"description_width": "initial"},
            layout=widgets.Layout(width="auto"),
        )
        self._button = widgets.Button(
            description="Commit", disabled=True, tooltip="Commit to this answer and see what is so"
        )
        self._revealed = widgets.HTML()
        self._options.observe(self._guarded(self._allow_commit), names="index")
        self._button.on_click(self._guarded(self._press))
        super().__init__([self._text, self._options, self._button, self._revealed])
        _on_the_page.add(self)

    @property
    def choice(self) -> str | None:
        """The option chosen so far, or None. Set it to choose from code."""
        return self._options.value

    @choice.setter
    def choice(self, option: str | None) -> None:
        self._options.value = option

    @property
    def revealed(self) -> bool:
        """Whether the answer is open."""
        return bool(self._revealed.value)

    def commit(self) -> None:
        """Commit to the chosen option and open the answer.

        Raises
        ------
        ValueError
            If nothing has been chosen.
        """
        if self.choice is None:
            raise ValueError("Choose one of the options before you commit.")
        self.reveal()

    def reveal(self) -> None:
        """Open the answer, beside the choice if there is one."""
        self._options.disabled = True
        self._button.disabled = False
        self._button.description = "Ask again"
        self._button.tooltip = "Close the answer and choose anew"
        self._revealed.value = self._answer()

    def ask_again(self) -> None:
        """Close the answer and forget the choice."""
        self._revealed.value = ""
        self._button.description = "Commit"
        self._button.tooltip = "Commit to this answer and see what is so"
        self._options.disabled = False
        self._options.index = None

    def close(self) -> None:
        """Take the prediction off the page and out of the widgets' registry."""
        _on_the_page.discard(self)
        for part in (self._text, self._options, self._button, self._revealed):
            part.layout.close()
            part.style.close()
            part.close()
        self.layout.close()
        super().close()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show the question as text wherever no kernel runs, beside the live view."""
        bundle = super()._repr_mimebundle_(**kwargs)
        texts = {"text/plain": self.question.plain, "text/markdown": self.question.markdown}
        return {**bundle, **texts} if isinstance(bundle, dict) else bundle

    def __repr__(self) -> str:
        """Return the question as text, without its answer."""
        return self.question.plain

    def _allow_commit(self) -> None:
        self._button.disabled = self.choice is None

    def _press(self) -> None:
        if self.revealed:
            self.ask_again()
        else:
            self.commit()

    def _answer(self) -> str:
        right = self.choice == self.question.answer
        verdict = "✓ as you predicted" if right else "✗ not what you predicted"
        happens = f"What is so: <strong>{html.escape(self.question.answer)}</strong>"
        chosen = ""
        if self.choice is not None:
            chosen = f"You predicted: <strong>{html.escape(self.choice)}</strong><br>"
            happens += f" ({verdict})"
        why = html.escape(self.question.why)
        return f'<div role="status"><p>{chosen}{happens}</p><p>{why}</p></div>'

    def _guarded(self, action: Callable[[], None]) -> Callable[[Any], None]:
        """Return a callback that shows what went wrong, where a widget would swallow it."""

        def callback(_event: Any) -> None:
            try:
                action()
                self.error = None
            except Exception as error:
                self.error = f"{type(error).__name__}: {error}"
                self._revealed.value = f'<p role="alert">{html.escape(self.error)}</p>'

        return callback
