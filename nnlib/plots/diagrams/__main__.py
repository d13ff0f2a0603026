"""Draw every diagram into a folder: ``python -m nnlib.plots.diagrams images``."""

import sys
from pathlib import Path

from nnlib.plots.diagrams import ALT_TEXTS, draw_diagram


def main(folder: Path) -> None:
    """Write ``NAME.svg`` into ``folder`` for every diagram."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ALT_TEXTS:
        (folder / f"{name}.svg").write_text(draw_diagram(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "images"))
