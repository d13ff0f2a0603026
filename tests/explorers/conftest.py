"""What the explorers' tests share: one explorer a module, quick frames, a silent page."""

import threading
from collections import deque
from collections.abc import Iterator

import pytest

from nnlib.explorers import Explorer
from nnlib.explorers.engine.live_figure import Screen
from nnlib.explorers.frames import renderer


@pytest.fixture(scope="module")
def shared(request: pytest.FixtureRequest) -> Iterator[Explorer]:
    """The explorer that the module's `KIND()` makes."""
    made = request.module.KIND()
    yield made
    made.close()


@pytest.fixture
def explorer(shared: Explorer) -> Iterator[Explorer]:
    """The same, put back to its start for each test; none of them may leave an error in it."""
    shared.reset()
    yield shared
    assert shared.error is None


@pytest.fixture(autouse=True)
def new_kernel_s_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page has told this kernel of its screen yet."""
    screens = deque([Screen()], maxlen=1)
    monkeypatch.setattr("nnlib.explorers.engine.live_figure._newest", screens)


@pytest.fixture
def short_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page has spoken in this kernel yet, and it is soon taken for silent."""
    monkeypatch.setattr("nnlib.explorers.engine.figure_box.SILENCE_SECONDS", 0.1)
    monkeypatch.setattr("nnlib.explorers.engine.live_figure._has_spoken", threading.Event())


@pytest.fixture
def no_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Artists move, but no frame is made of them: where they stand can be asked without."""
    monkeypatch.setattr(renderer.FrameRenderer, "png", lambda *_: b"")


@pytest.fixture(autouse=True, scope="session")
def unpacked_frames() -> Iterator[None]:
    """Leave the pixels of a frame unpacked: to pack them takes a tenth of these tests' time."""
    encode = renderer._encode

    def encode_unpacked(image, kind, **options):
        return encode(image, kind, **{"compress_level": 0, **options})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renderer, "_encode", encode_unpacked)
        yield
