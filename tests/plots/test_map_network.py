"""A network of maps: where its numbers and names stand, whatever its sizes."""

from itertools import combinations, pairwise, product

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from nnlib.plots.networks.map_network import draw_map_network
from nnlib.plots.words.symbols import Node

WIDTH, HEIGHT = 300.0, 326.0  # pixels
HIDDEN = [
    *((n,) for n in range(1, 9)),
    *product((1, 2, 3, 8), repeat=2),
    *product((1, 8), repeat=3),
]


@pytest.mark.parametrize("n_in", [1, 2, 5])
def test_no_number_or_name_touches_a_map_or_another_number(n_in):
    for hidden in [(), *HIDDEN]:
        sizes = (n_in, *hidden, 1)
        figure = Figure(figsize=(9, 4))
        ax = figure.add_axes((58 / 900, 28 / 400, WIDTH / 900, HEIGHT / 400))
        network = draw_map_network(ax, sizes, [f"x{k}" for k in range(n_in)])
        pairs = list(pairwise(sizes))
        network.update(
            [np.zeros((4, n)) for n in sizes[1:]],
            [np.full(shape, -12.34) for shape in pairs],
            [np.full(n, -1.25) for n in sizes[1:]],
        )
        texts = [text for text in ax.texts if text.get_text() and text.get_visible()]
        words = [(text.get_text(), text.get_window_extent()) for text in texts]
        maps = [
            (f"map {node}", unit_map.get_window_extent()) for node, unit_map in network.maps.items()
        ]
        pairs = [*combinations(words, 2), *product(words, maps)]
        touching = [(a, b) for (a, one), (b, other) in pairs if overlap(one, other)]
        assert not touching, (sizes, touching)


def test_the_number_of_a_bias_leaves_the_frame_of_its_map_whole():
    figure = Figure(figsize=(3, 3.26), dpi=100)
    network = draw_map_network(figure.add_axes((0, 0, 1, 1)), (2, 1), ["x₁", "x₂"])
    network.update([np.zeros((4, 1))], [np.ones((2, 1))], [np.array([-1.25])])
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    grey = np.asarray(canvas.buffer_rgba())[::-1, :, :3].mean(axis=-1)  # the lowest row first
    box = network.maps[Node(1, 0)].get_window_extent()
    column = grey[:, round((box.x0 + box.x1) / 2)]
    above, below = (column[round(y) - 2 : round(y) + 3].min() for y in (box.y1, box.y0))
    assert below == pytest.approx(above, abs=12)


def overlap(one, other):
    """Whether the boxes share more than half a pixel in both directions."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return width > 0.5 and height > 0.5


def test_few_lines_have_their_numbers_and_many_are_left_whole():
    def numbers(*sizes):
        ax = Figure(figsize=(9, 4)).add_axes((0, 0, WIDTH / 900, HEIGHT / 400))
        return draw_map_network(ax, sizes, ["x₁", "x₂"]).layout.labelled

    assert numbers(2, 1) == {0}
    assert numbers(2, 2, 1) == {0, 1}
    assert numbers(2, 4, 1) == {1}
    assert numbers(2, 8, 8, 1) == set()
