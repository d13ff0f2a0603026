"""Thirty learners vote within five seconds: no vote is lost, and the panel is up to date."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from class_service import TEACHER

from nnlib.exercises.predictions.catalogue import QUESTIONS

QUESTION = "neurons-bias"
OPTIONS = QUESTIONS[QUESTION].options
LEARNERS = 30
LATEST = 1.0  # seconds after the last vote


def test_none_is_lost_and_the_panel_is_up_to_date_within_a_second(service):
    service.ask(TEACHER, "POST", f"board/{QUESTION}")
    panel = {}

    def watch() -> None:
        with service.stream(TEACHER, "stream/board") as told:
            while f"<b>{LEARNERS}</b> of <b>{LEARNERS}</b>" not in panel.get("count", ""):
                panel.update(told())
        panel["at"] = time.monotonic()

    watching = threading.Thread(target=watch)
    watching.start()

    def vote(k: int) -> int:
        return service.vote(f"learner {k}", QUESTION, OPTIONS[k % 4])

    with ThreadPoolExecutor(LEARNERS) as learners:
        began = time.monotonic()
        assert list(learners.map(vote, range(LEARNERS))) == [204] * LEARNERS
        ended = time.monotonic()
    watching.join()
    assert ended - began < 5
    assert panel["at"] - ended < LATEST
    votes = service.counts(QUESTION)["1"]
    assert [votes.count(option) for option in OPTIONS] == [8, 8, 7, 7]
    print(f"30 votes in {ended - began:.2f} s; panel {panel['at'] - ended:.3f} s after the last")
