"""The picture that an explorer draws while a network learns: its answer, and every hidden unit's.

100 × 100 points through a 2-8-8-8-1 network in float32. The floor is what the tanh calls of its
hidden layers take when nothing else is done.
"""

from collections.abc import Callable

import numpy as np
import torch
from libraries import pytorch_layers
from torch import nn

from nnlib import Network

SIZES = (2, 8, 8, 8, 1)


def rivals() -> dict[str, Callable[[int], None]]:
    """Return {name: function of the number of grids}."""
    line = np.linspace(-1, 1, 100, dtype=np.float32)
    points = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    network = Network(SIZES, dtype="float32")
    network.forward(points)
    tables = [layer.z for layer in network.layers[:-1]]
    buffers = [np.empty_like(table) for table in tables]
    layers = [*pytorch_layers(network, nn.Tanh())[:-1], nn.Sigmoid()]
    inputs = torch.from_numpy(points)

    def nnlib(grids: int) -> None:
        for _ in range(grids):
            network.unit_outputs(points)

    def tanh_alone(grids: int) -> None:
        for _ in range(grids):
            for table, buffer in zip(tables, buffers, strict=True):
                np.tanh(table, out=buffer)

    def pytorch(grids: int) -> None:
        with torch.no_grad():
            for _ in range(grids):
                a, maps = inputs, []
                for layer in layers:
                    a = layer(a)
                    maps.append(a)

    return {"nnlib": nnlib, "tanh alone": tanh_alone, "PyTorch": pytorch}
