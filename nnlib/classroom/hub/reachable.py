"""Looks, before a class begins, whether all that it needs is there and can be had by learners."""

import errno
import os
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

from nnlib.classroom.hub.keep_running import wait_until
from nnlib.classroom.hub.settings import ClassSettings, Refusal

NOBODY = 65534
SECONDS_TO_LEAVE = 5.0
LEARNER_NEEDS = """
import os, sys
from importlib.util import find_spec
from nnlib.classroom.course_folder import COURSE
course, homes = sys.argv[1:]
open(find_spec("jupyterhub").origin), open(find_spec("jupyterlab").origin)
os.listdir(os.path.join(course, COURSE)), os.stat(os.path.join(homes, "."))
"""


def refuse_wrong_accounts(settings: ClassSettings) -> None:
    """See that accounts can be made, or that the teacher knows what one for all means."""
    root = os.geteuid() == 0
    if root and (settings.one_account or not sys.platform.startswith("linux")):
        raise Refusal(
            "As root all learners would be root. An account for each learner is made on Linux, "
            "without CLASS_ONE_ACCOUNT; one account for all is run without root."
        )
    if root and shutil.which("useradd") is None:
        raise Refusal("There is no useradd, which makes learners' accounts (Debian: passwd).")
    if not root and not settings.one_account:
        raise Refusal(
            "For an account of their own for each learner, start the class as root, on Linux: "
            "sudo make class. Without root all learners work under your account: each of them can "
            "then read, change and delete whatever you can on this machine, one another's work "
            "included. Where you trust everybody in the room: make class CLASS_ONE_ACCOUNT=yes"
        )


def refuse_what_learners_cannot_open(course: Path, homes: Path) -> None:
    """Run this Python as a learner would, and see that it finds the course and their homes."""
    try:
        tried = subprocess.run(
            [sys.executable, "-P", "-c", LEARNER_NEEDS, str(course), str(homes)],
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent"},
            capture_output=True,
            text=True,
        )
    except PermissionError:
        tried = None
    if tried is not None and tried.returncode == 0:
        return
    said = tried.stderr.strip().splitlines()[-1:] if tried is not None else []
    raise Refusal(
        "Learners' accounts cannot open what they need. "
        + (closed_to_learners(course, homes) or f"What was said: {' '.join(said)}")
    )


def refuse_taken_port(ip: str, port: int) -> None:
    """See that the hub can be had at its address; who has just ended may still be there."""
    if not wait_until(lambda: not _why_not_at(ip, port), SECONDS_TO_LEAVE):
        raise Refusal(
            f"Nothing can be had at {ip}, port {port}: {_why_not_at(ip, port)}. Usual causes: "
            "another program is there (name another port, such as CLASS_PORT=8001), or the "
            "address is not this machine's (leave CLASS_IP out)."
        )


def _why_not_at(ip: str, port: int) -> str:
    """Return why nobody else can listen there, or nothing.

    What is left of connections to a program that has ended is no reason.
    """
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    with socket.socket(family) as asking, socket.socket(family) as trying:
        if asking.connect_ex((ip, port)) == 0:
            return "somebody listens there"
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((ip, port))
        except OSError as error:
            return "" if error.errno == errno.EADDRINUSE else (error.strerror or str(error))
    return ""


def closed_to_learners(course: Path, homes: Path) -> str:
    """Return in words which folder is closed to learners, and what to do about it, or nothing."""
    python = Path(sys.executable).resolve()
    if folder := _closed_on_the_way_to(python):
        return (
            f"This Python, {python}, lies in {folder}, which is closed to others. Use the "
            f"system's own: rm -rf {sys.prefix}, then make class PYTHON=/usr/bin/python3"
        )
    for path in (Path(sys.prefix), course, homes):
        if folder := _closed_on_the_way_to(path):
            return (
                f"{path} lies in {folder}, which is closed to others. Put the course, or in "
                "CLASS_FOLDER the learners' work, where everybody may go, such as in /opt or /srv."
            )
    return ""


def _closed_on_the_way_to(path: Path) -> Path | None:
    """Return the first folder on the way that others cannot enter, or None."""
    ways = [*reversed(path.parents), *([path] if path.is_dir() else [])]
    return next((way for way in ways if not way.stat().st_mode & stat.S_IXOTH), None)
