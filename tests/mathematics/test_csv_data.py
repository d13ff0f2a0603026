"""Reading a learner's own data, and refusing the rest in words."""

import numpy as np
import pytest

from nnlib import csv_data, datasets

TEXT = "1,2,3\n4,5.5,-6e-1\n"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "length,width,kind\n" + TEXT,
        "\n\n" + TEXT + "\n,,\n\n",
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        ' 1 , "2" ,3\n4,5.5 , -6e-1',
    ],
)
def test_text(text):
    X, y = datasets.from_csv(text)
    assert X.tolist() == [[1, 2], [4, 5.5]] and y.tolist() == [[3], [-0.6]]
    assert X.dtype == y.dtype == np.float64


@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_files(tmp_path, kind):
    path = tmp_path / "data.csv"
    path.write_text("a,b,c\n" + TEXT, encoding="utf-8-sig")
    X, y = datasets.from_csv(kind(path))
    assert X.tolist() == [[1, 2], [4, 5.5]] and y.shape == (2, 1)


def test_one_row_is_enough():
    X, y = datasets.from_csv("1,0")
    assert X.tolist() == [[1]] and y.tolist() == [[0]]


@pytest.mark.parametrize(
    "text, message",
    [
        ("1,2\n3,x\n", "Row 2, column 2: 'x' is not a finite number"),
        ("a,b\n1,2\n\n3,\n", "Row 4, column 2: '' is not"),
        ("a,2\n3,4\n", "Row 1, column 1: 'a' is not"),
        ("1,nan\n", "Row 1, column 2: 'nan' is not"),
        ("1,2\n1,inf\n", "Row 2, column 2: 'inf' is not"),
        ("1,2\n__import__('os').getcwd(),3\n", "Row 2, column 1: .__import__"),
        ("1,2\n=1+1,3\n", "Row 2, column 1: '=1[+]1'"),
        ("1,2\n1,1_000\n", "Row 2, column 2: '1_000' is not"),
        ("1,2,3\n4,5\n", "Row 2 has 2 columns, the first has 3"),
        ("1;2\n3;4\n", "Row 2 has 1 columns.*commas"),
        ("a\n1\n2\n", "Row 2 has 1 columns; 2 to 1000 are needed.*commas"),
        ("1\n2\n", "Row 1 has 1 columns"),
        ("", "There are no rows"),
        ("\n\n", "There are no rows"),
        ("a,b\n", "There are no rows"),
        ("0," * 1000 + "1\n", "Row 1 has 1001 columns"),
        ("1," + "9" * 200_000 + "\n", "Row 1: field larger than field limit"),
    ],
)
def test_what_is_wrong_is_named(text, message):
    with pytest.raises(ValueError, match=message):
        datasets.from_csv(text)


def test_size_is_limited_before_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_data, "MOST_BYTES", 10)
    with pytest.raises(ValueError, match="18 bytes; at most 10 are read"):
        datasets.from_csv(TEXT)
    path = tmp_path / "large.csv"
    path.write_text(TEXT, newline="")
    with pytest.raises(ValueError, match="18 bytes; at most 10 are read"):
        datasets.from_csv(path)


def test_a_missing_file_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        datasets.from_csv(tmp_path / "nowhere.csv")


@pytest.mark.parametrize("bad", [None, 3, [[1, 2]], b"1,2"])
def test_other_types_are_refused(bad):
    with pytest.raises(TypeError, match="a text or a path"):
        datasets.from_csv(bad)


def test_a_picture_is_no_csv(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(bytes(range(256)) * 10)
    with pytest.raises(ValueError):
        datasets.from_csv(path)
