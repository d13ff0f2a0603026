"""A class for tests: a hub that really runs, and learners who come in as a browser does."""

import json
import os
import pwd
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
import websocket

from nnlib.classroom.hub.accounts import PREFIX

BOARD, TEACHERS = "board-word", "teachers-word"
CHECKOUT = Path(__file__).parents[3]


def wait_for(is_so, what: str, seconds: float = 60):
    """Return what is so as soon as it is."""
    end = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)
    return found


def learners_python(folder: Path) -> Path:
    """Return a Python with this environment's packages that other accounts can run.

    The one that runs the tests may lie in a home that is closed to others. The system's own then
    takes its place, if it is of the same version.
    """
    system = Path("/usr/bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
    if not system.exists():
        pytest.skip(f"no {system}, which learners' accounts could run")
    subprocess.run([system, "-m", "venv", "--without-pip", folder], check=True)
    here = Path(sys.prefix)
    packages = Path("lib", system.name, "site-packages")
    shutil.rmtree(folder / packages)
    for shared in (packages, Path("lib", "node_modules"), Path("share"), Path("etc")):
        if (here / shared).exists():
            (folder / shared).symlink_to(here / shared)
    return folder / "bin" / "python"


class RunningClass:
    """``python -m nnlib.classroom.hub`` on this machine, seen by its teacher."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.python = python
        self.folder = folder
        self.port = random.randrange(20_000, 30_000, 4)  # the system gives none of these away
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> str:
        """Start it, and return what it says until it can be had."""
        environment = os.environ | {
            "CLASS_IP": "127.0.0.1",
            "CLASS_PORT": str(self.port),
            "CLASS_PASSWORD": BOARD,
            "CLASS_TEACHER_WORD": TEACHERS,
            "CLASS_FOLDER": str(self.folder),
        }
        self.process = subprocess.Popen(
            [self.python, "-P", "-m", "nnlib.classroom.hub"],
            cwd=CHECKOUT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = []
        for line in self.process.stdout:
            said.append(line)
            if line.startswith("Ctrl + C"):
                return "".join(said)
        pytest.fail("".join(said))

    def end(self) -> str:
        """Press Ctrl + C, and return what is said then."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        return said

    def pid_in(self, file: str) -> int:
        """Return the process whose number stands in one of the hub's files."""
        return int((self.folder / "state" / file).read_text())

    def answers(self) -> bool:
        """Return whether the hub can be had at its address."""
        try:
            return requests.get(f"{self.address}/hub/health", timeout=5).ok
        except requests.RequestException:
            return False


@contextmanager
def a_class() -> Iterator[RunningClass]:
    """Yield a class that does not run yet; afterwards nothing of it is left."""
    with tempfile.TemporaryDirectory(prefix="class-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        running = RunningClass(learners_python(folder / "python"), folder / "class")
        try:
            yield running
        finally:
            if running.process.poll() is None:
                running.end()
            for account in pwd.getpwall():
                if account.pw_name.startswith(PREFIX) and name in account.pw_dir:
                    wait_for(lambda name=account.pw_name: _no_more(name), "the end of an account")


def _no_more(account: str) -> bool:
    """Take an account away with all that it still runs; return whether it is gone."""
    subprocess.run(["pkill", "-KILL", "-u", account])
    return subprocess.run(["userdel", account], capture_output=True).returncode == 0


class Learner:
    """Somebody who has signed in, and may or may not have a server."""

    def __init__(self, address: str, name: str, word: str, password: str = BOARD) -> None:
        self.address = address
        self.name = name
        self.path = quote(name)
        self.session = requests.Session()
        self.session.headers["Sec-Fetch-Mode"] = "navigate"
        page = self.session.get(f"{address}/hub/login")
        [token] = re.findall('name="_xsrf" value="([^"]+)"', page.text)
        typed = {"_xsrf": token, "username": name, "password": password, "word": word}
        self.answer = self.session.post(
            f"{address}/hub/login?next=%2Fhub%2Fhome", data=typed, allow_redirects=False
        )

    @property
    def is_in(self) -> bool:
        return self.answer.status_code == 302

    @property
    def was_told(self) -> str:
        """What the page says to somebody who does not come in."""
        return unescape(re.findall('role="alert">([^<]*)<', self.answer.text)[0])

    def ask(self, method: str, path: str, of: str = "", **more) -> requests.Response:
        """Ask at an address below one's own server, or below the one ``of`` another learner."""
        place = f"/user/{quote(of) if of else self.path}/"
        return self._ask(method, place + path, f"/user/{self.path}/", **more)

    def ask_hub(self, method: str, path: str, **more) -> requests.Response:
        """Ask the hub's API, as its own pages do."""
        return self._ask(method, f"/hub/api{path}", "/hub/", **more)

    def _ask(self, method: str, path: str, cookie_path: str, **more) -> requests.Response:
        tokens = [
            c.value for c in self.session.cookies if (c.name, c.path) == ("_xsrf", cookie_path)
        ]
        headers = {"X-XSRFToken": (tokens or [""])[0], "Sec-Fetch-Mode": "cors"}
        headers["Referer"] = f"{self.address}/hub/home"
        return self.session.request(method, self.address + path, headers=headers, **more)

    def start_server(self) -> None:
        """Start one's server, wait for it and open its first page."""
        self.ask_hub("POST", f"/users/{self.path}/server")
        wait_for(self.has_server, f"the server of {self.name}", seconds=120)
        self.open_first_page()

    def open_first_page(self) -> None:
        self.first_page = self.session.get(f"{self.address}/user/{self.path}/")

    def has_server(self) -> bool:
        servers = self.ask_hub("GET", f"/users/{self.path}").json().get("servers", {})
        return servers.get("", {}).get("ready", False)

    def start_kernel(self) -> "Kernel":
        return Kernel(self, self.ask("POST", "api/kernels").json()["id"])


class Kernel:
    """A learner's kernel, which runs what it is sent."""

    def __init__(self, learner: Learner, name: str, of: str = "") -> None:
        self.learner = learner
        self.name = name
        self.of = of or learner.path

    def run(self, code: str, seconds: float = 60) -> str:
        """Return what the code prints; what goes wrong in it is printed too."""
        socket = self.connect(seconds)
        try:
            return _run(socket, code)
        finally:
            socket.close()

    def connect(self, seconds: float = 60) -> websocket.WebSocket:
        cookies = self.learner.session.cookies
        address = self.learner.address.replace("http", "ws", 1)
        return websocket.create_connection(
            f"{address}/user/{self.of}/api/kernels/{self.name}/channels",
            cookie="; ".join(f"{c.name}={c.value}" for c in cookies if c.path.startswith("/user")),
            timeout=seconds,
        )


def _run(socket: websocket.WebSocket, code: str) -> str:
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3"}
    header |= {"session": uuid.uuid4().hex, "username": ""}
    content = {"code": code, "silent": False, "allow_stdin": False, "stop_on_error": True}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    socket.send(json.dumps(message | {"channel": "shell"}))
    printed = []
    while True:
        answer = socket.recv()
        if isinstance(answer, bytes):  # a frame of an explorer
            continue
        answer = json.loads(answer)
        if answer["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        if answer["msg_type"] == "stream":
            printed.append(answer["content"]["text"])
        elif answer["msg_type"] == "error":
            printed.append(f"{answer['content']['ename']}: {answer['content']['evalue']}")
        elif answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
            return "".join(printed).strip()
