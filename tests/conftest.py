"""What all tests share."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

CHECKOUT = Path(__file__).parents[1]

# A busy machine is no reason to fail, and a test that fails today fails tomorrow.
settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")

# No test reads or writes what a learner did on this machine; kernels inherit this.
os.environ["NNLIB_MEMORY"] = "off"


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds the whole course."""
    return CHECKOUT


def pytest_collection_finish() -> None:
    """Search for garbage seldom, and not in modules and collected tests: those stay anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
