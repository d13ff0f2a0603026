"""Which activations an explorer offers: the course's, and those that a learner has added."""

from collections.abc import Sequence

from nnlib import ACTIVATIONS
from nnlib.explorers.controls.parameters import Choice


def elementwise() -> list[str]:
    """Return the names of all activations that take each z by itself."""
    return [name for name, f in ACTIVATIONS.items() if f.elementwise]


def learnable() -> list[str]:
    """Return the names of those through which something is learned: the ones without a jump."""
    return [name for name in elementwise() if ACTIVATIONS[name].at_zero != "jump"]


def titled(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return each activation as it is written, with its name."""
    return [(ACTIVATIONS[name].title, name) for name in names]


class ActivationChoice(Choice):
    """A layer's activation; the default stands first.

    Parameters
    ----------
    default : str
        The name of an activation.
    label : str
        What the control is called.
    for_training : bool
        Whether those through which nothing is learned are left out.
    """

    def __init__(
        self, default: str, *, label: str = "f activation", for_training: bool = False
    ) -> None:
        known = learnable if for_training else elementwise
        super().__init__(default, options=lambda: _with_first(default, known()), label=label)


def _with_first(first: str, names: Sequence[str]) -> list[str]:
    return [first, *(name for name in names if name != first)]
