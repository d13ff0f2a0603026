"""The same training in nnlib, PyTorch and scikit-learn: ``run(epochs)`` in each."""

import warnings

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from torch import nn
from workloads import Workload

from nnlib import Network


class NnlibTraining:
    """The public ``Trainer.step()``; its history records the loss after each epoch."""

    def __init__(self, workload: Workload) -> None:
        self.trainer = workload.trainer()
        self.steps_per_epoch = workload.steps_per_epoch
        self.losses = self.trainer.history.train_loss

    def run(self, epochs: int) -> None:
        """Train for so many epochs, and look at the losses: they may be computed only then."""
        for _ in range(epochs * self.steps_per_epoch):
            self.trainer.step()
        self.losses = self.trainer.history.train_loss

    @property
    def parameters(self) -> np.ndarray:
        """Layer by layer, the rows of W, then b."""
        return self.trainer.network.parameters


class BareSteps:
    """The step's arithmetic alone: tape and optimiser, on one mini-batch again and again.

    No shuffle, no record of losses, no look for divergence: the floor of `NnlibTraining`.
    """

    def __init__(self, workload: Workload) -> None:
        self.trainer = workload.trainer()
        self.steps_per_epoch = workload.steps_per_epoch

    def run(self, epochs: int) -> None:
        """Make as many steps as so many epochs have."""
        tape, network, optimizer = self.trainer.tape, self.trainer.network, self.trainer.optimizer
        for _ in range(epochs * self.steps_per_epoch):
            tape.run()
            optimizer.step(network.parameters, network.gradient)


class PyTorchTraining:
    """An ordinary eager loop, without a DataLoader, which would be slower.

    Its loss of an epoch is the mean of the mini-batches' losses, which costs no pass of its own.
    With ``evaluates`` it is what nnlib records: that of the parameters after the epoch, over all
    rows.
    """

    def __init__(self, workload: Workload, evaluates: bool = False) -> None:
        X, y = workload.data()
        self.X, self.y = torch.from_numpy(X), torch.from_numpy(y)
        self.model, self.criterion = model_and_criterion(workload)
        if workload.loss == "cross_entropy":
            self.y = self.y.argmax(dim=1)  # the quicker of the two forms that it takes
        make = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[workload.optimizer]
        self.optimizer = make(self.model.parameters(), lr=workload.learning_rate)
        self.batch_size = workload.batch_size or len(X)
        self.evaluates = evaluates
        self.steps_per_epoch = workload.steps_per_epoch
        self.rng = np.random.default_rng(0)  # nnlib's shuffle
        self.losses: list[float] = []

    def run(self, epochs: int) -> None:
        """Train for so many epochs."""
        for _ in range(epochs):
            X, y = self.shuffled()
            total = 0.0
            for start in range(0, len(X), self.batch_size):
                inputs = X[start : start + self.batch_size]
                loss = self.step(inputs, y[start : start + self.batch_size])
                total += loss.item() * len(inputs)
            self.losses.append(self.evaluate() if self.evaluates else total / len(X))

    def step(self, inputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Make one update and return the mini-batch's loss."""
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.criterion(self.model(inputs), targets)
        loss.backward()
        self.optimizer.step()
        return loss

    def shuffled(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the rows in a new order, or in their own where one mini-batch holds them all."""
        if self.batch_size == len(self.X):
            return self.X, self.y
        order = torch.from_numpy(self.rng.permutation(len(self.X)))
        return self.X[order], self.y[order]

    def evaluate(self) -> float:
        """Return the loss over all rows."""
        with torch.no_grad():
            return self.criterion(self.model(self.X), self.y).item()

    @property
    def parameters(self) -> np.ndarray:
        """Layer by layer, the rows of W, then b, as nnlib has them."""
        linear = [layer for layer in self.model if isinstance(layer, nn.Linear)]
        parts = [part for layer in linear for part in (layer.weight.T, layer.bias)]
        return np.concatenate([part.detach().numpy().ravel() for part in parts])


def model_and_criterion(workload: Workload) -> tuple[nn.Sequential, nn.Module]:
    """Return the network at nnlib's start, and its loss.

    As PyTorch advises, the cross-entropies take z: their sigmoid or softmax is part of the loss.
    """
    hidden = {"tanh": nn.Tanh, "relu": nn.ReLU}[workload.hidden]
    layers = pytorch_layers(workload.network(), hidden())[:-1]
    if workload.loss == "mean_squared_error":
        return nn.Sequential(*layers, nn.Sigmoid()), nn.MSELoss()
    criterion = {"binary_cross_entropy": nn.BCEWithLogitsLoss, "cross_entropy": nn.CrossEntropyLoss}
    return nn.Sequential(*layers), criterion[workload.loss]()


def pytorch_layers(network: Network, activation: nn.Module) -> list[nn.Module]:
    """Return a Linear for each layer of ``network``, each followed by ``activation``."""
    modules: list[nn.Module] = []
    for layer in network.layers:
        W, b = torch.from_numpy(layer.weights.T.copy()), torch.from_numpy(layer.bias.copy())
        linear = nn.Linear(layer.n_in, layer.n_out, dtype=W.dtype)
        with torch.no_grad():
            linear.weight.copy_(W)
            linear.bias.copy_(b)
        modules += [linear, activation]
    return modules


class ScikitTraining:
    """``MLPClassifier.fit``, from its own start; it takes the log loss for one neuron too."""

    def __init__(self, workload: Workload) -> None:
        X, y = workload.data()
        self.X, self.y = X, y.argmax(axis=1) if y.shape[1] > 1 else y.ravel()
        self.steps_per_epoch = workload.steps_per_epoch
        self.settings = {
            "hidden_layer_sizes": workload.sizes[1:-1],
            "activation": workload.hidden,
            "solver": workload.optimizer,
            "learning_rate_init": workload.learning_rate,
            "batch_size": workload.batch_size or len(X),
            "momentum": 0.0,
            "nesterovs_momentum": False,
            "alpha": 0.0,
            "tol": 0.0,
        }

    def run(self, epochs: int) -> None:
        """Train for so many epochs, from the start."""
        model = MLPClassifier(max_iter=epochs, n_iter_no_change=epochs + 1, **self.settings)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(self.X, self.y)
        assert model.n_iter_ == epochs


def largest_difference(workload: Workload, steps: int = 60) -> float:
    """Return the largest difference, of a parameter or a loss, after ``steps`` in both libraries.

    They start alike and go on to the end of the epoch.
    """
    epochs = -(-steps // workload.steps_per_epoch)
    ours, theirs = NnlibTraining(workload), PyTorchTraining(workload, evaluates=True)
    ours.run(epochs)
    theirs.run(epochs)
    parameters = np.abs(ours.parameters - theirs.parameters).max()
    return float(max(parameters, np.abs(ours.losses[1:] - theirs.losses).max()))
