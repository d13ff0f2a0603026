"""A class runs: learners come to their own copy, cannot reach another's, and lose nothing.

One hub serves all of these tests, from the first lesson over mishaps to the second one.
"""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import websocket
from class_walk import BOARD, TEACHERS, Learner, RunningClass, a_class, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not sys.platform.startswith("linux") or os.geteuid() != 0,
        reason="accounts for learners are made by root, on Linux",
    ),
]
WIDGETS = "@jupyter-widgets/jupyterlab-manager:plugin"
NEWS = "@jupyterlab/apputils-extension:notification"
NEURONS = "api/contents/my_notebooks/01_neurons.ipynb"
CHAPTERS = ["00_start_here", "01_neurons", "02_activations"]
CHAPTERS += ["03_feedforward", "04_backprop", "05_training"]


@pytest.fixture(scope="module")
def lesson():
    """A class that has begun."""
    with a_class() as running:
        running.told = running.start()
        yield running


@pytest.fixture(scope="module")
def learners(lesson: RunningClass) -> tuple[Learner, Learner]:
    """Anna and Jürgen, each at their own server."""
    both = [Learner(lesson.address, name, f"word-of-{name}") for name in ("anna", "jürgen")]
    with ThreadPoolExecutor() as at_once:
        list(at_once.map(Learner.start_server, both))
    return both


@pytest.fixture(scope="module")
def kernels(learners):
    """A kernel of each, in which a word stands that only its learner knows."""
    both = [learner.start_kernel() for learner in learners]
    for kernel in both:
        kernel.run(f"mine = 'of {kernel.learner.name}'")
    return both


def test_what_to_write_on_the_board_is_said(lesson: RunningClass):
    assert f"Write on the board:\n\n    {lesson.address}\n" in lesson.told
    assert f"the class's password: {BOARD}\n" in lesson.told


def test_who_comes_in_is_told_why_not(lesson: RunningClass, learners):
    assert all(learner.is_in for learner in learners)
    stranger = Learner(lesson.address, "ben", "word-of-ben", password="guessed")
    assert not stranger.is_in
    assert stranger.was_told == "That is not the class's password. It stands on the board."
    thief = Learner(lesson.address, "Anna", "guessed-word")
    assert thief.was_told.startswith("Somebody called anna has been here, with another word.")
    assert 'value="Anna"' in thief.answer.text, "the name need not be typed again"


