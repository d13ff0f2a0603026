"""Reading a learner's own data, and refusing the rest in words.

What a spreadsheet, pandas or R writes is read, or refused with its cause; nothing is left out in
silence.
"""

import codecs
import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import datasets
from nnlib.tables.decoding import decoded

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


def test_one_row_is_enough_but_said():
    with pytest.warns(UserWarning, match="There is a single row"):
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
        ("a\n1\n2\n", "Row 1 has 1 column; 2 to 1000 are needed.*commas"),
        ("1\n2\n", "Row 1 has 1 column;"),
        ("", "There are no rows"),
        ("\n\n", "There are no rows"),
        ("a,b\n", "There are no rows"),
        ("0," * 1000 + "1\n", "Row 1 has 1001 columns"),
        ("1," + "9" * 200_000 + "\n", "Row 1: a cell has more than 131,072 letters"),
    ],
)
def test_what_is_wrong_is_named(text, message):
    with pytest.raises(ValueError, match=message):
        datasets.from_csv(text)


def test_size_is_limited_before_reading(tmp_path, monkeypatch):
    monkeypatch.setattr("nnlib.tables.decoding.MOST_BYTES", 10)
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
    with pytest.raises(ValueError, match="holds no text"):
        datasets.from_csv(path)


@pytest.mark.parametrize(
    ("text", "X", "y"),
    [
        ("x;y\n1,5;2\n2,5;3\n", [[1.5], [2.5]], [2, 3]),
        ("1\t2\t0\n3\t4\t1\n", [[1, 2], [3, 4]], [0, 1]),
        ("1,5\t0\n2\t1\n", [[1.5], [2]], [0, 1]),
        ("−1.5,–2\n1,+2\n", [[-1.5], [1]], [-2, 2]),
        ("1,2,0,\n3,4,1,\n", [[1, 2], [3, 4]], [0, 1]),
        (",x,y,\n,1,0,\n,2,1,\n", [[1], [2]], [0, 1]),
        ("sep=;\r\n1,5;0\r\n2;1\r\n", [[1.5], [2]], [0, 1]),
        ("sep=,\n1.5,0\n2,1\n", [[1.5], [2]], [0, 1]),
        ('x,y\n"1,5",0\n"2,5",1\n', [[1.5], [2.5]], [0, 1]),
        ("1,234;0\n2,345;1\n", [[1.234], [2.345]], [0, 1]),
        ("# x y\n1.0e+00 2.0e+00\n3 4\n", [[1], [3]], [2, 4]),
        ("x | y\r1 | 2\r3 | 4\r", [[1], [3]], [2, 4]),
        ('"length\n(cm)",class\n1,0\n2,1\n', [[1], [2]], [0, 1]),
        ("x;class\n1,5;no\n2;yes\n2,5;no", [[1.5], [2], [2.5]], [0, 1, 0]),
        ("0,1\n1,0\n", [[0], [1]], [1, 0]),
    ],
)
def test_tables_of_the_world(text, X, y):
    read = datasets.from_csv(text)
    assert (read[0].tolist(), read[1].ravel().tolist()) == (X, y)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x;y\n1,5;2\n2,5;3\n", "2 rows of 2 columns, semicolons between them, commas before"),
        ("x,kind\n−1,dog\n2,cat\n", "y is the last column, “kind”: 0 is “cat”, 1 is “dog”. First"),
        ("x,kind\n−1,dog\n2,cat\n", "First row: x = −1; y = 1."),
        ("# mine\n1,2,0,\n3,4,1,\n", "Left out: 1 empty column and 1 line with # in front."),
        ("1,2,3,4,5,0\n1,2,3,4,5,1\n", "x = 1, 2, 3, 4, …; y = 0."),
    ],
)
def test_what_was_read_is_said_back(text, words):
    assert words in repr(datasets.from_csv(text)).replace("\n", " ")


def test_what_was_read_can_be_copied():
    read = datasets.from_csv("1,2\n3,4\n")
    assert repr(copy.deepcopy(read)) == repr(read)


