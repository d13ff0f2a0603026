"""States that no explorer gave: refused in words, whatever is in them."""

import copy
import json
from contextlib import suppress

import numpy as np
import pytest
import traitlets
from every_explorer import EXPLORERS
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.explorers import (
    DigitExplorer,
    ExportExplorer,
    NeuronExplorer,
    TimelineExplorer,
    TrainingExplorer,
    TwoRunsExplorer,
)
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import RunSettings

pytestmark = pytest.mark.usefixtures("no_frames")

NO_RUN = "This is not the state of a training run"


def trained():
    """Return the state of a run that is in the middle of an epoch and has another behind it."""
    run = TrainingRun(RunSettings(data="xor", batch_size=3, optimizer="adam"))
    run.train(5)
    run.reset()
    run.train(3)
    return json.loads(json.dumps(run.state))


STATE = trained()

nonsense = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.sampled_from([10**400, "", "tanh", "A" * 100]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=150)
def test_a_changed_run_is_refused_or_can_be_trained(data):
    state = copy.deepcopy(STATE)
    place = state
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(keys))
        if not (isinstance(place[key], dict | list) and place[key]) or data.draw(st.booleans()):
            break
        place = place[key]
    if data.draw(st.booleans()):
        del place[key]
    else:
        place[key] = data.draw(nonsense)
    try:
        run = TrainingRun.from_state(state)
    except ValueError as problem:
        assert NO_RUN in str(problem) or "not a file" in str(problem)
    else:
        run.train(5)
        assert np.isfinite(run.trainer.network.parameters).all()
        assert json.loads(json.dumps(run.state))


@pytest.mark.parametrize("state", [3, None, [], "state", [("bias", 1)], {1: 2}])
@pytest.mark.parametrize("explorer", [NeuronExplorer, TrainingExplorer, TimelineExplorer])
def test_what_is_no_dict_is_no_state(explorer, state):
    with pytest.raises(TypeError, match=f"from_state needs a dict that {explorer.__name__}.state"):
        explorer.from_state(state)


@pytest.mark.parametrize("run", [{"x": 1}, {}, 3, None, "run", [STATE], {**STATE, "trainer": "AA"}])
def test_what_is_no_run_is_refused(run):
    for explorer in (TrainingExplorer, *([TimelineExplorer] if run is not None else [])):
        with pytest.raises(ValueError, match=f"{NO_RUN}|not a file"):
            explorer.from_state({"run": run})


@pytest.mark.parametrize("epochs", [-1, "a", None, [1], True, 10**9])
def test_an_endless_training_is_refused(epochs):
    with pytest.raises((TypeError, ValueError), match="epochs must be"):
        TwoRunsExplorer.from_state({"epochs": epochs})


def test_what_a_state_never_has_is_refused():
    with pytest.raises(TypeError, match="no parameter 'bogus'"):
        TrainingExplorer.from_state({"bogus": 1})


@pytest.mark.parametrize("network", ["x", 3, {"x": 1}, "UEsDBA=="])
@pytest.mark.parametrize("explorer", [ExportExplorer, DigitExplorer])
def test_what_is_no_network_is_refused(explorer, network):
    with pytest.raises(ValueError, match="This is not a file"):
        explorer.from_state({"network": network})


@pytest.mark.parametrize("sizes", [[10**6, 10**6], [0], ["a"], [4, 4]])
def test_a_run_of_other_sizes_is_refused_before_it_is_made(sizes):
    state = copy.deepcopy(STATE)
    state["settings"]["hidden"] = [[units, "tanh"] for units in sizes]
    with pytest.raises(ValueError, match=NO_RUN):
        TrainingRun.from_state(state)


@pytest.mark.parametrize("explorer", EXPLORERS, ids=lambda it: it.__name__)
def test_no_parameter_takes_nonsense(explorer):
    made = explorer()
    for name in made.declared_parameters:
        for value in (10**400, -(10**400), {"x": {"y": [1]}}, [[]], [None], [["a"], 1], ["\0"]):
            with suppress(traitlets.TraitError):  # a list of none may well be a list of numbers
                made.set_parameters(**{name: value})
            assert made.summary and json.dumps(made.state)
    assert made.error is None
    made.close()
