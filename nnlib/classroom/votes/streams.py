"""What the service tells without being asked again: to learners' kernels, and to the page."""

import asyncio
import json
from typing import Any

from jupyterhub.services.auth import HubOAuth

from nnlib.classroom.votes.board import Onlooker, board
from nnlib.classroom.votes.classroom import Classroom
from nnlib.classroom.votes.handler import Handler

STILL_HERE = 2.0  # seconds of silence after which a stream says that it is still there


class StreamHandler(Handler):
    """A stream of events: what is to be known, told again whenever it has changed."""

    kernel_of: str | None = None  # the learner whose kernel listens

    def initialize(self, classroom: Classroom, hub_auth: HubOAuth) -> None:
        """Be ready for the other side to go, which it may do while the hub is asked who it is."""
        super().initialize(classroom, hub_auth)
        self._gone, self._told = asyncio.Event(), ""

    def present(self) -> dict[str, Any]:
        """Return what is to be known now."""
        raise NotImplementedError

    async def get(self) -> None:
        """Tell it until the other side goes."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-cache")
        self.tell()
        if not self._gone.is_set():
            self.classroom.join(self)
        while not self._gone.is_set():
            try:
                await asyncio.wait_for(self._gone.wait(), STILL_HERE)
            except TimeoutError:
                self.write("event: here\ndata:-\n\n")
                self.flush()

    def tell(self) -> None:
        """Tell what is to be known, if it is something else than before."""
        words = json.dumps(self.present())
        if words != self._told and not self._gone.is_set():
            self._told = words
            self.write(f"data: {words}\n\n")
            self.flush()

    def on_connection_close(self) -> None:
        """Tell nothing any more: the other side is gone."""
        self._gone.set()
        self.classroom.leave(self)


class OwnStreamHandler(StreamHandler):
    """``GET stream/own``: for a kernel, whose it is, how far the votes are, and its own votes."""

    async def get(self) -> None:
        """Tell it until the kernel ends; as long as it listens, its learner is there."""
        self.kernel_of = self.learner
        await super().get()

    def present(self) -> dict[str, Any]:
        """Return nothing of others' votes."""
        return {
            "session": self.box.session,
            "pace": self.box.pace,
            "leads": self.is_teacher,
            "standings": {
                name: [standing.round, standing.phase]
                for name, standing in self.box.standings().items()
            },
            "votes": self.box.votes_of(self.learner),
        }


class BoardStreamHandler(StreamHandler):
    """``GET stream/board``: the parts of the page, as whoever looks may see them."""

    def present(self) -> dict[str, Any]:
        """Return the parts as HTML."""
        covered = not self.is_teacher or self.get_argument("covered", "") == "yes"
        return board(self.box, self.classroom.here, Onlooker(self.is_teacher, covered))
