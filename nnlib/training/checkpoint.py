"""Saving a trainer in the middle of its work, and going on exactly there."""

from typing import Any

import numpy as np

from nnlib import storage
from nnlib._typing import Array
from nnlib.losses import find_loss
from nnlib.network import Network
from nnlib.optimizers import OPTIMIZERS, Optimizer
from nnlib.training.history import History
from nnlib.validation import whole_number

_ARGUMENTS = ("batch_size", "l1", "l2", "seed", "dropout")
_DATA = ("X", "y", "test_X", "test_y")
_MEMORY = "memory_"


def save(trainer: Any, path: storage.File) -> None:
    """Write all that a ``Trainer`` is: data, network, optimiser, shuffle and history."""
    find_loss(trainer.loss.name)  # a loss that could not be loaded is refused here
    settings = {
        "network": trainer.network.description(),
        "loss": trainer.loss.name,
        "optimizer": {"name": trainer.optimizer.name, "settings": trainer.optimizer.settings},
        "arguments": {name: getattr(trainer, name) for name in _ARGUMENTS},
        "batches": trainer.batches.state(),
        "epoch": trainer.epoch,
        "steps": trainer.steps,
    }
    arrays = {"X": trainer.X, "y": trainer.y, "parameters": trainer.network.parameters}
    if trainer.test_data is not None:
        arrays["test_X"], arrays["test_y"] = trainer.test_data
    memory = {_MEMORY + name: array for name, array in trainer.optimizer.memory.items()}
    storage.write(path, "Trainer", settings, arrays | memory | trainer.history.arrays())


def load(trainer_class: Any, path: storage.File) -> Any:
    """Return the ``Trainer`` that :func:`save` wrote: at its start first, then where it stopped."""
    memory = [_MEMORY + name for kind in OPTIMIZERS.values() for name in kind.remembers]
    names = (*_DATA, "parameters", *memory, *History.arrays_kept)
    settings, arrays = storage.read(path, "Trainer", names)
    with storage.refusing_others("Trainer"):
        return _restored(trainer_class, settings, arrays)


def _restored(trainer_class: Any, settings: dict[str, Any], arrays: dict[str, Array]) -> Any:
    arguments = {"dropout": 0.0} | settings["arguments"]  # older files know none
    trainer = trainer_class(
        Network.from_description(settings["network"], arrays["snapshots"][0]),
        arrays["X"],
        arrays["y"],
        settings["loss"],
        OPTIMIZERS[settings["optimizer"]["name"]](**settings["optimizer"]["settings"]),
        test_data=(arrays["test_X"], arrays["test_y"]) if "test_X" in arrays else None,
        **{name: arguments[name] for name in _ARGUMENTS},
    )
    trainer.network.parameters = arrays["parameters"]
    _restore_memory(trainer.optimizer, arrays, trainer.network.parameters)
    trainer.batches.restore(settings["batches"])
    trainer.epoch = whole_number("epoch", settings["epoch"], least=0)
    trainer.steps = whole_number("steps", settings["steps"], least=trainer.epoch)
    trainer.history = History.from_arrays(arrays, trainer.measures)
    if trainer.history.epoch[-1] != trainer.epoch:
        raise ValueError("The history ends at another epoch.")
    trainer.history.parameters_at(trainer.epoch)  # where it goes back to if it diverges
    return trainer


def _restore_memory(optimizer: Optimizer, arrays: dict[str, Array], parameters: Array) -> None:
    """Let the optimiser remember all or nothing: an array a parameter, or a count of steps."""
    kept = [name for name in optimizer.remembers if _MEMORY + name in arrays]
    if kept and len(kept) < len(optimizer.remembers):
        raise ValueError("A part of the optimiser's memory is missing.")
    for name in kept:
        array = arrays[_MEMORY + name]
        shape, dtype = ((), np.int64) if name == "t" else (parameters.shape, parameters.dtype)
        if array.shape != shape or array.dtype != dtype:
            raise ValueError("The optimiser's memory is that of another network.")
        if np.isnan(array).any() or (name in ("mean_square", "t") and array.min() < 0):
            raise ValueError("No gradients have left such a memory.")
        optimizer.memory[name] = array
