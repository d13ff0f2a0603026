"""A beginner's slips, made for real: each is told with its cause and the remedy, in plain words."""

import math

import numpy as np
import pytest
from check_twice import check_twice

from nnlib.exercises.checks.checking import exercise
from nnlib.exercises.checks.given_numbers import numbers, returned
from nnlib.exercises.markdown import as_markdown

w, text, nothing, pair, x_list = 2, "2", None, (0, 5), [1, 2, 3]
exp_of_nobody = None


def forgets_return(x):
    y = 2 * x  # noqa: F841


def prints(x):
    print(2 * x)


def compares(x):
    result == 2 * x  # noqa: B015, F821
    return result  # noqa: F821


def compares_its_own(x):
    y = x
    y == 2 * x  # noqa: B015
    return y


def unbound(x):
    if x is None:
        y = 1
    return y * x


def without_end(x):
    return without_end(x)


def asserts(x):
    assert x is None
    return x


SLIPS = {
    "power of an array": (lambda x: x ^ 2, "In Python a power is written **, as in x**2"),
    "power of a number": (lambda x: 2 * float(x[0]) ^ 1, "a power is written **"),
    "power of whole numbers, no error": (
        lambda x: np.array([1, 2, 3 ^ w]) * 2,
        "Multiply by 2. In Python a power is written **",
    ),
    "no return": (forgets_return, "returns nothing. End it with `return` and the result."),
    "print": (prints, "prints and returns nothing. `print` shows a value to you; with `return`"),
    "== of nothing": (compares, "nothing called result. Is it spelled"),
    "== in place of =": (compares_its_own, "That is x. A line compares two values with =="),
    "value too late": (unbound, "y is used before it has a value. A value is given with one ="),
    "* missing": (lambda x: w(x), "For a product write *, as in 2 * (x + 1)"),
    "* missing after an array": (lambda x: x(2), "For a product write *"),
    "element of a list called": (lambda x: x_list(0), "For one element write square brackets"),
    "np not imported": (eval("lambda x: np.exp(x)", {}), "Run the cell with `import numpy as np`"),
    "np. missing": (eval("lambda x: exp(x)", {}), "exp belongs to NumPy: write np.exp."),
    "spelling": (lambda x: 2 * wieghts, "There is nothing called wieghts. Is it spelled"),  # noqa: F821
    "np misspelled": (lambda x: np.maximun(x, 0), "There is no np.maximun; is np.maximum meant?"),
    "text": (lambda x: text * x, "Text in quotation marks cannot be calculated with"),
    "text and number": (lambda x: text + 1, "Text in quotation marks"),
    "a text of digits": (lambda x: float("a"), "Text in quotation marks"),
    "None": (lambda x: nothing + 1, "a function without `return` gives None"),
    "None times": (lambda x: nothing * 1.0, "a function without `return` gives None"),
    "list": (lambda x: x_list * 2.0, "A list cannot be calculated with. Make it an array"),
    "list plus number": (lambda x: x_list + 1, "A list cannot be calculated with"),
    "minus list": (lambda x: -x_list, "A list cannot be calculated with"),
    "a comma": (lambda x: pair * 1.5, "A list cannot be calculated with"),
    "a comma subtracted": (lambda x: pair - 1, "A decimal number has a point: 0.5"),
    "function not called": (lambda x: forgets_return + 1, "Call it with round brackets: f(x)"),
    "np function not called": (lambda x: np.exp * 2.0, "Call it with round brackets"),
    "shape of a list": (lambda x: x_list.shape, ".shape is asked of a list, which has none"),
    "if on an array": (lambda x: x if x > 0 else 0, "Use np.where"),
    "math on an array": (lambda x: math.exp(x), "is given an array. Use np.exp"),
    "math of text": (lambda x: math.exp(text), "Text in quotation marks"),
    "round brackets missing": (lambda x: np.array[1, 2], "Call it with round brackets"),
    "element of a number": (lambda x: w[0], "a single number, and that has no elements"),
    "element of a NumPy number": (lambda x: x[0][0], "a single number"),
    "length of a number": (lambda x: len(w), "A single number stands where several are needed"),
    "loop over a number": (lambda x: list(w), "A single number stands where several are needed"),
    "counting from 1": (lambda x: x[3], "There is no element [3]: counting begins at 0"),
    "counting a list from 1": (lambda x: x_list[3], "counting begins at 0"),
    "too many indices": (lambda x: x[0, 0], "more indices in the square brackets than axes"),
    "a fraction as index": (lambda x: x[1.0], "A whole number is needed here"),
    "axis": (lambda x: x.sum(axis=1), "There is no such axis"),
    "lengths": (lambda x: x + np.ones(2), "Two arrays of different lengths do not fit: (3,) (2,)"),
    "matmul": (lambda x: x @ np.ones(2), "inputs stand on the left of @"),
    "dot": (lambda x: np.dot(x, np.ones(2)), "inputs stand on the left of @"),
    "reshape": (lambda x: x.reshape(2, 2), "another number of elements"),
    "negative power": (lambda x: np.array([2]) ** -1, "write 2.0, not 2"),
    "root": (lambda x: math.sqrt(-1), "root or the logarithm of a negative number"),
    "by zero": (lambda x: 1 / 0, "It divides by 0."),
    "no end": (without_end, "It calls itself without an end."),
    "too large": (lambda x: math.exp(1000), "A number grows too large."),
    "too many arguments": (lambda x, w: x, "Your function is given 1 value, but takes 2."),
    "inner call": (lambda x: forgets_return(), "forgets_return is called with too few or too many"),
    "assert": (asserts, "An `assert` in it does not hold."),
    "no entry": (lambda x: {"a": 1}["b"], "There is no entry 'b' in a dictionary."),
    "braces": (lambda x: {1, 2} * 2, "Braces make a set"),
    "comparing text": (lambda x: text > 1, "Text in quotation marks"),
    "returns a function": (lambda x: np.exp, "this is a function: call it with round brackets"),
    "returns a root": (lambda x: [(-1.0) ** 0.5, 1, 2], "a complex number, such as the root"),
    "returns text": (lambda x: "2", "came out as text. Write numbers without quotation marks."),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_in_plain_words(slip, capsys):
    function, words = SLIPS[slip]
    result = check_twice(function)
    assert result.passed is False
    assert words in result.message
    names = ("Error", "bitwise", "ufunc", "NoneType", "numpy.", "object", "positional", "<lambda>")
    assert not any(name in result.message for name in names), result.message
    assert result.message.endswith(".")


class HostileError(Exception):
    def __str__(self):
        raise RuntimeError


def raise_(error):
    raise error


def test_an_unknown_error_is_quoted_and_a_mute_one_is_no_harm():
    assert check_twice(lambda x: raise_(Exception("some trouble."))).message == (
        "Your function stopped with an error. Python says “some trouble”."
    )
    for mute in (Exception(), HostileError()):
        message = "Your function stopped with an error."
        assert check_twice(lambda x, mute=mute: raise_(mute)).message == message


def test_a_decimal_comma_is_told_where_one_number_is_expected():
    @exercise
    def check_half(half):
        return str(returned(half(), ()))

    assert "A decimal number has a point, not a comma." in check_half(lambda: (0, 5)).message


def test_a_right_answer_with_an_odd_line_is_right():
    def odd(x):
        x == 2  # noqa: B015
        return 2 * x

    assert check_twice(odd)


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("<lambda> is <b>3</b> & more", "&lt;lambda&gt; is &lt;b&gt;3&lt;/b&gt; &amp; more"),
        ("__init__ and *this* and ~~that~~", r"\_\_init\_\_ and \*this\* and \~\~that\~\~"),
        ("$a$ costs $5", "&#36;a&#36; costs &#36;5"),
        ("[a](b) # c | d", r"\[a\](b) \# c \| d"),
        ("End it with `return x**2`.", "End it with `return x**2`."),
        ("one ` alone", r"one \` alone"),
        ("a\n\n# heading", r"a \# heading"),
    ],
)  # fmt: skip
def test_a_learner_s_words_stand_in_markdown_as_they_are(words, markdown):
    assert as_markdown(words) == markdown

    @exercise
    def check_words(answer):
        return str(numbers(answer, (), words)) and words

    assert check_words(1)._repr_markdown_() == f"**✓ Right.** {markdown}"
    assert repr(check_words(1)) == f"✓ Right. {words}"
