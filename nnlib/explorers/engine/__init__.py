"""What any live figure needs: a value comes in, a frame and its words go out. No networks here.

The shortest complete explorer, of another subject. It has the three parts that all have: a model,
a view, and the explorer with its parameters.

>>> from dataclasses import dataclass
>>> import numpy as np
>>> from nnlib.explorers.controls.parameters import Number
>>> from nnlib.explorers.engine.explorer import Explorer
>>> from nnlib.plots.axes import name_axes, style_axes
>>> from nnlib.plots.words.numbers import significant
>>> @dataclass(frozen=True)
... class Wave:
...     frequency: float
...     def height(self, t):
...         return np.sin(2 * np.pi * self.frequency * t)
...     @property
...     def summary(self):
...         return f"A wave of {significant(self.frequency)} hertz."
...     @property
...     def equation(self):
...         return f"y = sin(2π · {significant(self.frequency)} · t)"
>>> class WaveView:
...     def __init__(self, figure, palette):
...         ax = figure.add_axes((0.1, 0.15, 0.85, 0.75), xlim=(0, 1), ylim=(-1.1, 1.1))
...         style_axes(ax, palette, grid="both")
...         name_axes(ax, "time t, in seconds", "height y", palette)
...         (self.line,) = ax.plot([], [], color=palette.ink)
...         self.artists = [self.line]
...     def update(self, wave):
...         t = np.linspace(0, 1, 500)
...         self.line.set_data(t, wave.height(t))
>>> class WaveExplorer(Explorer):
...     frequency = Number(2.0, low=0, high=10, label="f frequency")
...     opens_with = ("frequency",)
...     View = WaveView
...     def model(self):
...         return Wave(self.frequency)

In a notebook ``WaveExplorer()`` on the last line of a cell shows it. Its slider moves the picture:

>>> explorer = WaveExplorer()
>>> explorer.controls["frequency"].value = 5.0
>>> explorer.summary
'A wave of 5 hertz.'
>>> explorer.close()
"""
