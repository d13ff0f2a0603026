"""One explorer a module, of the kind that it names `KIND`, put back to its start for each test."""

import pytest


@pytest.fixture(scope="module")
def explorer(request):
    explorer = request.module.KIND()
    yield explorer
    assert explorer.error is None
    explorer.close()


@pytest.fixture(autouse=True)
def at_the_start(explorer):
    explorer.reset()
