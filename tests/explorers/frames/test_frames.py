"""Frames: drawn quickly, and with the pixels that Matplotlib would have drawn."""

from io import BytesIO

import matplotlib
import numpy as np
import pytest
from colour import IN_256_COLOURS
from every_explorer import EXPLORERS
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image

from nnlib.explorers import NeuronExplorer
from nnlib.explorers.frames.renderer import FrameRenderer
from nnlib.explorers.frames.still_picture import STRIP
from nnlib.explorers.frames.typesetting import Typesetter, memory
from nnlib.plots.maps.heat_map import draw_heat_map
from nnlib.plots.palette import DARK, LIGHT

# Of 255. Three letters' soft edges on one pixel can make two; a letter whose place falls between
# two 64ths of a pixel, where Matplotlib puts it on either, can make five at its steepest edge.
LEVELS = 5


@pytest.fixture(scope="module", params=EXPLORERS, ids=lambda explorer: explorer.__name__)
def explorer(request):
    made = request.param()
    yield made
    made.close()


@pytest.fixture
def renderer(explorer):
    return FrameRenderer(explorer.figure, explorer.view.artists)


def pixels(picture):
    return np.asarray(Image.open(BytesIO(picture)).convert("RGB")).astype(int)


def drawn_by_matplotlib(figure, artists, dpi):
    """Return the pixels of the same artists in the same order, on Matplotlib's own canvas."""
    own_canvas = figure.canvas
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    for artist in artists:
        figure.draw_artist(artist)
    figure.set_canvas(own_canvas)
    return np.asarray(canvas.buffer_rgba()).astype(int)[..., :3]


def largest_difference(one, other):
    assert one.shape == other.shape
    return np.abs(one - other).max()


def test_every_explorer_has_matplotlibs_pixels(explorer, renderer):
    """On each kind of screen, the explorers in turn."""
    pixel_ratio = (1.0, 1.5, 2.0)[EXPLORERS.index(type(explorer)) % 3]
    for _ in range(2):  # from memory, the second time
        frame = pixels(renderer.png(pixel_ratio))
    artists = sorted(explorer.view.artists, key=lambda artist: artist.get_zorder())
    reference = drawn_by_matplotlib(explorer.figure, artists, 100 * pixel_ratio)
    assert largest_difference(frame, reference) <= LEVELS
    assert np.mean(np.abs(frame - reference) > 1) < 1e-4


