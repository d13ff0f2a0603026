"""Words that stand in Markdown as they are, whatever is in them."""

import re

_SPECIAL = re.compile(r"[\\`*_\[\]<>&$~|#]")


def as_markdown(words: str) -> str:
    r"""Return Markdown that shows ``words``; only what stands in backticks is set as code.

    A message may quote what the learner has written: ``<lambda>`` is no tag, ``__init__`` no bold
    face, and ``$a$`` no formula.

    Examples
    --------
    >>> as_markdown("In <lambda> write `x**2`, not x*2.")
    'In &lt;lambda&gt; write `x**2`, not x\\*2.'
    """
    parts = re.split(r"(`[^`]+`)", " ".join(words.split()))
    return "".join(part if k % 2 else _SPECIAL.sub(_escaped, part) for k, part in enumerate(parts))


def _escaped(special: re.Match[str]) -> str:
    # A page looks for tags, entities and formulas even behind a backslash.
    entities = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;"}
    return entities.get(special[0], f"\\{special[0]}")
