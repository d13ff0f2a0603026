"""The service as a web application, and how a hub starts it."""

import asyncio
import os
import signal
from pathlib import Path
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler
from tornado.httpserver import HTTPServer
from tornado.web import Application, StaticFileHandler

from nnlib.classroom.votes import handlers, streams
from nnlib.classroom.votes.ballot_box import BallotBox
from nnlib.classroom.votes.classroom import Classroom
from nnlib.classroom.votes.private_files import key_in, own_folder

LOOK_SECONDS = 1.0  # how often it looks whether whoever started it is still there


def application(folder: Path, prefix: str, hub_auth: HubOAuth) -> Application:
    """Return the application.

    Parameters
    ----------
    folder : Path
        Where votes and keys are kept.
    prefix : str
        Where it stands on the hub, such as ``/services/class/``.
    hub_auth : HubOAuth
        What asks the hub who somebody is.
    """
    own_folder(folder)
    shared = {"classroom": Classroom(BallotBox(folder)), "hub_auth": hub_auth}
    name = r"([\w-]+)"
    ways = (
        ("", handlers.PageHandler),
        (f"vote/{name}", handlers.VoteHandler),
        (f"counts/{name}", handlers.CountsHandler),
        (f"board/{name}", handlers.BoardHandler),
        (f"phase/{name}", handlers.PhaseHandler),
        ("pace", handlers.PaceHandler),
        ("explorer", handlers.ExplorerHandler),
        ("session", handlers.SessionHandler),
        (f"(exercise|prediction)/{name}", handlers.DoneHandler),
        ("own", handlers.OwnHandler),
        ("stream/own", streams.OwnStreamHandler),
        ("stream/board", streams.BoardStreamHandler),
    )
    own = [(prefix + way, handler, shared) for way, handler in ways]
    return Application(
        [
            *own,
            (f"{prefix}oauth_callback", HubOAuthCallbackHandler),
            (f"{prefix}page/(.*)", StaticFileHandler, {"path": str(handlers.PAGE)}),
        ],
        # the same after a restart, so that nobody has to log in again
        cookie_secret=key_in(folder / "cookies.key"),
    )


async def serve() -> None:
    """Serve as the hub's environment says, until a signal to end comes or the starter is gone."""
    starter = os.getppid()
    app = application(
        Path(os.environ["CLASS_STATE"]),
        os.environ["JUPYTERHUB_SERVICE_PREFIX"],
        HubOAuth.instance(),
    )
    address = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    server = HTTPServer(app)
    server.listen(address.port or 80, address.hostname or "127.0.0.1")
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    while not ended.is_set() and os.getppid() == starter:
        try:
            await asyncio.wait_for(ended.wait(), LOOK_SECONDS)
        except TimeoutError:
            continue


if __name__ == "__main__":
    asyncio.run(serve())
