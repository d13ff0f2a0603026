"""What all answers of the service have in common: who asks, and what was sent.

Who asks is found out by the hub alone, from the token or the cookie that comes with a request: no
request names a learner.
"""

import json
from typing import Any

from jupyterhub.services.auth import HubOAuth, HubOAuthenticated, UserNotAllowed
from tornado.web import HTTPError, RequestHandler

from nnlib.classroom.votes.classroom import Classroom
from nnlib.exercises.predictions.catalogue import QUESTIONS
from nnlib.exercises.predictions.questions import Question


class Handler(HubOAuthenticated, RequestHandler):
    """Answers a user of the hub who may use this service; everybody else is refused."""

    leads_to_login = False  # or else whoever is not signed in is refused

    def initialize(self, classroom: Classroom, hub_auth: HubOAuth) -> None:
        """Take what all handlers share."""
        self.classroom = classroom
        self.box = classroom.box
        self.hub_auth = hub_auth

    async def prepare(self) -> None:
        """Ask the hub who it is, without holding up the others."""
        user = await self.hub_auth.get_user(self, sync=False)
        try:
            self.current_user = user and self.check_hub_user(user)
        except UserNotAllowed:
            raise HTTPError(403, "This user may not use this service.") from None
        if self.current_user is None and not self.leads_to_login:
            raise HTTPError(403, "Log in first.")

    @property
    def is_teacher(self) -> bool:
        """Whether an admin of the hub asks."""
        return bool(self.current_user.get("admin"))

    @property
    def learner(self) -> str:
        """The pseudonym of whoever asks."""
        return self.box.pseudonym(self.current_user["name"])

    def only_for_the_teacher(self) -> None:
        """Refuse everybody else."""
        if not self.is_teacher:
            raise HTTPError(403, "That is for the teacher.")

    def body(self) -> dict[str, Any]:
        """Return what was sent; anything but an object in JSON is refused."""
        try:
            sent = json.loads(self.request.body)
        except ValueError:
            sent = None
        if not isinstance(sent, dict):
            raise HTTPError(400, "An object in JSON is expected.")
        return sent

    def question(self, name: str) -> Question:
        """Return the question of this name, if there is one."""
        if name not in QUESTIONS:
            raise HTTPError(404, "There is no such question.")
        return QUESTIONS[name]

    def done(self) -> None:
        """Answer that it is done, and tell all who listen."""
        self.set_status(204)
        self.classroom.changed()

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with the reason as text."""
        error = kwargs.get("exc_info", (None, None))[1]
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish(getattr(error, "log_message", None) or "Something went wrong here.")
