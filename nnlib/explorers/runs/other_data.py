"""Training that goes on with other data: what was learnt so far, and its history, are kept."""

from nnlib import History, Trainer
from nnlib._typing import Array


def continue_with(trainer: Trainer, X: Array, y: Array) -> Trainer:
    """Return a trainer that goes on where ``trainer`` stands, on the samples X and y.

    Network, optimiser with its memory, epochs and history are the same; a new epoch begins, and
    there are no test data. Entries of the history tell the losses on the data of their time.
    """
    history, memory = trainer.history.arrays(), trainer.optimizer.memory
    following = Trainer(
        trainer.network,
        X,
        y,
        trainer.loss,
        trainer.optimizer,
        batch_size=trainer.batch_size,
        l1=trainer.l1,
        l2=trainer.l2,
        seed=trainer.seed,
    )
    following.optimizer.memory = memory
    following.history = History.from_arrays(history, following.measures)
    following.epoch, following.steps = trainer.epoch, trainer.steps
    return following
