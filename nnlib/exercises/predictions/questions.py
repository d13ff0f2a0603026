"""What a prediction asks: the question, how it is answered, and the reveal that waits behind it."""

from dataclasses import dataclass
from math import isfinite

from nnlib.exercises.predictions.sketch import Sketch
from nnlib.widgets.typed_numbers import number_in

TYPED = 0.005  # how far a number that is typed may be off


@dataclass(frozen=True)
class Question:
    """One question that a learner answers before the notebook does.

    It is answered with an option, with a point or a line on a sketch, or with a number.

    Parameters
    ----------
    name : str
        The key, chapter first: ``"neurons-bias"``.
    text : str
        The question, in plain text with Unicode symbols.
    options : tuple of str
        What may be chosen, each short enough for one line. Without any, and without a sketch, a
        number is asked for.
    answer : str
        What turns out to be true: the option, the number, or the sketch's points as text.
    why : str
        What happens and why, shown only after the learner has committed.
    known_mistakes : tuple of (str, str)
        Answers that a usual slip leads to, each with the sentence that names the slip.
    sketch : Sketch, optional
        The plane to draw the answer on.

    Raises
    ------
    ValueError
        If the answer or a known mistake is none that could be given, if an option stands twice,
        or if it cannot be told which of two answers is meant.
    """

    name: str
    text: str
    options: tuple[str, ...]
    answer: str
    why: str
    known_mistakes: tuple[tuple[str, str], ...] = ()
    sketch: Sketch | None = None

    def __post_init__(self) -> None:
        """Refuse a question that contradicts itself."""
        if contradiction := self._contradiction():
            raise ValueError(f"{self.name}: {contradiction}")

    @property
    def asks_for_number(self) -> bool:
        """Say whether the answer is a number to type."""
        return not self.options and self.sketch is None

    @property
    def instruction(self) -> str:
        """What the learner has to do, such as "Type a number"."""
        if self.sketch is not None:
            return self.sketch.instruction
        return "Type a number" if self.asks_for_number else "Choose one of the options"

    def validation_error(self, choice: str | None) -> str:
        """Return why this cannot be committed to, or nothing."""
        if not choice:
            return f"{self.instruction} before you commit."
        if self.options and choice not in self.options:
            return f"“{choice}” is not among the options."
        if self.sketch is not None:
            return self.sketch.validation_error(choice)
        if self.asks_for_number and not isfinite(number_in(choice)):
            return f"“{choice}” is no number. Type one such as −0.5."
        return ""

    def display(self, choice: str) -> str:
        """Return an answer as part of a sentence."""
        if self.sketch is not None:
            return self.sketch.display(choice)
        return choice.replace("-", "−") if self.asks_for_number else choice

    def is_right(self, choice: str) -> bool:
        """Say whether this is the answer; what is typed or drawn need not be exact."""
        return self._taken_for(choice) == self.answer

    def known_mistake(self, choice: str) -> str:
        """Return the sentence that names the slip behind an answer, or nothing."""
        return dict(self.known_mistakes).get(self._taken_for(choice), "")

    @property
    def plain(self) -> str:
        """The question as text, without its answer."""
        options = [f"  ( ) {option}" for option in self.options]
        if self.sketch is not None:
            options = [f"  [ {self.sketch.kind} to draw ]"]
        return "\n".join([f"Predict: {self.text}", *(options or ["  [ a number ]"])])

    @property
    def markdown(self) -> str:
        """The question as Markdown, without its answer."""
        options = "\n".join(f"- ○ {option}" for option in self.options)
        act = "Choose" if self.options else self.instruction
        how = f"*{act} in the running notebook: the answer opens when you commit.*"
        return "\n\n".join(part for part in (f"**Predict:** {self.text}", options, how) if part)

    def _taken_for(self, choice: str) -> str:
        """Return the answer or the known mistake that is meant: the nearest, if any is near."""
        known = [self.answer, *(wrong for wrong, _ in self.known_mistakes)]
        near = [each for each in known if self._same(choice, each)]
        return min(near, key=lambda each: self._apart(choice, each), default="")

    def _same(self, choice: str, other: str) -> bool:
        if self.sketch is not None:
            return self.sketch.same(choice, other)
        return self._apart(choice, other) <= TYPED

    def _apart(self, choice: str, other: str) -> float:
        """Return how far one answer is from another; options are the same or not."""
        if self.sketch is not None:
            return self.sketch.apart(choice, other)
        if self.asks_for_number:
            return abs(number_in(choice) - number_in(other))
        return float(choice != other)

    def _contradiction(self) -> str:
        """Return in what it contradicts itself, or nothing."""
        if self.options and self.sketch is not None:
            return "it has options and a plane to draw on. Only one of them can be answered with."
        if len(self.options) == 1:
            return "a single option leaves no choice."
        if len(set(self.options)) < len(self.options):
            return "an option stands twice."
        if objection := self.validation_error(self.answer):
            return f"the answer cannot be given. {objection}"
        given = [self.answer]
        for wrong, _ in self.known_mistakes:
            if objection := self.validation_error(wrong):
                return f"the mistake “{wrong}” cannot be made. {objection}"
            if any(self._same(wrong, other) for other in given):
                return f"the mistake “{wrong}” is the same as the answer or another mistake."
            given.append(wrong)
        return ""
