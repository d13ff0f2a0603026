"""What in a text says the answer of a question: a number, a point, an option."""

import re

from nnlib.exercises.questions import Question

POINT = re.compile(r"\(−?[\d.]+, −?[\d.]+\)")
SENTENCE_ENDS = re.compile(r"(?<=[.?!:;|])\s+|\n+")
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
ARTICLES = ("One", "None")  # which stand everywhere, so only as the first word of a sentence


def plain(text: str) -> str:
    """Return text as it is read: nothing folded, no marks of Markdown, the true minus."""
    text = re.sub(r"\]\([^)]*\)", "", FOLDED.sub("", text))  # where a link or a picture leads
    text = re.sub(r"[*_`$]|\\text|\\;|\\,", "", text)
    return re.sub(r"(?<![\w)])-(?=[\d.])", "−", text)


def given_away(question: Question, text: str) -> list[str]:
    """Return the places in ``text`` that say the question's answer."""
    if question.sketch is not None:
        asked = POINT.findall(question.text)
        points = [point for point in POINT.findall(question.answer) if point not in asked]
        return [point for point in points if point in text]
    if question.asks_for_number or re.fullmatch(r"−?[\d.]+", question.answer):
        number = question.answer.replace("-", "−")
        return re.findall(rf"[^\n]*(?<![\d.−]){re.escape(number)}0*(?!\.?\d)[^\n]*", text)
    return [sentence for sentence in SENTENCE_ENDS.split(text) if says(sentence, question)]


def says(sentence: str, question: Question) -> bool:
    """Say whether a sentence names the answer, and none of the other options beside it."""
    flags = re.NOFLAG if question.answer in ARTICLES else re.IGNORECASE
    found = re.search(rf"\b{re.escape(question.answer)}(?!\w)(\s+\w+)?", sentence, flags)
    if not found or (found[1] and found[0].lower() in question.text.lower()):
        return False  # "six discs" stands in the question itself
    others = (words(o.split(":")[0]) for o in question.options if o != question.answer)
    return not any(other <= words(sentence) for other in others)


def words(text: str) -> set[str]:
    """The words that carry the meaning of a text."""
    return set(re.findall(r"[\w−.]*\w", text.lower())) - {"a", "an", "it", "the", "with"}
