"""What is said to be here, where others have something, is here."""

import re

import nnlib
from nnlib import exercises, explorers

NAME = re.compile(r"`(\w+)`")
COMMAND = re.compile(r"`make ([\w-]+)`")


def test_all_that_the_table_names_of_this_course_is_there(checkout):
    text = (checkout / ".github/PEERS.md").read_text(encoding="utf-8")
    rows = [row.split(" | ") for row in text.splitlines() if row.startswith("| ")]
    here = [row[2] for row in rows if row[2].strip("- |") not in ("", "here")]
    assert len(here) > 25
    known = {*nnlib.__all__, *explorers.__all__, *exercises.__all__, "nnlib"}
    known |= set(dir(explorers.Explorer))
    assert {name for cell in here for name in NAME.findall(cell)} <= known
    targets = re.findall(r"^([\w-]+):", (checkout / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {name for cell in here for name in COMMAND.findall(cell)} <= set(targets)
