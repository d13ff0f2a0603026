"""Saving a trainer in the middle of its work, and going on exactly there."""

from typing import Any

from nnlib import storage
from nnlib._typing import Array
from nnlib.losses import find_loss
from nnlib.network import Network
from nnlib.optimizers import OPTIMIZERS, Optimizer
from nnlib.training.history import History


def save(trainer: Any, path: storage.File) -> None:
    """Write all that a ``Trainer`` is: data, network, optimiser, shuffle and history."""
    find_loss(trainer.loss.name)  # a loss that could not be loaded is refused here
    settings = {
        "network": trainer.network.description(),
        "loss": trainer.loss.name,
        "optimizer": {"name": trainer.optimizer.name, "settings": trainer.optimizer.settings},
        "arguments": {name: getattr(trainer, name) for name in ("batch_size", "l1", "l2", "seed")},
        "batches": trainer.batches.state(),
        "epoch": trainer.epoch,
        "steps": trainer.steps,
    }
    arrays = {"X": trainer.X, "y": trainer.y, "parameters": trainer.network.parameters}
    if trainer.test_data is not None:
        arrays["test_X"], arrays["test_y"] = trainer.test_data
    memory = {f"memory_{name}": array for name, array in trainer.optimizer.memory.items()}
    storage.write(path, "Trainer", settings, arrays | memory | trainer.history.arrays())


def load(trainer_class: Any, path: storage.File) -> Any:
    """Return the ``Trainer`` that :func:`save` wrote: at its start first, then where it stopped."""
    settings, arrays = storage.read(path, "Trainer")
    trainer = trainer_class(
        Network.from_description(settings["network"], arrays["snapshots"][0]),
        arrays["X"],
        arrays["y"],
        settings["loss"],
        OPTIMIZERS[settings["optimizer"]["name"]](**settings["optimizer"]["settings"]),
        test_data=(arrays["test_X"], arrays["test_y"]) if "test_X" in arrays else None,
        **settings["arguments"],
    )
    trainer.network.parameters = arrays["parameters"]
    _restore_memory(trainer.optimizer, arrays)
    trainer.batches.restore(settings["batches"])
    trainer.epoch, trainer.steps = settings["epoch"], settings["steps"]
    trainer.history = History.from_arrays(arrays, trainer.measures)
    return trainer


def _restore_memory(optimizer: Optimizer, arrays: dict[str, Array]) -> None:
    for name, array in arrays.items():
        if name.startswith("memory_"):
            optimizer.memory[name.removeprefix("memory_")] = array
