"""Training speed beside PyTorch and scikit-learn; writes RESULTS.md. ``make bench`` runs it."""

import argparse
import datetime
import platform
from importlib.metadata import version
from pathlib import Path

import decision_grid
import numpy as np
import torch
from interleaved import Quartiles, microseconds
from libraries import BareSteps, NnlibTraining, PyTorchTraining, ScikitTraining, largest_difference
from threadpoolctl import threadpool_limits
from workloads import WORKLOADS, Workload

from nnlib import Adam, Network, datasets, fit

BARE = "bare step"
RESULTS = Path(__file__).parent / "RESULTS.md"

TEXT = """\
# Training speed

{machine}; {versions}. One thread, float64, {date}. Written by `make bench`.

Microseconds for one step (one update on one mini-batch), the median of {rounds} rounds in which all
take turns. A ratio is the median of the rounds' ratios, with the quartiles in brackets: how many
times longer the other takes. Above 1, nnlib is faster.

{steps}

{ratios}

- **nnlib** is the public `Trainer.step()`. Its history records the loss (and the accuracy) of the
  parameters after each epoch, over all rows.
- **PyTorch** is an ordinary eager loop with its optimisers as they come:
  `zero_grad(set_to_none=True)`, forward, loss, `backward`, `step`, on tensors, with no DataLoader.
  Its loss of an epoch is the mean of its mini-batches' losses.
- **PyTorch, same record** passes all rows once more after each epoch, to record what nnlib records.
- **scikit-learn** is `MLPClassifier.fit`. It has no sigmoid with a mean squared error, so its one
  neuron has the log loss.
- **Bare step** is nnlib's tape and optimiser alone, on one mini-batch again and again: no shuffle,
  no losses, no look for divergence. **PyTorch / bare** is PyTorch's time over that.
- **Goal** is what was wished for PyTorch's time over nnlib's.
- **Difference** is the largest one, of any parameter or any epoch's loss, between nnlib and PyTorch
  after training from the same start with the same mini-batches: the two do the same work.

## Decision grid

100 × 100 points through a 2-8-8-8-1 network, every hidden unit's map kept, float32.

{grid}

## Digits

A 64-32-10 network learns the handwritten digits in {digits:.2f} s: 60 epochs of Adam with
mini-batches of 32 of 1,438 samples, the set-up of `tests/exercises/test_solved.py`.
"""


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--seconds", type=float, default=0.1, help="a library's turn")
    parser.add_argument("--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    with threadpool_limits(limits=1):
        text = TEXT.format(
            machine=processor(),
            versions=versions(),
            date=datetime.date.today().isoformat(),
            rounds=arguments.rounds,
            digits=seconds_for_the_digits(),
            **tables(arguments.rounds, arguments.seconds),
        )
    print(text)
    arguments.output.write_text(text, encoding="utf-8")


def tables(rounds: int, seconds: float) -> dict[str, str]:
    """Return the three tables of the results."""
    measured = [(workload, measure(workload, rounds, seconds)) for workload in WORKLOADS]
    names = ["nnlib", "PyTorch", "PyTorch, same record", "scikit-learn"]
    steps = [
        [workload.name, *(median(times.get(name)) for name in [*names, BARE])]
        for workload, times in measured
    ]
    ratios = [
        [
            workload.name,
            *(ratio(times.get(name), times["nnlib"]) for name in names[1:]),
            ratio(times["PyTorch"], times[BARE]),
            f"{workload.goal:g}",
            f"{largest_difference(workload):.0e}",
        ]
        for workload, times in measured
    ]
    times = microseconds(decision_grid.rivals(), rounds, seconds)
    grid = [[name, median(each), ratio(each, times["nnlib"])] for name, each in times.items()]
    return {
        "steps": table(["µs a step", *names, BARE], steps),
        "ratios": table(
            ["times nnlib's", *names[1:], "PyTorch / bare", "goal", "difference"], ratios
        ),
        "grid": table(["", "µs a grid", "times nnlib's"], grid),
    }


def measure(workload: Workload, rounds: int, seconds: float) -> dict[str, np.ndarray]:
    """Return the microseconds a step of each library in each round."""
    rivals = {"nnlib": NnlibTraining(workload), "PyTorch": PyTorchTraining(workload)}
    if workload.batch_size:  # else the mini-batch is all rows, and its loss is that of all rows
        rivals["PyTorch, same record"] = PyTorchTraining(workload, evaluates=True)
    rivals["scikit-learn"] = ScikitTraining(workload)
    rivals[BARE] = BareSteps(workload)
    times = microseconds({name: rival.run for name, rival in rivals.items()}, rounds, seconds)
    print(f"{workload.name} done", flush=True)
    return {name: each / workload.steps_per_epoch for name, each in times.items()}


def seconds_for_the_digits() -> float:
    """Return how long the training takes that solves the digits, the median of five."""
    X, y = (part[len(part) // 5 :] for part in datasets.digits())

    def train(times: int) -> None:
        for _ in range(times):
            network = Network([64, 32, 10], "relu", "softmax", "he")
            fit(network, X, y, 60, "cross_entropy", Adam(0.003), 32, l2=1e-4)

    return float(np.median(microseconds({"": train}, rounds=5, seconds=0.1)[""])) / 1e6


def median(times: np.ndarray | None) -> str:
    """Return the median as text."""
    return "" if times is None else f"{np.median(times):#,.3g}".rstrip(".")


def ratio(times: np.ndarray | None, ours: np.ndarray) -> str:
    """Return the median of the paired ratios with its quartiles, as text."""
    if times is None:
        return ""
    found = Quartiles.of(times / ours)
    return f"{found.median:.3g} ({found.low:.3g} to {found.high:.3g})"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def processor() -> str:
    """Return the processor's name."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def versions() -> str:
    """Return the versions of all that takes part."""
    packages = {"NumPy": "numpy", "PyTorch": "torch", "scikit-learn": "scikit-learn"}
    named = [f"{name} {version(package)}" for name, package in packages.items()]
    return ", ".join([f"Python {platform.python_version()}", *named])


if __name__ == "__main__":
    main()
