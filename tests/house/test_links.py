"""Every link leads somewhere, every picture is there, and every picture is used.

Nothing is fetched: a link to the web only has to be well formed.
"""

import html
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest

CHECKOUT = Path(__file__).parents[2]
IMAGES = sorted(path for path in (CHECKOUT / "images").iterdir() if path.is_file())
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "notebooks").glob("*.ipynb"))]

# [text](target), ![text](target "title"), where a target may hold (one pair), and HTML's own two
TARGETS = re.compile(
    r"""\]\(\s*((?:[^()\s]|\([^()\s]*\))+)[^)]*\)|\b(?:src|href)\s*=\s*["']([^"']+)["']"""
)


def prose(page: Path) -> str:
    """The Markdown of a page, without its code blocks."""
    if page.suffix == ".ipynb":
        cells = nbformat.read(page, as_version=4).cells
        text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    else:
        text = page.read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", lambda code: code[0].replace("](", ""), text)


def targets(page: Path) -> list[str]:
    """Every target of a link or picture of a page."""
    return [html.unescape(first or second) for first, second in TARGETS.findall(prose(page))]


def anchors(page: Path) -> set[str]:
    """Return what a link's #part may name: headings, named as JupyterLab or GitHub does."""
    text = prose(page)
    found = set(re.findall(r"""\b(?:id|name)\s*=\s*["']([^"']+)["']""", text))
    for heading in re.findall(r"^#{1,6}\s+(.+?)\s*$", text, flags=re.MULTILINE):
        words = re.sub(r"[*`]", "", heading)
        if page.suffix == ".md":
            words = re.sub(r"[^\w\- ]", "", words.lower())
        found.add(words.replace(" ", "-"))
    return found


def problem(page: Path, target: str) -> str | None:
    """Say what is wrong with a target, or None."""
    url = urlsplit(target)
    if url.scheme or url.netloc:
        well_formed = url.scheme in {"http", "https"} and "." in url.netloc
        return None if well_formed else f"{target} is not a web address"
    file = (page.parent / unquote(url.path)).resolve() if url.path else page
    if not file.exists():
        return f"{target} does not exist"
    if url.fragment and unquote(url.fragment) not in anchors(file):
        return f"{target}: there is no such heading"
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_is_dead(page: Path):
    problems = [problem(page, target) for target in targets(page)]
    assert [found for found in problems if found] == []


@pytest.mark.parametrize("image", IMAGES, ids=lambda image: image.name)
def test_every_image_is_used(image: Path):
    used = {(page.parent / unquote(target)).resolve() for page in PAGES for target in targets(page)}
    assert image in used