def test_a_learner_stands_at_start_here_in_a_copy_of_their_own(learners):
    anna, _ = learners
    for learner in learners:
        assert learner.first_page.url.endswith(
            f"/user/{learner.path}/lab/tree/my_notebooks/00_start_here.ipynb"
        )
        laid = learner.ask("GET", "api/contents/my_notebooks").json()["content"]
        assert sorted(entry["name"] for entry in laid) == [f"{name}.ipynb" for name in CHAPTERS]
    picture = anna.ask("GET", "files/images/weights_and_bias.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"


def test_jupyterlab_is_set_as_make_lab_sets_it(learners):
    anna, _ = learners
    settings = {
        name: anna.ask("GET", f"lab/api/settings/{name}").json()["schema"]["properties"]
        for name in (WIDGETS, NEWS)
    }
    assert settings[WIDGETS]["saveState"]["default"] is True
    assert settings[NEWS]["fetchNews"]["default"] == "false"


def test_there_are_no_terminals(learners):
    anna, _ = learners
    assert anna.ask("POST", "api/terminals").status_code == 404


def test_a_learner_is_an_account_of_their_own_with_limits(kernels):
    who = "import os, pwd, resource; print(pwd.getpwuid(os.getuid()).pw_name, os.getgroups())"
    anna, jürgen = (kernel.run(who) for kernel in kernels)
    assert anna.startswith("class-") and jürgen.startswith("class-") and anna != jürgen
    limits = kernels[0].run(
        "print(resource.getrlimit(resource.RLIMIT_DATA), os.nice(0), os.environ['HOME'])"
    )
    assert f"({2**31}, {2**31}) 5 " in limits
    asked_for = "import numpy; numpy.ones(3 * 2**28)"  # 6 GB
    assert "MemoryError: Unable to allocate 6.00 GiB" in kernels[0].run(asked_for)


def test_chapter_1_runs_with_subshells_over_sockets_of_the_learners_own(kernels):
    """A slider must answer while a cell runs: that is what kernels have subshells for."""
    said = kernels[0].run(
        "from ipykernel.kernelapp import IPKernelApp as App; app = App.instance()\n"
        "from nnlib.explorers import NeuronExplorer\n"
        "print(app.transport, app.ip.startswith('/run/nnlib-class/'))\n"
        "print(NeuronExplorer(data='or').summary[:2], len(mine) > 0)"
    )
    assert said.splitlines()[0] == "ipc True"


# What is another's ------------------------------------------------------------------------------


def test_another_learners_files_cannot_be_read(lesson, learners, kernels):
    anna, jürgen = learners
    path = "my_notebooks/00_start_here.ipynb"
    assert jürgen.ask("GET", f"files/{path}").status_code == 200
    for way in (f"files/{path}", f"api/contents/{path}", "lab", "api/contents/"):
        assert anna.ask("GET", way, of="jürgen").status_code == 403, way
    home = lesson.folder / "homes" / "jürgen"
    for look in (f"os.listdir({str(home)!r})", f"open({str(home / path)!r})"):
        assert kernels[0].run(f"import os; {look}").startswith("PermissionError"), look
    put = anna.ask("PUT", f"api/contents/{path}", of="jürgen", json={"type": "file"})
    assert put.status_code == 403


def test_another_learners_kernel_cannot_be_used(learners, kernels):
    anna, _ = learners
    _, his = kernels
    assert anna.ask("GET", "api/kernels", of="jürgen").status_code == 403
    assert anna.ask("POST", "api/kernels", of="jürgen").status_code == 403
    his_to_anna = type(his)(anna, his.name, of=his.of)
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        his_to_anna.connect()
    assert refused.value.status_code == 403
    sockets = his.run(
        "from ipykernel.kernelapp import IPKernelApp as App\n"
        "print(App.instance().abs_connection_file)"
    )
    assert kernels[0].run(f"open({sockets!r})").startswith("PermissionError")
    knock = f"import socket; socket.socket(socket.AF_UNIX).connect({sockets[:-5] + '-ipc-1'!r})"
    assert kernels[0].run(knock).startswith("PermissionError")
    assert his.run("print(mine)") == "of jürgen"


def test_what_the_hub_remembers_cannot_be_read(lesson, kernels):
    for name in ("jupyterhub.sqlite", "cookie_secret", "words.sqlite", "hub.log"):
        path = lesson.folder / "state" / name
        assert path.exists()
        assert kernels[0].run(f"open({str(path)!r})").startswith("PermissionError")
    hub = lesson.pid_in("running")
    assert kernels[0].run(f"open('/proc/{hub}/environ')").startswith("PermissionError")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users"),
        ("GET", "/users/jürgen"),
        ("POST", "/users/jürgen/server"),
        ("DELETE", "/users/jürgen/server"),
        ("POST", "/users/jürgen/tokens"),
        ("DELETE", "/users/jürgen"),
        ("POST", "/users/mallory"),
        ("PATCH", "/users/anna"),
        ("GET", "/proxy"),
        ("GET", "/services"),
        ("POST", "/shutdown"),
    ],
)
def test_the_hubs_api_refuses_a_learner(lesson, learners, kernels, method: str, path: str):
    """Neither from the browser nor with the token that is in every kernel."""
    anna, _ = learners
    body = {"json": {"admin": True}} if method in ("PATCH", "POST") else {}
    assert anna.ask_hub(method, path, **body).status_code in (403, 404)
    token = kernels[0].run("import os; print(os.environ['JUPYTERHUB_API_TOKEN'])")
    asked = requests.request(
        method,
        f"{lesson.address}/hub/api{path}",
        headers={"Authorization": f"token {token}"},
        **body,
    )
    assert asked.status_code in (403, 404)


def test_the_proxy_takes_no_orders_from_a_learner(lesson, kernels):
    ports = kernels[0].run(
        "import subprocess\n"
        "print(subprocess.run(['ps', '-wweo', 'args'], capture_output=True, text=True).stdout)"
    )
    [line] = [line for line in ports.splitlines() if f"--port {lesson.port} " in line]
    port = line.partition("--api-port ")[2].split()[0]
    assert requests.get(f"http://127.0.0.1:{port}/api/routes").status_code == 403


