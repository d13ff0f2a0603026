"""A saved notebook keeps the widgets that its outputs show, also those of a kernel that is gone."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nnlib.classroom.saved_widgets import STATE, VIEW, keep_widgets, models_of


def state(**references: str) -> dict[str, Any]:
    return {
        "model_name": "VBoxModel",
        "state": {k: [f"IPY_MODEL_{v}"] for k, v in references.items()},
    }


def notebook(models: dict[str, Any], *shown: dict[str, Any]) -> dict[str, Any]:
    """A notebook with these models and a cell with an output for each widget that is shown."""
    outputs = [[{"output_type": "execute_result", "data": data}] for data in shown]
    return {
        "metadata": {"widgets": {STATE: {"state": models, "version_major": 2}}},
        "cells": [{"cell_type": "code", "outputs": output} for output in outputs],
    }


def view(name: str, **others: str) -> dict[str, Any]:
    return {VIEW: {"model_id": name}, **others}


@pytest.fixture
def save(tmp_path: Path):
    """Save a notebook over an earlier one, as Jupyter Server does; return what is saved."""

    def save(earlier: dict[str, Any] | str, newer: dict[str, Any], kind: str = "notebook"):
        text = earlier if isinstance(earlier, str) else json.dumps(earlier)
        (tmp_path / "my notes.ipynb").write_text(text, encoding="utf-8")
        model = {"type": kind, "content": newer}
        manager = SimpleNamespace(root_dir=str(tmp_path))
        keep_widgets(model=model, path="/my notes.ipynb", contents_manager=manager)
        return model["content"]

    return save


def test_the_widgets_of_cells_that_were_not_run_again_stay(save):
    earlier = {"old": state(children="inner"), "inner": state(), "gone": state()}
    saved = save(
        notebook(earlier, view("old")), notebook({"new": state()}, view("old"), view("new"))
    )
    assert models_of(saved) == {"new": state(), "old": earlier["old"], "inner": earlier["inner"]}


def test_what_the_kernel_says_now_goes_before_what_was_saved(save):
    saved = save(
        notebook({"box": state(children="a")}, view("box")),
        notebook({"box": state(children="b"), "b": state()}, view("box")),
    )
    assert models_of(saved) == {"box": state(children="b"), "b": state()}


def test_a_widget_of_which_nothing_is_known_gives_way_to_its_picture(save):
    shown = view("lost", **{"image/png": "…", "text/plain": "OR: 4 of 4 right."})
    saved = save(notebook({}), notebook({}, shown, view("bare")))
    data = [cell["outputs"][0]["data"] for cell in saved["cells"]]
    assert data == [{"image/png": "…", "text/plain": "OR: 4 of 4 right."}, view("bare")]


@pytest.mark.parametrize("earlier", ["", "{", "{}"])
def test_an_earlier_file_that_cannot_be_read_is_no_hindrance(save, earlier: str):
    assert models_of(save(earlier, notebook({"new": state()}, view("new")))) == {"new": state()}


def test_where_no_state_of_widgets_is_saved_nothing_is_touched(save):
    newer = {"metadata": {}, "cells": [{"cell_type": "code", "outputs": []}]}
    assert save("{}", dict(newer)) == newer
    assert save("{}", {"metadata": {"widgets": 1}}, kind="file") == {"metadata": {"widgets": 1}}
