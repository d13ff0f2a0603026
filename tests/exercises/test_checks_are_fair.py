"""Every check takes right answers, however written, refuses wrong ones, and names the mistake."""

from inspect import signature

import pytest
from answers import activations, backprop, feedforward, neurons, training
from answers.table import Answers

from nnlib import exercises

TABLES = [
    table
    for chapter in (neurons, activations, feedforward, backprop, training)
    for table in chapter.TABLE
]
NAMES = [name for name in exercises.__all__ if name.startswith("check_")]


def cases(kind: str):
    """Each answer of one kind, with the table that it stands in."""
    return [
        pytest.param(table, answer, id=f"{table.check.__name__}: {words}")
        for table in TABLES
        for words, answer in getattr(table, kind).items()
    ]


@pytest.mark.parametrize(("table", "answer"), cases("all_right"))
def test_a_right_answer_passes(table: Answers, answer):
    result = table.result(answer)
    assert result.passed is True, result.message


@pytest.mark.parametrize(("table", "answer"), cases("all_wrong"))
def test_a_wrong_answer_is_told_why(table: Answers, answer):
    answer, words = answer
    result = table.result(answer)
    assert result.passed is False, result.message
    assert words in result.message


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.check.__name__)
def test_a_cell_as_it_stands_is_not_attempted(table: Answers):
    usual = next(iter(table.right.values()))
    if callable(usual):
        assert table.result(lambda *given: ...).passed is None
        assert table.result(lambda *given: (..., ..., ..., ...)).passed is None
    else:
        assert table.check(*[...] * len(signature(table.check).parameters)).passed is None


def test_every_check_has_ten_wrong_answers_and_five_right_ones():
    counts = {t.check.__name__: (len(t.all_wrong), len(t.all_right)) for t in TABLES}
    assert sorted(counts) == sorted(NAMES)
    assert {name for name, (wrong, right) in counts.items() if wrong < 10 or right < 5} == set()
