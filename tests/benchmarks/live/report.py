"""The results as text: medians, paired ratios with their quartiles, and the goals."""

import datetime
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from live.dragging import Drag
from live.playing import Play
from live.stacks import DEFAULT, OURS, STACKS

PACKAGES = ("jupyterlab", "ipykernel", "ipywidgets", "anywidget", "matplotlib", "numpy", "pillow")

TEXT = """\
# How quickly pictures answer

{system}; Python {python}, {packages}, Chromium {chromium} (headless, no graphics processor).
{date}, {rounds} rounds. {load} Written by `make bench-live`.

One notebook in a real JupyterLab, both rivals on the screen, taking turns: an explorer made with
nnlib's live engine, and the classroom default, `ipywidgets.interact` with an inline pyplot figure.
Both draw a 900 × 400 picture of a 100 × 100 heat map, a boundary, 200 points and a loss curve
(`tests/benchmarks/live/picture.py`). A machine that does other work at the same time changes the
absolute numbers a good deal, the ratios less.

| median of the rounds | nnlib | interact |
| --- | --- | --- |
{medians}

| in the same round | median (quartiles) | goal | reached |
| --- | --- | --- | --- |
{ratios}

While TrainingExplorer plays at full speed (2-4-1 network, mini-batches of 10, 200 points):

| playing | median (quartiles) | goal | reached |
| --- | --- | --- | --- |
{playing}

- **Slider to pixel**: milliseconds from moving the slider by one step, the page at rest, to the
  animation frame in which the new picture can be painted. Each picture tells its step in a strip of
  black and white squares, which the page reads in every animation frame.
- **Frames a second** and **lag after release**: the slider is moved there and back 60 times a
  second for three seconds. Lag is the time from the last move to the picture of its value.
- **Kernel**: processor time of the kernel's process, all threads, for each picture that was seen in
  a drag, the lossless one at rest included. **kB**: all that came to the page from the server.
- **Blank**: the share of animation frames in a drag that found no picture to paint.
- **Training and drawing**: the share of the kernel's processor time that the engine's thread spends
  in training and in making frames.
"""


@dataclass(frozen=True)
class Round:
    """What both rivals did in one round, by the name of the rival."""

    latencies: dict[str, list[float]]
    drags: dict[str, Drag]


@dataclass(frozen=True)
class Goal:
    """What a quantity should be; ``reach`` is what must be, ``aim`` what would be better."""

    name: str
    values: np.ndarray
    reach: float
    aim: float | None = None
    at_most: bool = False

    def row(self) -> str:
        """Return the quantity as a row of a table."""
        median = float(np.median(self.values))
        goal = f"{'≤' if self.at_most else '≥'} {self.reach:g}"
        goal += "" if self.aim is None else f", aim {self.aim:g}"
        reached = "✓" if self._fits(median, self.reach) else "✗"
        if self.aim is not None:
            reached += ", aim ✓" if self._fits(median, self.aim) else ", aim ✗"
        return f"| {self.name} | {spread(self.values)} | {goal} | {reached} |"

    def _fits(self, value: float, limit: float) -> bool:
        return value <= limit if self.at_most else value >= limit


def write_report(rounds: Sequence[Round], plays: Sequence[Play], chromium: str) -> str:
    """Return the results as Markdown."""
    return TEXT.format(
        system=f"{platform.system()}, {platform.machine()}",
        python=platform.python_version(),
        packages=", ".join(f"{name} {version(name)}" for name in PACKAGES),
        chromium=chromium,
        date=datetime.date.today().isoformat(),
        rounds=len(rounds),
        load=load(),
        medians="\n".join(median_rows(rounds)),
        ratios="\n".join(goal.row() for goal in ratios(rounds)),
        playing="\n".join(playing_rows(plays)),
    )


def load() -> str:
    """Say how busy the machine was, with this measurement and all else that ran on it."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f"{os.cpu_count()} processors, load average {os.getloadavg()[1]:.1f} at the end."


def median_rows(rounds: Sequence[Round]) -> list[str]:
    """Return each quantity's median, a row of a table each."""

    def row(name: str, digits: str, of: Callable[[Round, str], float]) -> str:
        cells = [
            f"{np.median([of(one, stack.name) for one in rounds]):{digits}}" for stack in STACKS
        ]
        return f"| {name} | {' | '.join(cells)} |"

    return [
        row("slider to pixel, ms", ".0f", lambda one, name: np.median(one.latencies[name])),
        row("95th percentile, ms", ".0f", lambda one, name: np.quantile(one.latencies[name], 0.95)),
        row(
            "frames a second in a drag", ".1f", lambda one, name: one.drags[name].frames_per_second
        ),
        row("lag after release, ms", ".0f", lambda one, name: one.drags[name].lag),
        row("kernel, ms a frame", ".1f", lambda one, name: one.drags[name].kernel),
        row("kB a frame", ".0f", lambda one, name: one.drags[name].bytes / 1000),
        row("blank", ".1%", lambda one, name: one.drags[name].blank),
    ]


def ratios(rounds: Sequence[Round]) -> list[Goal]:
    """Return the ratios of the rivals in each round, with what they should be."""

    def pairs(of: Callable[[Round, str], float]) -> tuple[np.ndarray, np.ndarray]:
        ours, default = (np.array([of(one, s.name) for one in rounds]) for s in (OURS, DEFAULT))
        return ours, default

    latency, default_latency = pairs(lambda one, name: float(np.median(one.latencies[name])))
    lag, default_lag = pairs(lambda one, name: one.drags[name].lag)
    kernel, default_kernel = pairs(lambda one, name: one.drags[name].kernel)
    frames, default_frames = pairs(lambda one, name: one.drags[name].frames_per_second)
    blank, _ = pairs(lambda one, name: one.drags[name].blank)
    return [
        Goal("slider to pixel, times quicker", default_latency / latency, 4),
        Goal("lag after release, times shorter", default_lag / lag, 3, aim=5),
        Goal("kernel a frame, part of interact's", kernel / default_kernel, 0.12, 0.06, True),
        Goal("frames in a drag, times as many", frames / default_frames, 1),
        Goal("nnlib's blank pictures, share", blank, 0, at_most=True),
    ]


def playing_rows(plays: Sequence[Play]) -> list[str]:
    """Return what came of playing, a row of a table each."""
    if not plays:
        return ["| not measured: the run ended before | | | |"]
    frames, steps = (
        np.array([getattr(play, f"{what}_per_second") for play in plays])
        for what in ("frames", "steps")
    )
    both = np.array([play.training + play.drawing for play in plays])
    drawing = np.array([play.drawing for play in plays])
    return [
        f"| frames a second | {spread(frames)} | | |",
        f"| steps a second | {spread(steps)} | | |",
        f"| drawing, share of the kernel's time | {spread(drawing)} | | |",
        Goal("training and drawing, share", both, 0.9).row(),
    ]


def spread(values: np.ndarray) -> str:
    """Return the median, with the quartiles in brackets."""
    low, median, high = (
        f"{value:,.3g}" if value < 1000 else f"{value:,.0f}" for value in quartiles(values)
    )
    return f"{median} ({low} to {high})"


def quartiles(values: np.ndarray) -> np.ndarray:
    """Return the lower quartile, the median and the upper quartile."""
    return np.quantile(values, [0.25, 0.5, 0.75])
