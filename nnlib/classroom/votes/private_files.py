"""Files of the class that nobody but the account of the service may read."""

import os
import secrets
from pathlib import Path


def own_folder(folder: Path) -> Path:
    """Return a folder that is there, and closed to all others."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def key_in(file: Path) -> bytes:
    """Return the key in a file; a new one if the file is not there, or was not written whole."""
    if not file.exists() or file.stat().st_size != 32:
        written = file.with_name(f"{file.name}.new")
        written.unlink(missing_ok=True)
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(secrets.token_bytes(32))
            new.flush()
            os.fsync(new.fileno())
        written.replace(file)
    return file.read_bytes()
