"""The way from a learner's kernel to the service of their class.

Two threads in the background do all that may take time: one hears how the votes go on, one sends.
Whatever is to be sent is kept until the service has got it. Nothing of that fails or waits.
"""

import json
import threading
import time
import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from nnlib.learner.unsent import Unsent
from nnlib.learner.vote_words import ALONE

if TYPE_CHECKING:
    from nnlib.learner.memory import Memory

SEND_SECONDS = 5.0  # for an answer to what is sent
SILENT_SECONDS = 10.0  # a service that is there says so more often
AGAIN_SECONDS = 1.0  # until one that is away is asked again
AWAY_SECONDS = 15.0  # without a word after which the class is told to be away

_FINAL = (400, 404, 409)  # sending it once more would change nothing

_open = build_opener(ProxyHandler({})).open  # the class is near: no proxy leads to it


@dataclass(frozen=True)
class ClassState:
    """What the service has told last.

    Parameters
    ----------
    session : str
        What tells this session from others.
    alone : bool
        Whether each learner goes at their own pace, but for questions put to the vote.
    leads : bool
        Whether it is the teacher's kernel.
    standings : dict
        For each question that was put to the vote its round and its phase.
    votes : dict
        The learner's own votes: for each question the answer in each round.
    """

    session: str = ""
    alone: bool = False
    leads: bool = False
    standings: dict[str, tuple[int, str]] = field(default_factory=dict)
    votes: dict[str, dict[int, str]] = field(default_factory=dict)


class ClassLink:
    """What a kernel knows of its class, and what it tells it.

    Parameters
    ----------
    address : str
        Where the service is.
    token : str
        By which the hub knows whose kernel this is.
    memory : Memory or None
        Where what is not sent yet outlives the kernel.
    """

    def __init__(self, address: str, token: str, memory: "Memory | None") -> None:
        self._address = address.rstrip("/") + "/"
        self._token = token
        self._followers: list[weakref.WeakMethod[Callable[[], None]]] = []
        self._wake = threading.Event()
        self._heard_at = time.monotonic()  # when the service was heard last
        self._tried = False
        self.unsent = Unsent(memory)
        self.taken: dict[str, dict[str, Any]] = {}  # what the service took last, by path
        self.refusals: dict[str, str] = {}  # why it did not take what went to a path
        self.state: ClassState | None = None  # what it told last; None if nothing yet
        for work in (self._hear_on, self._send_on):
            threading.Thread(target=work, name="nnlib-class", daemon=True).start()

    @property
    def is_asking(self) -> bool:
        """Whether the service has been asked for the first time, and may still answer."""
        return self.state is None and not self._tried

    @property
    def is_away(self) -> bool:
        """Whether the service does not answer, and not for a moment only."""
        if self.state is None:
            return self._tried
        return time.monotonic() - self._heard_at > AWAY_SECONDS

    def follow(self, follower: Callable[[], None]) -> None:
        """Call the method ``follower``, on a thread of the link's own, whenever something changes.

        An object that is gone is called no more.
        """
        self._followers.append(weakref.WeakMethod(follower))

    def send(self, path: str, body: dict[str, Any]) -> None:
        """Send this soon; keep it until the service has got it."""
        self.refusals.pop(path, None)
        self.unsent.put(path, body)
        self._wake.set()

    def ask(self, path: str) -> dict[str, Any]:
        """Return what the service answers now. This alone waits for it, and may fail.

        Raises
        ------
        LookupError
            If there is nothing; the message is the service's own.
        ConnectionError
            If it cannot be reached.
        """
        try:
            with self._request("GET", path, SEND_SECONDS) as answer:
                return json.load(answer)
        except HTTPError as error:
            if error.code == 404:
                raise LookupError(error.read().decode(errors="replace")) from None
            raise ConnectionError(f"It answered {error.code}.") from error
        except (OSError, ValueError, HTTPException) as error:
            raise ConnectionError("It does not answer.") from error

    # In the background ------------------------------------------------------------------------

    def _hear_on(self) -> None:
        while True:
            try:
                with self._request("GET", "stream/own", SILENT_SECONDS) as stream:
                    self._hear(stream)
            except (OSError, ValueError, HTTPException):
                pass  # it is away, and asked again
            self._tried = True
            self._changed()
            time.sleep(AGAIN_SECONDS)

    def _hear(self, lines: Iterable[bytes]) -> None:
        """Take what the service tells, as long as it does."""
        for line in lines:
            self._heard_at = time.monotonic()
            if line.startswith(b"data: "):
                self.state = _read(json.loads(line.removeprefix(b"data: ")))
                self._wake.set()
                self._changed()

    def _send_on(self) -> None:
        while True:
            self._wake.wait(AGAIN_SECONDS if self.unsent.items() else None)
            self._wake.clear()
            if any([self._deliver(path, body) for path, body in self.unsent.items()]):
                self._changed()

    def _deliver(self, path: str, body: dict[str, Any]) -> bool:
        """Send what goes to a path; say whether that is done, or else it is kept."""
        try:
            with self._request("PUT", path, SEND_SECONDS, json.dumps(body).encode()):
                self.taken[path] = body
        except HTTPError as error:
            if error.code not in _FINAL:
                return False
            self.refusals[path] = error.read().decode(errors="replace")
        except (OSError, HTTPException):
            return False
        self.unsent.sent(path, body)
        return True

    def _request(self, method: str, path: str, seconds: float, body: bytes | None = None) -> Any:
        request = Request(self._address + path, data=body, method=method)
        request.add_header("Authorization", f"token {self._token}")
        return _open(request, timeout=seconds)

    def _changed(self) -> None:
        self._followers = [each for each in self._followers if each() is not None]
        for follower in self._followers:
            if call := follower():
                call()


def _read(told: dict[str, Any]) -> ClassState:
    return ClassState(
        session=told["session"],
        alone=told["pace"] == ALONE,
        leads=told["leads"],
        standings={name: (number, phase) for name, (number, phase) in told["standings"].items()},
        votes={
            name: {int(number): choice for number, choice in own.items()}
            for name, own in told["votes"].items()
        },
    )
