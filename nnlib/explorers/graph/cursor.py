"""Where the parser is among the tokens, and what it says of one that is out of place."""

from nnlib.explorers.graph.tokens import Token, Unreadable, tokens_of


class Cursor:
    """A place among the tokens of a text.

    Attributes
    ----------
    tokens : list of Token
        All of them; the last is the end.
    at : int
        The place of the next.
    """

    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.at = 0

    @property
    def now(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    def accept(self, *signs: str) -> Token | None:
        """Go on past the next token if it is one of these signs."""
        token = self.now
        if token.kind != "sign" or token.text not in signs:
            return None
        self.at += 1
        return token

    def close(self, opened: Token) -> None:
        """Go on past the bracket that closes ``opened``."""
        if self.accept(")"):
            return
        if self.now.kind == "end":
            raise Unreadable(
                f"The bracket that opens at place {opened.place} is not closed: “)” is expected."
            )
        raise Unreadable(self.out_of_place())

    def out_of_place(self) -> str:
        """Say why a token cannot follow a whole expression."""
        token, before = self.now, self.tokens[self.at - 1]
        if token.kind in ("name", "number") or token.text == "(":
            return (
                f"{token.told} comes right after “{before.text}”: a sign is missing. To multiply, "
                f"write “*” between them."
            )
        if token.text == ")":
            return f"{token.told} closes a bracket that was never opened."
        return (
            f"{token.told} is out of place: only a single name at the beginning can be before it."
        )
