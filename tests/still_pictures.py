"""The pictures that cells of a notebook show where no kernel runs."""

from base64 import b64decode
from io import BytesIO

from nbformat import NotebookNode
from PIL import Image


def picture_of(cell: NotebookNode) -> Image.Image:
    """Return the one picture that a cell shows."""
    [png] = [it.data["image/png"] for it in cell.outputs if "image/png" in it.get("data", {})]
    return Image.open(BytesIO(b64decode(png))).convert("RGB")
