"""Measure in a real JupyterLab and write RESULTS-live.md; ``make bench-live`` runs it."""

import argparse
from pathlib import Path

from lab import running_lab

from live.dragging import drag
from live.latency import latencies
from live.playing import Play, open_training, play
from live.report import Round, write_report
from live.stacks import STACKS, Notebook, open_rivals
from nnlib.classroom.chromium import HOW_TO_GET_ONE, find_chromium, running_chromium

RESULTS = Path(__file__).parents[1] / "RESULTS-live.md"


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(prog="live", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    path = find_chromium()
    if path is None:
        parser.error(HOW_TO_GET_ONE)
    with running_chromium(path) as chromium, running_lab() as lab:
        rounds: list[Round] = []
        plays: list[Play] = []
        try:
            with open_rivals(chromium, lab) as notebook:
                for number in range(arguments.rounds):
                    rounds.append(measure(notebook, number))
            with open_training(chromium, lab) as explorer:
                for _ in range(arguments.rounds):
                    plays.append(play(explorer, lab))
        finally:  # what was measured before a failure is kept
            if rounds:
                text = write_report(rounds, plays, chromium.version)
                print(text)
                arguments.output.write_text(text, encoding="utf-8")


def measure(notebook: Notebook, number: int) -> Round:
    """Let both rivals take their turns, in the other order every second time."""
    turns = STACKS if number % 2 == 0 else STACKS[::-1]
    pressed = {stack.name: latencies(notebook, stack) for stack in turns}
    dragged = {stack.name: drag(notebook, stack) for stack in turns}
    print(f"round {number + 1} done", flush=True)
    return Round(pressed, dragged)


if __name__ == "__main__":
    main()
