"""What an error in a learner's function means: its cause and the remedy, in plain words."""

import builtins
import re
from collections.abc import Callable
from difflib import get_close_matches

import numpy as np

POWER = "In Python a power is written **, as in x**2; ^ is something else"
_PRODUCT = (
    "A bracket right after a number or an array means a call. For a product write *, as in "
    "2 * (x + 1); for one element of an array write square brackets, as in x[0]"
)
_UNFIT = {  # what may stand beside an operator by mistake
    "str": "Text in quotation marks cannot be calculated with. Write numbers without them",
    "NoneType": "Something in a calculation is None: a function without `return` gives None",
    "list": "A list cannot be calculated with. Make it an array: np.array([1, 2, 3])",
    "tuple": "A comma makes a pair, as in (0, 5). A decimal number has a point: 0.5",
    "dict": "A dictionary cannot be calculated with. Take one of its values, as in d['a']",
    "set": "Braces make a set, and a set cannot be calculated with. Write square brackets: [1, 2]",
    "function": "A function stands where its result is needed. Call it with round brackets: f(x)",
}
_UNFIT["builtin_function_or_method"] = _UNFIT["ufunc"] = _UNFIT["method"] = _UNFIT["function"]
_UNFIT["type"] = _UNFIT["function"]

_KINDS = {
    "bool": "True or False",
    "int": "a single number",
    "float": "a single number",
    "complex": "a complex number, such as the root of a negative one",
    "str": "text",
    "list": "a list",
    "tuple": "several values with commas between them",
    "dict": "a dictionary",
    "set": "a set: braces make one, square brackets a list",
    "function": "a function: call it with round brackets to get its result",
    "ndarray": "an array",
    "NoneType": "None",
}
_KINDS["builtin_function_or_method"] = _KINDS["ufunc"] = _KINDS["method"] = _KINDS["function"]


def kind_in_words(value: object) -> str:
    """Return what a value is, without the name of its class."""
    return _KINDS.get(type(value).__name__, "something else")


def sentences(what: str, error: BaseException) -> str:
    """Return what happened and what that means, in sentences."""
    return ". ".join(filter(None, (what, error_in_words(error)))) + "."


def error_in_words(error: BaseException) -> str:
    """Return what went wrong, without a full stop at the end; "" where Python says nothing."""
    try:
        words = " ".join(str(error).split())
    except Exception:  # an error whose own text cannot be read
        return ""
    if isinstance(error, NameError):
        return _unknown_name(error)
    for kinds, pattern, explain in _EXPLAINED:
        if isinstance(error, kinds) and (found := re.search(pattern, words)):
            return explain if isinstance(explain, str) else explain(found)
    return f"Python says “{words.rstrip('.')}”" if words else ""


def _unfit_operands(found: re.Match[str]) -> str:
    if found["operator"] == "^":
        return POWER
    for kind in (found["left"], found["right"]):
        if kind.rpartition(".")[2] in _UNFIT:
            return _UNFIT[kind.rpartition(".")[2]]
    return f"Two values cannot be joined by {found['operator']}"


def _unfit(found: re.Match[str]) -> str:
    kind = found["kind"].rpartition(".")[2]
    return _UNFIT.get(kind, f"Something here cannot be calculated with: Python says “{found[0]}”")


def _unfit_called(found: re.Match[str]) -> str:
    if found["kind"] == "NoneType":
        return "Something that is None is called like a function"
    if found["kind"] in ("list", "tuple", "dict"):
        return "Round brackets mean a call. For one element write square brackets, as in x[0]"
    return _PRODUCT


def _unfit_indexed(found: re.Match[str]) -> str:
    if "function" in found["kind"] or found["kind"] in ("method", "type", "ufunc"):
        return "Square brackets stand after a function. Call it with round brackets: np.array(...)"
    if found["kind"] == "NoneType":
        return _UNFIT["NoneType"]
    return "Square brackets stand after a single number, and that has no elements"


def _outside(found: re.Match[str]) -> str:
    index, size = found["index"], int(found["size"])
    return f"There is no element [{index}]: counting begins at 0, the last is [{size - 1}]"


def _no_attribute(found: re.Match[str]) -> str:
    name, owner = found["name"], found["owner"]
    if owner.startswith("module"):
        module = "np" if "numpy" in owner else owner.removeprefix("module ").strip("'")
        near = get_close_matches(name, dir(np), 1, 0.75) if module == "np" else []
        return f"There is no {module}.{name}" + (f"; is {module}.{near[0]} meant?" if near else "")
    what = _KINDS.get(owner.strip("'"), "this value").partition(":")[0]
    return f".{name} is asked of {what}, which has none. An array has it: np.array(...)"


