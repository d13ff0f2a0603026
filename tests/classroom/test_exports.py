"""An exported notebook shows pictures and questions offline: no widget's script is needed."""

import html
import json
import re

import nbformat
import pytest
from chapter_text import NOTEBOOKS
from ipywidgets import Widget
from nbconvert import HTMLExporter, SlidesExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output
from traitlets.config import Config

from nnlib.classroom.editions.paper import paper_page
from nnlib.classroom.editions.slides import slides_page
from nnlib.classroom.lab import SETTINGS
from nnlib.classroom.saved_widgets import STATE
from nnlib.exercises import predict
from nnlib.explorers import NeuronExplorer


@pytest.fixture(scope="module")
def notebook():
    """A notebook as it is saved with an explorer and a prediction in it, both with widget views."""
    shown = [NeuronExplorer(), predict("neurons-bias")]
    outputs = [new_output("display_data", data=each._repr_mimebundle_()) for each in shown]
    cells = [new_code_cell("shown", outputs=[output]) for output in outputs]
    state = {STATE: Widget.get_manager_state()}
    for each in shown:
        each.close()
    return new_notebook(cells=cells, metadata={"widgets": state})


@pytest.mark.parametrize("exporter", [HTMLExporter, SlidesExporter])
def test_an_exported_notebook_shows_pictures_and_questions(notebook, exporter):
    settings = json.loads((SETTINGS / "jupyter_server_config.json").read_text("utf-8"))
    page, _ = exporter(config=Config(settings)).from_notebook_node(notebook)
    assert len(re.findall(r'<img[^>]+src="data:image/png;base64,', page)) == 1
    assert "It stays: only the outputs change" in page


@pytest.mark.parametrize("page_of", [paper_page, slides_page])
def test_a_picture_of_a_later_moment_has_the_words_of_that_moment(checkout, page_of):
    notebook = nbformat.read(NOTEBOOKS / "05_training.ipynb", as_version=4)
    notebook.cells = [c for c in notebook.cells if c.id in ("explorer-descent", "explorer-overfit")]
    page = html.unescape(page_of(notebook, checkout))
    for words in ("step 5: at (−0.13, 0.99)", "Epoch 1,000, 1,000 updates"):
        assert re.search(rf'<img[^>]* alt="[^"]*{re.escape(words)}', page)
