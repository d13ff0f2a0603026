"""What `ExportExplorer` shows: a network, and what becomes of each of its layers elsewhere."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib import Network
from nnlib.plots.networks.network_numbers import NetworkNumbers
from nnlib.plots.words.numbers import number

FRAMEWORKS = {"pytorch": "PyTorch", "keras": "Keras"}
_ANSWERS = 4  # so many of the outputs are told

Shape = tuple[int, int]  # rows and columns


@dataclass(frozen=True)
class ExportModel:
    """A network and the program that makes it again."""

    network: Network
    framework: str

    @cached_property
    def program(self) -> str:
        """The program as text; or why there is none."""
        try:
            return self.network.to_code(self.framework)
        except ValueError as refusal:
            return f"# {refusal}\n"

    @property
    def numbers(self) -> NetworkNumbers:
        """The numbers on the drawing: those of the pass of a row of ones."""
        layers = self.network.layers
        x = np.ones((1, layers[0].n_in))
        outputs = self.network.unit_outputs(x)
        inputs = [x, *outputs[:-1]]
        return NetworkNumbers(
            weights=[layer.weights for layer in layers],
            biases=[layer.bias for layer in layers],
            values=[a[0] for a in (x, *outputs)],
            sums=[
                (a @ layer.weights + layer.bias)[0] for a, layer in zip(inputs, layers, strict=True)
            ],
        )

    @property
    def library(self) -> str:
        """The library's name."""
        return FRAMEWORKS[self.framework]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """For each layer: its activation, the shape of W here, and that of the weight there."""
        return [
            (f"{k}, {layer.activation.name}".replace("_", " "), _in_words(here), _in_words(there))
            for k, (layer, (here, there)) in enumerate(
                zip(self.network.layers, self.shapes, strict=True), start=1
            )
        ]

    @property
    def shapes(self) -> list[tuple[Shape, Shape]]:
        """For each layer: the shape of W here, and that of the weight there."""
        turn = -1 if self.framework == "pytorch" else 1
        found = [(layer.n_in, layer.n_out) for layer in self.network.layers]
        return [(shape, (shape[::turn][0], shape[::turn][1])) for shape in found]

    @property
    def answer(self) -> str:
        """What the network answers to a row of ones, in words."""
        answers = self.network.predict(np.ones((1, self.network.sizes[0])))[0]
        shown = ", ".join(number(a, 3) for a in answers[:_ANSWERS])
        return shown if len(answers) <= _ANSWERS else f"{shown}, …"

    @property
    def equation(self) -> str:
        """The pass of one layer, here and there."""
        if self.framework == "pytorch":
            return "here: z = x W + b     PyTorch: z = x weightᵀ + b, so each W is transposed"
        return "here: z = x W + b     Keras: z = x kernel + b, so each W is taken as it is"

    @property
    def summary(self) -> str:
        """The picture in words."""
        sizes = "-".join(map(str, self.network.sizes))
        n = self.network.parameters.size
        if self.program.startswith("# The network has"):
            return f"A {sizes} network. {self.program.strip('# ').strip()}"
        layers = "; ".join(
            f"of layer {name}, {here} here and {there} there" for name, here, there in self.rows
        )
        return (
            f"A {sizes} network with {n:,} parameters as a program for {self.library}. "
            f"W {layers}. For an input of ones the network answers {self.answer}; "
            "the program prints the same."
        )


def _in_words(shape: Shape) -> str:
    return f"{shape[0]} × {shape[1]}"
