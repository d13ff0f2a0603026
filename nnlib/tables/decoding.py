"""From the bytes of a file to its text."""

import codecs

MOST_BYTES = 10_000_000  # of a table

# The longer marks first: that of UTF-32 begins like that of UTF-16.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SAVE_AS_CSV = "In the spreadsheet program, save the sheet as CSV and open that file."


def decoded(content: bytes) -> str:
    """Return the text of a file.

    Its mark tells the encoding. Without one it is UTF-8, or else Windows-1252: the letters of a
    name may then be wrong, but digits and signs are the same in all encodings of one byte a letter.

    Raises
    ------
    ValueError
        If it is a spreadsheet or another file that holds no text, or more than 10 MB.
    """
    check_size(len(content))
    if content.startswith(_SPREADSHEETS):
        raise ValueError(
            f"This is a spreadsheet, or another packed file, and no text. {_SAVE_AS_CSV}"
        )
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _in_encoding(content[len(mark) :], encoding)
    if b"\0" in content:
        raise ValueError(
            "This file holds no text, or text in UTF-16 without its mark. A table is read from a "
            f"text file, best in UTF-8. {_SAVE_AS_CSV}"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def check_size(size: int) -> None:
    """Raise ``ValueError`` if data of so many bytes are too much to be read."""
    if size > MOST_BYTES:
        raise ValueError(f"The data has {size:,} bytes; at most {MOST_BYTES:,} are read.")


def _in_encoding(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise ValueError(
            f"The file is marked as {encoding[:6].rstrip('-').upper()}, but byte {problem.start} "
            "does not fit. Usual cause: it was cut off, or joined from two files."
        ) from None
