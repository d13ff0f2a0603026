"""`GraphModel`: an expression's graph at one step of its passes, in numbers and in words."""

import re
from dataclasses import dataclass
from functools import cached_property

from nnlib.explorers.graph.graph import Graph
from nnlib.explorers.graph.parser import graph_of
from nnlib.explorers.graph.passes import Passes
from nnlib.explorers.graph.steps import Step, steps_of
from nnlib.explorers.graph.words import (
    NO_VALUE,
    derivative,
    digits,
    lines_of,
    on_edge,
    sums,
    trouble_of,
    with_numbers,
)
from nnlib.plots.words.labels import UNKNOWN
from nnlib.plots.words.numbers import MINUS, raised

MORE_TO_COME = "…"  # behind a gradient that has not all its shares
_POWER = re.compile(r"\s*(?:\*\*|\^)\s*([-−]?)\s*(\d+(?:\.\d*)?|\.\d+)")
_TOLD = 8  # nodes whose numbers the summary tells


@dataclass(frozen=True)
class GraphModel:
    """An expression's graph, as far as the passes have come.

    Parameters
    ----------
    text : str
        The expression.
    leaves : tuple of float
        The leaves' values.
    step : int or None
        How many steps have been made; None if all is shown.
    """

    text: str
    leaves: tuple[float, ...]
    step: int | None

    @cached_property
    def graph(self) -> Graph:
        """The graph."""
        return graph_of(self.text)

    @cached_property
    def passes(self) -> Passes:
        """All of its numbers."""
        return Passes(self.graph, self.leaves)

    @cached_property
    def present(self) -> Step | None:
        """The step that is shown; None at the start, and where all is shown."""
        return steps_of(self.graph)[self.step - 1] if self.step else None

    @cached_property
    def values(self) -> dict[int, str]:
        """What stands in each node: its value, or a question mark."""
        made = {*self.graph.operations} if self.step is None else self._made
        return {
            k: digits(self.passes.values[k]) if k in made or not node.operands else UNKNOWN
            for k, node in enumerate(self.graph.nodes)
        }

    @property
    def _made(self) -> set[int]:
        return set(self.graph.operations[: self.step])

    @cached_property
    def gradients(self) -> dict[int, str]:
        """What stands below each node that has a gradient."""
        numbers, done = self._known
        texts = {}
        for k in filter(self.graph.has_slope, range(len(self.graph.nodes))):
            texts[k] = digits(numbers[k]) if k in numbers else UNKNOWN
            if k in numbers and done.get(k, 0) < self.graph.uses[k]:
                texts[k] += MORE_TO_COME
        return texts

    @property
    def _known(self) -> tuple[dict[int, float], dict[int, int]]:
        """The gradients so far, and of how many shares each is made."""
        back = len(self.graph.operations) if self.step is None else self._steps_back
        if back < 0:
            return {}, {}
        done: dict[int, int] = {}
        for made in list(self.passes.shares.values())[:back]:
            done.update({share.source: share.count for share in made})
        return self.passes.gradients_after(back), done

    @property
    def _steps_back(self) -> int:
        return (self.step or 0) - len(self.graph.operations) - 1

    @cached_property
    def slopes(self) -> dict[tuple[int, int], str]:
        """The local derivatives at the present step's node, by node and operand."""
        if self.present is None or self.present.way == "seed":
            return {}
        node = self.present.node
        operands = enumerate(self.graph.nodes[node].operands)
        slopes = self.passes.slopes(node)
        return {(node, k): on_edge(slopes[k]) for k, o in operands if self.graph.has_slope(o)}

    @property
    def title(self) -> str:
        """What the picture shows now."""
        result, many = self.graph.result, len(self.graph.operations)
        if self.present is None:
            all_ = f"{result} = {self.values[self.graph.root]}, and how it changes with each node"
            return all_ if self.step is None else "Start: the leaves have values"
        way, node, nth = self.present
        if way == "seed":
            return f"Backward begins: {derivative(self.passes, node)} = 1"
        return f"{way.capitalize()}, {nth} of {many}: {self.graph.formula(node)}"

    @cached_property
    def lines(self) -> list[str]:
        """The present step, or what there is to do, in at most five lines."""
        if self.present is not None:
            lines = lines_of(self.passes, self.present)
        elif self.step is None:
            lines = self._overview
        else:
            many = len(self.graph.operations)
            lines = [
                f"Press Step, or Play: {many} step{'s' * (many != 1)} forward, left to right,",
                f"to {self.graph.result}; then backward, how fast {self.graph.result} changes",
                "with each node: ∂L/∂L = 1 first.".replace("L", self.graph.result),
            ]
        return [*lines, self.trouble] if self.trouble else lines

    @property
    def _overview(self) -> list[str]:
        if self.passes.first_without_value is not None:
            return ["Move a leaf to where there is a value."]
        added, lines = sums(self.passes), []
        for node, words in added[:2]:
            symbol, times = self.graph.nodes[node].symbol, self.graph.uses[node]
            lines += [f"{symbol} is used {times} times: {times} shares add up.", words]
        if not added:
            lines = ["No node is used twice: each gradient is one product."]
        return [*lines, "Press Step: one node at a time."][:4]

    @property
    def trouble(self) -> str:
        """Why there is no value, or no slope; empty where all is well."""
        return trouble_of(self.passes)

    @property
    def table(self) -> list[tuple[str, str, str, str]]:
        """Of each leaf its name, its gradient backward and by trying, and whether they agree."""
        rows = []
        for leaf in self.graph.leaves:
            known = self.gradients[leaf]
            final = known != UNKNOWN and not known.endswith(MORE_TO_COME)
            tried = digits(self.passes.differences[leaf]) if final else UNKNOWN
            final = final and NO_VALUE not in (known, tried)
            mark = ("✓" if self.passes.agree[leaf] else "≠") if final else ""
            rows.append((self.graph.nodes[leaf].symbol, known, tried, mark))
        return rows

    @property
    def equation(self) -> str:
        """The expression and its value."""
        text = _POWER.sub(lambda m: raised(float(m[2]) * (-1 if m[1] else 1)), self.text)
        text = " ".join(text.replace("*", "·").replace("-", MINUS).split())
        name = "" if "=" in text.rpartition(";")[2] else f"{self.graph.result} = "
        return f"{name}{text} = {digits(self.passes.values[self.graph.root])}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        at = ", ".join(
            f"{self.graph.nodes[leaf].symbol} = {digits(self.passes.values[leaf])}"
            for leaf in self.graph.leaves
        )
        known = [k for k, words in self.gradients.items() if words != UNKNOWN]
        told = ", ".join(
            f"{derivative(self.passes, k)} = {self.gradients[k].replace(MORE_TO_COME, ' so far')}"
            for k in known[:_TOLD]
        )
        made = [k for k in self.graph.operations if self.values[k] != UNKNOWN]
        forward = "; ".join(with_numbers(self.passes, k) for k in made[:_TOLD])
        parts = [f"{self.title}. Leaves: {at}"]
        parts += [f"Values: {forward}"] if forward else []
        parts += [f"Gradients: {told}"] if told else []
        here = " ".join(self.lines).strip()
        return ". ".join(parts) + f". {here}{'' if here.endswith('.') else '.'}"
