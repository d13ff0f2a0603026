"""What a teacher sets for a class, in environment variables, and what is taken where nothing is.

============================== ====================================================================
``CLASS_IP``                   the address in the local network; found out if left out
``CLASS_PORT``                 8000 if left out; the three after it are used within this machine
``CLASS_PASSWORD``             the class's password; made anew at each start if left out
``CLASS_TEACHER_WORD``         the teacher's own word; made anew at each start if left out
``CLASS_FOLDER``               where learners' work lives; ``class/`` in the course's folder
``CLASS_ONE_ACCOUNT=yes``      without root: all learners work under the teacher's account
``CLASS_TERMINALS=yes``        learners may open terminals
``CLASS_CERT``, ``CLASS_KEY``  files for TLS, without which nothing but the local network is served
============================== ====================================================================
"""

import ipaddress
import json
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

VARIABLE = "NNLIB_CLASS"  # hands the settings, complete, from `start` to the hub
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another one on a board
SHORTEST_PASSWORD = 6
HIGHEST_PORT = 65532  # three more are needed


class Refusal(Exception):
    """What is asked for cannot be had, in words for the teacher."""


@dataclass(frozen=True)
class ClassSettings:
    """All that a hub is started with."""

    ip: str
    port: int
    password: str
    teacher_word: str
    folder: str
    one_account: bool
    terminals: bool
    cert: str
    key: str

    @property
    def address(self) -> str:
        """What a learner types into a browser."""
        return f"{'https' if self.cert else 'http'}://{self.ip}:{self.port}"

    @property
    def inner_ports(self) -> tuple[int, int, int]:
        """Where the hub, its proxy and the votes listen to this machine alone.

        They are always the same, so that a server that outlives its hub finds the next one.
        """
        return self.port + 1, self.port + 2, self.port + 3

    @property
    def homes(self) -> Path:
        """The folder with a home for each learner."""
        return Path(self.folder, "homes")

    @property
    def state(self) -> Path:
        """The folder with what the hub remembers, closed to everybody else."""
        return Path(self.folder, "state")

    def to_environment(self) -> dict[str, str]:
        """Return the variable that `from_environment` reads."""
        return {VARIABLE: json.dumps(asdict(self))}

    @classmethod
    def from_environment(cls) -> "ClassSettings":
        """Return the settings that `start` has handed on."""
        return cls(**json.loads(os.environ[VARIABLE]))


def settings_asked_for(asked: Mapping[str, str], course: Path) -> ClassSettings:
    """Return the settings for what is asked for in ``asked``, the environment.

    Raises
    ------
    Refusal
        If a value is none that can be used, or one that would be dangerous.
    """
    cert, key = asked.get("CLASS_CERT", ""), asked.get("CLASS_KEY", "")
    return ClassSettings(
        ip=_ip(asked.get("CLASS_IP") or address_in_the_local_network(), with_tls=_tls(cert, key)),
        port=_port(asked.get("CLASS_PORT") or "8000"),
        password=_password(asked.get("CLASS_PASSWORD") or made_up()),
        teacher_word=_password(asked.get("CLASS_TEACHER_WORD") or made_up(), "CLASS_TEACHER_WORD"),
        folder=str(Path(asked.get("CLASS_FOLDER") or course / "class").expanduser().resolve()),
        one_account=_yes(asked, "CLASS_ONE_ACCOUNT"),
        terminals=_yes(asked, "CLASS_TERMINALS"),
        cert=cert,
        key=key,
    )


def made_up() -> str:
    """Return a new password that is easily read off a board: 8 of 31 characters, 39 bits."""
    letters = [secrets.choice(LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def address_in_the_local_network() -> str:
    """Return this machine's address in its network, or its own to itself if it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("10.255.255.255", 1))  # chooses a way, and sends nothing
        except OSError:
            return "127.0.0.1"
        return asking.getsockname()[0]


def _tls(cert: str, key: str) -> bool:
    for name, file in (("CLASS_CERT", cert), ("CLASS_KEY", key)):
        if bool(cert) != bool(key) or (file and not Path(file).is_file()):
            raise Refusal(
                f"{name} is {file!r}, which is no file. For TLS name two files with their "
                "whole path: the certificate in CLASS_CERT, its key in CLASS_KEY."
            )
    return bool(cert)


def _ip(ip: str, with_tls: bool) -> str:
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        raise Refusal(
            f"CLASS_IP is {ip!r}. It has to be an address in numbers, such as 192.168.1.20; left "
            "out, the one in the local network is taken."
        ) from None
    if (address.is_global or address.is_unspecified) and not with_tls:
        raise Refusal(
            f"The address {ip} can be reached from beyond the local network, and without TLS "
            "passwords would cross it for all to read. Name a certificate and its key in "
            "CLASS_CERT and CLASS_KEY, or in CLASS_IP an address of the local network, such as "
            "192.168.1.20."
        )
    return ip


def _port(port: str) -> int:
    if not port.isdecimal() or not 0 < int(port) <= HIGHEST_PORT:
        raise Refusal(f"CLASS_PORT is {port!r}. It has to be a number from 1 to {HIGHEST_PORT}.")
    return int(port)


def _password(password: str, name: str = "CLASS_PASSWORD") -> str:
    if len(password) < SHORTEST_PASSWORD or password != password.strip():
        raise Refusal(
            f"{name} is too short, or begins or ends with a space. Take {SHORTEST_PASSWORD} "
            "characters or more, or leave it out: then one is made up at each start."
        )
    return password


def _yes(asked: Mapping[str, str], name: str) -> bool:
    answer = asked.get(name) or "no"
    if answer not in ("yes", "no"):
        raise Refusal(f"{name} is {answer!r}. It has to be yes or no.")
    return answer == "yes"
