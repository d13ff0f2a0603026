"""Numbers as the pictures write them: fixed decimals, the true minus sign, powers of ten."""

from math import isfinite, isnan

MINUS = "\N{MINUS SIGN}"

_POWERS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans(f"-0123456789{MINUS}.", f"{_POWERS}⁻·")


def number(value: float, digits: int = 2) -> str:
    """Return ``value`` with ``digits`` decimals; a rounded zero carries no sign.

    Examples
    --------
    >>> number(-1.5), number(-0.001), number(12345678.0)
    ('−1.50', '0.00', '1.2·10⁷')
    """
    if abs(value) >= 1e5:
        return scientific(value, 2)
    rounded = round(float(value), digits) + 0.0  # + 0.0 turns −0.0 into 0.0
    return f"{rounded:.{digits}f}".replace("-", MINUS)


def signed(value: float, digits: int = 2) -> str:
    """Return ``value`` with the sign of all but a zero shown, as on a weight.

    Examples
    --------
    >>> signed(1.5), signed(-1.5), signed(0.0)
    ('+1.50', '−1.50', '0.00')
    """
    text = number(value, digits)
    zero = text == number(0.0, digits)
    return text if zero or text.startswith(MINUS) else f"+{text}"


def sign_of(value: float) -> int:
    """Return the sign that `signed` writes, 1 or −1; 0 for what is written as zero, and for NaN.

    A number's colour, and the line beside it, follow it: what reads 0.00 is neither.

    Examples
    --------
    >>> sign_of(0.01), sign_of(-2.0), sign_of(0.001)
    (1, -1, 0)
    """
    rounded = 0.0 if isnan(value) else round(float(value), 2)
    return (rounded > 0) - (rounded < 0)


def factor(value: float, digits: int = 2) -> str:
    """Return ``value`` as it stands inside a product: a negative one in brackets.

    Examples
    --------
    >>> factor(2.0), factor(-0.5)
    ('2.00', '(−0.50)')
    """
    text = number(value, digits)
    return f"({text})" if text.startswith(MINUS) else text


def power_of_ten(exponent: int) -> str:
    """Return a power of ten as text.

    Examples
    --------
    >>> power_of_ten(-14), power_of_ten(0)
    ('10⁻¹⁴', '1')
    """
    return "1" if exponent == 0 else "10" + str(exponent).translate(_RAISED)


def raised(exponent: float) -> str:
    """Return an exponent as it stands above a base.

    Examples
    --------
    >>> raised(2.0), raised(-0.5), raised(1234)
    ('²', '⁻⁰·⁵', '¹²³⁴')
    """
    text = str(exponent) if isinstance(exponent, int) else significant(exponent)
    return text.translate(_RAISED)


def scientific(value: float, digits: int = 1) -> str:
    """Return ``value`` in ``digits`` significant digits, times a power of ten.

    Examples
    --------
    >>> scientific(3.2e-12), scientific(1e-6), scientific(-12345.0, 3)
    ('3·10⁻¹²', '10⁻⁶', '−1.23·10⁴')
    """
    return typeset(f"{value:.{digits - 1}e}")


def significant(value: float, digits: int = 3) -> str:
    """Return ``value`` in at most ``digits`` significant digits, as short as it can be.

    Examples
    --------
    >>> significant(0.1), significant(-2.0), significant(0.00002), significant(1234567.0)
    ('0.1', '−2', '2·10⁻⁵', '1.23·10⁶')
    """
    return typeset(f"{value:z.{digits}g}")  # z: zero has no sign


def three_digits(value: float) -> str:
    """Return three significant digits of any number, zeros at the end included.

    From 1000 to 9999 it has four, as it has no power of ten there.

    Examples
    --------
    >>> three_digits(0.013427), three_digits(-2), three_digits(1.3427e-7), three_digits(0)
    ('0.0134', '−2.00', '1.34·10⁻⁷', '0')
    >>> three_digits(999.6), three_digits(-4500.2), three_digits(12345), three_digits(float("inf"))
    ('1000', '−4500', '1.23·10⁴', '∞')
    """
    if value == 0:
        return "0"
    if not isfinite(value):
        return "?" if isnan(value) else "∞" if value > 0 else f"{MINUS}∞"
    if 999.5 <= abs(value) < 9999.5:
        return number(value, 0)
    if not 1e-4 <= abs(value) < 9999.5:
        return scientific(value, 3)
    return f"{value:#.3g}".rstrip(".").replace("-", MINUS)


def typeset(text: str) -> str:
    """Return a number that Python has written as a book writes it.

    Examples
    --------
    >>> typeset("-0.5"), typeset("2e-08"), typeset("1e-06"), typeset("1.2e+07")
    ('−0.5', '2·10⁻⁸', '10⁻⁶', '1.2·10⁷')
    """
    mantissa, e, exponent = text.partition("e")
    times = {"1": "", "-1": MINUS}.get(mantissa, f"{mantissa.replace('-', MINUS)}·")
    return times + power_of_ten(int(exponent)) if e else mantissa.replace("-", MINUS)


def is_raised(letter: str) -> bool:
    """Say whether a letter belongs to an exponent."""
    return letter in _POWERS


def size(value: float, digits: int = 2) -> str:
    """Return a number that is never negative, such as a loss; only 0 is written as 0.

    Examples
    --------
    >>> size(0.0412, 3), size(0.0004, 3), size(0.0, 3)
    ('0.041', '< 0.001', '0.000')
    """
    least = 10.0**-digits
    return f"< {least:.{digits}f}" if 0.0 < value < least / 2 else number(value, digits)
