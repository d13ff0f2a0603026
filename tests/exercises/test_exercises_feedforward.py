"""The exercises of chapter 3: what is told of an XNOR that is not yet right leads on."""

from itertools import product

import numpy as np
import pytest

from nnlib.exercises import check_xnor

ROWS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
# of any two inputs a gate can be made with these, if with any
OUTPUTS = list(product((-2, -1, 1, 2), (-2, -1, 1, 2), (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)))


def test_what_is_told_of_an_xnor_leads_on():
    """Where the hidden neurons are enough some output is right, and else none is."""
    rng = np.random.default_rng(0)
    told = set()
    for numbers in rng.integers(-3, 4, size=(120, 9)) / 2:
        W1, b1, W2, b2 = numbers[:4].reshape(2, 2), numbers[4:6], numbers[6:8], numbers[8]
        result = check_xnor(W1, b1, W2, b2)
        if result:
            continue
        enough = any(check_xnor(W1, b1, [w1, w2], bias) for w1, w2, bias in OUTPUTS)
        for words, holds in {
            "which is enough": enough,
            "the hidden neurons say the same": not enough,
            "Both hidden neurons say the same for every row": not enough,
            "has XNOR itself before it": not enough,
            "This is XOR": enough,
        }.items():
            if words in result.message:
                told.add(words)
                assert holds, f"{numbers}: {result.message}"
                break
        else:
            pytest.fail(f"{numbers}: {result.message}")
    assert len(told) >= 3
