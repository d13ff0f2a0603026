"""What the class's processes take: memory and processor time, by part."""

import time
from collections import defaultdict
from dataclasses import dataclass

import psutil

# The first whose words stand in the command line is the part that a process belongs to.
PARTS = {
    "kernels": "ipykernel",
    "servers": "nnlib.classroom.hub.learners_home",
    "proxy": "configurable-http-proxy",
    "votes": "nnlib.classroom.votes",
    "hub": "-m jupyterhub -f",
}
OTHER = "other"  # what keeps the hub running, and what ends idle servers


@dataclass(frozen=True)
class Cores:
    """Processor time by the clock: how many cores each part kept busy.

    Attributes
    ----------
    parts : dict
        Of each part of the class.
    benchmark : float
        Of the simulated learners: in a class that is their own machines' work.
    elsewhere : float
        Of all else on this machine.
    """

    parts: dict[str, float]
    benchmark: float
    elsewhere: float


class Processes:
    """All that one process has started, with itself."""

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)

    def memory(self) -> dict[str, float]:
        """Return the megabytes of each part: PSS, in which shared pages count in shares."""
        taken: defaultdict[str, float] = defaultdict(float)
        for process, part in self._parts().items():
            taken[part] += process.memory_full_info().pss / 1e6
        return dict(taken)

    def begin(self) -> None:
        """Begin to count processor time."""
        self._before = {process: _spent(process) for process in self._parts()}
        self._own, self._machine = time.process_time(), _machine()
        self._began = time.perf_counter()

    def cores(self) -> Cores:
        """Return what was spent since `begin`."""
        seconds = time.perf_counter() - self._began
        parts: defaultdict[str, float] = defaultdict(float)
        for process, part in self._parts().items():
            parts[part] += (_spent(process) - self._before.get(process, 0.0)) / seconds
        own = (time.process_time() - self._own) / seconds
        machine = (_machine() - self._machine) / seconds
        return Cores(dict(parts), own, max(machine - own - sum(parts.values()), 0.0))

    def _parts(self) -> dict[psutil.Process, str]:
        every = [self._root, *self._root.children(recursive=True)]
        return {process: _part_of(process) for process in every if process.is_running()}


def _part_of(process: psutil.Process) -> str:
    command = " ".join(process.cmdline())
    return next((part for part, words in PARTS.items() if words in command), OTHER)


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _machine() -> float:
    """Return the seconds that all processors of this machine were busy."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - times.iowait - times.guest - times.guest_nice
