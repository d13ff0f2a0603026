"""What a prediction says when its answer is open: what was predicted, what is so, and why."""

from html import escape

from nnlib.exercises.predictions.questions import Question

_PARAGRAPH = "margin: 4px 0; line-height: 1.55; font-size: var(--jp-content-font-size1, 14px)"


def outcome(question: Question, choice: str | None, confidence: str | None, complaint: str) -> str:
    """Return what is so in HTML, beside what the learner chose, if they did.

    Parameters
    ----------
    question : Question
    choice : str or None
        What was predicted; None where a teacher opened the answer first.
    confidence : str or None
        How sure the learner was, if they said so.
    complaint : str
        What the learner is told besides; may be empty.
    """
    so = in_html(question.display(question.answer))
    happens = f"What is so: <strong>{so}</strong>"
    if choice is None:
        return paragraphs(happens, *map(in_html, (question.why, complaint)))
    sure = f" ({confidence})" if confidence else ""
    mark = "✓ as you predicted" if question.is_right(choice) else "✗ not what you predicted"
    predicted = f"<strong>{in_html(question.display(choice))}</strong>{sure}"
    parted = f"You predicted: {predicted}<br>{happens} ({mark})"
    told = (question.known_mistake(choice), question.why, complaint)
    return paragraphs(parted, *map(in_html, told))


def in_html(text: str) -> str:
    """Return text for HTML; an equation such as "z = 0" stays on one line."""
    return escape(text).replace(" = ", "&nbsp;=&nbsp;")


def paragraphs(*texts: str) -> str:
    """Return HTML paragraphs in the size of the page's own prose, of those that are not empty."""
    return "".join(f'<p style="{_PARAGRAPH}">{text}</p>' for text in texts if text)
