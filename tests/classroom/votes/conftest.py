"""A class for tests."""

from collections.abc import Iterator

import pytest
from class_service import ClassService
from learner_here import LearnerHere

from nnlib.exercises import class_progress
from nnlib.learner import presence as learner


@pytest.fixture(autouse=True)
def nothing_asked_before() -> None:
    """Forget what an earlier test's learner was asked and did not answer: it is asked once."""
    class_progress._asking.clear()


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassService]:
    """A service with no votes yet."""
    service = ClassService(tmp_path_factory.mktemp("class"))
    yield service
    service.end()


@pytest.fixture
def here(tmp_path, monkeypatch, service) -> LearnerHere:
    """Ada, who runs cells in this class and remembers."""
    monkeypatch.setenv("NNLIB_CLASS_URL", service.address)
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "ada")
    monkeypatch.setattr(learner, "_links", {})
    return LearnerHere(tmp_path / "memory.sqlite", monkeypatch)
