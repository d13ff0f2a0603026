"""A page's connection to its kernel: messages both ways, and the state of the page's widgets.

It speaks as JupyterLab does: the binary protocol of Jupyter's servers, one websocket for all
channels, and a subshell for what widgets say.
"""

import asyncio
import json
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from classroom.visitor import Visitor

PROTOCOL = "v1.kernel.websocket.jupyter.org"
LONGEST_SECONDS = 300.0  # of a cell; thirty kernels may start at once
HEARD = {"comm_open", "comm_msg", "status", "error", "create_subshell_reply"}

Follower = Callable[[dict[str, Any]], None]


class Kernel:
    """A kernel, as the page that uses it knows it.

    Attributes
    ----------
    states : dict
        The state of each widget, by the name of its comm.
    """

    _socket: WebSocketClientConnection

    def __init__(self) -> None:
        self.states: dict[str, dict[str, Any]] = {}
        self._session = uuid.uuid4().hex
        self._subshell: str | None = None
        self._idle: dict[str, asyncio.Future[None]] = {}
        self._errors: dict[str, str] = {}
        self._followers: defaultdict[str, list[Follower]] = defaultdict(list)

    async def connect(self, visitor: Visitor, name: str) -> None:
        """Open the websocket and have a subshell made for the widgets."""
        address, headers = visitor.channels(name, self._session)
        self._socket = await websocket_connect(
            HTTPRequest(
                address,
                headers=headers,
                connect_timeout=LONGEST_SECONDS,
                request_timeout=LONGEST_SECONDS,
            ),
            on_message_callback=self._hear,
            subprotocols=[PROTOCOL],
        )
        if self._socket.selected_subprotocol != PROTOCOL:
            raise RuntimeError(f"The server does not speak {PROTOCOL}.")
        await asyncio.wait_for(
            self._send("control", "create_subshell_request", {}), LONGEST_SECONDS
        )

    def close(self) -> None:
        """Close the page."""
        self._socket.close()

    async def run(self, cell: str, code: str) -> list[str]:
        """Run a cell, and return the names of the widgets that it has made."""
        before = set(self.states)
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": True}
        done = self._send("shell", "execute_request", content, metadata={"cellId": cell})
        await asyncio.wait_for(done, LONGEST_SECONDS)
        if self._errors:
            raise RuntimeError(f"{code}\n{self._errors.popitem()[1]}")
        return [name for name in self.states if name not in before]

    def update(self, widget: str, state: dict[str, Any]) -> "asyncio.Future[None]":
        """Set something of a widget; what is returned is done when the kernel has taken it."""
        self.states[widget].update(state)
        return self._comm(widget, {"method": "update", "state": state, "buffer_paths": []})

    def tell(self, widget: str, content: dict[str, Any]) -> None:
        """Send a widget a message of its own kind, such as a click."""
        self._comm(widget, {"method": "custom", "content": content})

    def follow(self, widget: str, follower: Follower) -> None:
        """Call ``follower`` with what has changed whenever the kernel changes a widget's state."""
        self._followers[widget].append(follower)

    def _comm(self, widget: str, data: dict[str, Any]) -> "asyncio.Future[None]":
        return self._send("shell", "comm_msg", {"comm_id": widget, "data": data}, self._subshell)

    def _send(
        self,
        channel: str,
        kind: str,
        content: dict[str, Any],
        subshell: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> "asyncio.Future[None]":
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "version": "5.4"}
        header |= {"session": self._session, "username": "", "date": _now()}
        if subshell is not None:
            header["subshell_id"] = subshell
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._idle[header["msg_id"]] = done
        parts = [json.dumps(part).encode() for part in (header, {}, metadata or {}, content)]
        self._socket.write_message(serialize_msg_to_ws_v1(parts, channel), binary=True)
        return done

    # What the kernel says -----------------------------------------------------------------------

    def _hear(self, message: str | bytes | None) -> None:
        if message is None:
            self._cut_off()
            return
        _channel, parts = deserialize_msg_from_ws_v1(message)
        kind = json.loads(parts[0])["msg_type"]
        if kind not in HEARD:
            return
        cause, content = json.loads(parts[1]).get("msg_id"), json.loads(parts[3])
        if kind == "status":
            if content["execution_state"] == "idle" and cause in self._idle:
                self._idle.pop(cause).set_result(None)
        elif kind == "error":
            self._errors[cause] = f"{content['ename']}: {content['evalue']}"
        elif kind == "create_subshell_reply":
            self._subshell = content.get("subshell_id")
        elif kind == "comm_open":
            self.states[content["comm_id"]] = content["data"]["state"]
        elif content["data"]["method"] == "update":
            self._take(content["comm_id"], content["data"]["state"])

    def _take(self, widget: str, state: dict[str, Any]) -> None:
        self.states.setdefault(widget, {}).update(state)
        for follower in self._followers[widget]:
            follower(state)

    def _cut_off(self) -> None:
        for done in self._idle.values():
            if not done.done():
                done.set_exception(ConnectionError("The kernel's websocket was closed."))
        self._idle.clear()


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
