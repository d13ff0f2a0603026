"""What the learner does is answered: under the lock, and a failure is shown beside its cause."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from nnlib.explorers.engine.by_hand import ByHand
from nnlib.explorers.engine.messages import Messages


class Answering:
    """The frame around each move, press, key or text of the learner.

    Parameters
    ----------
    one_deed : callable
        Holds the lock meanwhile, and makes one frame of all that changes.
    by_hand : ByHand
        Takes what changes meanwhile for the learner's doing.
    messages : Messages
        Where a failure is shown.

    Attributes
    ----------
    control : str or None
        The control whose move, press or text is answered now: the cause of what follows.
    """

    def __init__(
        self,
        one_deed: Callable[[], AbstractContextManager[object]],
        by_hand: ByHand,
        messages: Messages,
    ) -> None:
        self._one_deed = one_deed
        self._by_hand = by_hand
        self._messages = messages
        self.control: str | None = None

    @contextmanager
    def __call__(self, what: str, control: str | None = None) -> Iterator[None]:
        """Answer one thing that the learner does: a move, a press, a key.

        Parameters
        ----------
        what : str
            How an error begins: "“w₁ weight” did not work".
        control : str, optional
            The name of the control; an error stands beside it.
        """
        with self._one_deed(), self._by_hand.at_work():
            before, self.control = self.control, control
            try:
                with self._messages.shown(what, control):
                    yield
            finally:
                self.control = before
