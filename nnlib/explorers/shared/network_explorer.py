"""What explorers share that draw a network: one weight or bias is chosen, and its value moved."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

import traitlets

from nnlib import Network
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.shared.network_controls import dragged
from nnlib.explorers.shared.network_parts import (
    flat_index,
    n_parameters,
    named_parameters,
    network_with,
    resized,
)
from nnlib.plots.words.symbols import Quantity


class NetworkExplorer(Explorer):
    """What explorers share that draw a network and let one chosen parameter be moved.

    ``value`` always is the number of the ``selected`` weight or bias within ``parameters``.
    """

    start_sizes: ClassVar[tuple[int, ...]]
    size_names: ClassVar[tuple[str, ...]] = ()  # the parameters for the hidden layers, if any
    selected: Any
    value: Any
    parameters: Any
    activation: Any

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        defaults = {name: trait.default_value for name, trait in self.declared_parameters.items()}
        self._laid_out = self.sizes_with(defaults)  # the sizes that ``parameters`` are for
        super().__init__(show, **self._in_step(parameters, defaults))
        self._laid_out = self.sizes

    def sizes_with(self, values: Mapping[str, Any]) -> tuple[int, ...]:
        """Return the network's sizes for these values; a hidden layer of 0 neurons is left out."""
        if not self.size_names:
            return self.start_sizes
        n_in, *_, n_out = self.start_sizes
        return (n_in, *(values[name] for name in self.size_names if values[name]), n_out)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The network's sizes, such as (2, 3, 1)."""
        return self.sizes_with({name: getattr(self, name) for name in self.size_names})

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        with self.lock:
            before = self._laid_out
            try:
                super().set_parameters(**self._in_step(parameters, self.state))
            except traitlets.TraitError:
                self._laid_out = before
                raise

    def parameter_changed(self, name: str) -> None:
        """Keep the slider's value, the flat vector and the sizes in step."""
        if name in self.size_names:
            self._fit_to_sizes()
            return
        index = flat_index(self.sizes, self.quantity)
        if name == "value":
            numbers = list(self.parameters)
            numbers[index] = self.value
            self.parameters = tuple(numbers)
        elif name in ("selected", "parameters"):
            self.value = self.parameters[index]

    def pointer_pressed(self, at: Point) -> None:
        """Select the weight or bias that is pressed."""
        if at.handle in named_parameters(self.sizes):
            self.selected = at.handle

    def pointer_dragged(self, at: Point) -> None:
        """Change it: up is more, down is less."""
        quantity = named_parameters(self.sizes).get(at.handle)
        if quantity is not None:
            before = at.before["parameters"][flat_index(self.sizes, quantity)]
            self.set_parameters(selected=at.handle, value=dragged(before, at))

    @property
    def quantity(self) -> Quantity:
        """The weight or bias that the value slider moves."""
        return named_parameters(self.sizes)[self.selected]

    @property
    def network(self) -> Network:
        """The network as it stands now: a copy, to compute with."""
        return network_with(self.sizes, self.activation, self.parameters)

    def _fit_to_sizes(self) -> None:
        """Lay the parameters out for the present sizes, and offer those that there are."""
        self.renew_view()
        old, self._laid_out = self._laid_out, self.sizes
        names = list(named_parameters(self.sizes))
        with self.hold_trait_notifications():  # both at once: neither fits without the other
            if old != self.sizes:
                self.parameters = resized(self.parameters, old, self.sizes)
            if self.selected not in names:
                self.selected = names[0]
        self._panel.show("selected")

    def _in_step(self, given: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
        """Return ``given`` with sizes, ``selected``, ``value`` and ``parameters`` that fit.

        What does not fit at all is handed on as it is: the traits refuse it and say why.
        """
        if not {"selected", "value", "parameters", *self.size_names} & set(given):
            return given
        given = {**{name: given[name] for name in self.size_names if name in given}, **given}
        sizes = self._sizes_or_none({**now, **given})
        if sizes is None:
            return given
        numbers = given.get("parameters")
        if numbers is None:
            numbers = resized(now["parameters"], self._laid_out, sizes)
        names = named_parameters(sizes)
        kept_or_first = now["selected"] if now["selected"] in names else next(iter(names))
        selected = given.get("selected", kept_or_first)
        if (
            not isinstance(selected, str)
            or selected not in names
            or not isinstance(numbers, Collection)
            or len(numbers) != n_parameters(sizes)
        ):
            return given
        self._laid_out = sizes
        numbers, index = list(numbers), flat_index(sizes, names[selected])
        numbers[index] = given.get("value", numbers[index])
        fitting = {"selected": selected, "value": numbers[index], "parameters": numbers}
        return {**given, **fitting}

    def _sizes_or_none(self, values: Mapping[str, Any]) -> tuple[int, ...] | None:
        """Return the sizes for these values, or None if a size is none that may be."""
        for name in self.size_names:
            try:
                getattr(type(self), name).validate(self, values[name])
            except traitlets.TraitError:
                return None
        return self.sizes_with(values)
