"""A learner's function is called, on copies of what it is given; what goes wrong is told."""

from typing import Any

from nnlib.exercises.checks.arguments import changed, copied, unfit
from nnlib.exercises.checks.function_code import holds_ellipsis, prints
from nnlib.exercises.checks.python_errors import kind_in_words, sentences
from nnlib.exercises.checks.verdict import Mistake, NotAttempted


def call(function: Any, *arguments: Any) -> Any:
    """Call the learner's function on copies of the arguments and return what it returns.

    Raises
    ------
    Mistake
        If it is not a function, if it stops with an error, if it returns nothing or if it changes
        what it is given.
    NotAttempted
        If the ``...`` of the exercise is still in its way.
    """
    if not callable(function):
        raise Mistake(f"A function is expected here; this is {kind_in_words(function)}.")
    copies = copied(arguments)
    try:
        answer = function(*copies)
    except (Exception, SystemExit) as error:
        if holds_ellipsis(function):
            raise NotAttempted from None
        if (objection := unfit(function, arguments)) and isinstance(error, TypeError):
            raise Mistake(objection, "The function takes other values than it is given.") from None
        told = sentences("Your function stopped with an error", error)
        raise Mistake(told, "The function stops with an error.") from error
    if answer is ... or (answer is None and holds_ellipsis(function)):
        raise NotAttempted
    if answer is None and prints(function):
        raise Mistake(
            "Your function prints and returns nothing. `print` shows a value to you; with `return` "
            "in its place the check gets it too."
        )
    if answer is None:
        raise Mistake("Your function returns nothing. End it with `return` and the result.")
    if name := changed(function, arguments, copies):
        raise Mistake(
            f"Your function changes {name}: whoever calls it has lost the old values. Give the "
            "result a name of its own. `new = x - 1` leaves x as it was; `x -= 1`, `x[0] = 1` and "
            "`x.pop()` do not.",
            "The function changes what it is given.",
        )
    return answer
