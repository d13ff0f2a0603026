"""An exported notebook shows pictures and questions offline: no widget's script is needed."""

import json
import re

import pytest
from ipywidgets import Widget
from nbconvert import HTMLExporter, SlidesExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output
from traitlets.config import Config

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
