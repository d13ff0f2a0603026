"""The file that remembers: shared by processes, never half-written, set aside when damaged."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nnlib.learner import memory as memory_module
from nnlib.learner.memory import Memory

N_PROCESSES, N_NAMES = 4, 15
WRITE_MANY = """
import sys
from nnlib.learner.memory import Memory
file, process, names = sys.argv[1], sys.argv[2], int(sys.argv[3])
for k in range(names):
    Memory(file).remember("prediction", f"{process}-{k}", {"choice": k})
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "memory.sqlite"


def start(code: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def wait_for(process: subprocess.Popen) -> None:
    _out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors


def test_what_is_remembered_is_there_for_whoever_opens_the_file_next(file):
    Memory(file).remember("prediction", "neurons-bias", {"choice": "−0,5", "confidence": None})
    memory = Memory(file)
    assert memory.recall("prediction", "neurons-bias") == {"choice": "−0,5", "confidence": None}
    assert memory.recall("exercise", "neurons-bias") is None
    assert memory.everything("prediction").keys() == {"neurons-bias"}
    assert memory.take_complaint() == ""


def test_forgotten_is_forgotten_and_the_rest_stays(file):
    memory = Memory(file)
    for name in ("a", "b"):
        memory.remember("exercise", name, True)
    memory.forget("exercise", "a")
    assert Memory(file).everything("exercise") == {"b": True}


def test_whoever_only_asks_makes_no_file(file):
    memory = Memory(file)
    assert memory.recall("exercise", "a") is None
    memory.forget("exercise", "a")
    assert not file.parent.exists()


def test_several_processes_at_once_lose_nothing(file):
    processes = [start(WRITE_MANY, file, number, N_NAMES) for number in range(N_PROCESSES)]
    for process in processes:
        wait_for(process)
    names = {f"{process}-{k}" for process in range(N_PROCESSES) for k in range(N_NAMES)}
    assert Memory(file).everything("prediction").keys() == names


def test_a_process_that_is_killed_while_it_writes_leaves_a_whole_file(file):
    Memory(file).remember("prediction", "before", 1)
    code = (
        "import os, sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1])\n"
        "db.execute('PRAGMA cache_size = 1')\n"  # so that much is in the file before the end
        "for k in range(500):\n"
        "    db.execute('REPLACE INTO remembered VALUES (?, ?, ?)', ('prediction', k, '1' * 999))\n"
        "os._exit(0)\n"
    )
    wait_for(start(code, file))
    memory = Memory(file)
    memory.remember("prediction", "after", 2)
    assert memory.everything("prediction") == {"before": 1, "after": 2}
    assert memory.take_complaint() == ""


def damage_the_header(file: Path) -> None:
    file.write_bytes(b"no database" * 100)


def damage_the_middle(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[4096:] = b"\xff" * len(whole[4096:])
    file.write_bytes(whole)


def cut_it_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


@pytest.mark.parametrize("damage", [damage_the_header, damage_the_middle, cut_it_off])
@pytest.mark.parametrize("late", [False, True], ids=["when opened", "while in use"])
def test_a_damaged_file_is_set_aside_and_named_once(file, damage, late):
    memory = Memory(file)
    for k in range(30):
        memory.remember("prediction", str(k), "x" * 300)
    damage(file)
    damaged = file.read_bytes()
    if not late:
        memory = Memory(file)
    assert memory.recall("prediction", "0") is None
    aside = file.with_name("memory-damaged-1")
    assert aside.read_bytes() == damaged
    complaint = memory.take_complaint()
    assert "was damaged" in complaint
    assert str(aside) in complaint
    assert memory.take_complaint() == ""
    memory.remember("prediction", "0", "again")
    assert Memory(file).everything("prediction") == {"0": "again"}


def test_a_file_that_another_process_has_just_mended_stays(file):
    memory = Memory(file)
    Memory(file).remember("prediction", "theirs", 1)
    memory._set_aside()  # as if the damage had been seen before the other process mended it
    assert memory.everything("prediction") == {"theirs": 1}
    assert not list(file.parent.glob("*damaged*"))
    assert memory.take_complaint() == ""


def test_damage_that_several_processes_find_at_once_costs_nothing_new(file):
    file.parent.mkdir()
    damage_the_header(file)
    processes = [start(WRITE_MANY, file, number, N_NAMES) for number in range(N_PROCESSES)]
    for process in processes:
        wait_for(process)
    names = {f"{process}-{k}" for process in range(N_PROCESSES) for k in range(N_NAMES)}
    assert Memory(file).everything("prediction").keys() == names
    assert [path.name for path in file.parent.glob("*damaged*")] == ["memory-damaged-1"]


def test_where_no_file_can_be_written_it_lasts_as_long_as_the_process_and_is_told_once(tmp_path):
    (tmp_path / "no folder").write_text("a file stands here", encoding="utf-8")
    memory = Memory(tmp_path / "no folder" / "memory.sqlite")
    assert memory.recall("prediction", "a") is None
    memory.remember("prediction", "a", 1)
    assert memory.recall("prediction", "a") == 1
    assert "cannot be written to" in memory.take_complaint()
    memory.remember("prediction", "b", 2)
    assert memory.everything("prediction") == {"a": 1, "b": 2}
    assert memory.take_complaint() == ""


def test_a_file_locked_for_long_is_read_but_not_waited_for_again(file, monkeypatch):
    monkeypatch.setattr(memory_module, "WAIT_SECONDS", 0.05)
    memory = Memory(file)
    memory.remember("prediction", "before", 1)
    with memory_module.sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        memory.remember("prediction", "now", 2)
        assert memory.everything("prediction") == {"before": 1, "now": 2}
        assert "cannot be written" in memory.take_complaint()
        other.execute("ROLLBACK")
    other.close()


def test_what_is_too_long_is_not_remembered_and_the_oldest_make_room(file, monkeypatch):
    monkeypatch.setattr(memory_module, "LONGEST", 100)
    monkeypatch.setattr(memory_module, "MOST", 300)
    memory = Memory(file)
    for k in range(5):
        memory.remember("explorer", str(k), "x" * 90)
    memory.remember("exercise", "another kind", True)
    assert memory.everything("explorer").keys() == {"2", "3", "4"}
    memory.remember("explorer", "3", "y" * 200)
    assert memory.everything("explorer").keys() == {"2", "4"}
    assert memory.everything("exercise") == {"another kind": True}


def test_what_is_done_soon_is_waited_for(file):
    memory = Memory(file)
    for k in range(20):
        memory.soon(lambda k=k: memory.remember("explorer", "a", k))
    assert memory.recall("explorer", "a") == 19


def test_a_value_that_is_no_json_is_as_good_as_none(file):
    memory = Memory(file)
    memory.remember("explorer", "a", 1)
    with memory_module.sqlite3.connect(file) as db:
        db.execute("UPDATE remembered SET value = ?", (json.dumps("a")[:-1],))
    db.close()
    assert memory.recall("explorer", "a") is None