def test_only_the_teacher_is_admin(lesson, learners):
    teacher = Learner(lesson.address, "teacher", TEACHERS)
    assert teacher.ask_hub("GET", "/user").json()["admin"] is True
    names = {user["name"] for user in teacher.ask_hub("GET", "/users").json()}
    assert {"anna", "jürgen"} <= names
    assert learners[0].ask_hub("GET", "/user").json()["admin"] is False
    assert learners[0].session.get(f"{lesson.address}/hub/admin").status_code == 403


# Mishaps ----------------------------------------------------------------------------------------


def test_a_hub_that_is_killed_comes_back_and_kernels_go_on(lesson, kernels):
    killed = lesson.pid_in("running")
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: lesson.pid_in("running") != killed and lesson.answers(), "the hub")
    wait_for(kernels[0].learner.has_server, "the hub to know the server")
    assert [kernel.run("print(mine)") for kernel in kernels] == ["of anna", "of jürgen"]


def test_a_proxy_that_is_killed_comes_back_and_kernels_go_on(lesson, kernels):
    os.kill(lesson.pid_in("proxy.pid"), signal.SIGKILL)
    wait_for(lambda: not lesson.answers(), "the proxy to be gone")
    wait_for(lesson.answers, "the proxy")
    wait_for(lambda: kernels[0].learner.ask("GET", "api/kernels").ok, "the way to the server")
    assert kernels[0].run("print(mine)") == "of anna"


def test_a_kernel_that_is_killed_comes_back_empty_and_what_is_saved_is_there(kernels):
    kernel = kernels[1]
    kernel.run("open('my_notebooks/saved.txt', 'w').write('saved'); import os")
    pid = int(kernel.run("print(os.getpid())"))
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: "NameError" in kernel.run("mine"), "another kernel")
    assert kernel.run("print(open('my_notebooks/saved.txt').read())") == "saved"


def test_a_server_that_is_killed_comes_back_and_what_was_changed_is_kept(learners, kernels):
    anna, _ = learners
    notebook = anna.ask("GET", NEURONS).json()["content"]
    notebook["cells"][0]["source"] = "# Mine"
    anna.ask("PUT", NEURONS, json={"type": "notebook", "content": notebook})
    server = int(kernels[0].run("import os; print(os.getppid())"))
    os.kill(server, signal.SIGKILL)
    wait_for(lambda: not anna.has_server(), "the hub to see it")
    anna.start_server()
    assert anna.ask("GET", NEURONS).json()["content"]["cells"][0]["source"] == "# Mine"


# The next lesson --------------------------------------------------------------------------------


def test_one_class_runs_from_a_folder(lesson):
    second = RunningClass(lesson.python, lesson.folder)
    with pytest.raises(pytest.fail.Exception, match=r"A class runs .* already\. End it first"):
        second.start()


def test_after_all_was_killed_the_next_start_finds_everybody(lesson, kernels):
    hub = lesson.pid_in("running")
    lesson.process.kill()
    os.kill(hub, signal.SIGKILL)
    assert requests.get(lesson.address).status_code == 503, "the proxy still holds the address"
    lesson.start()
    assert not Learner(lesson.address, "jürgen", "another-word").is_in
    jürgen = Learner(lesson.address, "jürgen", "word-of-jürgen")
    assert jürgen.has_server(), "it has outlived the hub"
    jürgen.open_first_page()
    assert jürgen.ask("GET", "files/my_notebooks/saved.txt").text == "saved"


def test_ctrl_c_ends_all_of_it_and_what_was_saved_stays(lesson):
    assert lesson.end().strip() == "Ending the class …\nEnded. All that was saved is kept."
    assert not lesson.answers()
    accounts = {home.owner() for home in (lesson.folder / "homes").iterdir()}
    assert len(accounts) == 2
    running = subprocess.run(
        ["ps", "-wweo", "user:32=,args="], capture_output=True, text=True
    ).stdout
    assert not [line for line in running.splitlines() if line.split()[0] in accounts]
    assert str(lesson.folder) not in running
    assert (lesson.folder / "homes" / "jürgen" / "my_notebooks" / "saved.txt").exists()
