"""A system account for each learner, so that none can read another's files or use their kernels.

An account is found by the owner of a learner's home, so what learners call themselves never becomes
the name of an account: they are called ``class-1``, ``class-2``, …, have no password, and cannot
log in to the machine.
"""

import os
import pwd
import subprocess
from itertools import count
from pathlib import Path

PREFIX = "class-"
SOCKETS = Path("/run/nnlib-class")  # short: a socket's whole path has 107 characters at most


def account_of(home: Path) -> pwd.struct_passwd:
    """Return the account that owns a learner's home; both are made if there are none.

    Only root can do this. A home that comes from elsewhere, such as from another machine, is handed
    over to a new account.
    """
    account = _owner(home) or _new_account(home)
    home.mkdir(exist_ok=True)
    if _owner(home) is None:
        _hand_over(home, account)
    home.chmod(0o700)
    return account


def folder_for_sockets(account: pwd.struct_passwd) -> Path:
    """Return a folder that only this account can enter, for what a server and its kernels share."""
    SOCKETS.mkdir(mode=0o755, exist_ok=True)
    folder = SOCKETS / str(account.pw_uid)
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _owner(home: Path) -> pwd.struct_passwd | None:
    """Return the learner's account that a home belongs to, or None."""
    try:
        account = pwd.getpwuid(home.lstat().st_uid)
    except (FileNotFoundError, KeyError):
        return None
    return account if account.pw_name.startswith(PREFIX) else None


def _new_account(home: Path) -> pwd.struct_passwd:
    taken = {account.pw_name for account in pwd.getpwall()}
    name = next(name for n in count(1) if (name := f"{PREFIX}{n}") not in taken)
    words = ["--no-create-home", "--home-dir", str(home), "--shell", "/usr/sbin/nologin"]
    subprocess.run(
        ["useradd", "--user-group", "--comment", "learner of a class", *words, name],
        check=True,
        capture_output=True,
        text=True,
    )
    return pwd.getpwnam(name)


def _hand_over(home: Path, account: pwd.struct_passwd) -> None:
    """Make the account the owner of a home and of all in it, but not of what links point to."""
    os.chown(home, account.pw_uid, account.pw_gid)
    for folder, folders, files in os.walk(home):
        for name in (*folders, *files):
            path = os.path.join(folder, name)
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
