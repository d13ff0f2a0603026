"""Predictions: the learner commits to an answer, and only then sees what happens."""

import weakref
from typing import Any

import ipywidgets as widgets

from nnlib.exercises.class_progress import agreement_to_ask_for, class_progress
from nnlib.exercises.kept_answers import CONFIDENCE, AnswerMemory, KeptAnswer
from nnlib.exercises.predictions.catalogue import QUESTIONS
from nnlib.exercises.predictions.class_vote import class_vote
from nnlib.exercises.predictions.drawing_board import DrawingBoard
from nnlib.exercises.predictions.number_field import NumberField
from nnlib.exercises.predictions.outcome import in_html, outcome, paragraphs
from nnlib.exercises.predictions.questions import Question
from nnlib.exercises.predictions.radio_keys import RadioKeys
from nnlib.widgets.lifetime import close_owned, close_with_cell

_MARGIN_LINE = "3px solid #5b6470"  # grey, on a light page as on a dark one

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
    """Open the answers of all predictions on the page, for a teacher who has no use for secrets.

    In class they stay shut as long as the class votes.
    """
    for prediction in list(_on_the_page):
        prediction.reveal()


class Prediction(widgets.VBox):
    """A question, a way to answer it, a Commit button, and a reveal that opens after committing.

    The answer stays in the kernel until then: the page does not hold it. Whoever likes also says
    how sure they are. What a learner has committed to is shown again whenever the cell is run
    again, today or on another day, until they ask again. In class the answer goes to the vote, and
    what is so opens when the teacher opens it for everybody.

    Parameters
    ----------
    question : Question
        What is asked.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.revealed = False  # is the answer open?
        self.committed = False  # has the learner answered, or did a teacher open it?
        self._committed_to: str | None = None  # the answer
        self.error: str | None = None  # what went wrong when the button was pressed, or None
        self._text = widgets.HTML(paragraphs(f"<strong>Predict:</strong> {in_html(question.text)}"))
        self._input = self._make_input()
        self._confidence = _ask_confidence()
        # never disabled: whoever uses the keyboard would lose the place on the page
        self._button = widgets.Button(description="Commit")
        self._below = widgets.HTML()
        self._below.add_class("nnlib-outcome")  # the page reads out what is written there
        self._button.on_click(self._press)
        if not isinstance(self._input, DrawingBoard):  # that tells of its changes itself
            self._input.observe(self._answer_changed, names="value")
        self._confidence.observe(self._answer_changed, names="value")
        act = widgets.HBox(
            [self._confidence, self._button],
            layout=widgets.Layout(flex_flow="row wrap", margin="6px 0 2px 0"),
        )
        self._keys = RadioKeys()
        self._progress = class_progress()
        asked = agreement_to_ask_for(self._progress)
        parts = [self._text, self._input, act, self._below, self._keys, *asked]
        super().__init__(
            parts, layout=widgets.Layout(border_left=_MARGIN_LINE, padding="0 0 0 14px")
        )
        self.add_class("nnlib-prediction")
        _on_the_page.add(self)
        close_with_cell(self)
        self._memory = AnswerMemory(question)
        self._vote = class_vote(question, self._class_changed)  # None out of class
        self._recall()

    @property
    def choice(self) -> str | None:
        """The answer given so far as text, or None. Set it to answer from code."""
        return self._input.value or None

    @choice.setter
    def choice(self, answer: str | None) -> None:
        self._input.value = "" if answer is None and not self.question.options else answer

    @property
    def confidence(self) -> str | None:
        """How sure the learner is: one of `CONFIDENCE`, or None. Set it from code as well."""
        return self._confidence.value or None

    @confidence.setter
    def confidence(self, confidence: str | None) -> None:
        self._confidence.value = confidence or ""

    def commit(self) -> None:
        """Commit to what was answered and open what is so; in class send the answer to the vote.

        Raises
        ------
        ValueError
            If nothing has been answered, or what stands there is no answer.
        """
        if objection := self.question.validation_error(self.choice):
            raise ValueError(objection)
        if self._vote is None or self._vote.takes_votes:
            self.committed, self._committed_to = True, self.choice
            self._remember()
        if self._vote is not None and self.choice is not None:
            self._vote.send(self.choice)
        self._open_or_wait()

    def reveal(self) -> None:
        """Open what is so, beside the answer if there is one; in class when the teacher does."""
        if self._vote is not None and self._vote.keeps_shut:
            self._wait()
        else:
            self._open()

    def _open_or_wait(self) -> None:
        if self._vote is None or self._vote.opens_on_commit:
            self._open()
        else:
            self._wait()

    def _open(self) -> None:
        """Open what is so."""
        if self.question.validation_error(self.choice):
            self.choice = None  # a teacher opens it, and what stands there is no answer
        self._show_outcome()
        self._set_open(True)
        self._button.description = "Ask again"
        if self._progress is not None and self.committed and self.choice is not None:
            self._progress.tell_prediction(self.question, self.choice)

    def _wait(self) -> None:
        """Keep shut what is so, and tell how far the class is."""
        assert self._vote is not None
        self._input.disabled = self._confidence.disabled = not self._vote.takes_votes
        may_open = self.committed and self._vote.is_away and self.choice == self._committed_to
        self._button.description = "Open the answer" if may_open else "Commit"
        words = self._vote.words(self._committed_to, self.choice)
        self._below.value = paragraphs(in_html(words))

    def _class_changed(self) -> None:
        """Go on with the class: its vote has come further."""
        if self.revealed or self._vote is None:
            return
        opened = self._vote.has_just_opened()
        if self._vote.opens_on_commit and (self.committed or opened):
            self._open()
        else:
            self._wait()

    def ask_again(self) -> None:
        """Close what is so and forget the answer."""
        self.committed, self._committed_to = False, None
        self._memory.forget()
        self._set_open(False)
        self.choice = self.confidence = None
        self._button.description = "Commit"
        self._below.value = ""

    def close(self) -> None:
        """Take the prediction off the page and out of the widgets' registry."""
        _on_the_page.discard(self)
        self._vote = None
        close_owned(self)
        super().close()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show the question as text wherever no kernel runs, beside the live view."""
        self._keys.come_into_view("run")
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
            elif self._button.description == "Open the answer":
                self.reveal()
            else:
                self.commit()
            if self.revealed:
                self._keys.come_into_view("reveal")
        except Exception as error:
            self.error = str(error)
            self._below.value = paragraphs(in_html(self.error))

    def _entered(self) -> None:
        """Commit to what was typed: Enter was pressed."""
        if not self.revealed:
            self._press(self._button)

    def _answer_changed(self, _change: Any = None) -> None:
        """Take an objection away as soon as something else is answered.

        While the kernel is busy the page sends Commit at once, but holds a changed answer back:
        then the outcome of the newest answer is told.
        """
        if not self.revealed:
            self.error, self._below.value = None, ""
            if self._vote is not None:
                self._wait()
        elif not self.question.validation_error(self.choice):
            self._remember()
            self._show_outcome()

    def _remember(self) -> None:
        """Keep what the learner has committed to, but not what a teacher has opened."""
        if self.committed and self.choice is not None:
            self._memory.remember(KeptAnswer(self.choice, self.confidence))

    def _recall(self) -> None:
        """Show again what was committed to before; what no longer fits is left aside."""
        answer = self._memory.recall()
        if answer is not None:
            self.choice, self.confidence = answer.choice, answer.confidence
            self.committed, self._committed_to = True, answer.choice
            self._open_or_wait()
        elif complaint := self._memory.take_complaint():
            self._below.value = paragraphs(in_html(complaint))

    def _make_input(self) -> widgets.Widget:
        """Return the list of options, a plane to draw on, or a box for a number."""
        if self.question.sketch is not None:
            return DrawingBoard(self.question.sketch, self._answer_changed, self._entered)
        if self.question.asks_for_number:
            return NumberField("My prediction:", "240px", self._entered)
        return widgets.RadioButtons(
            options=self.question.options,
            index=None,
            description="My prediction:",
            style={"description_width": "initial"},
            layout=widgets.Layout(width="auto"),
        )

    def _set_open(self, revealed: bool) -> None:
        """Let nothing be changed while what is so is open; a drawing then shows it too."""
        self.revealed = self._input.disabled = self._confidence.disabled = revealed
        if isinstance(self._input, DrawingBoard):
            self._input.show_answer(self.question.answer if revealed else "")

    def _show_outcome(self) -> None:
        """Show the prediction and what is so, side by side, and why."""
        self._below.value = outcome(
            self.question, self.choice, self.confidence, self._memory.take_complaint()
        )


def _ask_confidence() -> widgets.Dropdown:
    """Return the list from which the learner may choose how sure they are."""
    return widgets.Dropdown(
        options=[("—", ""), *((words, words) for words in CONFIDENCE)],
        description="How sure? (optional)",
        style={"description_width": "initial"},
        layout=widgets.Layout(width="260px"),
    )
