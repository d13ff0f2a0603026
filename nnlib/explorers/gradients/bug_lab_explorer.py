"""`BugLabExplorer`: a mistake in a training run, its loss curve, and what each check says of it."""

import numpy as np

from nnlib.explorers.controls.parameters import Choice, Whole
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.gradients.bug_lab_model import BugLabModel
from nnlib.explorers.gradients.bug_lab_view import BugLabView
from nnlib.mistakes import EPOCHS, MISTAKES, UNNAMED

OPTIONS = [
    *((words, name) for name, words in MISTAKES.items()),
    *((f"unnamed bug {letter}", letter) for letter in UNNAMED),
]


class BugLabExplorer(Explorer):
    """A bug in a training run beside the right run: loss curves, gradient check, step check.

    A network 2-4-1 of sigmoids learns 40 points, a disc within a ring, with mean squared error and
    all rows in each step. The code with its mistakes is `nnlib.mistakes`.

    Parameters
    ----------
    bug : str
        ``none slope bias clear sign sum steps``, or one of ``A`` to ``F``: unnamed, to diagnose.
    epoch : int, 1 to 400
        The epoch whose gradient and step are checked.
    learning_rate : {0.1, 0.5, 1.0, 2.0, 5.0, 10.0}
        η.
    seed : int, 0 to 4
        Which start: the same for both runs.
    """

    bug = Choice("none", options=OPTIONS, label="bug")
    epoch = Whole(1, low=1, high=EPOCHS, label="epoch")
    learning_rate = Choice(5.0, options=(0.1, 0.5, 1.0, 2.0, 5.0, 10.0), label="η learning rate")
    seed = Whole(0, low=0, high=4, label="start")

    opens_with = ("bug", "epoch", "learning_rate")
    words_folded = True
    View = BugLabView

    def model(self) -> BugLabModel:
        """Return both runs, looked at in the present epoch."""
        return BugLabModel(self.bug, self.epoch, self.learning_rate, self.seed)

    def pointer_pressed(self, at: Point) -> None:
        """Choose the epoch that is clicked on."""
        self.pointer_dragged(at)

    def pointer_dragged(self, at: Point) -> None:
        """Let the epoch follow the pointer."""
        self.set_parameters(epoch=int(np.clip(round(at.x), 1, EPOCHS)))
