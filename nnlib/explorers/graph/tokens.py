"""A typed expression cut into numbers, names and signs. Nothing that was typed is ever run."""

import re
from dataclasses import dataclass

LONGEST = 80  # characters of a text
LONGEST_NAME = 4  # characters: so wide is a node
FUNCTIONS = ("tanh", "sigmoid", "relu", "exp", "log", "sqrt", "sin", "cos", "abs", "square")
ALSO_CALLED = {"σ": "sigmoid", "ln": "log"}
OTHER_BRACKETS = "[]{}"

# Each stands for one letter, so that the places of all others stay.
_WRITTEN_OTHERWISE = str.maketrans("−–·×÷₀₁₂₃₄₅₆₇₈₉", "--**/0123456789")
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"|(?P<name>[A-Za-zŷα-ωΑ-Ω][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|[-+*/^()=;²³])"
)


class Unreadable(ValueError):
    """A text that is no expression; the words say what is wrong, where, and what is expected."""


@dataclass(frozen=True)
class Token:
    """A piece of the text; ``place`` counts the letters from 1."""

    kind: str  # "number", "name", "sign" or "end"
    text: str
    place: int

    @property
    def told(self) -> str:
        """The piece and where it is, as a sentence begins with it."""
        return f"“{self.text}” at place {self.place}"

    @property
    def stands(self) -> str:
        """The beginning of a sentence that goes on with what is expected there."""
        return "The text ends" if self.kind == "end" else f"{self.told} stands"


def tokens_of(text: str) -> list[Token]:
    """Return the pieces of a text, the last of kind ``"end"``.

    Raises
    ------
    Unreadable
        If the text is too long, or has a letter that no expression has.

    Examples
    --------
    >>> [token.text for token in tokens_of("2·w1² − .5")]
    ['2', '*', 'w1', '²', '-', '.5', '']
    """
    if len(text) > LONGEST:
        raise Unreadable(
            f"The text has {len(text)} characters; at most {LONGEST} make a graph that can be read."
        )
    plain = text.translate(_WRITTEN_OTHERWISE)
    found, at = [], 0
    while at < len(plain):
        if plain[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(plain, at)
        if match is None:
            raise Unreadable(_stranger(text[at], at + 1))
        found.append(Token(str(match.lastgroup), match.group(), at + 1))
        _check_name(found[-1])
        at = match.end()
    return [*found, Token("end", "", len(text) + 1)]


def _check_name(token: Token) -> None:
    long = token.kind == "name" and len(token.text) > LONGEST_NAME
    if long and token.text not in FUNCTIONS:
        raise Unreadable(
            f"{token.told} is too long a name to be drawn in a node: write one of at most "
            f"{LONGEST_NAME} letters and digits, such as w1. Functions are {listed(FUNCTIONS)}."
        )


def _stranger(letter: str, place: int) -> str:
    """Say what is expected in the place of a letter that is not read."""
    where = f"“{letter}” at place {place}"
    if letter == ",":
        return f"{where} is not read: write a decimal with a point, such as 0.5."
    if letter in OTHER_BRACKETS:
        return f"{where} is not read: use round brackets, ( and )."
    return (
        f"{where} is not read: an expression has names, numbers, + − * / ** ^, round brackets, "
        "and functions such as tanh(x)."
    )


def listed(words: tuple[str, ...]) -> str:
    """Return words as a sentence lists them: "sin, cos and abs"."""
    return f"{', '.join(words[:-1])} and {words[-1]}"
