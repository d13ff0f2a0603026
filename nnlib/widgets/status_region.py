"""What a screen reader reads out though it is no part of a widget: the results of exercises.

A reader tells what is written into a status region that it knows, not what comes with a new one,
as the output of a cell does. So a page of the course has such a region once; nobody sees it.
"""

from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import traitlets

from nnlib.widgets.late_script import LATE_SCRIPT, PatientWidget
from nnlib.widgets.lifetime import running_cell


class StatusRegion(PatientWidget):
    """The page's region for what is read out; it is never displayed."""

    _esm = LATE_SCRIPT + Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    # Numbered: equal ones are read out too, and none twice.
    results: Any = traitlets.List(help="what to read out; the page empties it").tag(sync=True)


_numbers = count(1)


@cache
def _region() -> StatusRegion:
    return StatusRegion()


def read_out(words: str) -> None:
    """Have screen readers say ``words`` on the page where a cell is being run, if there is one."""
    if running_cell() is not None:
        region = _region()
        region.results = [*region.results, [next(_numbers), words]]
