"""How far the vote on a question has come, and how it may go on."""

from dataclasses import dataclass

from nnlib.learner.vote_words import AGAIN, OPEN, REVEALED, SHOWN

_FOLLOWING = {
    (1, OPEN): (SHOWN, AGAIN, REVEALED),
    (1, SHOWN): (AGAIN, REVEALED),
    (2, AGAIN): (SHOWN, REVEALED),
    (2, SHOWN): (REVEALED,),
}


@dataclass(frozen=True)
class Standing:
    """Which round of the vote it is, and its phase."""

    round: int = 1
    phase: str = OPEN

    @property
    def takes_votes(self) -> bool:
        """Whether an answer counts now."""
        return self.phase in (OPEN, AGAIN)

    @property
    def following(self) -> tuple[str, ...]:
        """The phases that the teacher may go on to."""
        return _FOLLOWING.get((self.round, self.phase), ())

    @property
    def rounds_shown(self) -> tuple[int, ...]:
        """The rounds whose votes all may see."""
        seen = self.round - 1 if self.takes_votes else self.round
        return tuple(range(1, seen + 1))

    def turned(self, phase: str) -> "Standing":
        """Return the standing after the teacher has gone on to a phase.

        Raises
        ------
        ValueError
            If it cannot follow.
        """
        if phase not in self.following:
            raise ValueError(
                f"From “{self.phase}” the vote cannot go on to “{phase}”. "
                f"What may follow: {', '.join(self.following) or 'nothing'}."
            )
        return Standing(2 if phase == AGAIN else self.round, phase)