def _unknown_name(error: NameError) -> str:
    name = getattr(error, "name", None) or "".join(re.findall("'([^']+)'", str(error))[:1])
    if isinstance(error, UnboundLocalError):
        return (
            f"{name} is used before it has a value. A value is given with one =; == only compares"
        )
    if name == "np":
        return "np is not known yet. Run the cell with `import numpy as np`, near the top"
    if name == "math":
        return "math is not known. Use NumPy in its place, as in np.exp(x)"
    if hasattr(np, name) and not hasattr(builtins, name):
        return f"{name} belongs to NumPy: write np.{name}"
    return (
        f"There is nothing called {name}. Is it spelled as where it is made, and has the cell been "
        "run that makes it? A value is given with one =; == only compares"
    )


_NOT_ALL_AT_ONCE = (
    "An array is many numbers, and `if`, `and`, `or` decide about one. Use np.where, or np.maximum"
)
_WHOLE = "A whole number is needed here. Use // to divide, or int(...)"
_Explanation = str | Callable[[re.Match[str]], str]
_EXPLAINED: tuple[tuple[type[BaseException], str, _Explanation], ...] = (
    (TypeError, r"bitwise_xor", POWER),
    (
        TypeError,
        r"unsupported operand type\(s\) for (?P<operator>\S+)( or pow\(\))?: "
        r"'(?P<left>[^']+)' and '(?P<right>[^']+)'",
        _unfit_operands,
    ),
    (TypeError, r"bad operand type for \S+ .: '(?P<kind>[^']+)'", _unfit),
    (TypeError, r"bad operand type for \S+: '(?P<kind>[^']+)'", _unfit),
    (
        TypeError,
        r"can't multiply sequence by non-int|can only concatenate (list|tuple)",
        _UNFIT["list"],
    ),
    (
        TypeError,
        r"can only concatenate str|must be str|must be real number, not str",
        _UNFIT["str"],
    ),
    (TypeError, r"must be real number, not (?P<kind>\w+)", _unfit),
    (
        TypeError,
        r"'(?P<operator>\S+)' not supported between instances of "
        r"'(?P<left>[^']+)' and '(?P<right>[^']+)'",
        _unfit_operands,
    ),
    (TypeError, r"'(?P<kind>[^']+)' object is not callable", _unfit_called),
    (TypeError, r"'(?P<kind>[^']+)' object is not subscriptable", _unfit_indexed),
    (IndexError, r"invalid index to scalar", "Square brackets stand after a single number"),
    (
        TypeError,
        r"has no len\(\)|is not iterable",
        "A single number stands where several are needed",
    ),
    (TypeError, r"object does not support item assignment", "One of its values cannot be changed"),
    (
        TypeError,
        r"[Oo]nly .*(length-1|size-1|0-dim).*arrays? can be converted",
        "A function for one number, such as math.exp or float, is given an array. Use np.exp",
    ),
    (
        TypeError,
        r"(integer scalar arrays|indices must be integers|cannot be interpreted as an integer)",
        _WHOLE,
    ),
    (TypeError, r"ufunc '\w+' (did not contain a loop|not supported)", _UNFIT["str"]),
    (
        TypeError,
        r"(?P<name>\w+)\(\) (missing|takes|got)",
        lambda found: f"{found['name']} is called with too few or too many values",
    ),
    (ValueError, r"truth value of an array", _NOT_ALL_AT_ONCE),
    (
        ValueError,
        r"^matmul|shapes .* not aligned",
        "Two shapes do not fit: inputs stand on the left of @, weights on the right. On the way "
        "back one of the two is turned over: .T",
    ),
    (
        ValueError,
        r"could not be broadcast together with shapes (?P<shapes>\(.*\))",
        lambda found: f"Two arrays of different lengths do not fit: {found['shapes'].strip()}",
    ),
    (ValueError, r"could not convert string to float", _UNFIT["str"]),
    (ValueError, r"negative integer powers", "With a negative power write 2.0, not 2"),
    (ValueError, r"inhomogeneous", "There are rows of different lengths in an array"),
    (ValueError, r"math domain error", "The root or the logarithm of a negative number is taken"),
    (ValueError, r"cannot reshape", "An array has another number of elements than its new shape"),
    (
        ValueError,
        r"axis (?P<axis>-?\d+) is out of bounds",
        "There is no such axis: axes count from 0",
    ),
    (IndexError, r"index (?P<index>-?\d+) is out of bounds .*size (?P<size>\d+)", _outside),
    (IndexError, r"index out of range", "There are not so many elements: counting begins at 0"),
    (IndexError, r"only integers", _WHOLE),
    (IndexError, r"too many indices", "There are more indices in the square brackets than axes"),
    (
        AttributeError,
        r"(?P<owner>module '[^']+'|'[^']+') (object )?has no attribute '(?P<name>[^']+)'",
        _no_attribute,
    ),
    (ZeroDivisionError, r"", "It divides by 0"),
    (RecursionError, r"", "It calls itself without an end"),
    (OverflowError, r"", "A number grows too large"),
    (KeyError, r"(?P<key>.*)", lambda found: f"There is no entry {found['key']} in a dictionary"),
    (AssertionError, r"", "An `assert` in it does not hold"),
    (SystemExit, r"", "It ends Python with exit()"),
    (ImportError, r"", "Something that it imports is not installed"),
)
