"""Notebooks as pages that need nothing else: formulas are set, pictures lie within, no script."""

from pathlib import Path
from typing import Any

from jinja2 import pass_context
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets.config import Config

from nnlib.classroom.editions.formulas import as_svg
from nnlib.classroom.editions.notebooks import heading_of

TEMPLATES = Path(__file__).parent / "templates"
# Where an output can be shown in several ways: the picture of an explorer before its widget.
PRIORITY = ["text/html", "text/markdown", "image/svg+xml", "image/png", "text/plain"]


class Typesetter(IPythonRenderer):
    """Markdown whose formulas are typeset on the spot."""

    def block_math(self, body: str) -> str:
        """Return a displayed equation."""
        return f'<div class="equation">{as_svg(body, displayed=True)}</div>'

    def inline_math(self, body: str) -> str:
        """Return a formula in a line of text."""
        return as_svg(body)

    def block_html(self, html: str) -> str:
        """Return HTML as it is: nbconvert would close each element that has only begun."""
        return html

    def inline_html(self, html: str) -> str:
        """Return HTML in a line as it is."""
        return html


class Offline(HTMLExporter):
    """What turns a notebook into such a page, by one of the templates beside this file.

    Parameters
    ----------
    template : str
        The template's name.
    """

    def __init__(self, template: str, **settings: Any) -> None:
        super().__init__(
            config=Config({"NbConvertBase": {"display_data_priority": PRIORITY}}),
            extra_template_basedirs=[str(TEMPLATES)],
            template_name=template,
            exclude_input_prompt=True,
            exclude_output_prompt=True,
            **settings,
        )

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Return Markdown as HTML, with its formulas and images in it."""
        path = context["resources"]["metadata"]["path"]
        renderer = Typesetter(escape=False, embed_images=True, anchor_link_text="", path=path)
        return MarkdownWithMath(renderer=renderer).render(source)

    def page(self, notebook: NotebookNode, folder: Path) -> str:
        """Return the page of a notebook whose images lie in ``folder``."""
        title = heading_of(notebook.cells[0])
        resources = {"metadata": {"name": title, "path": str(folder)}}
        html, _ = self.from_notebook_node(notebook, resources)
        return html
