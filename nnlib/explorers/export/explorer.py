"""`ExportExplorer`: a network as a program for PyTorch or Keras, and its weights as a file."""

import base64
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar, Self

import ipywidgets as widgets
from matplotlib.figure import Figure

from nnlib import SGD, Network, datasets, fit
from nnlib.explorers.controls.parameters import Choice
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.export.model import FRAMEWORKS, ExportModel
from nnlib.explorers.export.view import ExportView
from nnlib.plots.palette import Palette
from nnlib.storage import file_from_text, saved, saved_as_text

# The name above the box, and the box as wide as there is room: 100% would have margins beside it.
_BELOW_ITS_NAME = {"width": "auto", "flex_flow": "column", "align_items": "stretch"}

ROWS = 12  # of the program: as many as stand in a laptop's window with all the rest


@lru_cache(maxsize=1)
def trained_on_circles() -> Network:
    """Return a 2-4-1 network that tells a cluster from the ring around it. Not to be changed."""
    X, y = datasets.circles(seed=0)
    network = Network([2, 4, 1], seed=0)
    fit(network, X, y, 100, "binary_cross_entropy", SGD(0.3, momentum=0.9), batch_size=20)
    return network


class ExportExplorer(Explorer):
    """A network and the same network as a program, with all its numbers, to copy and run.

    Click into the program, then Ctrl+A and Ctrl+C (on a Mac ⌘A and ⌘C) copy it. The links save
    the program, and the weights as a NumPy file that `nnlib.Network.load` reads.

    Parameters
    ----------
    of : Network, or an explorer or TrainingRun with one, optional
        Whose weights: as they are when this explorer is made, or "Take the newest" is pressed.
        Default: a network trained on circles.
    framework : {"pytorch", "keras"}
        Which library the program is for.
    """

    framework = Choice(
        "pytorch", options=[(words, name) for name, words in FRAMEWORKS.items()], label="library"
    )

    opens_with = ("framework",)
    words_folded = True

    def __init__(
        self, of: Any = None, show: Sequence[str] | None = None, **parameters: Any
    ) -> None:
        self._of = trained_on_circles() if of is None else of
        self.network = _copy_of(self._of)
        self._program = widgets.Textarea(
            rows=ROWS, layout=_BELOW_ITS_NAME, style={"description_width": "initial"}
        )
        self._program.add_class("nnlib-program")
        self._links = widgets.HTML()
        self._links.add_class("nnlib-save")
        super().__init__(show, **parameters)
        self.children = (*self.children, self._links, self._program)
        self._write()

    nothing_to_do: ClassVar = {
        "newest": "These are the newest weights: the network was not trained since."
    }

    def add_buttons(self) -> None:
        """Add the button that takes the weights of this moment."""
        self.add_button("newest", "Take the newest weights", self.take_newest)

    def take_newest(self) -> None:
        """Take the weights that the network has now."""
        before, self.network = self.network.sizes, _copy_of(self._of)
        if self.network.sizes != before:
            self.renew_view()
        self._write()

    def parameter_changed(self, name: str) -> None:
        """Write the other program."""
        self._write()

    def make_view(self, figure: Figure, palette: Palette) -> ExportView:
        """Return a view for the network's sizes."""
        return ExportView(figure, palette, tuple(self.network.sizes))

    def model(self) -> ExportModel:
        """Return the network and its program."""
        return ExportModel(self.network, self.framework)

    @property
    def program(self) -> str:
        """The program as text; or why there is none."""
        return self.model().program

    def _write(self) -> None:
        """Bring program and links up to date."""
        model = self.model()
        self._program.description = f"{FRAMEWORKS[self.framework]} program"
        self._program.value = model.program
        code = model.program.encode("utf-8")
        self._links.value = " &nbsp; ".join(
            [
                _link(f"network_{self.framework}.py", "text/x-python", code),
                _link("network.npz", "application/octet-stream", saved(self.network)),
            ]
        )

    # State ----------------------------------------------------------------------------------

    @property
    def state(self) -> dict[str, Any]:
        """The parameters, and the network."""
        return {**super().state, "network": saved_as_text(self.network)}

    @property
    def besides_parameters(self) -> dict[str, Any]:
        """The network, unless it is that of every new explorer."""
        usual = saved_as_text(trained_on_circles())
        return {k: v for k, v in super().besides_parameters.items() if v != usual}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer in the given state; the newest weights are then those it has."""
        parameters = cls._checked_state(state)
        text = parameters.pop("network", None)
        network = None if text is None else Network.load(file_from_text(text))
        return cls(network, **parameters)

    def reset(self) -> None:
        """Return to the library of the start, and take the newest weights."""
        super().reset()
        self.take_newest()
        self.request_frame()


def network_of(source: Any) -> Network:
    """Return the network of a `Network`, a run, or an explorer that has either.

    Raises
    ------
    TypeError
        If there is none.
    """
    if isinstance(source, Network):
        return source
    for name in ("network", "trainer", "run"):
        if hasattr(source, name):
            return network_of(getattr(source, name))
    raise TypeError(
        f"of must be a Network, or an explorer or a run that trains one, got {source!r}."
    )


def _copy_of(source: Any) -> Network:
    network = network_of(source)
    return Network.from_description(network.description(), network.parameters)


def _link(name: str, kind: str, content: bytes) -> str:
    """Return a link that saves ``content`` as a file."""
    data = base64.b64encode(content).decode("ascii")
    return f'<a download="{name}" href="data:{kind};base64,{data}"><u>Save {name}</u></a>'
