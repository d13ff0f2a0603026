"""What the learner has just asked for stands in view: a cell's explorer, an answer, a drawer.

JupyterLab goes on to the next cell before a cell's output is there, and so shows the end of it at
best. The page's script brings it back; it leaves the page alone where a notebook is opened again,
where all cells are run in one go, and where the learner has scrolled or typed meanwhile.
"""

from pathlib import Path

import traitlets

from nnlib.widgets.late_script import LATE_SCRIPT, PatientWidget

_SCRIPT = Path(__file__).with_suffix(".js")
_RUN_KEYS = Path(__file__).with_name("run_keys.js")
_SIDEWAYS_KEYS = Path(__file__).with_name("sideways_keys.js")
FORM_CONTROLS = Path(__file__).with_name("form_controls.css").read_text(encoding="utf-8")


class ComesIntoView(PatientWidget):
    """A part of a larger widget that the page can bring into the learner's view.

    The script of a derived class is made by `with_into_view`. It calls ``intoView.initialize`` and
    ``intoView.render`` when the page calls its own functions of these names.
    """

    wanted = traitlets.Unicode("", help="what to bring into view; the page empties it").tag(
        sync=True
    )

    def come_into_view(self, what: str) -> None:
        """Have the whole brought into view.

        Parameters
        ----------
        what : {"run", "drawer", "reveal"}
            What has happened: the cell was run, or more is shown since the learner pressed a
            button. Of what is higher than the window the top is shown, but the end of a reveal.
        """
        self.wanted = what


def with_into_view(*scripts: Path) -> str:
    """Return the text of a widget's scripts, with what they need in front of them.

    As text, not as a path: anywidget would watch the file and never let a closed widget go.
    """
    parts = (_RUN_KEYS, _SIDEWAYS_KEYS, _SCRIPT, *scripts)
    return LATE_SCRIPT + "".join(part.read_text(encoding="utf-8") for part in parts)
