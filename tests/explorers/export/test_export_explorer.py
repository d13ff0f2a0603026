"""`ExportExplorer`: the program and the file hold the network's own numbers, all of them."""

import base64
import json
import re
from io import BytesIO

import numpy as np
import pytest
from exported_programs import arrays, keras_by_hand, pytorch_by_hand

from nnlib import Network
from nnlib.explorers import DigitExplorer, ExportExplorer, TrainingExplorer, TwoRunsExplorer
from nnlib.explorers.export.explorer import network_of
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import RunSettings
from nnlib.plots.networks.network_sketch import NetworkSketch

X = np.random.default_rng(0).normal(0, 2, (20, 3))
BY_HAND = {"pytorch": pytorch_by_hand, "keras": keras_by_hand}

KIND = ExportExplorer


def saved_files(explorer):
    """Return {file name: its bytes} of the links."""
    links = re.findall(r'download="(.+?)" href="data:.+?;base64,(.+?)"', explorer._links.value)
    return {name: base64.b64decode(content) for name, content in links}


@pytest.mark.parametrize("framework", BY_HAND)
def test_the_program_answers_as_the_network_does(explorer, framework):
    explorer.controls["framework"].value = framework
    text = explorer._program.value
    np.testing.assert_allclose(
        BY_HAND[framework](text, X[:, :2]), explorer.network.predict(X[:, :2]), rtol=1e-11
    )
    assert explorer._program.description == f"{explorer.model().library} program"
    assert explorer.view._table_title.get_text() == f"Its layers in {explorer.model().library}"


@pytest.mark.parametrize("framework", BY_HAND)
def test_a_network_trained_in_an_explorer_is_exported_as_it_stands(framework):
    training = TrainingExplorer()
    training.step(40)
    explorer = ExportExplorer(of=training, framework=framework)
    network = training.trainer.network
    np.testing.assert_allclose(
        BY_HAND[framework](explorer.program, X[:, :2]), network.predict(X[:, :2]), rtol=1e-11
    )
    training.step(40)  # the program stays, so that it can be copied, until the newest is asked for
    before = explorer.program
    assert explorer._program.value == before
    explorer.controls["newest"].click()
    assert explorer._program.value != before
    np.testing.assert_allclose(
        BY_HAND[framework](explorer._program.value, X[:, :2]),
        network.predict(X[:, :2]),
        rtol=1e-11,
    )
    assert explorer.error is None
    explorer.close()
    training.close()


def test_a_network_of_other_sizes_is_drawn_anew():
    training = TrainingRun(RunSettings())
    explorer = ExportExplorer(of=training)
    assert explorer.view._title.get_text().startswith("The network 2-4-1")
    training.steer(RunSettings(hidden=((2, "relu"), (2, "relu"))))
    explorer.controls["newest"].click()
    assert explorer.view._title.get_text().startswith("The network 2-2-2-1")
    assert len(explorer.view._drawing.edges) == 4 + 4 + 2
    assert explorer.error is None
    explorer.close()


def test_the_files_are_the_program_and_the_weights(explorer):
    files = saved_files(explorer)
    assert set(files) == {"network_pytorch.py", "network.npz"}
    assert files["network_pytorch.py"].decode("utf-8") == explorer.program
    again = Network.load(BytesIO(files["network.npz"]))
    np.testing.assert_array_equal(again.parameters, explorer.network.parameters)
    assert (again.sizes, again.hidden) == (explorer.network.sizes, explorer.network.hidden)
    explorer.framework = "keras"
    assert "network_keras.py" in saved_files(explorer)


def test_the_numbers_of_the_drawing_are_those_of_a_row_of_ones(explorer):
    network = explorer.network
    a = network.predict(np.ones((1, 2)))[0, 0]
    words = [text.get_text() for text in explorer.view._words]
    assert words == ["17 parameters in all", "answer to an input of ones:", f"{a:.3f}"]
    assert f"answers {a:.3f}; the program prints the same" in explorer.summary
    comment = explorer.program.rstrip().rpartition("# nnlib: ")[2]
    assert float(comment) == pytest.approx(a, rel=1e-3)


def test_the_shapes_tell_what_is_transposed(explorer):
    assert explorer.model().rows == [
        ("1, tanh", "2 × 4", "4 × 2"),
        ("2, sigmoid", "4 × 1", "1 × 4"),
    ]
    explorer.framework = "keras"
    assert [row[2] for row in explorer.model().rows] == ["2 × 4", "4 × 1"]


def test_a_transposed_matrix_lies_down_where_the_other_stands(explorer):
    def sides(k):
        return [(shape.get_height(), shape.get_width()) for shape in explorer.view.shapes[k]]

    assert sides(0) == [(11, 22), (22, 11)]  # of a 2 × 4 matrix, and of a 4 × 2
    explorer.framework = "keras"
    assert sides(0) == [(11, 22), (11, 22)]
    seen = [shape.get_visible() for row in explorer.view.shapes for shape in row]
    assert seen == [True] * 4 + [False] * 6


def test_no_number_of_a_weight_lies_on_another_edge(explorer):
    assert isinstance(explorer.view._drawing, NetworkSketch)  # 2-4-1: eight edges cross


def test_a_large_network_is_sketched_and_written():
    digits = DigitExplorer()
    explorer = ExportExplorer(of=digits)
    written = np.concatenate([part.ravel() for part in arrays(explorer.program).values()])
    np.testing.assert_array_equal(written, digits.network.parameters)
    assert len(explorer.view._drawing.nodes) == 12
    assert "A 64-32-10 network with 2,410 parameters" in explorer.summary
    explorer.close()
    digits.close()


def test_a_network_too_large_to_read_says_so_and_its_weights_are_saved():
    explorer = ExportExplorer(of=Network([784, 16, 10], output="softmax"))
    assert explorer.error is None
    assert "12,730 parameters; up to 10,000 are written" in explorer._program.value
    assert "12,730 parameters" in explorer.summary
    assert Network.load(BytesIO(saved_files(explorer)["network.npz"])).sizes == [784, 16, 10]
    explorer.close()


def test_state_holds_the_network(explorer):
    explorer.framework = "keras"
    again = ExportExplorer.from_state(json.loads(json.dumps(explorer.state)))
    assert again.program == explorer.program
    again.close()


def test_what_has_no_network_is_refused():
    with pytest.raises(TypeError, match="of must be a Network"):
        network_of(3)
    two = TwoRunsExplorer()
    with pytest.raises(TypeError, match="of must be a Network"):
        ExportExplorer(of=two)
    two.close()


def test_a_large_network_s_neurons_are_circles_and_no_frames_of_maps_that_are_not_there():
    explorer = ExportExplorer(Network([64, 32, 10]))
    assert explorer.view._drawing.maps == {}
    assert "flex_flow" in explorer._program.layout.get_state() and (
        explorer._program.layout.flex_flow == "column"  # its name stands above the program
    )
    explorer.close()
