"""The colours of the course: one meaning each, in light and dark.

Blue is positive (class 1, a positive weight), orange is negative (class 0, a negative weight),
purple is a gradient, grey is secondary, ink is the current state. Colour is never the only cue:
shapes, dashes and signs say the same. Every text colour keeps a contrast of 4.5 : 1 or better.
"""

from dataclasses import dataclass

from matplotlib.colors import Colormap, LinearSegmentedColormap

from nnlib.plots.words.numbers import sign_of


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, named by what they mean."""

    name: str
    background: str
    ink: str  # the current state, and ordinary text
    grey: str  # secondary text and axes
    guide: str  # lines that move with what is meant, and are to be seen behind it
    faint: str  # grid lines and hairlines
    positive: str  # marks and lines
    negative: str
    positive_text: str  # the same, dark or light enough to be read
    negative_text: str
    gradient: str
    beside: str  # a second curve set beside the current state; always dashed, or named
    node: str  # the inside of a neuron
    highlight: str  # behind the row or number that is meant
    map: Colormap  # an output from 0 (negative) through the middle to 1 (positive)

    @property
    def runs(self) -> tuple[str, str, str, str, str]:
        """Colours of up to five runs side by side, where nothing has a sign or a gradient.

        Each run has a mark and dashes of its own besides.
        """
        return self.ink, self.positive_text, self.beside, self.negative_text, self.gradient

    def line_of(self, value: float) -> str:
        """Return the colour of a line that stands for a signed value; grey without a sign."""
        return (self.grey, self.positive, self.negative)[sign_of(value)]

    def text_of(self, value: float) -> str:
        """Return the colour of a signed number; grey without a sign."""
        return (self.grey, self.positive_text, self.negative_text)[sign_of(value)]


def _output_map(name: str, negative: str, middle: str, positive: str) -> Colormap:
    colormap = LinearSegmentedColormap.from_list(name, [negative, middle, positive], N=256)
    return colormap.with_extremes(bad=middle)


def shades_between(low: str, high: str, levels: int = 256) -> Colormap:
    """Return a colormap from one colour to another, for what has no sign: loss, or ink."""
    return LinearSegmentedColormap.from_list("shades", [low, high], N=levels)


LIGHT = Palette(
    name="light",
    background="#ffffff",
    ink="#22272e",
    grey="#5b6470",
    guide="#a3abb5",
    faint="#d5dae0",
    positive="#1f6fb4",
    negative="#d9730d",
    positive_text="#1f6fb4",
    negative_text="#9a4d05",
    gradient="#7a1f5c",
    beside="#0f572c",
    node="#ffffff",
    highlight="#eaf1f8",
    map=_output_map("output_light", "#f6c596", "#ffffff", "#a3c8e6"),
)

DARK = Palette(
    name="dark",
    background="#111111",
    ink="#c9d1d9",
    grey="#9aa4b0",
    guide="#4c535c",
    faint="#363d46",
    positive="#7db8ea",
    negative="#f2a65a",
    positive_text="#7db8ea",
    negative_text="#f2a65a",
    gradient="#e6a3cd",
    beside="#8ce8b0",
    node="#1a1f26",
    highlight="#232d39",
    map=_output_map("output_dark", "#754513", "#171b20", "#205080"),
)
