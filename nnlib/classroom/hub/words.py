"""The words of their own that learners choose, so that nobody else signs in under their name.

What is stored is what scrypt makes of a word (C. Percival, *Stronger Key Derivation via Sequential
Memory-Hard Functions*, 2009), with 16 random bytes for each.
"""

import hashlib
import hmac
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

SHORTEST = 6
LONGEST = 200


class OwnWords:
    """The stored words, in one small file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(self._open()) as file, file:
            file.execute(
                "CREATE TABLE IF NOT EXISTS word (name TEXT PRIMARY KEY, salt BLOB, made BLOB)"
            )

    def known(self, name: str) -> bool:
        """Return whether somebody of this name has chosen a word."""
        return self._stored(name) is not None

    def choose(self, name: str, word: str) -> None:
        """Store the word, unless this name has one already."""
        salt = secrets.token_bytes(16)
        with closing(self._open()) as file, file:
            row = (name, salt, _made_of(word, salt))
            file.execute("INSERT OR IGNORE INTO word VALUES (?, ?, ?)", row)

    def fits(self, name: str, word: str) -> bool:
        """Return whether this is the word that was chosen under this name."""
        salt, made = self._stored(name) or (b"", b"")
        return hmac.compare_digest(_made_of(word, salt), made)

    def forget(self, name: str) -> None:
        """Let whoever comes next under this name choose a new word."""
        with closing(self._open()) as file, file:
            file.execute("DELETE FROM word WHERE name = ?", (name,))

    def _stored(self, name: str) -> tuple[bytes, bytes] | None:
        with closing(self._open()) as file:
            found = file.execute("SELECT salt, made FROM word WHERE name = ?", (name,))
            return found.fetchone()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path)


def _made_of(word: str, salt: bytes) -> bytes:
    """Return what scrypt makes of a word: some 50 ms and 16 MB of work."""
    return hashlib.scrypt(word.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
