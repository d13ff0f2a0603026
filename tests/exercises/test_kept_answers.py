"""What was committed to and solved is there again: after a run, after a restart, on another day."""

import re

import nbformat
import pytest
from learner_here import LearnerHere

from nnlib.exercises import check_double, forget, open_all, predict, progress
from nnlib.exercises.course_progress import CHAPTERS, Progress
from nnlib.exercises.predictions.prediction import QUESTIONS, Prediction
from nnlib.learner import presence as learner

OPTIONS, NUMBER, LINE = "neurons-bias", "neurons-average", "neurons-weights"
CHOICES = {OPTIONS: None, NUMBER: "1,5", LINE: "(0, 1) and (0.5, −0.5)"}


@pytest.fixture
def here(tmp_path, monkeypatch) -> LearnerHere:
    return LearnerHere(tmp_path / "memory.sqlite", monkeypatch)


def answered(name: str, confidence: str | None = "fairly sure") -> Prediction:
    prediction = predict(name)
    prediction.choice = CHOICES[name] or QUESTIONS[name].options[0]
    prediction.confidence = confidence
    prediction.commit()
    return prediction


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("confidence", ["fairly sure", None])
def test_the_cell_run_again_shows_answer_and_reveal_again(here, name, confidence):
    first = answered(name, confidence)
    here.restart_kernel()
    again = predict(name)
    assert again.choice == first.choice
    assert again.confidence == confidence
    assert again.revealed
    assert again._below.value == first._below.value
    assert again._button.description == "Ask again"
    assert again._input.disabled


def test_only_ask_again_forgets(here):
    answered(OPTIONS).close()
    predict(OPTIONS)._press(None)
    again = predict(OPTIONS)
    assert again.choice is None
    assert not again.revealed


def test_a_choice_without_commit_is_not_kept(here):
    predict(OPTIONS).choice = QUESTIONS[OPTIONS].options[0]
    assert predict(OPTIONS).choice is None
    assert not here.file.exists()


def test_what_a_teacher_opens_is_nobody_s_answer(here):
    predict(OPTIONS).choice = QUESTIONS[OPTIONS].options[0]
    open_all()
    assert not predict(OPTIONS).revealed
    assert not here.file.exists()
    assert repr(progress()) == repr(Progress())


def test_a_teacher_s_opening_leaves_what_was_committed_to(here):
    answered(OPTIONS)
    open_all()
    assert predict(OPTIONS).choice == QUESTIONS[OPTIONS].options[0]


def test_an_answer_that_the_page_held_back_is_the_one_that_is_kept(here):
    prediction = answered(OPTIONS)
    prediction._input.value = QUESTIONS[OPTIONS].options[1]
    assert predict(OPTIONS).choice == QUESTIONS[OPTIONS].options[1]


@pytest.mark.parametrize(
    "kept",
    [
        {"choice": "an option of last year", "confidence": None},
        {"choice": QUESTIONS[OPTIONS].options[0], "confidence": "a confidence of last year"},
        {"choice": 3, "confidence": None},
        {"answer": "x"},
        "no dictionary",
        [],
    ],
)
@pytest.mark.parametrize("name", CHOICES)
def test_what_no_longer_fits_asks_anew(here, name, kept):
    here.memory.remember(learner.PREDICTION, name, kept)
    prediction = predict(name)
    assert not prediction.revealed
    assert prediction.error is None


def test_a_damaged_file_is_named_where_the_learner_looks_and_the_answer_counts(here):
    here.file.write_bytes(b"no database" * 500)
    prediction = predict(OPTIONS)
    assert "was damaged" in prediction._below.value
    assert "memory-damaged-1" in prediction._below.value
    answered(OPTIONS).close()
    assert predict(OPTIONS).revealed


