"""The README's moving picture: TrainingExplorer learns, recorded in a real JupyterLab."""

from io import BytesIO
from pathlib import Path

import pytest
from lab import ExplorerOnPage, OpenCells
from PIL import Image

pytestmark = [pytest.mark.browser, pytest.mark.alone]

CELL = "from nnlib.explorers import TrainingExplorer\nTrainingExplorer()"
LAST_EPOCH, EPOCHS_A_FRAME = 105, 3
FRAME_MS, LAST_FRAME_MS = 110, 3000
TIMES_PLAYED = 3  # then it rests: what moves for ever beside a text is hard to read past
MOST_BYTES = 1_000_000


def picture(explorer: ExplorerOnPage) -> Image.Image:
    """Return what a learner sees of the explorer, controls and words included."""
    return Image.open(BytesIO(explorer.root.screenshot())).convert("RGB")


def record(explorer: ExplorerOnPage) -> list[Image.Image]:
    """Play, and return pictures of about every third epoch, the last at rest."""
    pictures = [picture(explorer)]
    shown = 0
    explorer.button("Play").click()
    while shown < LAST_EPOCH:
        taken = picture(explorer)
        if explorer.epoch >= shown + EPOCHS_A_FRAME:
            shown = explorer.epoch
            pictures.append(taken)
    explorer.button("Pause").click()
    explorer.root.page.wait_for_timeout(500)
    explorer.settle()
    return [*pictures, picture(explorer)]


def write_film(pictures: list[Image.Image], file: Path) -> None:
    """Write an animation, all pictures as large as the first."""
    first, *rest = (it.crop((0, 0, *pictures[0].size)) for it in pictures)
    durations = [FRAME_MS] * len(rest) + [LAST_FRAME_MS]
    style = {"quality": 86, "loop": TIMES_PLAYED}
    first.save(file, save_all=True, append_images=rest, duration=durations, **style)


def test_a_film_of_training_for_the_readme(open_cells: OpenCells, screenshots: Path):
    with open_cells(CELL) as page:
        page.menu("Settings", "Theme", "JupyterLab Light")
        page.run_all()
        explorer = page.explorer("TrainingExplorer")
        explorer.settle()
        pictures = record(explorer)
        page.check()
    film = screenshots / "training-explorer.webp"
    write_film(pictures, film)
    assert film.stat().st_size < MOST_BYTES
    assert 12 <= len(pictures) <= 60
