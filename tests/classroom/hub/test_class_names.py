"""Learners write their names as they do everywhere; what is no name is refused in words."""

import pytest

from nnlib.classroom.hub.names import LONGEST, NoName, checked_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("anna", "anna"),
        ("Anna", "anna"),
        ("  Anna  B ", "anna-b"),
        ("Anna-Lena", "anna-lena"),
        ("Jürgen", "jürgen"),
        ("Ju\u0308rgen", "jürgen"),
        ("Ａnna", "anna"),
        ("Дарья", "дарья"),
        ("प्रिया", "प्रिया"),
        ("王小明", "王小明"),
        ("anna2", "anna2"),
        ("root", "root"),  # of no account: those have names of their own
    ],
)
def test_a_name_is_taken_as_it_is_written(typed: str, name: str):
    assert checked_name(typed) == name
    assert checked_name(name) == name, "the same one is meant when it is typed again"


@pytest.mark.parametrize(
    "typed",
    [
        *("../root", "a/b", "a\\b", ".", "..", ".ssh", "a.b", "-rf", "anna-", "a--b", "a_b"),
        *("a%2fb", "a\x00b", "a;b", "$(id)", "<b>", "a'b", 'a"b', "a&b"),
        *("😀", "a\u200bb", "a\u202eb", "½"),
    ],
)
def test_what_could_be_a_path_a_flag_or_a_command_is_none(typed: str):
    with pytest.raises(NoName, match="letters and digits"):
        checked_name(typed)


def test_an_empty_and_an_endless_name_are_refused():
    with pytest.raises(NoName, match="Type your name"):
        checked_name("  ")
    assert checked_name("a" * LONGEST)
    with pytest.raises(NoName, match="too long"):
        checked_name("a" * (LONGEST + 1))
