"""Record the README's moving picture: TrainingExplorer learns, in a real JupyterLab.

``make screenshots`` runs it. `tests/plots/test_images.py` looks at the film that it has left.
"""

import sys
from io import BytesIO
from pathlib import Path

from lab import ExplorerOnPage, running_lab, window, write_notebook
from PIL import Image
from playwright.sync_api import Browser

from nnlib.classroom.chromium import HOW_TO_GET_ONE, find_chromium, running_chromium

CELL = "from nnlib.explorers import TrainingExplorer\nTrainingExplorer()"
LAST_EPOCH, EPOCHS_A_FRAME = 105, 3
FRAME_MS, LAST_FRAME_MS = 110, 3000
TIMES_PLAYED = 3  # then it rests: what moves for ever beside a text is hard to read past


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
    first, *rest = (frame.crop((0, 0, *pictures[0].size)) for frame in pictures)
    durations = [FRAME_MS] * len(rest) + [LAST_FRAME_MS]
    style = {"quality": 86, "loop": TIMES_PLAYED}
    first.save(file, save_all=True, append_images=rest, duration=durations, **style)


def film(chromium: Browser) -> list[Image.Image]:
    """Return the pictures of a training, on a light page."""
    with running_lab() as lab, window(chromium, lab, write_notebook(lab, CELL)) as page:
        page.menu("Settings", "Theme", "JupyterLab Light")
        page.run_all()
        explorer = page.explorer("TrainingExplorer")
        explorer.settle()
        pictures = record(explorer)
        page.check()
    return pictures


def main(file: str) -> None:
    """Record the film and write it to ``file``."""
    path = find_chromium()
    if path is None:
        sys.exit(HOW_TO_GET_ONE)
    with running_chromium(path) as chromium:
        write_film(film(chromium), Path(file))


if __name__ == "__main__":
    main(sys.argv[1])
