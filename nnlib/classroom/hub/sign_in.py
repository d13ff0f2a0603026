"""How a learner comes in: a name, the class's password, and a word of their own.

The password stands on the board. Alone it would let everybody sign in as everybody, so each learner
chooses a word the first time and is asked for it afterwards. When the teacher, the only admin,
deletes a learner on the hub's page, that word is forgotten and a new one can be chosen; the work
stays.
"""

import asyncio
import hmac
from pathlib import Path
from typing import Any

from jupyterhub.auth import Authenticator
from tornado.web import HTTPError
from traitlets import Unicode

from nnlib.classroom.hub.names import TEACHER, NoName, checked_name
from nnlib.classroom.hub.patience import Patience
from nnlib.classroom.hub.words import LONGEST, SHORTEST, OwnWords

# A whole class may come from one address; a single name is tried by one learner.
FREE_FOR_A_NAME, FREE_FOR_AN_ADDRESS = 5, 60


class ClassSignIn(Authenticator):
    """Lets in whoever knows the class's password and the word that belongs to the name."""

    class_password = Unicode(help="What stands on the board.").tag(config=True)
    teacher_word = Unicode(help="The teacher's own word.").tag(config=True)
    words_file = Unicode(help="Where learners' own words are stored.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = OwnWords(Path(self.words_file))
        self.with_name = Patience(FREE_FOR_A_NAME)
        self.with_address = Patience(FREE_FOR_AN_ADDRESS)

    async def authenticate(self, handler: Any, data: dict[str, str]) -> str:
        """Return the name of who may come in, or say in words why they may not."""
        try:
            name = checked_name(data.get("username", ""))
        except NoName as error:
            raise HTTPError(403, str(error)) from None
        address = handler.request.remote_ip
        wait = max(self.with_name.wait((name, address)), self.with_address.wait(address))
        if wait:
            raise HTTPError(429, f"Wrong too often. Wait {wait:.0f} seconds, then try again.")
        # Counted before anything is looked at, so that many tries at once are no way around it.
        self.with_name.wrong((name, address))
        self.with_address.wrong(address)
        if not _equal(data.get("password", "").strip(), self.class_password):
            raise HTTPError(403, "That is not the class's password. It stands on the board.")
        await self._ask_for_own_word(name, data.get("word", "").strip())
        self.with_name.right((name, address))
        self.with_address.right(address)
        return name

    async def _ask_for_own_word(self, name: str, word: str) -> None:
        """Refuse a wrong word; the first one under a name is stored and right from then on."""
        if name == TEACHER:
            if not _equal(word, self.teacher_word):
                raise HTTPError(403, "The teacher's word stands where the class was started.")
            return
        if not self.words.known(name):
            if not SHORTEST <= len(word) <= LONGEST:
                raise HTTPError(
                    403,
                    f"You are new here: choose a word of your own, of {SHORTEST} characters or "
                    "more. You will be asked for it the next time.",
                )
            await asyncio.to_thread(self.words.choose, name, word)
        if not await asyncio.to_thread(self.words.fits, name, word):
            raise HTTPError(
                403,
                f"Somebody called {name} has been here, with another word. Was it you? Then type "
                f"the word that you chose. If not, take another name, such as {name}-b. If you "
                "have forgotten it, ask your teacher.",
            )

    def normalize_username(self, username: str) -> str:
        """Return the name as it is, for it has been checked; the hub's own way knows less."""
        return username

    def delete_user(self, user: Any) -> None:
        """Forget the word of a learner whom the teacher deletes."""
        super().delete_user(user)
        self.words.forget(user.name)


def _equal(typed: str, right: str) -> bool:
    """Compare without telling by the time it takes how much of it is right."""
    return hmac.compare_digest(typed.encode(), right.encode())
