"""What was measured, as text."""

import datetime
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from classroom.dragging import LOOKS_SECONDS, MOVES, MOVES_A_SECOND
from classroom.lesson import Lesson
from classroom.voting import WITHIN_SECONDS

CLASS = 30  # learners; the goals are for so many
GOAL_SECONDS, GOAL_MEGABYTES, GOAL_PANEL_SECONDS = 0.3, 200, 1.0
PACKAGES = ("jupyterhub", "jupyterlab", "ipykernel", "ipywidgets", "numpy", "matplotlib")
PARTS = ("kernels", "servers", "hub", "proxy", "votes", "other")

TEXT = """\
# A class of many

{system}; Python {python}, {packages}. {processors} processors. {date}, {seconds:g} s of dragging
for each row. Written by `make bench-class`.

Simulated learners at the hub of `make class`, each with a server, a kernel and a websocket, speak
as JupyterLab's page does: chapter 1 is run to its first prediction, then a slider is dragged
({moves} moves in {burst:g} s, {looks} s until the next burst) while some let a TrainingExplorer
play. At the end all vote within {within:g} s.

| learners | of them playing | servers up, s | then explorers up, s | slider to frame, ms: \
median | 95th percentile | moves | without a frame | playing: frames a second |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
{answers}

| learners | memory, MB: a kernel | a server | hub | proxy | votes | other | in all, GB | \
in all, a learner |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
{memory}

| learners | cores: kernels | servers | hub | proxy | votes | other | this benchmark | \
all else on this machine |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
{cores}

| learners | voted | lost | panel behind at most, s |
| --- | --- | --- | --- |
{votes}
{goals}
- **Slider to frame**: from a move of the pointer to the arrival of the first frame of its value or
  of a later one. The page sends a move when the kernel has taken the one before. What the browser
  does, decoding and painting, is not in it, and neither is a network.
- **Memory**: PSS, in which pages that processes share count in shares.
- **Cores**: processor time by the clock while all drag and play. A class has the benchmark's share
  on the learners' machines.
- **Panel behind**: the longest time from the k-th press on Commit until the teacher's panel showed
  k votes.
"""


def write_report(lessons: Sequence[Lesson], seconds: float) -> str:
    """Return the results as Markdown."""
    return TEXT.format(
        system=f"{platform.system()}, {platform.machine()}",
        python=platform.python_version(),
        packages=", ".join(f"{name} {version(name)}" for name in PACKAGES),
        processors=os.cpu_count(),
        date=datetime.date.today().isoformat(),
        seconds=seconds,
        moves=MOVES,
        burst=MOVES / MOVES_A_SECOND,
        looks=" to ".join(f"{each:g}" for each in LOOKS_SECONDS),
        within=WITHIN_SECONDS,
        answers="\n".join(map(_answers, lessons)),
        memory="\n".join(map(_memory, lessons)),
        cores="\n".join(map(_cores, lessons)),
        votes="\n".join(map(_votes, lessons)),
        goals="".join(_goals(each) for each in lessons if each.learners == CLASS),
    )


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _milliseconds(lesson: Lesson, quantile: float) -> str:
    return f"{1000 * np.quantile(lesson.answered, quantile):.0f}" if lesson.answered else "–"


def _answers(lesson: Lesson) -> str:
    return _row(
        lesson.learners,
        lesson.playing,
        f"{lesson.servers_up:.0f}",
        f"{lesson.explorers_up:.1f}",
        _milliseconds(lesson, 0.5),
        _milliseconds(lesson, 0.95),
        len(lesson.answered) + lesson.unanswered,
        lesson.unanswered,
        f"{np.median(lesson.trained):.0f}" if lesson.trained else "–",
    )


def _memory(lesson: Lesson) -> str:
    taken, number = lesson.memory, lesson.learners
    each = [taken["kernels"] / number, taken["servers"] / number]
    each += [taken.get(part, 0.0) for part in PARTS[2:]]
    whole = sum(taken.values())
    return _row(number, *(f"{part:.0f}" for part in each), f"{whole / 1000:.1f}", _each(lesson))


def _each(lesson: Lesson) -> str:
    return f"{sum(lesson.memory.values()) / lesson.learners:.0f}"


def _cores(lesson: Lesson) -> str:
    spent = [lesson.cores.parts.get(part, 0.0) for part in PARTS]
    spent += [lesson.cores.benchmark, lesson.cores.elsewhere]
    return _row(lesson.learners, *(f"{each:.2f}" for each in spent))


def _votes(lesson: Lesson) -> str:
    vote = lesson.vote
    return _row(lesson.learners, vote.voters, vote.lost, f"{vote.panel_seconds:.2f}")


def _goals(lesson: Lesson) -> str:
    late = np.quantile(lesson.answered, 0.95)
    rows = [
        _goal("slider to frame, 95th percentile, ms", 1000 * late, 1000 * GOAL_SECONDS, ".0f"),
        _goal("memory, in all, a learner, MB", float(_each(lesson)), GOAL_MEGABYTES, ".0f"),
        _goal("votes lost", lesson.vote.lost, 1, ".0f"),
        _goal("panel behind at most, s", lesson.vote.panel_seconds, GOAL_PANEL_SECONDS, ".2f"),
    ]
    head = f"\n| with {CLASS} learners | measured | goal | reached |\n| --- | --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n"


def _goal(name: str, value: float, limit: float, digits: str) -> str:
    return _row(name, f"{value:{digits}}", f"under {limit:g}", "✓" if value < limit else "✗")
