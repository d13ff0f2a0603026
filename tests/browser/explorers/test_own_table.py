"""A learner opens a table of their own, a file, in TrainingExplorer."""

import pytest
from lab import OpenCells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CELL = "from nnlib.explorers import TrainingExplorer\nTrainingExplorer(data='table')"
ROWS = "x1,x2,class\n1,2,0\n3,4,1\n5,1,0\n2,6,1\n"

MANY_ROWS = b"1,2,0\n3,4,1\n" * 100_000  # 1.2 MB

PASTE = """(box, rows) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "1,2,0\\n".repeat(rows));
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    return box.dispatchEvent(paste);
}"""


def test_a_file_is_chosen_with_the_keyboard_and_a_wrong_one_is_refused(open_cells: OpenCells):
    with open_cells(CELL) as page:
        page.run_all()
        explorer = page.explorer("TrainingExplorer")
        explorer.settle()
        button = explorer.root.get_by_role("button", name="Open a file")
        box = explorer.root.get_by_role("textbox", name="my table")
        before = explorer.pixels

        def choose(content: bytes, words: str) -> None:
            with page.page.expect_file_chooser() as chooser:
                button.focus()
                button.press("Enter")
            table = {"name": "mine.csv", "mimeType": "text/csv", "buffer": content}
            chooser.value.set_files(files=[table])
            expect(explorer.root).to_contain_text(words)

        example = box.input_value()
        choose(b"0" * 11_000_000, "“mine.csv”: The file has 11.0 MB")
        choose(MANY_ROWS, "The file has 1.2 MB")
        choose(MANY_ROWS[:900_000], "The table has 150,000 lines; from 2 to 2,000 rows")
        choose(b"PK\x03\x04", "This is a spreadsheet")
        assert box.evaluate(PASTE, 100), "a small text is pasted"
        assert not box.evaluate(PASTE, 2_000_000), "a large one is not"
        expect(explorer.root).to_contain_text("The text has 12.0 MB; at most 1 MB are opened here")
        assert box.input_value() == example
        choose(ROWS.encode("utf-16"), "4 rows of 3 columns")
        explorer.wait_until(lambda: explorer.pixels != before, "another picture")
        choose(b"1,2,0\n3,oops,1\n", "'oops' is not")
        assert box.input_value() == "1,2,0\n3,oops,1\n", "to be corrected"
        explorer.reset()
        page.check()
