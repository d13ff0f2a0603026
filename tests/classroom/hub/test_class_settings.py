"""What a teacher sets is taken or refused in words; nothing is served that would be dangerous."""

import os
import re
import socket
import tempfile
from pathlib import Path

import pytest

from nnlib.classroom.hub import keep_running, proxy, reachable, settings, start
from nnlib.classroom.hub.settings import ClassSettings, Refusal, settings_asked_for

HERE = {"CLASS_IP": "127.0.0.1"}


def asked(course: Path, **values: str) -> ClassSettings:
    return settings_asked_for(HERE | values, course)


def test_left_out_all_is_found_or_made_up(tmp_path: Path):
    first, second = asked(tmp_path), asked(tmp_path)
    assert first.address == "http://127.0.0.1:8000"
    assert first.homes == tmp_path.resolve() / "class" / "homes"
    assert not first.one_account and not first.terminals
    assert first.inner_ports == (8001, 8002, 8003)
    assert re.fullmatch("[a-z2-9]{4}-[a-z2-9]{4}", first.password)
    assert len({first.password, first.teacher_word, second.password, second.teacher_word}) == 4


def test_what_is_given_is_taken_and_reaches_the_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    given = asked(
        tmp_path,
        CLASS_IP="192.168.1.20",
        CLASS_PORT="8888",
        CLASS_PASSWORD="one two three",
        CLASS_FOLDER=str(tmp_path / "work of 10b"),
        CLASS_TERMINALS="yes",
    )
    assert given.address == "http://192.168.1.20:8888"
    assert given.state == tmp_path.resolve() / "work of 10b" / "state"
    for name, value in given.to_environment().items():
        monkeypatch.setenv(name, value)
    assert ClassSettings.from_environment() == given


@pytest.mark.parametrize("ip", ["0.0.0.0", "::", "8.8.8.8", "2001:4860:4860::8888"])
def test_beyond_the_local_network_nothing_is_served_without_tls(tmp_path: Path, ip: str):
    with pytest.raises(Refusal, match="beyond the local network, and without TLS"):
        asked(tmp_path, CLASS_IP=ip, CLASS_ONE_ACCOUNT="yes")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    cert.touch(), key.touch()
    served = asked(tmp_path, CLASS_IP=ip, CLASS_CERT=str(cert), CLASS_KEY=str(key))
    assert served.address.startswith("https://")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"CLASS_IP": "localhost"}, "an address in numbers, such as 192.168.1.20"),
        ({"CLASS_PORT": "http"}, "a number from 1 to 65532"),
        ({"CLASS_PORT": "0"}, "a number from 1 to 65532"),
        ({"CLASS_PORT": "65533"}, "a number from 1 to 65532"),
        ({"CLASS_PASSWORD": "abc"}, "CLASS_PASSWORD is too short"),
        ({"CLASS_TEACHER_WORD": " abcdef"}, "CLASS_TEACHER_WORD is too short, or begins"),
        ({"CLASS_ONE_ACCOUNT": "1"}, "CLASS_ONE_ACCOUNT is '1'. It has to be yes or no"),
        ({"CLASS_CERT": "/no/such"}, "CLASS_CERT is '/no/such', which is no file"),
    ],
)
def test_what_cannot_be_is_refused_in_words(tmp_path: Path, values: dict[str, str], said: str):
    with pytest.raises(Refusal, match=said):
        asked(tmp_path, **values)


def test_without_root_one_account_for_all_is_a_choice_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Refusal, match=r"read, change and delete .* CLASS_ONE_ACCOUNT=yes"):
        reachable.refuse_wrong_accounts(asked(tmp_path))
    shared = asked(tmp_path, CLASS_ONE_ACCOUNT="yes")
    reachable.refuse_wrong_accounts(shared)
    assert "each can read, change and delete what you can" in start.told(shared)
    assert "each can read" not in start.told(asked(tmp_path))


@pytest.mark.parametrize(("system", "one"), [("linux", "yes"), ("darwin", "no")])
def test_nobody_becomes_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, one: str
):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("sys.platform", system)
    with pytest.raises(Refusal, match="As root all learners would be root"):
        reachable.refuse_wrong_accounts(asked(tmp_path, CLASS_ONE_ACCOUNT=one))


def test_what_stands_on_the_board_is_told(tmp_path: Path):
    words = start.told(asked(tmp_path, CLASS_PASSWORD="board-word", CLASS_TEACHER_WORD="for-me"))
    assert "http://127.0.0.1:8000\n    the class's password: board-word\n" in words
    assert 'sign in as "teacher", with that password and the word for-me' in words


def test_a_closed_folder_on_the_way_is_named(monkeypatch: pytest.MonkeyPatch):
    with tempfile.TemporaryDirectory() as name:
        place = Path(name).resolve()
        for folder in (place, place / "python", place / "course", place / "closed" / "work"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
        monkeypatch.setattr("sys.executable", str(place / "python" / "python3"))
        monkeypatch.setattr("sys.prefix", str(place / "course"))
        closed, work = place / "closed", place / "closed" / "work"
        assert reachable.closed_to_learners(place / "course", work) == ""
        closed.chmod(0o700)
        said = reachable.closed_to_learners(place / "course", work)
        assert f"{work} lies in {closed}, which is closed to others" in said
        assert "CLASS_FOLDER" in said
        (place / "python").chmod(0o700)
        said = reachable.closed_to_learners(place / "course", work)
        assert "make class PYTHON=/usr/bin/python3" in said


def test_a_taken_port_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reachable, "SECONDS_TO_LEAVE", 0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Refusal, match="another program is there"):
            reachable.refuse_taken_port("127.0.0.1", other.getsockname()[1])


def test_only_one_class_runs_from_a_folder(tmp_path: Path):
    with keep_running.the_only_one(tmp_path) as lock:
        lock.write("4711\n")
        lock.flush()
        with (
            pytest.raises(Refusal, match=r"End it first: .* kill 4711"),
            keep_running.the_only_one(tmp_path),
        ):
            pass
    with keep_running.the_only_one(tmp_path):
        pass


def test_a_process_that_has_got_the_number_of_an_orphan_is_left_alone(tmp_path: Path):
    pid_file = tmp_path / "proxy.pid"
    pid_file.write_text(str(os.getpid()))
    proxy.end_orphan(pid_file)
    assert not pid_file.exists()


def test_a_proxy_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    with pytest.raises(Refusal, match="`make class` installs it"):
        proxy.proxy_command()


def test_a_machine_in_no_network_talks_to_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket.socket, "connect", _no_way)
    assert settings.address_in_the_local_network() == "127.0.0.1"


def _no_way(*_args: object) -> None:
    raise OSError("Network is unreachable")
