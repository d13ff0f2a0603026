"""A widget that goes on when its page had its script late."""

import uuid
from pathlib import Path

import anywidget
import traitlets

LATE_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


class PatientWidget(anywidget.AnyWidget):
    """A widget that tells its page all once more, where that had its script late.

    The script of a derived class has `LATE_SCRIPT` in front, and calls ``hearThoughLate(model)``
    when the page initialises the model.
    """

    own_id = traitlets.Unicode(help="under which the page's manager knows the model").tag(sync=True)

    def __init__(self, **traits: object) -> None:
        own_id = uuid.uuid4().hex
        super().__init__(model_id=own_id, own_id=own_id, **traits)
        self.on_msg(self._tell_again)

    def _tell_again(self, _widget: object, message: dict, _buffers: object) -> None:
        if message.get("kind") == "late":
            self.send_state()
