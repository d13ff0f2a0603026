"""What the teacher shows to the class: an explorer that stands as the teacher's stood."""

from dataclasses import dataclass

import traitlets

from nnlib import explorers
from nnlib.explorers.engine.by_hand import as_made
from nnlib.explorers.engine.explorer import Explorer
from nnlib.learner.presence import class_link


@dataclass(frozen=True)
class NothingShown:
    """Why there is nothing to see; a notebook shows the words."""

    words: str

    def __repr__(self) -> str:
        """Return the words."""
        return self.words


def shown() -> Explorer | NothingShown:
    """Return the explorer that the teacher has shown to the class last, just as it stood; in class.

    It is a new one, to go on with: what is changed in it stays in this notebook, and is gone when
    the cell is run again. If there is none, a sentence says why.
    """
    link = class_link()
    if link is None:
        return NothingShown("There is no class here: nothing is shown to anybody.")
    try:
        told = link.ask("explorer")
    except LookupError as nothing:
        return NothingShown(f"{nothing.args[0]} When it has, run this cell again.")
    except ConnectionError:
        return NothingShown("The class cannot be reached. Run this cell again in a moment.")
    return _made(told.get("kind"), told.get("state"))


def _made(kind: object, state: object) -> Explorer | NothingShown:
    """Return the explorer in this state; whatever came is data, and is refused where it is none."""
    if kind not in explorers.__all__ or kind == "Explorer":
        return _cannot(f"this course here has no explorer {kind!r}.")
    try:
        with as_made():
            return getattr(explorers, str(kind)).from_state(state)
    except (TypeError, ValueError, traitlets.TraitError) as refusal:
        return _cannot(str(refusal))


def _cannot(why: str) -> NothingShown:
    return NothingShown(
        f"What is shown cannot be opened here: {why} Perhaps your copy of the course is older than "
        "your teacher's."
    )
