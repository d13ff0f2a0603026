"""What a prediction asks: the question, the options, and the reveal that waits behind them."""

from collections.abc import Iterable
from dataclasses import dataclass


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
        What may be chosen, each short enough for one line.
    answer : str
        The option that turns out to be true.
    why : str
        What happens and why, shown only after the learner has committed.

    Raises
    ------
    ValueError
        If the answer is not one of the options, or an option stands twice.
    """

    name: str
    text: str
    options: tuple[str, ...]
    answer: str
    why: str

    def __post_init__(self) -> None:
        """Refuse a question that contradicts itself."""
        if self.answer not in self.options:
            raise ValueError(f"{self.name}: the answer {self.answer!r} is not among the options.")
        if len(set(self.options)) < len(self.options):
            raise ValueError(f"{self.name}: an option stands twice.")

    @property
    def plain(self) -> str:
        """The question as text, without its answer."""
        lines = [f"Predict: {self.text}", *(f"  ( ) {option}" for option in self.options)]
        return "\n".join(lines)

    @property
    def markdown(self) -> str:
        """The question as Markdown, without its answer."""
        options = "\n".join(f"- ○ {option}" for option in self.options)
        how = "*Choose in the running notebook: the answer opens when you commit.*"
        return f"**Predict:** {self.text}\n\n{options}\n\n{how}"


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
