"""The service as a real JupyterHub starts it: its tokens, its log-in, its proxy, and kills."""

import json
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest
from class_service import TEACHER, wait_until
from tornado.testing import bind_unused_port

from nnlib.classroom.hub.proxy import proxy_command
from nnlib.exercises.predictions.catalogue import QUESTIONS

pytestmark = pytest.mark.slow

QUESTION = "neurons-bias"
FIRST, RIGHT, *_ = QUESTIONS[QUESTION].options
START_SECONDS = 90
CONFIG = """
import sys
port, hub, proxy, service = {ports}
c = get_config()
c.JupyterHub.bind_url = f"http://127.0.0.1:{{port}}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{{hub}}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{{proxy}}"
c.ConfigurableHTTPProxy.command = {proxy_command!r}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.Authenticator.admin_users = {{"teacher"}}
c.JupyterHub.services = [
    {{"name": "class", "url": f"http://127.0.0.1:{{service}}", "oauth_no_confirm": True,
      "command": [sys.executable, "-m", "nnlib.classroom.votes"],
      "environment": {{"CLASS_STATE": "state"}}}},
    {{"name": "tokens", "api_token": {secret!r}}},
]
c.JupyterHub.load_roles = [
    {{"name": "user", "scopes": ["self", "access:services!service=class"]}},
    {{"name": "tokens", "services": ["tokens"], "scopes": [
        "admin:users", "tokens", "list:users", "access:services!service=class", "self"]}},
]
"""


class RealHub:
    """A JupyterHub with the service, and tokens as a learner's kernels have them."""

    def __init__(self, folder: Path) -> None:
        sockets = [bind_unused_port() for _ in range(4)]
        for socket, _ in sockets:
            socket.close()
        ports = [port for _, port in sockets]
        self.secret, self.tokens = secrets.token_hex(16), {}
        self.address = f"http://127.0.0.1:{ports[0]}"
        config = CONFIG.format(ports=ports, proxy_command=proxy_command(), secret=self.secret)
        (folder / "config.py").write_text(config, encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", "config.py"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, token: str, method: str, path: str, **sent: object) -> tuple[int, str]:
        """Return the status and the text that a token gets; 503 where nobody answers."""
        body = json.dumps(sent).encode() if method in ("PUT", "POST") else None
        request = Request(f"{self.address}/{path}", body, method=method)
        request.add_header("Authorization", f"token {token}")
        try:
            with urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 503, ""

    def token_of(self, name: str) -> str:
        """Return a token such as the kernels of this user have, or, of the teacher, their page."""
        if name not in self.tokens:
            self.ask(self.secret, "POST", f"hub/api/users/{name}", admin=name == TEACHER)
            scopes = ["access:services!service=class", "users:activity!user"]
            _, told = self.ask(
                self.secret, "POST", f"hub/api/users/{name}/tokens", scopes=scopes, expires_in=600
            )
            self.tokens[name] = json.loads(told)["token"]
        return self.tokens[name]

    def of_the_class(self, who: str, method: str, path: str, **sent: object) -> tuple[int, str]:
        """Ask the service as this user."""
        return self.ask(self.token_of(who), method, f"services/class/{path}", **sent)

    def vote(self, who: str, choice: str, round: int = 1) -> int:
        return self.of_the_class(who, "PUT", f"vote/{QUESTION}", choice=choice, round=round)[0]

    def running(self, module: str) -> list[psutil.Process]:
        """Return the hub's processes that run this."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [each for each in children if module in " ".join(each.cmdline())]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    hub = RealHub(tmp_path_factory.mktemp("hub"))
    try:
        wait_until(lambda: hub.ask(hub.secret, "GET", "services/class/")[0] == 200, START_SECONDS)
        yield hub
    finally:
        hub.process.send_signal(signal.SIGTERM)
        hub.process.wait()


def test_a_kernel_s_token_votes_and_gets_nothing_else(hub):
    assert hub.vote("ada", FIRST) == 204
    for who, method, path in (
        ("ada", "GET", "hub/api/users"),
        ("ada", "GET", "hub/api/users/ben"),
        ("ada", "POST", "hub/api/users/ben/tokens"),
        ("ada", "POST", "hub/api/users/ada/tokens"),
        ("ada", "DELETE", "hub/api/users/ben"),
        ("ada", "POST", f"services/class/phase/{QUESTION}"),
        ("ada", "PUT", "services/class/explorer"),
        ("ada", "GET", f"services/class/counts/{QUESTION}"),
    ):
        assert hub.ask(hub.token_of(who), method, path, phase="shown")[0] in (403, 404), path
    assert hub.ask("no token", "PUT", f"services/class/vote/{QUESTION}", choice=FIRST)[0] == 403


def test_the_teacher_is_whom_the_hub_calls_an_admin(hub):
    assert hub.of_the_class(TEACHER, "POST", f"board/{QUESTION}")[0] == 204
    status, page = hub.of_the_class(TEACHER, "GET", "")
    assert (status, "Put a question to the vote" in page) == (200, True)
    assert "Put a question to the vote" not in hub.of_the_class("ada", "GET", "")[1]
    shown = {"kind": "NeuronExplorer", "state": {"data": "xor"}}
    assert hub.of_the_class(TEACHER, "PUT", "explorer", **shown)[0] == 204
    assert json.loads(hub.of_the_class("ada", "GET", "explorer")[1]) == shown


def test_a_service_killed_in_the_middle_of_a_vote_comes_back_and_has_lost_nothing(hub):
    assert hub.vote("ben", RIGHT) == 204
    (service,) = hub.running("nnlib.classroom.votes.service")
    service.kill()
    wait_until(lambda: hub.vote("cleo", RIGHT) == 204, START_SECONDS)
    _, told = hub.of_the_class(TEACHER, "GET", f"counts/{QUESTION}")
    assert sorted(json.loads(told)["1"]) == sorted([FIRST, RIGHT, RIGHT])
