"""A real kernel, driven as a front end drives it: each run of a cell names the cell."""

from collections.abc import Iterator
from contextlib import contextmanager

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

SECONDS = 120


class Kernel:
    """A running kernel; `run` runs a cell and returns what it printed."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager = manager
        self.client = client

    def interrupt(self) -> None:
        """Do what the button ■ does."""
        self.manager.interrupt_kernel()

    def run(self, code: str, cell: str | None = None) -> str:
        """Run ``code`` as the cell with this id, wait for its end, and return what it printed."""
        content = {"code": code, "silent": False, "store_history": True}
        content |= {"user_expressions": {}, "allow_stdin": False, "stop_on_error": False}
        metadata = {} if cell is None else {"cellId": cell}
        request = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(request)
        return "".join(self._printed_by(request["header"]["msg_id"]))

    def _printed_by(self, request: str) -> Iterator[str]:
        while True:
            message = self.client.get_iopub_msg(timeout=SECONDS)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error":
                raise AssertionError("\n".join(content["traceback"]))
            if kind == "stream":
                yield content["text"]
            if kind == "status" and content["execution_state"] == "idle":
                return


@contextmanager
def running_kernel() -> Iterator[Kernel]:
    """Start a kernel of this environment, and end it afterwards."""
    manager, client = start_new_kernel()
    try:
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