def test_a_folder_that_cannot_be_written_is_told_once_and_nothing_fails(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    LearnerHere(tmp_path / "file" / "memory.sqlite", monkeypatch)
    assert "cannot be written" in answered(OPTIONS)._below.value
    assert "cannot be written" not in answered(NUMBER)._below.value
    assert predict(OPTIONS).revealed


def test_a_solved_exercise_is_remembered_and_an_empty_one_says_so(here):
    assert "solved" not in check_double(...).message
    assert check_double(lambda x: 2 * x)
    assert here.memory.everything(learner.EXERCISE) == {"check_double": True}
    here.restart_kernel()
    assert check_double(...).message.endswith(" You have solved it before.")
    assert not check_double(lambda x: 3 * x)
    assert here.memory.everything(learner.EXERCISE) == {"check_double": True}


def test_a_diagnosis_of_some_of_the_bugs_is_not_the_whole_exercise(here):
    from nnlib.exercises import check_diagnosis
    from nnlib.mistakes import UNNAMED

    some = dict(list(UNNAMED.items())[:1])
    assert check_diagnosis(some)
    assert here.memory.everything(learner.EXERCISE) == {}
    assert check_diagnosis(dict(UNNAMED))
    assert here.memory.everything(learner.EXERCISE) == {"check_diagnosis": True}


def test_forget_one_and_forget_everything(here):
    for name in (OPTIONS, NUMBER):
        answered(name)
    check_double(lambda x: 2 * x)
    here.memory.remember(learner.EXPLORER, "01_neurons / a / 1 / NeuronExplorer / ()", {"w1": 2})
    assert repr(forget("no such name")) == "Nothing of that was remembered."
    assert repr(forget(NUMBER)) == "Forgotten: 1 prediction."
    assert not predict(NUMBER).revealed
    assert predict(OPTIONS).revealed
    assert repr(forget("NeuronExplorer")) == "Forgotten: 1 explorer."
    answered(NUMBER)
    assert repr(forget()) == "Forgotten: 2 predictions, 1 exercise."
    assert not predict(OPTIONS).revealed
    assert repr(progress()) == repr(Progress())


def test_progress_counts_chapter_by_chapter_and_says_what_is_next(here):
    assert repr(progress()).startswith("Nothing yet.")
    assert progress()._repr_markdown_() == repr(progress())
    answered(OPTIONS)
    check_double(lambda x: 2 * x)
    told, table = repr(progress()), progress()._repr_markdown_()
    neurons = CHAPTERS[1]
    assert f"1 · Neurons           1 of {len(neurons.predictions)}" in told
    assert f"| [1 · Neurons](01_neurons.ipynb) | 1 of {len(neurons.predictions)} | 0 of" in table
    assert "| [Start here](00_start_here.ipynb) | 0 of 1 | 1 of 1 |" in table
    assert "Go on with 1 · Neurons." in told
    assert "Go on with [1 · Neurons](01_neurons.ipynb)." in table


def test_progress_goes_on_to_the_next_chapter_and_to_the_end():
    first = CHAPTERS[1]
    assert Progress().next_chapter == CHAPTERS[0]
    assert Progress(first.predictions[:1]).next_chapter == first
    assert Progress(first.predictions, first.exercises).next_chapter == CHAPTERS[2]
    last = CHAPTERS[-1]
    assert Progress(last.predictions, last.exercises).next_chapter is None
    assert "Everything is done." in repr(Progress(last.predictions, last.exercises))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.notebook)
def test_a_chapter_counts_what_its_notebook_asks(chapter, checkout):
    notebook = nbformat.read(checkout / "notebooks" / f"{chapter.notebook}.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert set(re.findall(r"predict\(\"([^\"]+)\"\)", code)) == set(chapter.predictions)
    assert set(re.findall(r"(check_\w+)\(", code)) == set(chapter.exercises)


def test_progress_tells_no_answer(here):
    answered(OPTIONS)
    told = repr(progress()) + progress()._repr_markdown_()
    assert QUESTIONS[OPTIONS].answer not in told


def test_without_a_learner_nothing_is_read_or_written(here):
    answered(OPTIONS)
    before = here.file.read_bytes()
    here.cell = None  # plain Python, nbval, nbclient
    assert not predict(OPTIONS).revealed
    predict(NUMBER).choice = "1"
    assert repr(progress()) == repr(Progress())
    assert repr(forget()) == "Nothing of that was remembered."
    answered(NUMBER)
    check_double(lambda x: 2 * x)
    assert here.file.read_bytes() == before


def test_memory_can_be_switched_off(here, monkeypatch):
    monkeypatch.setenv("NNLIB_MEMORY", "off")
    answered(OPTIONS)
    assert not predict(OPTIONS).revealed
    assert not here.file.exists()
