"""Forgetting what a learner did: all of it, or what has one name."""

from dataclasses import dataclass

from nnlib.learner import presence as learner

_WORDS = {
    learner.PREDICTION: ("prediction", "predictions"),
    learner.EXERCISE: ("exercise", "exercises"),
    learner.EXPLORER: ("explorer", "explorers"),
}


@dataclass(frozen=True)
class Forgotten:
    """How many predictions, exercises and explorers were forgotten; a notebook shows the words."""

    predictions: int = 0
    exercises: int = 0
    explorers: int = 0

    def __repr__(self) -> str:
        """Return it as a sentence."""
        counts = zip(
            (self.predictions, self.exercises, self.explorers), _WORDS.values(), strict=True
        )
        parts = [f"{n} {one if n == 1 else many}" for n, (one, many) in counts if n]
        return f"Forgotten: {', '.join(parts)}." if parts else "Nothing of that was remembered."


def forget(name: str | None = None) -> Forgotten:
    """Forget what the learner committed to, solved and set: everything, or what has this name.

    What is on the page stays there until its cell is run again.

    Parameters
    ----------
    name : str, optional
        A prediction (``"neurons-bias"``), an exercise's check (``"check_neuron"``), all explorers
        of one kind (``"NeuronExplorer"``) or of one notebook (``"01_neurons"``).
    """
    memory = learner.memory()
    if memory is None:
        return Forgotten()
    counts = []
    for kind in _WORDS:
        names = [key for key in memory.everything(kind) if name is None or name in key.split(" / ")]
        for key in names:
            memory.forget(kind, key)
        counts.append(len(names))
    return Forgotten(*counts)
