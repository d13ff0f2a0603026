"""The experiments of `TrainingExplorer`, from the TOML file to which a teacher can add.

How the file is written stands at its top; all of it is checked when it is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nnlib.explorers.shared.run_controls import BATCHES
from nnlib.toml_tables import Expected, TomlTable, number, prose, read_tables, text

FILE = Path(__file__).with_name("experiments.toml")
MAY_SET = (
    *("data", "noise", "test_share", "data_seed", "features"),
    *("hidden1", "hidden2", "hidden3", "activation", "activation2", "activation3"),
    *("initializer", "seed", "loss", "optimizer", "learning_rate", "momentum", "batch_size"),
    *("l1", "l2", "dropout", "stop_at"),
    *("speed", "panel", "logarithmic", "test_shown", "classes_only"),
)
"""What an experiment decides: the run, and how it is shown, but not the learner's own data."""
NO_EXPERIMENT = "none"  # the choice of no experiment
_KEYS = ("title", "question", "try", "why", "epochs", "settings")


@dataclass(frozen=True)
class Experiment:
    """Settings worth trying, with a question before them and the answer after them."""

    name: str
    title: str
    question: str
    instruction: str  # what to do, and what to look for
    why: str
    epochs: int  # so many are trained before the answer opens
    settings: Mapping[str, Any]  # by parameter; all others of `MAY_SET` stand at their defaults

    def words(self, answered: bool) -> str:
        """Return the question and what to do; and why it comes out so, once that has been seen."""
        why = self.why if answered else f"opens after epoch {self.epochs:,}."
        return f"Question: {self.question}\nTry: {self.instruction}\nWhy: {why}"


def experiments() -> dict[str, Experiment]:
    """Return all experiments under their names, in the file's order; what a teacher adds counts.

    Raises
    ------
    ValueError
        If the file is not as it should be; see `nnlib.toml_tables.read_tables`.
    """
    return _read_once(FILE, FILE.stat().st_mtime_ns)


def read_experiments(file: Path) -> dict[str, Experiment]:
    """Return the experiments of a file."""
    return read_tables(file, _experiment)


@lru_cache(maxsize=1)
def _read_once(file: Path, _when_written: int) -> dict[str, Experiment]:
    return read_experiments(file)


def _experiment(name: str, content: Any) -> Experiment:
    if name == NO_EXPERIMENT:
        raise ValueError(f"No experiment can be called {name!r}: that is the choice of none.")
    table = TomlTable(name, content, _KEYS)
    epochs = table.take("epochs", _epochs)
    return Experiment(
        name=name,
        title=table.take("title", text),
        question=table.take("question", prose),
        instruction=table.take("try", prose),
        why=table.take("why", prose),
        epochs=epochs,
        settings={"stop_at": epochs, **_settings(table.table("settings", MAY_SET))},
    )


def _epochs(value: Any) -> int:
    """Read a number of epochs."""
    if not isinstance(value, int) or number(value) < 1:
        raise Expected("a whole number, at least 1")
    return value


def _settings(table: TomlTable) -> dict[str, Any]:
    """Read what is set, as the parameters have it.

    TOML has no None, so all rows are called as the control calls them; and its lists are no tuples.
    """
    settings = {name: table.take(name, _setting) for name in MAY_SET if name in table}
    if (settings.get("batch_size"), None) in BATCHES:
        settings["batch_size"] = None
    return settings


def _setting(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
