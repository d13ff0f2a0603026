"""Files: what is refused, and that nothing in them is ever run."""

import io
import json
import pickle

import numpy as np
import pytest

from nnlib import SGD, Network, Trainer, datasets, storage


class Trap:
    def __reduce__(self):
        return (pytest.fail, ("a file was allowed to run code",))


def as_file(content):
    return io.BytesIO(content)


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    file.seek(0)
    return file


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    file.seek(0)
    return file


@pytest.mark.parametrize(
    "make",
    [
        lambda: as_file(b""),
        lambda: as_file(b"not a file of ours"),
        lambda: as_file(b"PK\x03\x04 broken"),
        lambda: as_file(pickle.dumps(Trap())),
        lambda: npy(np.ones(3)),
        lambda: npy(np.array([Trap()], dtype=object)),
        lambda: npz(x=np.ones(3)),
        lambda: npz(settings=np.array("no JSON")),
        lambda: npz(settings=np.array("[1]")),
        lambda: npz(settings=np.array("{}")),
        lambda: npz(settings=np.array('{"kind": "Network"}'), parameters=np.array([Trap()])),
    ],
)
@pytest.mark.parametrize("kind", [Network, Trainer])
def test_other_files_are_refused_and_never_run(make, kind):
    with pytest.raises(ValueError, match=f"not a file that {kind.__name__}.save wrote"):
        kind.load(make())


def test_the_kinds_are_told_apart(tmp_path):
    Network([2, 1]).save(tmp_path / "file")
    with pytest.raises(ValueError, match=r"holds a Network; read it with Network\.load"):
        Trainer.load(tmp_path / "file")


def test_a_missing_file_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "nowhere.npz")


def test_settings_and_arrays_come_back(tmp_path):
    storage.write(tmp_path / "file", "Thing", {"a": [1, "b"]}, {"x": np.arange(3), "z": np.ones(2)})
    settings, arrays = storage.read(tmp_path / "file", "Thing", ["x", "y"])
    assert settings == {"kind": "Thing", "a": [1, "b"]}
    assert list(arrays) == ["x"] and arrays["x"].tolist() == [0, 1, 2]


def test_an_error_leaves_the_old_file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        storage.write(path, "Thing", {"a": object()}, {})
    assert path.read_bytes() == b"old"


def test_the_same_trainer_gives_the_same_bytes():
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        Trainer(Network([2, 1]), *datasets.blobs(9), "binary_cross_entropy", SGD(0.1)).save(file)
    assert files[0].getvalue() == files[1].getvalue()


def test_a_file_travels_as_text_and_comes_back_to_the_last_bit():
    X, y = datasets.truth_table("xor")
    trainer = Trainer(Network([2, 3, 1]), X, y, "binary_cross_entropy", SGD(0.3), batch_size=2)
    trainer.run(3)
    text = json.dumps(storage.saved_as_text(trainer))
    loaded = Trainer.load(storage.file_from_text(json.loads(text)))
    for each in (trainer, loaded):
        each.run(3)
    np.testing.assert_array_equal(loaded.network.parameters, trainer.network.parameters)
    assert storage.saved(trainer.network) == storage.saved(loaded.network)
