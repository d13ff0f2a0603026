"""Pictures of arrays: every ``draw_*(ax, …)`` puts artists on the Axes given and returns a handle.

A handle has ``.artists`` (all that may change) and ``.update(…)`` (move them), so that one drawing
serves a static figure, a test and a live explorer.
"""

from nnlib.plots import matplotlib_home  # noqa: F401 (before anything else imports Matplotlib)
