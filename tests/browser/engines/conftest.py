"""The browsers of the walks, each if this machine has it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing

import pytest
from engine import Engine
from firefox import NAMES, running_firefox
from in_chromium import InChromium
from playwright.sync_api import Browser
from webkit import find_webkit, running_webkit

# Ten minutes: only when it is asked for.
WALK = os.environ.get("NNLIB_WALK")
collect_ignore = [] if WALK else ["test_whole_chapters.py"]
# What the walk does, all other tests do in Chromium: it walks along for the table only.
ENGINES = ["chromium", "firefox", "webkit"] if WALK else ["firefox", "webkit"]


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A window of each browser that this machine has."""
    if request.param == "chromium":
        with closing(InChromium(chromium)) as window:
            yield window
    elif request.param == "firefox":
        path = next(filter(None, map(shutil.which, NAMES)), None)
        if not path:
            pytest.skip("No Firefox was found. Debian: apt install firefox-esr")
        with running_firefox(path, tmp_path_factory.mktemp("firefox")) as window:
            yield window
    else:
        paths = find_webkit()
        if not paths:
            pytest.skip("No WebKit was found. Debian: apt install webkit2gtk-driver xvfb")
        with running_webkit(*paths) as window:
            yield window
