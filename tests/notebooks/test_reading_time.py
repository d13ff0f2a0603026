"""Each chapter takes as long as it says: its core 45 to 60 minutes, chapter 5 three times 25 to 30.

The rule by which the minutes are counted stands in reading_time.py.
"""

from dataclasses import replace

import pytest
from chapter_text import CHAPTERS, Piece, count_words
from reading_time import Load, loads, sections, sittings, stated, total

EACH_CHAPTER = pytest.mark.parametrize("chapter", CHAPTERS)
TRUE_TO = 0.1
SECTION_MINUTES = 2.0


def room(sitting: str) -> tuple[int, int]:
    """Return the shortest and the longest that a sitting may take, in minutes."""
    return {"the core": (45, 60), "Exercises": (0, 20)}.get(sitting, (25, 30))


@EACH_CHAPTER
def test_the_core_takes_as_long_as_it_may_and_as_it_says(chapter: str):
    says = stated(chapter)
    for sitting, load in sittings(chapter).items():
        least, most = room(sitting)
        assert least <= load.minutes < most + 0.5, f"{sitting}: {load.minutes:.1f} minutes, {load}"
        if sitting != "Exercises":
            off = load.minutes / says[sitting] - 1
            assert abs(off) <= TRUE_TO, f"{sitting}: {load.minutes:.1f}, it says {says[sitting]}"


@EACH_CHAPTER
def test_each_section_takes_as_long_as_it_says(chapter: str):
    wrong = [
        f"{name}: {load.minutes:.1f}, it says {says}"
        for name, load, says in sections(chapter)
        if says and not name.startswith("Part ") and abs(load.minutes - says) > SECTION_MINUTES
    ]
    assert wrong == []


def test_what_a_learner_reads_and_does_is_counted():
    prose = Piece(
        ("A chapter", "1. A section"),
        "markdown",
        "## 1. A section\n\nTwo $a + b$ words, [a link](x.ipynb) ![no word](y.svg)\n\n"
        "$$z = w x$$\n\n"
        "<details><summary>Seen</summary>\n\nfolded words\n\n```python\nz = 1\n# no line\n```\n\n"
        "</details>",
    )
    assert (prose.words, prose.equations, prose.lines) == (11, 1, 1)

    code = replace(prose, kind="code", source="import numpy as np\n\n# why\nz = 1\nprint(z)")
    assert (code.words, code.equations, code.lines) == (0, 0, 2)

    question = replace(prose, kind="code", source='predict("neurons-xor")')
    (asked,) = question.questions
    words = count_words(" ".join((asked.text, *asked.options, asked.why)))
    assert total(loads([question])) == Load(words=words, predictions=1)


def test_an_explorer_shown_again_takes_half_the_time_and_an_exercise_its_five_minutes():
    shown = Piece(("A chapter", "1."), "code", 'NeuronExplorer(\n    data="or"\n)')
    statement = Piece(("A chapter", "Exercises", "Exercise 1: x"), "markdown", "Ten words here")
    answer = replace(statement, kind="code", source="def f():\n    return ...\n\n\ncheck_f(f)")
    found = total(loads([shown, statement, answer, shown]))
    assert found == Load(explorers=1, again=1, exercises=1)
    assert found.minutes == 4 + 2 + 5


def test_a_sister_of_an_explorer_is_no_new_one():
    descent = Piece(("A chapter", "1."), "code", "DescentExplorer()")
    others = [
        replace(descent, source=f"{name}()") for name in ("OptimizersExplorer", "NeuronExplorer")
    ]
    assert total(loads([descent, *others])) == Load(explorers=2, again=1)


def test_going_further_sources_and_the_teacher_s_notes_are_no_core():
    kept = [Piece(("A chapter", name), "markdown", "word") for name in ("1. One", "Recap")]
    left_out = ("Going further: more", "Going further", "Sources")
    dropped = [Piece(("A chapter", name), "markdown", "word") for name in left_out]
    assert total(loads([*kept, *dropped])) == Load(words=2)
    assert 180 * Load(words=1).minutes == 1
    assert Load(lines=6, equations=2, predictions=1).minutes == pytest.approx(1 + 1 + 1)
