"""What a prediction asks: the question, the options, and the reveal that waits behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isclose, isfinite, nan


@dataclass(frozen=True)
class Question:
    """One question that a learner answers before the notebook does.

    Parameters
    ----------
    name : str
        The key, chapter first: ``"neurons-bias"``.
    text : str
        The question, in plain text with Unicode symbols.
    options : tuple of str
        What may be chosen, each short enough for one line. Without any, a number is asked for.
    answer : str
        The option that turns out to be true, or the number.
    why : str
        What happens and why, shown only after the learner has committed.
    slips : tuple of (str, str)
        Numbers that a usual slip leads to, each with the sentence that names the slip.

    Raises
    ------
    ValueError
        If the answer is not one of the options, or no number where there are none; if an option
        stands twice.
    """

    name: str
    text: str
    options: tuple[str, ...]
    answer: str
    why: str
    slips: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a question that contradicts itself."""
        if self.asks_for_number and not self.admits(self.answer):
            raise ValueError(f"{self.name}: the answer {self.answer!r} is no number.")
        if self.options and self.answer not in self.options:
            raise ValueError(f"{self.name}: the answer {self.answer!r} is not among the options.")
        if len(set(self.options)) < len(self.options):
            raise ValueError(f"{self.name}: an option stands twice.")

    @property
    def asks_for_number(self) -> bool:
        """Say whether the answer is a number to type, and not an option to choose."""
        return not self.options

    def admits(self, choice: str) -> bool:
        """Say whether this is one of the options, or the text of a number."""
        return isfinite(_as_number(choice)) if self.asks_for_number else choice in self.options

    def is_right(self, choice: str) -> bool:
        """Say whether this option, or the number in this text, is the answer."""
        if self.asks_for_number:
            return isclose(_as_number(choice), _as_number(self.answer), abs_tol=0.005)
        return choice == self.answer

    def slip(self, choice: str) -> str:
        """Return the sentence that names the slip behind a number, or nothing."""
        for wrong, sentence in self.slips:
            if isclose(_as_number(choice), _as_number(wrong), abs_tol=0.005):
                return sentence
        return ""

    @property
    def plain(self) -> str:
        """The question as text, without its answer."""
        options = [f"  ( ) {option}" for option in self.options] or ["  [ a number ]"]
        lines = [f"Predict: {self.text}", *options]
        return "\n".join(lines)

    @property
    def markdown(self) -> str:
        """The question as Markdown, without its answer."""
        options = "\n".join(f"- ○ {option}" for option in self.options)
        act = "Type a number" if self.asks_for_number else "Choose"
        how = f"*{act} in the running notebook: the answer opens when you commit.*"
        return "\n\n".join(part for part in (f"**Predict:** {self.text}", options, how) if part)


def _as_number(text: str) -> float:
    """Return the number in a text, NaN if there is none; −1,5 is understood as well as -1.5."""
    try:
        return float(text.replace("−", "-").replace(",", "."))
    except ValueError:
        return nan


def by_name(questions: Iterable[Question]) -> dict[str, Question]:
    """Return the questions under their names.

    Raises
    ------
    ValueError
        If two questions have the same name.
    """
    found: dict[str, Question] = {}
    for question in questions:
        if question.name in found:
            raise ValueError(f"Two questions are called {question.name!r}.")
        found[question.name] = question
    return found
