"""A run that overfits: what `TimelineExplorer` shows unless it is given another run."""

from functools import lru_cache

from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import RunSettings

OWN_EPOCHS = 300
OWN_SETTINGS = RunSettings(
    data="moons",
    noise=0.3,
    test_share=0.9,
    hidden=((8, "tanh"), (8, "tanh")),
    optimizer="adam",
    learning_rate=0.01,
    batch_size=None,
)


@lru_cache(maxsize=1)
def overfitted_run() -> TrainingRun:
    """Return a run on a few noisy rows whose test loss falls and then rises. Not to be changed."""
    run = TrainingRun(OWN_SETTINGS)
    run.train(OWN_EPOCHS)  # all rows at once: an update is an epoch
    return run
