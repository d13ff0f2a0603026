"""Words for any console: where it has no sign for “−” or “₁”, print writes plain ones.

A notebook and most terminals show every sign. Where what is printed goes through an older encoding,
such as cp1252 into a file on Windows, ``print`` raises at the first sign that is not in it.
"""

import re
import sys
from unicodedata import combining, normalize

SUPERSCRIPT = re.compile(r"(?<!⁽)[⁻⁰¹²³⁴-⁹]+")
PLAIN = str.maketrans(
    {
        **{"−": "-", "–": "-", "·": "*", "×": "x", "⊙": "*", "⁄": "/", "′": "'", "→": "->"},
        **{"≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "∝": "~", "∂": "d", "√": "sqrt ", "∞": "inf"},
        **{"✓": "(right)", "✗": "(wrong)", "“": '"', "”": '"', "’": "'"},
        **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta"},
        **{"λ": "lambda", "μ": "mu", "σ": "sigma", "Σ": "sum ", "Δ": "delta "},
    }
)


class Words(str):
    """Text that can be printed anywhere; for all else it is the text itself."""

    def __str__(self) -> str:
        try:
            self.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
        except UnicodeEncodeError:
            return plain(self)
        return self[:]


class Code(str):
    """A piece of a program, which shows as it is written when it stands last in a cell."""

    def __repr__(self) -> str:
        return self[:]


def plain(text: str) -> str:
    """Return the text in ASCII.

    >>> plain("ŷ₁ = −2·10⁻⁵, w⁽¹⁾, δ²")
    'y1 = -2*10^-5, w(1), delta^2'
    """
    powers = SUPERSCRIPT.sub(r"^\g<0>", text)
    signs = (sign for sign in normalize("NFKD", powers) if not combining(sign))
    return "".join(signs).translate(PLAIN).encode("ascii", "replace").decode("ascii")
