"""The names that a notebook's cells bind for all the others."""

import ast
import re

from nbformat import NotebookNode


def tree_of(code: str) -> ast.Module:
    """Return the syntax tree of a cell's code, its magics left out."""
    return ast.parse(re.sub(r"^%.*$", "", code, flags=re.MULTILINE))


def syntax_tree(cell: NotebookNode) -> ast.Module:
    """Return the tree of a cell's code; that of prose is empty."""
    return tree_of(cell.source if cell.cell_type == "code" else "")


def names_given(cell: NotebookNode) -> set[str]:
    """Return the names that a cell binds, functions and classes included."""
    body = syntax_tree(cell).body
    functions = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    others = [node for node in body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    names = [node for each in others for node in ast.walk(each) if isinstance(node, ast.Name)]
    return functions | {name.id for name in names if isinstance(name.ctx, ast.Store)}
