"""A line between browser and server that can be made slow, as in a school with one access point."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_CHUNK = 4096  # bytes


class SlowLine:
    """Passes bytes on from a port of its own to a server.

    Attributes
    ----------
    bytes_per_second : float
        How fast the server's bytes arrive, all connections together; may be changed at any time.
    passed : int
        How many have arrived.
    url : str
        Where the browser finds the server.
    """

    def __init__(self, server: str) -> None:
        self._server = urlsplit(server)
        self.bytes_per_second = float("inf")
        self.passed = 0
        self.url = ""

    async def run(self, opened: threading.Event) -> None:
        """Listen until it is closed; then asyncio cuts what is still connected."""
        self._loop, self._closed = asyncio.get_running_loop(), asyncio.Event()
        self._turn = asyncio.Lock()
        listener = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        opened.set()
        await self._closed.wait()

    def close(self) -> None:
        """Pass on no more; from any thread."""
        self._loop.call_soon_threadsafe(self._closed.set)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self._server.hostname, self._server.port
        its_reader, its_writer = await asyncio.open_connection(host, port, limit=2 * _CHUNK)
        async with asyncio.TaskGroup() as ways:
            ways.create_task(self._pass_on(reader, its_writer))
            ways.create_task(self._pass_slowly(its_reader, writer))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # a window was closed
            while chunk := await reader.read(_CHUNK):
                writer.write(chunk)
                await writer.drain()
        writer.close()

    async def _pass_slowly(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(ConnectionError):
            while chunk := await reader.read(_CHUNK):
                async with self._turn:
                    await asyncio.sleep(len(chunk) / self.bytes_per_second)
                self.passed += len(chunk)
                writer.write(chunk)
                await writer.drain()
        writer.close()


@contextmanager
def slow_line(server: str) -> Iterator[SlowLine]:
    """Open such a line to the server with this address; at first it is fast."""
    line, opened = SlowLine(server), threading.Event()
    # On a thread: the event loop of this one is Playwright's.
    thread = threading.Thread(target=lambda: asyncio.run(line.run(opened)))
    thread.start()
    opened.wait()
    yield line
    line.close()
    thread.join()
