"""Measure classes of several sizes and write build/bench_class.md; ``make bench-class`` runs it.

The environment variables ``BENCH_LEARNERS="1 10"`` and ``BENCH_SECONDS=60`` say how many learners
there are and how long they drag; the Makefile has what is taken where nothing is said.
"""

import asyncio
import os
import sys
from pathlib import Path

from classroom.lesson import Lesson, give_lesson
from classroom.report import write_report
from classroom.running_class import running_class

RESULTS = Path("build", "bench_class.md")


def main() -> None:
    """Measure, print, and write the results."""
    if not sys.platform.startswith("linux"):
        sys.exit("The memory of processes that share pages can be told apart on Linux only.")
    sizes = [int(size) for size in os.environ["BENCH_LEARNERS"].split()]
    seconds = float(os.environ["BENCH_SECONDS"])
    lessons: list[Lesson] = []
    try:
        for size in sizes:
            print(f"A class of {size} …", flush=True)
            with running_class() as running:
                lessons.append(asyncio.run(give_lesson(running, size, seconds)))
    finally:  # what was measured before a failure is kept
        if lessons:
            text = write_report(lessons, seconds)
            print(text)
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