@pytest.mark.parametrize(
    ("text", "X", "remark"),
    [
        (",x,class\n0,5,0\n1,6,1\n", [[5], [6]], "the first column, which has no name"),
        ("Unnamed: 0,x,class\n3,5,0\n1,6,1\n", [[5], [6]], "which is called 'Unnamed: 0'"),
        (",0,1\n0,5,0\n1,6,1\n", [[5], [6]], "row 1, 0, 1, which counts the columns"),
        ("0,1,2\n5,6,0\n7,8,1\n", [[5, 6], [7, 8]], "row 1, 0, 1, 2, which counts"),
        ("0,1,2\n5,6,no\n7,8,yes\n", [[5, 6], [7, 8]], "row 1, 0, 1, 2, which counts"),
        ("1,1\n2,1\n", [[1], [2]], "y is 1 in every row"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")  # where there are two of them
def test_what_may_not_be_expected_is_a_warning_too(text, X, remark):
    with pytest.warns(UserWarning, match=remark):
        read = datasets.from_csv(text)
    assert read[0].tolist() == X and remark in repr(read).replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("NA,NA\n1,2\n", "Row 1, column 1: 'NA' is not a finite number. A value is missing"),
        ("nan,nan,nan\n1,2,3\n", "Row 1, column 1: 'nan' is not"),
        ("inf,-inf\n1,2\n", "Row 1, column 1: 'inf' is not"),
        ('"3\n4",1\n2,2\n', "Row 1, column 1.*a line break inside quotation marks"),
        ('1,2\n3,"4\n5,6\n', "Row 2, column 2: a quotation mark is not closed"),
        ('x,"y\n1,2\n3,4\n', "Row 1, column 2: a quotation mark is not closed"),
        ('1,2,0\n"3,4,1\n5,6,0\n', "Row 2, column 1: a quotation mark is not closed"),
        ('1,"2\n' + "3,4\n" * 40_000, "Row 1: a quotation mark is not closed"),
        ('1,"2,0\n3,"4",1\n5,6,0\n', "Row 1, column 2.*or a mark not closed"),
        ('1 "2\n3 4\n', "Row 1, column 2.*a quotation mark too many"),
        ("a,b\n0,yes\n1,no\n2,\n", "Row 4, column 2: '' is not a finite number. A value"),
        ("1.234;0\n2.345;1\n", "'1.234' may be 1234 or 1.234"),
        ('"1,234",0\n"5,321",1\n', "'1,234' may be 1234 or 1.234"),
        ("1.234,5;0\n2;1\n", "a sign between thousands"),
        ("1 234,5;0\n2;1\n", "a sign between thousands"),
        ("1.5;2,5\n1;2\n", "'2,5' has a comma, and in row 1, column 1, '1.5' has a point"),
        ("1,2e400\n3,4\n", "larger than a computer's numbers"),
        ("1,cat\n2,dog\n3,Cat\n", "has 3 different words: 'Cat', 'cat', 'dog'. Two can"),
        ("1,cat\n2,cat\n", "has 1 different word"),
        ("class,x1,x2\ncat,1,2\ndog,3,4\n", "Row 2, column 1: 'cat'.*it must be the last column"),
        (",x,class\na,1,0\nb,2,1\n", "The first column has no name.*index=False"),
        ("x,y\n1,\n2,3\n", "Row 2, column 2: '' is not a finite number. A value is missing"),
    ],
)
def test_the_cause_is_told(text, message):
    with pytest.raises(ValueError, match=message):
        datasets.from_csv(text)


MARKED = [
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
    ("cp1252", b""),
]


@pytest.mark.parametrize(("encoding", "mark"), MARKED)
def test_encodings(tmp_path, encoding, mark):
    path = tmp_path / "data, mine.csv"
    path.write_bytes(mark + "Größe;Art\r\n1,5;ja\r\n2;nein\r\n".encode(encoding))
    read = datasets.from_csv(path)
    assert read[0].tolist() == [[1.5], [2]] and read[1].tolist() == [[0], [1]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04 whatever", "This is a spreadsheet.*save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a spreadsheet"),
        ("1,2".encode("utf-16-le"), "UTF-16 without its mark"),
        (codecs.BOM_UTF16_LE + b"1\x00,\x00\x00", "marked as UTF-16, but byte 4 does not fit"),
    ],
)
def test_files_that_hold_no_text(tmp_path, content, message):
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message):
        datasets.from_csv(path)


cells = st.one_of(
    st.floats().map(str),
    st.sampled_from(
        ["", "0", "1", "−1,5", "1.234", "1,234.5", "NA", '"', '"a"', "cat", "sep=;", "#x"]
    ),
    st.text(max_size=4),
)
texts = st.one_of(
    st.text(),
    st.builds(
        lambda rows, separator, end: end.join(separator.join(row) for row in rows),
        st.lists(st.lists(cells, min_size=1, max_size=4), max_size=6),
        st.sampled_from([",", ";", "\t", "|", " "]),
        st.sampled_from(["\n", "\r\n", "\r"]),
    ),
)


@given(texts)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_any_text_is_read_or_refused_in_words(text):
    try:
        X, y = datasets.from_csv(text + "\n")
    except ValueError as problem:
        assert str(problem)[0].isupper() and str(problem).rstrip().endswith(".")
    else:
        assert np.isfinite(X).all() and np.isfinite(y).all() and X.shape[1] >= 1
        assert len(X) == len(y) >= 1 and y.shape[1] == 1


@given(st.binary() | texts.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_any_bytes_are_text_or_refused_in_words(content):
    try:
        assert isinstance(decoded(content), str)
    except ValueError as problem:
        assert not isinstance(problem, UnicodeError)
