"""The experiments of TrainingExplorer: their file, what is set and said, and what comes out."""

import os
import re
from dataclasses import replace

import numpy as np
import pytest

from nnlib.explorers import TrainingExplorer
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.training import experiments
from nnlib.explorers.training.experiments import read_experiments

KIND = TrainingExplorer
STARTS = range(10)

TOY = '''[toy]
title = "a toy"
question = """
Does it
learn?
"""
try = "Press Play."
why = "It does."
epochs = 2

[toy.settings]
hidden1 = 2
batch_size = "all rows"
'''


@pytest.fixture
def training(explorer):
    return explorer


@pytest.fixture
def teachers_file(tmp_path, monkeypatch):
    """A file of experiments in place of the course's own."""
    file = tmp_path / "experiments.toml"
    file.write_text(TOY, encoding="utf-8")
    monkeypatch.setattr(experiments, "FILE", file)
    return file


# The file -----------------------------------------------------------------------------------


def test_what_a_file_holds(teachers_file):
    [toy] = read_experiments(teachers_file).values()
    assert (toy.name, toy.title, toy.question) == ("toy", "a toy", "Does it learn?")
    assert toy.settings == {"stop_at": 2, "hidden1": 2, "batch_size": None}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("why =", "reason =", "toy has no key 'reason'. The known ones: title, question, try, why"),
        ('title = "a toy"', "", "toy has no 'title'"),
        (
            "epochs = 2",
            "epochs = 2.5",
            "toy.epochs should be a whole number, at least 1; it is 2.5",
        ),
        ("epochs = 2", "epochs = 0", "toy.epochs should be a whole number, at least 1; it is 0"),
        (
            "hidden1 =",
            "neurons =",
            "toy.settings has no key 'neurons'. The known ones: data, noise",
        ),
        ("[toy.settings]", "", "toy has no key 'hidden1'"),
        ("[toy]", "", "title should be a table; it is 'a toy'"),
        ("[toy]", "[none]", "No experiment can be called 'none'"),
        ('"a toy"', '"a toy', "cannot be read"),
    ],
)
def test_a_slip_is_told_of(teachers_file, right, wrong, said):
    assert right in TOY
    teachers_file.write_text(TOY.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(said)) as refused:
        read_experiments(teachers_file)
    assert str(refused.value).startswith("experiments.toml")


def test_what_a_teacher_adds_is_offered(teachers_file):
    def offered():
        explorer = TrainingExplorer()
        titles = [title for title, _ in explorer.controls["experiment"].options]
        explorer.close()
        return titles

    assert offered() == ["none", "a toy"]
    more = TOY.replace("[toy", "[more").replace("a toy", "one more")
    teachers_file.write_text(TOY + more, encoding="utf-8")
    os.utime(teachers_file, (1, 1))  # as coarse as a file system's clock may be
    assert offered() == ["none", "a toy", "one more"]


def test_a_setting_that_does_not_fit_is_told_of(teachers_file):
    teachers_file.write_text(TOY.replace("hidden1 = 2", "hidden1 = 9"), encoding="utf-8")
    said = "experiments.toml: toy.settings: hidden1 is 9, but it must be a whole number from 0 to 8"
    with pytest.raises(ValueError, match=said):
        TrainingExplorer()


def test_a_file_that_breaks_meanwhile_stops_nothing_that_runs(teachers_file):
    training = TrainingExplorer(experiment="toy")
    teachers_file.write_text("[toy", encoding="utf-8")
    training.epoch()
    training.hidden1 = 3
    training.burst()
    training.reset()
    assert training.error is None and training.experiment == "toy"
    assert "Does it learn?" in training.form_row.words.value
    training.controls["experiment"].value = "none"
    training.controls["experiment"].value = "toy"
    assert "cannot be read" in training.error and training.experiment == "none"
    training.close()


# What is set and said -----------------------------------------------------------------------


def test_an_experiment_sets_all_else_and_begins_anew(training):
    training.set_parameters(noise=0.3, momentum=0.5, test_shown=True, stop_at=1)
    training.epoch()
    training.restart()  # which leaves a curve
    assert training.run.past
    training.controls["experiment"].value = "ring"
    plain = TrainingExplorer(hidden1=2, learning_rate=1.0, stop_at=200, speed="medium")
    assert training.run.settings == plain.run.settings
    assert not training.run.past and training.trainer.steps == 0
    assert {**training.state, "experiment": "none"} == plain.state
    plain.close()


