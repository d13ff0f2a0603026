"""Damaged files, and files that lie: told in words, before they fill the memory."""

import io
import json
import re
import tracemalloc
import zipfile
from contextlib import contextmanager, suppress
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import Adam, Network, Trainer, TrainingDiverged, datasets, storage
from nnlib.storage import saved

X, Y = datasets.truth_table("xor")


def trained():
    trainer = Trainer(Network([2, 3, 1]), X, Y, "binary_cross_entropy", Adam(0.02), batch_size=3)
    trainer.run(2)
    trainer.step()
    return trainer


TRAINER = trained()
FILES = {Network: saved(TRAINER.network), Trainer: saved(TRAINER)}


def parts_of(content):
    """Return what is in a file, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def file_of(parts, compression=zipfile.ZIP_DEFLATED):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return memory.getvalue()


def npy(array):
    memory = io.BytesIO()
    np.save(memory, array)
    return memory.getvalue()


def settings_of(kind):
    return json.loads(str(np.load(io.BytesIO(FILES[kind]))["settings"]))


def with_settings(kind, change):
    """Return a file whose settings have been changed."""
    told = settings_of(kind)
    change(told)
    return file_of({**parts_of(FILES[kind]), "settings.npy": npy(np.array(json.dumps(told)))})


def refused(kind, content):
    with pytest.raises(ValueError, match=f"not a file that {kind.__name__}.save wrote"):
        kind.load(io.BytesIO(content))


@contextmanager
def cheap():
    """At most 20 MB: what is not unpacked takes no time either."""
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20e6


def load(kind, content):
    """Load, if it is such a file; refuse it in words if not."""
    try:
        return kind.load(io.BytesIO(content))
    except ValueError as problem:
        assert re.match("This is not a file that|This file holds a|The data take", str(problem))
        return None


@pytest.mark.parametrize("kind", FILES)
@given(st.data())
@settings(max_examples=150)
def test_a_changed_byte_is_noticed_or_does_no_harm(kind, data):
    content = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    loaded = load(kind, bytes(content[: data.draw(st.none() | st.integers(0, len(content)))]))
    if loaded is not None:
        network = loaded if kind is Network else loaded.network
        np.testing.assert_array_equal(network.parameters, TRAINER.network.parameters)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@pytest.mark.parametrize("kind", FILES)
@given(st.data())
@settings(max_examples=100)
def test_other_settings_are_refused_or_make_something_that_works(kind, data):
    def change(told):
        place = told
        while True:
            name = data.draw(st.sampled_from(sorted(place)))
            if not isinstance(place[name], dict) or data.draw(st.booleans()):
                break
            place = place[name]
        place[name] = data.draw(json_values)

    loaded = load(kind, with_settings(kind, change))
    if kind is Trainer and loaded is not None:
        assert loaded.epoch == loaded.history.epoch[-1] and loaded.steps >= loaded.epoch
        with suppress(TrainingDiverged):
            loaded.step()


@pytest.mark.parametrize("kind", FILES)
@given(st.data())
@settings(max_examples=100)
def test_other_arrays_are_refused_or_make_something_that_works(kind, data):
    parts = parts_of(FILES[kind])
    name = data.draw(st.sampled_from(sorted(parts)))
    array = np.load(io.BytesIO(parts[name]))
    changed = [
        array.astype(complex) if array.dtype.kind != "U" else array[()].encode(),
        np.atleast_2d(array),
        array.reshape(-1)[:-1],
        array.reshape(-1)[:0],
        np.array(["a"]),
        *([array * np.nan, -array, array + 0.5, array.T] if array.dtype.kind != "U" else []),
    ]
    with np.errstate(all="ignore"):
        parts[name] = npy(np.asarray(data.draw(st.sampled_from(changed))))
    loaded = load(kind, file_of(parts))
    if kind is Trainer and loaded is not None:
        with suppress(TrainingDiverged):
            loaded.step()
        assert np.isfinite(loaded.network.parameters).all()


@pytest.mark.parametrize("kind", FILES)
def test_what_is_missing_is_noticed(kind):
    for missing in parts_of(FILES[kind]):
        parts = parts_of(FILES[kind])
        del parts[missing]
        refused(kind, file_of(parts))


NO_COUNTS = [-5, "a", None, 1.5, True, float("nan")]


@pytest.mark.parametrize(
    ("name", "value"), [("epoch", 99), *product(("epoch", "steps"), NO_COUNTS)]
)
def test_a_trainer_cannot_be_at_an_epoch_that_has_not_been(name, value):
    refused(Trainer, with_settings(Trainer, lambda told: told.update({name: value})))


@pytest.mark.parametrize(
    "order",
    [[0, 1, 2], [0, 0, 1, 2], [0, 1, 2, 4], [0.0, 1.0, 2.0, 3.0], [[0, 1, 2, 3]], "0123"],
)
def test_a_shuffle_of_other_data_is_refused(order):
    refused(Trainer, with_settings(Trainer, lambda told: told["batches"].update(order=order)))


def header(shape, dtype="<f8"):
    memory = io.BytesIO()
    header = {"descr": dtype, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(memory, header)
    return memory.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        header((10**12,)),
        header((10**12,)) + bytes(80),
        header((-1, -1)) + bytes(8),
        header((13,), "|O") + bytes(104),
        header((13,), "|b1") + bytes(13),
        b"\x93NUMPY\x01\x00\x10\x00{'descr': ((((\n",
        b"\x93NUMPY\x09\x00\x10\x00",
        b"no array",
        b"",
    ],
)
@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_header_that_lies_is_looked_through(part, compression):
    parts = {**parts_of(FILES[Network]), "parameters.npy": part}
    with cheap():
        refused(Network, file_of(parts, compression))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_pack_are_refused(compression):
    refused(Network, file_of(parts_of(FILES[Network]), compression))


def test_what_nobody_asked_for_is_left_alone():
    zeros = header((25_000_000,)) + bytes(200_000_000)
    content = file_of({**parts_of(FILES[Network]), "other.npy": zeros})
    del zeros
    with cheap():
        Network.load(io.BytesIO(content))


def test_what_unpacks_to_too_much_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(storage, "MOST_UNPACKED", 100_000_000)
    content = file_of(
        {**parts_of(FILES[Network]), "parameters.npy": header((25_000_000,)) + bytes(2 * 10**8)}
    )
    with cheap(), pytest.raises(ValueError, match=r"take 0\.2 GB; .* at most 0\.1 GB"):
        Network.load(io.BytesIO(content))


@pytest.mark.parametrize("sizes", [[15_000, 15_000, 1], [1] * 10_000, [10**9, 10**9], [2, 3, 2, 1]])
def test_sizes_are_compared_with_the_parameters_before_anything_is_made(sizes):
    def change(told):
        told.update(sizes=sizes, hidden=["tanh"] * (len(sizes) - 2))

    content = with_settings(Network, change)
    with cheap():
        refused(Network, content)


def test_endless_nesting_is_no_settings():
    deep = "[" * 100_000 + "]" * 100_000
    parts = {**parts_of(FILES[Network]), "settings.npy": npy(np.array(deep))}
    refused(Network, file_of(parts))


def test_what_could_not_be_read_is_not_written(monkeypatch):
    monkeypatch.setattr(storage, "MOST_UNPACKED", 100)
    with pytest.raises(ValueError, match="a file of nnlib holds"):
        saved(TRAINER.network)


@pytest.mark.parametrize("text", [3, None, "é", "AA", "====", "UEsDBA"])
def test_what_is_no_file_as_text_is_refused(text):
    with pytest.raises(ValueError, match="This is not a file"):
        Network.load(storage.file_from_text(text))
