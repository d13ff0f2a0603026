"""The names that learners give themselves: in any script, as they write them, and nothing else.

A name becomes part of an address and the name of a folder, never that of a system's account.
"""

import re
import unicodedata

LONGEST = 32
TEACHER = "teacher"


class NoName(ValueError):
    """What was typed is no name that can be used, in words for the learner."""


def checked_name(typed: str) -> str:
    """Return the name that is meant: small letters, with a hyphen for each space.

    Raises
    ------
    NoName
        If it is empty, too long, or has anything in it but letters, digits and hyphens.
    """
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", typed).casefold())
    name = "-".join(small.split())
    if not name:
        raise NoName("Type your name, such as anna.")
    if len(name) > LONGEST:
        raise NoName(f"That name is too long: {LONGEST} characters at most.")
    if not re.search(r"\A[^-]+(-[^-]+)*\Z", name) or not all(map(_is_of_a_name, name)):
        raise NoName(
            "A name has letters and digits, and single hyphens or spaces between them, such as "
            "anna or anna-b."
        )
    return name


def _is_of_a_name(character: str) -> bool:
    """Return whether it is a letter, a mark on one, a digit or a hyphen."""
    return character == "-" or unicodedata.category(character)[0] in "LM" or character.isdecimal()
