"""A network at a glance: which of its lines are seen."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from nnlib.plots.networks.network_sketch import NetworkSketch, draw_network_sketch
from nnlib.plots.words.symbols import Node


def sketch_of(sizes: list[int], weights: list[np.ndarray]) -> NetworkSketch:
    sketch = draw_network_sketch(Figure(figsize=(4, 4)).add_axes((0, 0, 1, 1)), sizes)
    sketch.update(weights)
    return sketch


def test_among_many_lines_a_weak_one_is_faint_and_the_strongest_of_each_layer_whole():
    weights = [np.full((5, 5), 0.5), np.full((5, 1), -4.0)]
    weights[0][0] = [5.0, -2.5, 0.0, 0.5, 0.5]
    opacity = sketch_of([5, 5, 1], weights).edges.get_alpha()
    assert opacity[0] == 1 and opacity[1] == pytest.approx(0.5)
    assert 0 < opacity[2] < 0.1 and opacity[3] == pytest.approx(0.1)
    assert list(opacity[-5:]) == [1] * 5


def test_few_lines_are_all_seen_wholly():
    opacity = sketch_of([2, 2, 1], [np.array([[5.0, 0.0], [0.1, -1.0]]), np.ones((2, 1))])
    assert set(opacity.edges.get_alpha()) == {1.0}


def test_columns_stand_further_apart_where_more_lines_are_and_these_are_thin():
    weights = [np.ones((2, 8)), np.ones((8, 8)), np.ones((8, 1))]
    many, few = sketch_of([2, 8, 8, 1], weights), sketch_of([2, 1], [np.ones((2, 1))])
    x = [many.nodes[Node(column, 0)][0] for column in range(4)]
    first, middle, last = np.diff(x)
    assert middle > 1.1 * first > last
    assert max(many.edges.get_linewidth()) < min(few.edges.get_linewidth()) / 2
