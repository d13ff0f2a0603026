"""One lesson with so many learners, and what was measured in it."""

import asyncio
import random
import time
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass

from classroom.learner import Learner
from classroom.processes import Cores, Processes
from classroom.running_class import RunningClass
from classroom.teacher import Teacher
from classroom.voting import Vote, vote

PLAYING = 5  # of a large class; of a small one half


@dataclass(frozen=True)
class Lesson:
    """What was measured.

    Attributes
    ----------
    learners, playing : int
        How many there were, and how many of them let an explorer train in place of dragging.
    servers_up, explorers_up : float
        Seconds until all servers were there, and from then until all explorers were.
    answered : list of float
        Seconds from each move of a slider to its frame.
    unanswered : int
        Moves whose frame never came.
    trained : list of float
        Frames a second of each explorer that trains.
    memory : dict
        Megabytes of each part.
    cores : Cores
        Processor time of each part.
    vote : Vote
        What became of a vote.
    """

    learners: int
    playing: int
    servers_up: float
    explorers_up: float
    answered: list[float]
    unanswered: int
    trained: list[float]
    memory: dict[str, float]
    cores: Cores
    vote: Vote


async def give_lesson(running: RunningClass, number: int, seconds: float) -> Lesson:
    """Let so many learners come in, drag, play and vote."""
    chance = random.Random(number)
    processes = Processes(running.process.pid)
    learners = [Learner(running.address, f"learner-{k}") for k in range(1, number + 1)]
    teacher = Teacher(running.address)
    await teacher.open_panel()
    servers_up = await _together(each.come_in() for each in learners)
    explorers_up = await _together(each.begin_chapter() for each in learners)
    playing = min(PLAYING, number // 2)
    players, draggers = learners[:playing], learners[playing:]
    await _together(each.open_training() for each in players)

    processes.begin()
    trained = await _play_and_drag(players, draggers, seconds, chance)
    cores, memory = processes.cores(), processes.memory()

    outcome = await vote(learners, teacher, chance)
    await teacher.leave()
    for learner in learners:
        learner.leave()
    return Lesson(
        learners=number,
        playing=playing,
        servers_up=servers_up,
        explorers_up=explorers_up,
        answered=[each for learner in draggers for each in learner.slider.answered],
        unanswered=sum(learner.slider.unanswered for learner in draggers),
        trained=trained,
        memory=memory,
        cores=cores,
        vote=outcome,
    )


async def _together(deeds: Iterable[Awaitable[None]]) -> float:
    """Let all do something at once, and return how long it took."""
    began = time.perf_counter()
    await asyncio.gather(*deeds)
    return time.perf_counter() - began


async def _play_and_drag(
    players: Sequence[Learner],
    draggers: Sequence[Learner],
    seconds: float,
    chance: random.Random,
) -> list[float]:
    """Let some train while the others drag; return the frames a second of each that trains."""
    explorers = [learner.training for learner in players if learner.training is not None]
    before = [len(each.frames) for each in explorers]
    for each in explorers:
        each.press("Play")
    end = time.perf_counter() + seconds
    took = await _together(
        learner.drag_until(end, random.Random(chance.random())) for learner in draggers
    )
    frames = [
        (len(each.frames) - first) / took for each, first in zip(explorers, before, strict=True)
    ]
    for each in explorers:
        each.press("Pause")
    return frames
