"""The hub's configuration, for ``jupyterhub -f``: who may do what, and where things are.

Every value that a teacher can set comes from `ClassSettings`; whatever else JupyterHub has stands
as it is by default.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from nnlib.classroom.hub.learners_server import LearnersServer
from nnlib.classroom.hub.names import TEACHER
from nnlib.classroom.hub.proxy import proxy_command
from nnlib.classroom.hub.settings import ClassSettings
from nnlib.classroom.hub.sign_in import ClassSignIn

IDLE_SECONDS = 3600
MEMORY = "2G"  # of each process; a kernel that shows every explorer of a chapter has 0.5
LONGEST_START = 300  # seconds; thirty servers at once take more than a minute on two cores
VOTES = "nnlib.classroom.votes"
SERVICE = [sys.executable, "-P", "-m", "nnlib.classroom.hub.ends_with_hub"]


def configure(c: Any, asked: ClassSettings) -> None:
    """Fill the hub's configuration ``c``."""
    set_places(c, asked)
    set_who_comes_in(c, asked)
    set_what_a_learner_has(c, asked)
    c.JupyterHub.services, c.JupyterHub.load_roles = [], []
    add_culler(c)
    if find_spec(VOTES):
        add_votes(c, asked)


def set_places(c: Any, asked: ClassSettings) -> None:
    """Say where the hub is had, and where it keeps what it remembers."""
    c.JupyterHub.bind_url = asked.address
    c.JupyterHub.ssl_cert, c.JupyterHub.ssl_key = asked.cert, asked.key
    hub_port, proxy_port, _ = asked.inner_ports
    c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{hub_port}"
    c.JupyterHub.db_url = f"sqlite:///{asked.state / 'jupyterhub.sqlite'}"
    c.JupyterHub.cookie_secret_file = str(asked.state / "cookie_secret")
    c.JupyterHub.template_paths = [str(Path(__file__).parent / "templates")]
    c.JupyterHub.template_vars = {"one_account": asked.one_account}
    c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{proxy_port}"
    c.ConfigurableHTTPProxy.command = proxy_command()
    c.ConfigurableHTTPProxy.pid_file = str(asked.state / "proxy.pid")


def set_who_comes_in(c: Any, asked: ClassSettings) -> None:
    """Let in whoever has the class's password; the teacher is the only admin."""
    c.JupyterHub.authenticator_class = ClassSignIn
    c.ClassSignIn.class_password = asked.password
    c.ClassSignIn.teacher_word = asked.teacher_word
    c.ClassSignIn.words_file = str(asked.state / "words.sqlite")
    c.Authenticator.allow_all = True
    c.Authenticator.admin_users = {TEACHER}


def set_what_a_learner_has(c: Any, asked: ClassSettings) -> None:
    """Say how a learner's server is started, and what the token in its kernels may do."""
    c.JupyterHub.spawner_class = LearnersServer
    c.JupyterHub.implicit_spawn_seconds = 1
    c.LearnersServer.homes = str(asked.homes)
    c.LearnersServer.one_account = asked.one_account
    c.Spawner.cmd = [sys.executable, "-P", "-m", "nnlib.classroom.hub.learners_home"]
    c.Spawner.args = [f"--ServerApp.terminals_enabled={asked.terminals}"]
    c.Spawner.mem_limit = MEMORY
    c.Spawner.poll_interval = 5  # seconds until a server that was killed is known to be gone
    c.Spawner.start_timeout = c.Spawner.http_timeout = LONGEST_START
    c.Spawner.environment = {
        "OPENBLAS_NUM_THREADS": "1",  # small networks are slowed down by a second thread
        "NNLIB_CLASS_URL": f"{votes_address(asked)}/services/class",
    }
    c.Spawner.server_token_scopes = [
        "access:servers!server",
        "access:services!service=class",
        "users:activity!user",
    ]


def add_culler(c: Any) -> None:
    """End servers that nobody uses; they start again when their learner comes back."""
    command = [*SERVICE, "jupyterhub_idle_culler", f"--timeout={IDLE_SECONDS}"]
    scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
    c.JupyterHub.services.append({"name": "idle-culler", "command": command, "display": False})
    c.JupyterHub.load_roles.append(
        {"name": "idle-culler", "scopes": scopes, "services": ["idle-culler"]}
    )


def add_votes(c: Any, asked: ClassSettings) -> None:
    """Start the votes beside the hub, and let every learner reach them."""
    c.JupyterHub.services.append(
        {
            "name": "class",
            "url": votes_address(asked),
            "command": [*SERVICE, VOTES],
            "environment": {"CLASS_STATE": str(asked.state)},
            "oauth_no_confirm": True,  # who is signed in need not be asked once more
            "display": False,
        }
    )
    c.JupyterHub.load_roles.append(
        {"name": "user", "scopes": ["self", "access:services!service=class"]}
    )


def votes_address(asked: ClassSettings) -> str:
    """Return where the votes are had on this machine, whatever stands before it."""
    return f"http://127.0.0.1:{asked.inner_ports[2]}"


if "get_config" in globals():  # JupyterHub reads this file, and has put it there
    configure(globals()["get_config"](), ClassSettings.from_environment())
