"""A text read by a grammar of its own, from the top down, into a graph.

::

    text      part (";" part)*          the last part is what is differentiated
    part      [name "="] sum
    sum       product (("+" | "-") product)*
    product   signed (("*" | "/") signed)*
    signed    ("-" | "+") signed | power
    power     atom [("**" | "^") exponent | "²" | "³"]
    exponent  ["-" | "+"] number | "(" exponent ")"
    atom      number | name | function "(" sum ")" | "(" sum ")"
"""

import math
from functools import lru_cache

from nnlib.explorers.graph.cursor import Cursor
from nnlib.explorers.graph.graph import LETTERS, MOST_LEAVES, Graph, Node, named, number_of
from nnlib.explorers.graph.tokens import ALSO_CALLED, FUNCTIONS, Token, Unreadable, listed

LARGEST_EXPONENT = 10
_OPERAND = "a name, a number or an opening bracket is expected"
_SQUARES = {"²": 2.0, "³": 3.0}


@lru_cache(maxsize=16)
def graph_of(text: str) -> Graph:
    """Return the graph of a typed expression.

    Raises
    ------
    Unreadable
        If it is none, in words that say what is wrong, where, and what is expected.

    Examples
    --------
    >>> graph = graph_of("L = (tanh(w*x + b) - y)**2")
    >>> [graph.formula(k) for k in graph.operations]
    ['u₁ = w·x', 'z = u₁ + b', 'a = tanh(z)', 'u₂ = a − y', 'L = u₂²']
    """
    return _Parser(text).read()


class _Parser(Cursor):
    """Reads the tokens once, from the left to the right."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._nodes: list[Node] = []
        self._meaning: dict[str, int] = {}  # the node of each name
        self._given: dict[str, Token] = {}  # names that a part was given
        self._read: set[str] = set()

    def read(self) -> Graph:
        if self.now.kind == "end":
            raise Unreadable("The box is empty: write an expression such as x*x + x*y.")
        name, root = self._part()
        while self.accept(";"):
            if not name:
                raise Unreadable(
                    "What stands before “;” needs a name, such as z in z = w*x + b; L = z*z."
                )
            name, root = self._part()
        if self.now.kind != "end":
            raise Unreadable(self.out_of_place())
        for given, token in self._given.items():
            if given not in self._read and given != name:
                raise Unreadable(f"{token.told} is given a meaning, but not used after that.")
        graph = named(self._nodes, root, name or self._free_name())
        if not graph.leaves:
            raise Unreadable(
                "There are only numbers: write at least one name, such as x. Gradients say how the "
                "result changes with it."
            )
        return graph

    def _free_name(self) -> str:
        return next(name for name in "L" + LETTERS if name not in self._read)

    # The grammar ----------------------------------------------------------------------------

    def _part(self) -> tuple[str, int]:
        token = self.now
        if token.kind != "name" or self.tokens[self.at + 1].text != "=":
            return "", self._sum()
        self.at += 2
        if token.text in FUNCTIONS or token.text in ALSO_CALLED:
            raise Unreadable(f"{token.told} is a function; give the result another name.")
        node = self._sum()
        if token.text in self._meaning:
            known = "has a meaning already" if token.text in self._given else "was read before"
            raise Unreadable(f"{token.told} {known}: give the result a new name.")
        self._given[token.text], self._meaning[token.text] = token, node
        if self._nodes[node].operands and not self._nodes[node].name:
            made = self._nodes[node]
            self._nodes[node] = Node(made.kind, made.operands, token.text, made.number)
        return token.text, node

    def _sum(self) -> int:
        node = self._product()
        while token := self.accept("+", "-"):
            node = self._add(token, token.text, node, self._product())
        return node

    def _product(self) -> int:
        node = self._signed()
        while token := self.accept("*", "/"):
            node = self._add(token, token.text, node, self._signed())
        return node

    def _signed(self) -> int:
        if token := self.accept("-"):
            return self._add(token, "neg", self._signed())
        return self._signed() if self.accept("+") else self._power()

    def _power(self) -> int:
        node = self._atom()
        token = self.accept("**", "^", *_SQUARES)
        if token is None:
            return node
        exponent = _SQUARES.get(token.text) or self._exponent()
        if again := self.accept("**", "^", *_SQUARES):
            raise Unreadable(f"{again.told} follows a power: say with brackets which is meant.")
        return self._add(token, "power", node, number=exponent)

    def _exponent(self) -> float:
        if opened := self.accept("("):
            exponent = self._exponent()
            self.close(opened)
            return exponent
        sign = self.accept("-", "+")
        token = self.now
        if token.kind != "number" or float(token.text) > LARGEST_EXPONENT:
            raise Unreadable(
                f"{token.stands} where the exponent must be a number from −{LARGEST_EXPONENT} to "
                f"{LARGEST_EXPONENT}, such as 2. For x to the power of y write exp(y*log(x))."
            )
        self.at += 1
        return -float(token.text) if sign and sign.text == "-" else float(token.text)

    def _atom(self) -> int:
        token = self.now
        if token.kind == "number":
            self.at += 1
            return self._new(Node("number", number=float(token.text)))
        if token.kind == "name":
            self.at += 1
            called = ALSO_CALLED.get(token.text, token.text)
            return self._call(token, called) if called in FUNCTIONS else self._name(token)
        if opened := self.accept("("):
            node = self._sum()
            self.close(opened)
            return node
        raise Unreadable(f"{token.stands} where {_OPERAND}.")

    def _call(self, token: Token, function: str) -> int:
        opened = self.accept("(")
        if opened is None:
            raise Unreadable(f"{token.told} is a function: write {token.text}(x), with brackets.")
        operand = self._sum()
        self.close(opened)
        if function == "square":
            return self._add(token, "power", operand, number=2.0)
        return self._add(token, function, operand)

    def _name(self, token: Token) -> int:
        if self.now.text == "(":
            raise Unreadable(
                f"{token.told} is no function: there are {listed(FUNCTIONS)}. To multiply, write "
                f"{token.text}*(…)."
            )
        self._read.add(token.text)
        if token.text not in self._meaning:
            leaves = sum(node.kind == "leaf" for node in self._nodes)
            if leaves == MOST_LEAVES:
                raise Unreadable(
                    f"{token.told} is one name too many: at most {MOST_LEAVES} have sliders."
                )
            self._meaning[token.text] = self._new(Node("leaf", name=token.text))
        return self._meaning[token.text]

    # Nodes ----------------------------------------------------------------------------------

    def _new(self, node: Node) -> int:
        self._nodes.append(node)
        return len(self._nodes) - 1

    def _add(self, token: Token, kind: str, *operands: int, number: float = 0.0) -> int:
        """Return a new node; what is made of numbers alone is a number."""
        node = Node(kind, operands, number=number)
        taken = [self._nodes[k] for k in operands]
        if any(operand.kind != "number" for operand in taken):
            return self._new(node)
        value = number_of(node.operation, (operand.number for operand in taken))
        if math.isnan(value):
            raise Unreadable(f"{token.told} has no value: its numbers do not go together.")
        return self._new(Node("number", number=value))
