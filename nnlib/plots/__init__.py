"""Pictures of arrays: every ``draw_*(ax, …)`` puts artists on the Axes given.

What can be brought up to date is returned as a drawing: it has ``.artists`` (all that may change)
and ``.update(…)`` (move them), and serves a static figure, a test and a live explorer.
"""

from nnlib.plots import matplotlib_home  # noqa: F401 (before anything else imports Matplotlib)
