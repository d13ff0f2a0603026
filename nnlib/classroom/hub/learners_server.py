"""A learner's server: as whom it runs, where, and how much it may take."""

import contextlib
import os
import pwd
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner, set_user_setuid
from traitlets import Bool, Unicode

from nnlib.classroom.hub.accounts import account_of, folder_for_sockets

MOST_PROCESSES = 512  # threads count too; a server with five kernels has some 150
NICENESS = 5  # the hub, the proxy and the votes come first


class LearnersServer(LocalProcessSpawner):
    """Runs a learner's server under an account of their own, or all under the hub's own one."""

    homes = Unicode(help="The folder with a home for each learner.").tag(config=True)
    one_account = Bool(help="Whether all run under the account of the hub.").tag(config=True)

    account: pwd.struct_passwd | None = None

    @property
    def home(self) -> Path:
        """The learner's home."""
        return Path(self.homes, self.user.name)

    async def start(self) -> Any:
        """Make sure that there is a home, and start the server in it."""
        if self.one_account:
            self.home.mkdir(mode=0o700, exist_ok=True)
        else:
            self.account = account_of(self.home)
        return await super().start()

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """Return the environment with the learner's own home."""
        env |= {"HOME": str(self.home), "USER": self.user.name, "SHELL": "/bin/sh"}
        if self.account is not None:
            env["JUPYTER_RUNTIME_DIR"] = str(folder_for_sockets(self.account))
        return env

    def get_args(self) -> list[str]:
        """Return the flags; sockets that only the account can open, where it has one."""
        sockets = ["--KernelManager.transport=ipc"] if self.account is not None else []
        return [*super().get_args(), "--ServerApp.log_level=ERROR", *sockets]

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """Return what is done between fork and exec: be niced, be limited, be somebody else."""
        become = set_user_setuid(self.account.pw_name, chdir=False) if self.account else None
        home, memory = self.home, self.mem_limit

        def prepare() -> None:
            os.nice(NICENESS)
            if memory is not None:
                _limit(resource.RLIMIT_DATA, memory)
            if become is not None:
                _limit(resource.RLIMIT_NPROC, MOST_PROCESSES)
                become()
            os.umask(0o077)
            os.chdir(home)

        return prepare


def _limit(what: int, most: int) -> None:
    """Limit a process and all that it starts, each for itself, as far as the system lets it."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))
