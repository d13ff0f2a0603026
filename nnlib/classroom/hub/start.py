"""Start a class: look, say what to write on the board, and run the hub until Ctrl + C."""

import compileall
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

import nnlib
from nnlib.classroom.course_folder import course_folder
from nnlib.classroom.hub.keep_running import KeptHub, the_only_one, wait_until
from nnlib.classroom.hub.names import TEACHER
from nnlib.classroom.hub.proxy import end_orphan, proxy_command
from nnlib.classroom.hub.reachable import (
    refuse_taken_port,
    refuse_what_learners_cannot_open,
    refuse_wrong_accounts,
)
from nnlib.classroom.hub.settings import ClassSettings, Refusal, settings_asked_for

LONGEST_START = 60.0  # seconds


def main() -> None:
    """Run a class, or say in words why there can be none."""
    try:
        course = course_folder()
        settings = settings_asked_for(os.environ, course)
        refuse_wrong_accounts(settings)
        proxy_command()
        make_folders(settings)
        if not settings.one_account:
            refuse_what_learners_cannot_open(course, settings.homes)
        run(settings)
    except (Refusal, FileNotFoundError, PermissionError) as error:
        sys.exit(str(error))


def run(settings: ClassSettings) -> None:
    """Start the hub, tell its address when it answers, and wait until it is ended."""
    with the_only_one(settings.state) as lock:
        end_orphan(settings.state / "proxy.pid")
        refuse_taken_port(settings.ip, settings.port)
        for port in settings.inner_ports:
            refuse_taken_port("127.0.0.1", port)
        log = settings.state / "hub.log"
        log.unlink(missing_ok=True)
        hub = KeptHub(settings.to_environment(), log, lock)
        wait_until(lambda: hub.ended_early() or answers(settings), LONGEST_START)
        if answers(settings):
            print(told(settings), flush=True)
        hub.run()
        print("Ended. All that was saved is kept.")


def make_folders(settings: ClassSettings) -> None:
    """Make the class's folder, and have the course compiled once, since learners may not write."""
    settings.homes.mkdir(parents=True, exist_ok=True)
    settings.homes.parent.chmod(0o755)
    settings.homes.chmod(0o755)
    settings.state.mkdir(mode=0o700, exist_ok=True)
    settings.state.chmod(0o700)
    compileall.compile_dir(Path(nnlib.__file__).parent, quiet=2)


def answers(settings: ClassSettings) -> bool:
    """Return whether the hub answers at its address."""
    try:
        with urllib.request.urlopen(f"{settings.address}/hub/health", timeout=5):
            return True
    except OSError:
        return False


def told(settings: ClassSettings) -> str:
    """Return what a teacher has to know."""
    lines = [
        "",
        "Write on the board:",
        "",
        f"    {settings.address}",
        f"    the class's password: {settings.password}",
        "",
        f'For you alone: sign in as "{TEACHER}", with that password and the word '
        f"{settings.teacher_word}",
        f"Who is here, and to let a learner choose a new word (Delete User; the work stays): "
        f"{settings.address}/hub/admin",
        f"Votes, and where the class is: {settings.address}/services/class/",
        f"Learners' work: {settings.homes}",
        "",
    ]
    if settings.one_account:
        lines.append(
            "All learners work under your account: each can read, change and delete what you can."
        )
    return "\n".join([*lines, "Ctrl + C ends the class.", ""])
