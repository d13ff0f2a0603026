"""Small data sets to learn on. Each function returns ``(X, y)``.

Samples are rows: ``X`` (n_samples, n_in), ``y`` (n_samples, 1), or one-hot for ``digits``. Inputs
are dimensionless and lie around −1 to 1, apart from truth tables (0 and 1) and ``sine`` (−π to π).
In the clouds, ``noise`` is the standard deviation of what is added to each coordinate, and the
samples come in random order, so that the first 80 % are a fair sample.

An unknown name, fewer than 2 samples, negative noise and a negative seed are refused with a
``ValueError``; what is no number, with a ``TypeError``.

>>> X, y = spiral(n_samples=300, noise=0.05, seed=1)
>>> X.shape, y.shape, y.mean().item()
((300, 2), (300, 1), 0.5)
"""

from pathlib import Path
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.tables.from_csv import from_csv
from nnlib.validation import find, number_from_zero, whole_number

__all__ = [
    "blobs", "circles", "digits", "from_csv", "moons", "sine", "spiral", "truth_table", "xor_cloud",
]  # fmt: skip

Data = tuple[Array, Array]

TRUTH_TABLES: dict[str, list[int]] = {
    "and": [0, 0, 0, 1],
    "or": [0, 1, 1, 1],
    "nand": [1, 1, 1, 0],
    "nor": [1, 0, 0, 0],
    "xor": [0, 1, 1, 0],
    "xnor": [1, 0, 0, 1],
    "first": [0, 0, 1, 1],
    "second": [0, 1, 0, 1],
}


def truth_table(name: str) -> Data:
    """Return the four rows (0, 0), (0, 1), (1, 0), (1, 1) and a truth table's answers.

    ``name`` is one of ``and or nand nor xor xnor``, or ``first`` and ``second``: that input
    itself. X has the shape (4, 2), y (4, 1).

    Examples
    --------
    >>> X, y = truth_table("or")
    >>> y.ravel()
    array([0., 1., 1., 1.])
    """
    answers = find("truth table", name, TRUTH_TABLES, lambda _: False)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    return X, np.array(answers, dtype=np.float64).reshape(-1, 1)


def blobs(n_samples: int = 200, noise: float = 0.1, seed: int = 0) -> Data:
    """Two round clouds, around (−½, −½) for class 0 and (½, ½) for class 1.

    Besides the noise, each coordinate has a standard deviation of 0.15. One neuron parts them.

    Examples
    --------
    >>> X, y = blobs(1000)
    >>> X[y.ravel() == 1].mean(axis=0).round(1)
    array([0.5, 0.5])
    """
    rng, y = _start(n_samples, noise, seed)
    X = np.column_stack([y, y]) - 0.5 + 0.15 * rng.normal(size=(n_samples, 2))
    return _shaken(X, y, noise, rng)


def circles(n_samples: int = 200, noise: float = 0.1, seed: int = 0) -> Data:
    """Two rings: radius 1 (class 0) around radius 0.4 (class 1).

    Examples
    --------
    >>> X, y = circles(4, noise=0)
    >>> np.column_stack([np.hypot(*X.T), y]).round(1).tolist()
    [[0.4, 1.0], [1.0, 0.0], [1.0, 0.0], [0.4, 1.0]]
    """
    rng, y = _start(n_samples, noise, seed)
    radius = np.where(y == 1, 0.4, 1)
    angle = rng.uniform(0, 2 * np.pi, n_samples)
    X = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return _shaken(X, y, noise, rng)


def moons(n_samples: int = 200, noise: float = 0.1, seed: int = 0) -> Data:
    """Two half circles that reach into each other: the upper is class 0, the lower class 1.

    Examples
    --------
    >>> X, y = moons(1000)
    >>> bool(X[y.ravel() == 0, 1].mean() > X[y.ravel() == 1, 1].mean())
    True
    """
    rng, y = _start(n_samples, noise, seed)
    angle = rng.uniform(0, np.pi, n_samples)
    side = 1 - 2 * y  # the lower moon is the upper one, turned by half a circle
    X = side[:, None] * np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    return _shaken(X, y, noise, rng)


def spiral(n_samples: int = 200, noise: float = 0.1, seed: int = 0) -> Data:
    """Two arms that wind once around the origin, one for each class.

    Examples
    --------
    >>> X, y = spiral(1000, noise=0)
    >>> np.hypot(*X.T).max().round(1).item()
    1.0
    """
    rng, y = _start(n_samples, noise, seed)
    t = rng.uniform(0.1, 1, n_samples)
    angle = 2 * np.pi * t + np.pi * y
    X = t[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _shaken(X, y, noise, rng)


def xor_cloud(n_samples: int = 200, noise: float = 0.1, seed: int = 0) -> Data:
    """Four clouds: class 1 where the signs of x₁ and x₂ differ (before noise), else class 0.

    Examples
    --------
    >>> X, y = xor_cloud(6, noise=0)
    >>> (X[:, 0] * X[:, 1] < 0).astype(float), y.ravel()
    (array([1., 0., 1., 0., 0., 1.]), array([1., 0., 1., 0., 0., 1.]))
    """
    rng, y = _start(n_samples, noise, seed)
    distance = rng.uniform(0.1, 1, (n_samples, 2))
    sign = rng.choice([-1.0, 1.0], n_samples)
    X = distance * np.column_stack([sign, sign * (1 - 2 * y)])
    return _shaken(X, y, noise, rng)


def sine(n_samples: int = 200, noise: float = 0.1, seed: int = 0) -> Data:
    """Regression: y = sin x + noise for x from −π to π, in order of x; X and y (n_samples, 1).

    Examples
    --------
    >>> X, y = sine(50, noise=0)
    >>> np.abs(y - np.sin(X)).max().item()
    0.0
    """
    rng, _ = _start(n_samples, noise, seed)
    X = np.sort(rng.uniform(-np.pi, np.pi, (n_samples, 1)), axis=0)
    return X, np.sin(X) + noise * rng.normal(size=X.shape)


def digits() -> Data:
    """1,797 handwritten digits of 8 × 8 pixels: X (1797, 64) from 0 to 1, y (1797, 10) one-hot.

    E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository (1998), doi 10.24432/C50P49, the test part; licence CC BY 4.0.

    Examples
    --------
    >>> X, y = digits()
    >>> for row in X[0].reshape(8, 8) > 0.5:
    ...     print("".join(np.where(row, "#", "·")))
    ···##···
    ··####··
    ··#··#··
    ··#·····
    ·····#··
    ··#··#··
    ··#·##··
    ···##···
    >>> y[0].argmax().item()
    0
    """
    with np.load(Path(__file__).parent / "data" / "digits.npz", allow_pickle=False) as stored:
        return stored["pixels"] / 16, np.eye(10)[stored["labels"]]


def _start(n_samples: Any, noise: Any, seed: Any) -> tuple[np.random.Generator, Array]:
    """Check the arguments; return the generator and the classes 0, 1, 0, 1, … (n_samples,)."""
    n_samples = whole_number("n_samples", n_samples, least=2)
    number_from_zero("noise", noise)
    rng = np.random.default_rng(whole_number("seed", seed, least=0))
    return rng, np.arange(n_samples) % 2.0


def _shaken(X: Array, y: Array, noise: float, rng: np.random.Generator) -> Data:
    """Add the noise and put the samples into random order; y becomes a column."""
    order = rng.permutation(len(X))
    X = X + noise * rng.normal(size=X.shape)
    return X[order], y[order, None]
