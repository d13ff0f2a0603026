"""Everybody votes within five seconds: is a vote lost, and how soon does the teacher see it?"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from classroom.learner import Learner
from classroom.teacher import Teacher

QUESTION = "neurons-average"  # the first of chapter 1; it asks for a number
ANSWERS = ("1.5", "0.5", "2.5", "-0.5", "3.5")
WITHIN_SECONDS = 5.0
PANEL_SECONDS = 30.0  # a panel that is not up to date by then never is


@dataclass(frozen=True)
class Vote:
    """What became of a vote.

    Attributes
    ----------
    voters, lost : int
        How many have voted, and how many of their answers were not counted as they were given.
    panel_seconds : float
        How far behind the panel was at most: from a press on Commit until so many were shown.
    """

    voters: int
    lost: int
    panel_seconds: float


async def vote(learners: Sequence[Learner], teacher: Teacher, chance: random.Random) -> Vote:
    """Put a question to the vote, and let everybody answer it within five seconds."""
    await teacher.put_to_the_vote(QUESTION)
    teacher.seen.clear()
    given = {learner: ANSWERS[k % len(ANSWERS)] for k, learner in enumerate(learners)}
    committed = await asyncio.gather(
        *(_commit(each, given[each], chance.uniform(0, WITHIN_SECONDS)) for each in learners)
    )
    end = time.perf_counter() + PANEL_SECONDS
    while _shown(teacher) < len(learners) and time.perf_counter() < end:
        await asyncio.sleep(0.1)
    missing = Counter(given.values()) - Counter(await teacher.counted(QUESTION))
    return Vote(len(learners), missing.total(), _behind(sorted(committed), teacher.seen))


async def _commit(learner: Learner, answer: str, wait: float) -> float:
    """Type the answer, press Commit, and return when."""
    await asyncio.sleep(wait)
    return learner.commit(answer)


def _shown(teacher: Teacher) -> int:
    return max((count for _, count in teacher.seen), default=0)


def _behind(committed: Sequence[float], seen: Sequence[tuple[float, int]]) -> float:
    """Return the longest time from the k-th commit until k votes were shown."""
    return max(
        next((at for at, count in seen if count >= k), float("inf")) - when
        for k, when in enumerate(committed, start=1)
    )