@pytest.mark.parametrize(
    "style",
    [
        {},
        {"fontweight": "bold", "fontsize": 12.5, "ha": "right"},
        {"fontsize": 11.5, "ha": "center", "va": "center", "color": "#9a4d05", "alpha": 0.5},
        {"rotation": 30, "color": "purple"},
        {"clip_on": True, "fontsize": 30},
        {"bbox": {"facecolor": "yellow", "pad": 3}, "va": "top"},
        {"antialiased": False},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "words", ["Loss 0.745, 47% right", "−0.5", "a\n−1.25", "first, waffle", "$x^2$", "   "]
)
def test_a_text_has_matplotlibs_pixels_wherever_it_stands(words, style):
    figure = Figure(figsize=(4, 1), dpi=100)
    ax = figure.add_axes((0.1, 0.2, 0.8, 0.6))
    text = ax.text(0.5, 0.5, words, **style)
    renderer = FrameRenderer(figure, [text])
    for place in ((0.5, 0.5), (0.37123, 0.48), (0.0, 0.995), (0.96, 0.0)):
        text.set_position(place)
        frame = pixels(renderer.png())
        assert largest_difference(frame, drawn_by_matplotlib(figure, [text], 100)) <= LEVELS


def test_ticks_and_grid_follow_the_axis_and_its_limits():
    """They stand in the background, which is drawn once for the same limits."""
    figure = Figure(figsize=(4, 2), dpi=100)
    ax = figure.add_axes((0.15, 0.2, 0.8, 0.7))
    ax.grid()
    (line,) = ax.plot([0, 1, 2], [0.2, 0.9, 0.4])
    renderer = FrameRenderer(figure, [line])
    for limits in ((0, 2), (-1, 5), (0, 2)):
        ax.set_xlim(*limits)
        frame = pixels(renderer.png())
        assert largest_difference(frame, drawn_by_matplotlib(figure, [line], 100)) <= LEVELS


def test_an_artist_that_is_raised_is_drawn_above():
    figure = Figure(figsize=(1, 1), dpi=100)
    ax = figure.add_axes((0, 0, 1, 1))
    below, above = (ax.plot([0.5], [0.5], "s", color=c, markersize=50)[0] for c in ("red", "blue"))
    renderer = FrameRenderer(figure, [below, above])
    assert tuple(pixels(renderer.png())[50, 50]) == (0, 0, 255)
    below.set_zorder(above.get_zorder() + 1)
    assert tuple(pixels(renderer.png())[50, 50]) == (255, 0, 0)


WORDS = st.text("0123456789.,+−  abfiTLVw₁σŷ∂=()%✓", min_size=1, max_size=20)


@settings(max_examples=200, deadline=None)
@given(words=WORDS, size=st.sampled_from([9.5, 10.5, 12.5]), dpi=st.sampled_from([100, 150, 200]))
def test_a_text_put_together_from_pieces_is_as_large_as_matplotlib_says(words, size, dpi):
    font = FontProperties(size=size)
    said = RendererAgg(1, 1, dpi).get_text_width_height_descent(words, font, False)
    assert Typesetter(font, dpi, memory()).measure(words) == pytest.approx(said, abs=1e-9)


def test_a_small_picture_has_few_bytes_and_looks_the_same(renderer):
    whole, small = renderer.png(), renderer.png(small=True)
    assert len(small) < len(whole) / 2
    assert largest_difference(pixels(small), pixels(whole)) <= IN_256_COLOURS
    assert len(renderer.jpeg(small=True)) < 0.6 * len(renderer.jpeg())


@pytest.fixture
def rasterised(monkeypatch):
    """The texts that Matplotlib has rasterised, in order."""
    found = []
    original = RendererAgg.draw_text

    def spy(self, gc, x, y, s, *args, **kwargs):
        found.append(s)
        original(self, gc, x, y, s, *args, **kwargs)

    monkeypatch.setattr(RendererAgg, "draw_text", spy)
    return found


def test_the_same_picture_again_rasterises_no_text(renderer, rasterised):
    renderer.jpeg()
    rasterised.clear()
    renderer.jpeg()
    assert rasterised == []


def test_the_quick_picture_and_the_one_at_rest_do_not_push_each_other_out(renderer, rasterised):
    quick = renderer.jpeg()
    renderer.png(2.0)
    rasterised.clear()
    assert renderer.jpeg() == quick, "nothing stands where it stood at the other resolution"
    renderer.png(2.0)
    assert rasterised == []


def test_an_explorer_finds_the_words_of_the_one_before(rasterised):
    NeuronExplorer().close()
    rasterised.clear()
    NeuronExplorer().close()
    assert rasterised == []


@pytest.mark.parametrize(
    "settings", [{"text.hinting": "none"}, {"font.sans-serif": ["DejaVu Serif"]}], ids=str
)
def test_words_are_set_anew_where_letters_look_otherwise(settings):
    figure = Figure(figsize=(4, 1), dpi=100)
    text = figure.text(0.1, 0.5, "Loss 0.745, waffle")
    renderer = FrameRenderer(figure, [text])
    before = pixels(renderer.png())
    with matplotlib.rc_context(settings):
        frame = pixels(renderer.png())
        assert largest_difference(frame, drawn_by_matplotlib(figure, [text], 100)) <= LEVELS
    assert largest_difference(frame, before) > LEVELS
    assert largest_difference(pixels(renderer.png()), before) == 0


def heat_map_and_imshow(values, palette, dpi=100):
    """Return the pixels of one grid drawn by `draw_heat_map`, and by Matplotlib's imshow."""
    limits = (-1.0, 1.0, -2.0, 2.0)
    frames = []
    for own in (True, False):
        figure = Figure(figsize=(4, 4), dpi=dpi)
        ax = figure.add_axes((0.1, 0.1, 0.75, 0.7))  # edges between pixels
        ax.set_axis_off()
        if own:
            image = draw_heat_map(ax, palette.map, low=0.0, high=1.0)
            image.set_data(values)
            image.set_extent(limits)
        else:
            style = {"origin": "lower", "aspect": "auto", "interpolation": "bilinear"}
            ax.imshow(values, cmap=palette.map, vmin=0.0, vmax=1.0, extent=limits, **style)
        ax.set(xlim=limits[:2], ylim=limits[2:])
        frames.append(drawn_by_matplotlib(figure, [], dpi))
    return frames


def landscape(size):
    x, y = np.meshgrid(np.linspace(-3, 3, size), np.linspace(-3, 3, size))
    return 1 / (1 + np.exp(-3 * np.sin(1.3 * x) * np.cos(y) - x))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
@pytest.mark.parametrize(("size", "dpi"), [(61, 100), (100, 200), (2, 100), (1, 100)])
def test_a_heat_map_has_the_pixels_of_imshow(size, dpi, palette):
    own, imshow = heat_map_and_imshow(landscape(size), palette, dpi)
    assert largest_difference(own, imshow) <= 2


def test_a_heat_map_shows_its_lowest_row_below_and_keeps_to_its_ends():
    values = np.full((20, 20), 0.5)
    values[0, 0], values[-1, -1] = 5.0, -5.0  # beyond both ends of the colours
    own, imshow = heat_map_and_imshow(np.clip(values, 0, 1), LIGHT)
    beyond, _ = heat_map_and_imshow(values, LIGHT)
    assert largest_difference(own, imshow) <= 2
    colours = {tuple(pixel) for pixel in beyond.reshape(-1, 3)}
    assert {(246, 197, 150), (163, 200, 230)} <= colours


@pytest.mark.parametrize("size", [20, 500])
def test_what_is_not_finite_or_too_fine_is_left_to_matplotlib(size):
    values = landscape(size)
    if size == 20:
        values[3, 4] = np.nan
    own, imshow = heat_map_and_imshow(values, LIGHT)
    assert largest_difference(own, imshow) <= 1


def test_pictures_of_texts_are_kept_up_to_a_number_of_bytes():
    most = 500_000
    pictures = memory(most)
    typesetter = Typesetter(FontProperties(size=40), 200.0, pictures)
    black = (0.0, 0.0, 0.0, 1.0)
    made = 0
    for number in range(20):
        made += typesetter.set(f"number {number}", 0.0, 0.0, black, True)[2].nbytes
    held = sum(picture[2].nbytes for picture in pictures.values())
    assert made > 2 * most, "more was made than may be kept"
    assert most / 2 < held <= most
    assert (
        typesetter.set("number 19", 0.0, 0.0, black, True)
        is pictures[(typesetter, "number 19", 0.0, 0.0, black, True)]
    )


def test_a_notebooks_picture_is_small_and_looks_the_same(renderer):
    whole, small = renderer.png(), renderer.still_png(LIGHT)
    assert len(small) < 0.6 * len(whole)
    assert largest_difference(pixels(small)[STRIP:], pixels(whole)) <= IN_256_COLOURS
