"""How one weight or bias gets its new number: from the rows' mean to the optimiser's rule."""

from collections.abc import Callable, Iterator
from math import floor, log10
from typing import NamedTuple

from nnlib.explorers.update.next_update import NextUpdate
from nnlib.optimizers import SGD, Adam, Optimizer, RMSProp
from nnlib.plots.words.labels import bracketed, short
from nnlib.plots.words.numbers import number, raised, significant, three_digits
from nnlib.plots.words.symbols import Quantity, quantity_symbol

LARGE = 1000.0  # so large parameters are written in short
MOST_DECIMALS = 6


def written(before: float, after: float) -> tuple[str, str]:
    """Return a parameter before and after an update, with three digits of its move to be seen.

    At most six decimals; from 1000 on, in short.

    Examples
    --------
    >>> written(0.6343, 0.6228), written(1.5, 0.25), written(0.2, 0.2)
    (('0.6343', '0.6228'), ('1.500', '0.250'), ('0.200', '0.200'))
    """
    size = abs(after - before)
    if not (abs(before) < LARGE and abs(after) < LARGE):
        return short(before), short(after)
    decimals = min(max(2 - floor(log10(size)), 3), MOST_DECIMALS) if size else 3
    return number(before, decimals), number(after, decimals)


class Line(NamedTuple):
    """One line of the computation: in symbols, with its numbers, and what comes out."""

    symbols: str
    numbers: str  # empty if the result says it all
    result: str  # empty where the numbers are all

    @property
    def one_line(self) -> str:
        """The whole line: ``w ← w − η·g = 0.800 − 0.1·0.0120 = 0.799``."""
        return " = ".join(filter(None, self))


def lines_of(update: NextUpdate, parameter: Quantity) -> list[Line]:
    """Return the lines of a weight's update, the last one with its new number."""
    symbol = quantity_symbol(update.sizes, parameter)
    return [*_gradient(update, parameter, symbol), *_rule(update, parameter, symbol)]


def _gradient(update: NextUpdate, parameter: Quantity, symbol: str) -> Iterator[Line]:
    """Yield g: the mean over the rows, and what the penalty adds for a weight, if there is one."""
    n, mean = len(update.rows), update.mean(parameter)
    of_rows = f"the mean of {n} rows" if n > 1 else "of the one row"
    penalty = [term for size, term in ((update.l1, "l1·sign w"), (update.l2, "l2·w")) if size]
    if parameter.kind == "bias" or not penalty:
        yield Line(f"g, {of_rows}", "", three_digits(mean))
        return
    added = update.penalty_of(parameter)
    yield Line(of_rows, "", three_digits(mean))
    numbers, g = f"{three_digits(mean)} + {_factor(added)}", update.with_penalty(parameter)
    yield Line(f"g, with {' + '.join(penalty)}", numbers, three_digits(g))


def _rule(update: NextUpdate, parameter: Quantity, symbol: str) -> Iterator[Line]:
    """Yield the lines of the optimiser's rule; of one that is not known, only what it does."""
    kind = type(update.optimizer)
    before, after = written(*update.move(parameter))
    if kind not in _RULES:
        yield Line(f"{symbol}, by the rule of {kind.__name__}", f"from {before}", after)
        return
    *memory, (step, numbers) = _RULES[kind](update, parameter, update.optimizer)
    yield from (Line(*line) for line in memory)
    yield Line(f"{symbol} ← {symbol} − {step}", f"{before} − {numbers}", after)


Lines = Iterator[tuple[str, ...]]  # of the memory; then the last: η's product, with its numbers


def _sgd(update: NextUpdate, parameter: Quantity, sgd: Optimizer) -> Lines:
    assert isinstance(sgd, SGD)
    g, rate = update.with_penalty(parameter), _setting(sgd.learning_rate)
    if not sgd.momentum:
        yield "η·g", f"{rate}·{_factor(g)}"
        return
    before, v = update.remembered("velocity", parameter)
    momentum = _setting(sgd.momentum)
    numbers = f"{momentum}·{_factor(before)} + {_factor(g)}"
    yield "v ← μ·v + g", numbers, three_digits(v)
    if not sgd.nesterov:
        yield "η·v", f"{rate}·{_factor(v)}"
        return
    ahead = g + sgd.momentum * v
    yield "g + μ·v", f"{three_digits(g)} + {momentum}·{_factor(v)}", three_digits(ahead)
    yield "η·(g + μ·v)", f"{rate}·{_factor(ahead)}"


def _rms_prop(update: NextUpdate, parameter: Quantity, rms_prop: Optimizer) -> Lines:
    assert isinstance(rms_prop, RMSProp)
    g = update.with_penalty(parameter)
    before, s = update.remembered("mean_square", parameter)
    decay, rest = _setting(rms_prop.decay), significant(1 - rms_prop.decay)
    numbers = f"{decay}·{three_digits(before)} + {rest}·{_squared(g)}"
    yield f"s ← {decay}·s + {rest}·g²", numbers, three_digits(s)
    rate = _setting(rms_prop.learning_rate)
    yield "η·g / (√s + ε)", f"{rate}·{_factor(g)} / {_under(s**0.5 + rms_prop.epsilon)}"


def _adam(update: NextUpdate, parameter: Quantity, adam: Optimizer) -> Lines:
    assert isinstance(adam, Adam)
    g, t = update.with_penalty(parameter), int(update.memory["t"])
    hats = []
    averages = (("mean", "m", adam.beta1, ""), ("mean_square", "v", adam.beta2, "²"))
    for name, letter, beta, square in averages:
        before, after = update.remembered(name, parameter)
        decay, rest = _setting(beta), significant(1 - beta)
        numbers = f"{decay}·{_factor(before)} + {rest}·{_squared(g) if square else _factor(g)}"
        yield f"{letter} ← {decay}·{letter} + {rest}·g{square}", numbers, three_digits(after)
        hats.append((f"{letter}̂ = {letter} / (1 − {decay}{raised(t)})", after / (1 - beta**t)))
    for symbols, value in hats:
        yield symbols, "", three_digits(value)
    (_, m), (_, v) = hats
    root = _under(v**0.5 + adam.epsilon)
    yield "η·m̂ / (√v̂ + ε)", f"{_setting(adam.learning_rate)}·{_factor(m)} / {root}"


def _setting(value: float) -> str:
    """Return a setting as it was made."""
    return significant(value, 6)


def _squared(value: float) -> str:
    """Return the square of a number."""
    return f"{_under(value) if value > 0 else _factor(value)}²"


def _under(value: float) -> str:
    """Return a number as it stands below a line: a product in brackets."""
    text = three_digits(value)
    return f"({text})" if "·" in text else text


def _factor(value: float) -> str:
    """Return a number as it stands inside a product."""
    return bracketed(three_digits(value))


_RULES: dict[type[Optimizer], Callable[[NextUpdate, Quantity, Optimizer], Lines]] = {
    SGD: _sgd,
    RMSProp: _rms_prop,
    Adam: _adam,
}
