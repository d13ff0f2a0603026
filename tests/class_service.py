"""The service of a class for tests: on a free port, with a hub beside it that knows every token."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from jupyterhub.services.auth import HubOAuth
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from nnlib.classroom.votes.service import application

TEACHER, STRANGER = "teacher", "stranger"  # their tokens; every other token is a learner's
PREFIX = "/services/class/"
ACCESS = "access:services!service=class"
SEEN_SECONDS = 60.0


class WhoIsIt(RequestHandler):
    """What a hub answers to the question whose token this is."""

    def get(self) -> None:
        name = self.request.headers["Authorization"].removeprefix("token ")
        scopes = [] if name == STRANGER else [ACCESS]
        self.write({"name": name, "kind": "user", "admin": name == TEACHER, "scopes": scopes})


class ClassService:
    """A service that can be ended and started again, at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    def start(self) -> None:
        """Serve on a thread of its own, until `end`."""
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        began = threading.Event()
        serving = self._run(began)
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[serving])
        self._thread.start()
        assert began.wait(SEEN_SECONDS)

    async def _run(self, began: threading.Event) -> None:
        hub_socket, hub_port = bind_unused_port()
        hub = HTTPServer(Application([("/hub/api/user", WhoIsIt)]))
        hub.add_socket(hub_socket)
        auth = HubOAuth(
            api_url=f"http://127.0.0.1:{hub_port}/hub/api",
            api_token="the service's own",
            oauth_client_id="service-class",
            base_url=PREFIX,
            access_scopes={ACCESS},
        )
        server = HTTPServer(application(self.folder, PREFIX, auth))
        if self.port:
            server.listen(self.port, "127.0.0.1")
        else:
            socket, self.port = bind_unused_port()
            server.add_socket(socket)
        began.set()
        await self._ended.wait()
        for each in (server, hub):
            each.stop()
            with suppress(TimeoutError):
                await asyncio.wait_for(each.close_all_connections(), SEEN_SECONDS)

    def end(self) -> None:
        """Answer nobody any more."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()

    def ask(self, who: str, method: str, path: str, **sent: Any) -> tuple[int, str]:
        """Return the status and the text that the owner of a token gets."""
        body = json.dumps(sent).encode() if method in ("PUT", "POST") else None
        request = Request(self.address + path, body, method=method)
        request.add_header("Authorization", f"token {who}")
        try:
            with urlopen(request, timeout=SEEN_SECONDS) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def vote(self, who: str, question: str, choice: str, round: int = 1) -> int:
        """Vote as the owner of a token; return the status."""
        return self.ask(who, "PUT", f"vote/{question}", choice=choice, round=round)[0]

    def turn(self, question: str, *phases: str) -> None:
        """Go on with a vote as the teacher."""
        for phase in phases:
            assert self.ask(TEACHER, "POST", f"phase/{question}", phase=phase)[0] == 204

    def counts(self, question: str) -> dict[str, list[str]]:
        """Return all votes, as the teacher sees them."""
        return json.loads(self.ask(TEACHER, "GET", f"counts/{question}")[1])

    @contextmanager
    def stream(self, who: str, path: str) -> Iterator[Callable[[], dict[str, Any]]]:
        """Listen to a stream; what is yielded returns what is told next."""
        request = Request(self.address + path)
        request.add_header("Authorization", f"token {who}")
        with urlopen(request, timeout=SEEN_SECONDS) as lines:

            def told() -> dict[str, Any]:
                line = next(line for line in lines if line.startswith(b"data: "))
                return json.loads(line.removeprefix(b"data: "))

            yield told


def wait_until(holds: Callable[[], bool], seconds: float = SEEN_SECONDS) -> None:
    """Wait until a condition holds; fail if it does not."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