def test_its_reason_opens_when_that_has_been_seen_and_stays(training):
    row = training.form_row
    assert row.layout.display == "none"
    training.experiment = "squares"
    assert row.layout.display is None and row.words.layout.display is None
    question, instruction, why = row.words.value.split("\n")
    assert question.startswith("<b>Question:</b> A ring lies around a cluster")
    assert instruction.startswith("<b>Try:</b> Press Play.")
    assert why == "<b>Why:</b> opens after epoch 50."
    training.step(20 * 50 - 1)
    assert "opens after" in row.words.value
    training.step()
    assert "an ellipse" in row.words.value and "opens after" not in row.words.value
    training.features = ("x1", "x2")  # as it says under Try: it begins anew
    assert training.trainer.steps == 0 and "an ellipse" in row.words.value
    training.experiment = "ring"
    assert "opens after" in row.words.value
    training.experiment = "none"
    assert row.layout.display == "none"


def test_reset_closes_its_reason():
    training = TrainingExplorer(experiment="squares")
    for rate in (1.0, 0.5):  # the first time nothing but the run is put back
        training.learning_rate = rate
        training.step(20 * 50)
        assert "an ellipse" in training.form_row.words.value
        training.reset()
        assert "opens after" in training.form_row.words.value
    training.close()


def test_what_was_said_of_one_is_not_said_of_another(training):
    training.experiment = "squares"
    training.step(20 * 50)
    training.play()
    assert training.notice == training.why_it_pauses != ""
    training.experiment = "none"
    assert training.notice is None


def test_it_plays_to_its_stop_and_then_tells(training):
    training.experiment = "squares"
    training.learning_rate = 0.5  # still the same question
    while not training.must_pause:
        training.burst()
    assert training.epochs_trained == 50
    assert "an ellipse" in training.form_row.words.value
    assert training.why_it_pauses.endswith("The reason stands above the picture.")


def test_that_the_reason_has_opened_is_told_before_the_frame_that_shows_it(training):
    training.experiment = "squares"
    training.run.train(20 * 50)  # as while it plays: no frame is asked for yet
    assert training.why_it_pauses.endswith("The reason stands above the picture.")


def test_other_data_end_it(training):
    training.experiment = "xor"
    training.data = "own"
    assert training.experiment == "none" and training.controls["experiment"].value == "none"
    assert training.form_row.words.value.startswith("Now: ")
    assert TrainingExplorer(experiment="ring", data="moons").experiment == "none"


def test_what_is_given_beside_it_counts_more(training):
    training.data = "moons"
    training.set_parameters(hidden1=3, experiment="ring")
    assert (training.hidden1, training.learning_rate, training.data) == (3, 1.0, "circles")
    assert training.experiment == "ring"
    given = TrainingExplorer(experiment="ring", hidden1=3)
    assert given.state == training.state
    assert "TrainingExplorer(experiment='ring', hidden1=3)" in str(given.share())
    training.reset()
    assert training.experiment == "none" and training.state == TrainingExplorer().state


def test_a_state_of_one_is_kept(training):
    training.experiment = "squares"
    training.learning_rate = 0.1
    training.step(30)
    again = TrainingExplorer.from_state(training.state)
    assert again.state == training.state and again.experiment == "squares"
    assert "opens after" in again.form_row.words.value
    again.step(20 * 50)
    twice = TrainingExplorer.from_state(again.state)
    assert "an ellipse" in twice.form_row.words.value
    again.close()
    twice.close()


@pytest.mark.parametrize("name", experiments.experiments())
def test_each_can_be_chosen_and_is_told_by_its_name(name, training):
    training.experiment = name
    assert training.experiment == name and not training.error
    assert training.trainer.steps == 0
    assert str(training.share()).endswith(f"\nTrainingExplorer(experiment='{name}')")


# What comes out -----------------------------------------------------------------------------


@pytest.fixture
def trained(training):
    """Trains an experiment from one of its starts, with some settings changed; then with others."""

    def train(name, seed, epochs=None, then=(), **changed):
        training.experiment = name
        run = TrainingRun(replace(training.settings, seed=seed, **changed))
        run.trainer.run(epochs or experiments.experiments()[name].epochs)
        if then:
            rate, more = then
            run.trainer.optimizer.learning_rate = rate
            run.trainer.run(more)
        return run.trainer

    return train


def losses(trainers):
    return np.array([trainer.history.train_loss[-1] for trainer in trainers])


def right(trainer):
    return np.mean((trainer.network.predict(trainer.X) >= 0.5) == (trainer.y >= 0.5))


def hidden_answers(trainer):
    return trainer.network.unit_outputs(trainer.X)[0]


def dead(trainer):
    return int(np.sum(hidden_answers(trainer).max(axis=0) == 0))


def why(name):
    return experiments.experiments()[name].why


def test_squares(trained):
    runs = [trained("squares", seed) for seed in STARTS]
    assert all(right(run) == 1 for run in runs)
    for run in runs:  # an ellipse: both squares count in the same direction
        w1, w2 = run.network.layers[0].weights.ravel()
        assert w1 * w2 > 0
    lines = [trained("squares", seed, features=("x1", "x2")) for seed in STARTS]
    assert np.allclose(losses(lines), np.log(2), atol=0.01)
    assert "near 0.69, which is ln 2" in why("squares")


