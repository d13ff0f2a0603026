"""Matplotlib's own defaults while an explorer draws, whatever the learner has set in the notebook.

``plt.rcParams.update({"axes.spines.top": False})`` is meant for the learner's figures. Axes, texts
and ticks read such settings when they are made, and an explorer's would come out different.
"""

from contextlib import AbstractContextManager

import matplotlib

# Not a matter of style: what draws, where files are, which keys are bound.
_NOT_STYLE = (
    *("backend", "date", "docstring", "figure.max", "interactive", "keymap"),
    *("savefig", "timezone", "tk", "toolbar", "webagg"),
)
_DEFAULTS = {
    name: value
    for name, value in matplotlib.rcParamsDefault.items()
    if not name.startswith(_NOT_STYLE)
}


def matplotlib_defaults() -> AbstractContextManager[None]:
    """Return a context in which Matplotlib draws as it does by default; it takes about 4 ms."""
    return matplotlib.rc_context(_DEFAULTS)
