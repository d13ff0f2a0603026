"""`SoftmaxExplorer`: bars, numbers and words for three scores and a temperature."""

import re
from itertools import product

import numpy as np
import pytest
from pointing import Mouse

from nnlib.explorers.activations.softmax import SoftmaxExplorer

KIND = SoftmaxExplorer


def bars(explorer, panel):
    return [bar.get_width() for bar in explorer.view._bars[panel]]


def texts(explorer, panel):
    return [text.get_text() for text in explorer.view._numbers[panel]]


def test_it_opens_with_the_scores_of_the_chapter(explorer):
    # e¹, e², e³ over their sum, 2.71828 + 7.38906 + 20.08554 = 30.19288
    np.testing.assert_allclose(bars(explorer, 1), [0.09003, 0.24473, 0.66524], atol=5e-6)
    assert texts(explorer, 1) == ["0.090", "0.245", "0.665"]
    assert bars(explorer, 0) == [1, 2, 3] and texts(explorer, 0) == ["1.0", "2.0", "3.0"]
    assert explorer.view._title.get_text() == "Softmax: class 3, 0.665"


def test_only_differences_count(explorer):
    before = bars(explorer, 1)
    explorer.set_parameters(z1=1001, z2=1002, z3=1003)
    np.testing.assert_allclose(bars(explorer, 1), before)
    assert bars(explorer, 0) == [6, 6, 6] and texts(explorer, 0)[2] == "1003.0"


@pytest.mark.parametrize(("temperature", "expected"), [(0.1, [0, 0, 1]), (1e6, [1 / 3] * 3)])
def test_temperature_sharpens_and_softens(explorer, temperature, expected):
    explorer.temperature = temperature
    np.testing.assert_allclose(bars(explorer, 1), expected, atol=1e-4)


def test_temperature_divides_the_scores(explorer):
    explorer.temperature = 2
    powers = np.exp([0.5, 1, 1.5])
    np.testing.assert_allclose(bars(explorer, 1), powers / powers.sum())


def test_the_equation_adds_up(explorer):
    first, second = explorer.model().equation.splitlines()
    assert first == (
        "(z − 3.0) / 1:   e^(−2.0) + e^(−1.0) + e^(0.0) = 0.135 + 0.368 + 1.000 = 1.503"
    )
    assert second.endswith("a₃ = 1.000 / 1.503 = 0.665")


def test_the_equation_is_true_at_every_temperature(explorer):
    explorer.temperature = 100
    first, _ = explorer.model().equation.splitlines()
    assert first == (
        "(z − 3.0) / 100:   e^(−0.02) + e^(−0.01) + e^(0.0) = 0.980 + 0.990 + 1.000 = 2.970"
    )
    for temperature, z1 in product((0.1, 0.3, 3, 7, 30, 100), (-5, -0.5, 2.5)):
        explorer.set_parameters(temperature=temperature, z1=z1)
        first, _ = explorer.model().equation.splitlines()
        powers = [float(p.replace("−", "-")) for p in re.findall(r"e\^\((.+?)\)", first)]
        written = [float(value) for value in first.split(" = ")[1].split(" + ")]
        np.testing.assert_allclose(np.exp(powers), written, atol=6e-3)
        assert len(first) <= len("(z − 3.0) / 0.1:   e^(−20.0) + e^(−10.0) + e^(0.0) = ") + 30


def test_a_tie_is_called_one(explorer):
    explorer.set_parameters(z1=3, z2=1)
    assert "The likeliest: a tie." in explorer.summary


def test_a_bars_end_can_be_dragged(explorer):
    Mouse(explorer).pull("z2", (2.0, 1.0), by=(-3.1, 0.4))
    assert (explorer.z1, explorer.z2, explorer.z3) == (1, -1, 3)
    assert bars(explorer, 0) == [1, -1, 3]
