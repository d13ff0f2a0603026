"""A learner opens a table of their own, a file, in TrainingExplorer."""

import pytest
from lab import OpenCells

pytestmark = pytest.mark.browser

CELL = "from nnlib.explorers import TrainingExplorer\nTrainingExplorer(data='table')"
ROWS = "x1,x2,class\n1,2,0\n3,4,1\n5,1,0\n2,6,1\n"


def test_a_file_is_chosen_with_the_keyboard_and_a_wrong_one_is_refused(open_cells: OpenCells):
    with open_cells(CELL) as page:
        page.run_all()
        explorer = page.explorer("TrainingExplorer")
        explorer.settle()
        button = explorer.root.get_by_role("button", name="Open a file")
        before = explorer.pixels
        for content, words in ((ROWS, "50%"), ("1,2,0\n3,oops,1\n", "'oops' is not")):
            with page.page.expect_file_chooser() as chooser:
                button.focus()
                button.press("Enter")
            table = {"name": "mine.csv", "mimeType": "text/csv", "buffer": content.encode()}
            chooser.value.set_files(files=[table])
            explorer.wait_until(
                lambda words=words: words in explorer.root.inner_text(), f"{words} to be told"
            )
        explorer.settle()
        assert explorer.pixels != before
        box = explorer.root.get_by_role("textbox", name="my table")
        assert box.input_value() == "1,2,0\n3,oops,1\n"
        explorer.reset()
        page.check()