def test_ring(trained):
    def shares(neurons):
        return [right(trained("ring", seed, hidden=((neurons, "tanh"),))) for seed in STARTS]

    assert max(shares(2)) < 0.87 and min(shares(3)) > 0.96
    assert "two had 86 %" in why("ring") and "three 97 %" in why("ring")


def test_two_neurons_close_no_boundary(trained):
    """In the direction that the reason tells of the answer never falls, whatever the start."""
    for seed in STARTS:
        first, last = trained("ring", seed, epochs=20).network.layers
        directions = first.weights * last.weights.ravel()  # in which each neuron's share rises
        unit = directions / np.linalg.norm(directions, axis=0)
        along = unit.sum(axis=1)  # between both
        assert np.all(along @ directions >= 0)


def test_xor(trained):
    runs = [trained("xor", seed, epochs=500) for seed in STARTS]
    stay = [seed for seed, loss in zip(STARTS, losses(runs), strict=True) if loss > 0.1]
    assert stay == [4, 6, 9]
    assert losses([runs[6]])[0] > 0.69 and losses([trained("xor", 6)])[0] < 0.01
    for seed in (4, 9):
        run = trained("xor", seed, epochs=5000)
        assert losses([run])[0] == pytest.approx(np.log(2) / 2, abs=0.005)
        answers = run.network.predict(run.X).ravel()
        assert sorted(np.abs(answers - run.y.ravel()).round(1)) == [0, 0, 0.5, 0.5]
    others = [trained("xor", seed) for seed in STARTS if seed not in (4, 9)]
    assert losses(others).max() < 0.01
    four = [trained("xor", seed, hidden=((4, "tanh"),)) for seed in STARTS]
    assert losses(four).max() < 0.01


def test_dead(trained):
    slow = (0.1, 100)
    runs = [trained("dead", seed, epochs=20) for seed in STARTS]
    mended = [trained("dead", seed, epochs=20, then=slow) for seed in STARTS]
    assert {dead(run) for run in (*runs, *mended)} == {4}
    gentle = [right(trained("dead", seed, learning_rate=0.1)) for seed in STARTS]
    assert sum(share >= 0.98 for share in gentle) == 9


def test_marks(trained):
    slow = (0.1, 200)
    runs = [trained("marks", seed, epochs=20) for seed in STARTS]
    largest = [np.abs(run.network.parameters).max() for run in runs]
    assert round(min(largest)) == 14 and round(max(largest)) == 51
    for run in runs:
        assert np.mean(np.abs(hidden_answers(run)) > 0.99) > 0.94
    ends = losses(trained("marks", seed, epochs=20, then=slow) for seed in STARTS)
    assert sum(ends > 0.68) == 4
    gentle = losses(trained("marks", seed, learning_rate=0.1) for seed in STARTS)
    assert ends.min() > 0.125 and ends.max() < 0.695
    assert gentle.min() > 0.05 and gentle.max() < 0.075


def test_deep(trained):
    runs = [trained("deep", seed) for seed in STARTS]
    assert losses(runs).min() > 0.685 and losses(runs).max() < 0.705
    tanh = [trained("deep", seed, hidden=((8, "tanh"),) * 3) for seed in STARTS]
    assert losses(tanh).max() < 0.01
    four = [trained("deep", seed, epochs=15, hidden=((4, "tanh"),)) for seed in STARTS]
    assert min(right(run) for run in four) > 0.9


@pytest.mark.parametrize("seed", STARTS)
def test_deep_gradients(training, seed):
    training.experiment = "deep"
    run = TrainingRun(replace(training.settings, seed=seed))
    run.trainer.run(99)
    run.finish_epoch()
    [*sizes] = run.sizes.gradients[-1]
    assert sizes[0] < 0.01 * sizes[-1]


def test_noise(trained):
    for seed in STARTS:
        test_loss = trained("noise", seed).history.test_loss
        assert test_loss.argmin() < 100
        assert 3 < test_loss[-1] / test_loss.min() < 8
    for seed in STARTS[:3]:
        history = trained("noise", seed, l2=0.01).history
        assert history.train_loss[-1] > 0.3
        assert history.test_loss[-1] == pytest.approx(0.5, abs=0.03)


def test_sorted(trained):
    def others(run):
        return np.abs(np.delete(run.network.layers[0].weights.ravel(), 4))

    for seed in STARTS:
        kept, free = trained("sorted", seed), trained("sorted", seed, l1=0.0)
        assert others(kept).max() < 0.05
        assert 0.5 < others(free).max() < 0.7
        assert right(free) <= right(kept)
