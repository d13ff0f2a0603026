"""The one type alias of the library."""

from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
"""A NumPy array of floating-point numbers; its shape is given in each docstring."""
