"""Numbers as the pictures write them: fixed decimals and the true minus sign."""

MINUS = "\N{MINUS SIGN}"


def number(value: float, digits: int = 2) -> str:
    """Return ``value`` with ``digits`` decimals; a rounded zero carries no sign.

    Examples
    --------
    >>> number(-1.5), number(-0.001), number(12345678.0)
    ('−1.50', '0.00', '1.2e+07')
    """
    if abs(value) >= 1e5:
        return f"{value:.1e}".replace("-", MINUS)
    rounded = round(float(value), digits) + 0.0  # + 0.0 turns −0.0 into 0.0
    return f"{rounded:.{digits}f}".replace("-", MINUS)


def signed(value: float, digits: int = 2) -> str:
    """Return ``value`` with its sign always shown, as on a weight.

    Examples
    --------
    >>> signed(1.5), signed(-1.5)
    ('+1.50', '−1.50')
    """
    text = number(value, digits)
    return text if text.startswith(MINUS) else f"+{text}"


def factor(value: float, digits: int = 2) -> str:
    """Return ``value`` as it stands inside a product: a negative one in brackets.

    Examples
    --------
    >>> factor(2.0), factor(-0.5)
    ('2.00', '(−0.50)')
    """
    text = number(value, digits)
    return f"({text})" if text.startswith(MINUS) else text
