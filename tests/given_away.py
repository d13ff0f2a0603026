"""What in a text says the answer of a question: a number, a point, an option."""

import re

from nnlib.exercises.predictions.questions import Question

POINT = re.compile(r"\(−?[\d.]+, −?[\d.]+\)")
SENTENCE_ENDS = re.compile(r"(?<=[.?!:;|])\s+|\n+")
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
# Other words that would give an answer away, besides the answer itself.
TELLS = {
    "start-slider": r"code can|hand can|one thing|code sets|move sliders",
    "neurons-average": r"divided",
    "neurons-weights": r"turns|keeps its place",
    "neurons-bias": r"parallel",
    "neurons-xor": r"XOR never|no weights|none for XOR|two lines|second layer|[23] (of 4 )?on XOR",
    "neurons-signed-errors": r"cancel|hides",
    "neurons-third-input": r"in disguise|0\.9936|falls",
    "neurons-run-again": r"goes? on from|remembers|hidden state|10\.38",
    "neurons-gain": r"surer|steeper|step function|line stays",
    "neurons-disguise": r"only the new row|bias in disguise|switches that bias",
    "neurons-ring": r"at least one disc",
    "activations-dead-relu": r"dead|stays at 0",
    "activations-linear-stack": r"straight|no better|one layer",
    "activations-steepest": r"0\.25|steepest at",
    "activations-range": r"no upper limit|unbounded|goes? on rising|without a limit",
    "activations-tanh": r"0\.0002|flat sooner|saturates",
    "activations-softmax-shift": r"cancel|z\.max|changes nothing",
    "activations-temperature": r"softer|0\.33",
    "activations-depth": r"vanish(?!ing)|0\.0000",
    "activations-weight-saturates": r"21 of|a third",
    "activations-smooth": r"0\.17|of GELU",
    "feedforward-hidden-space": r"same place|three places|together",
    "feedforward-shape": r"\(4, 3\)",
    "feedforward-parameters": r"\b17\b",
    "feedforward-one-weight": r"changes h₁|to the right only",
    "feedforward-alike": r"twins|three maps are the same|stay alike",
    "feedforward-second-hinge": r"\(5, 1\)|flat",
    "feedforward-hinges": r"four pieces|parts the line",
    "training-ravine": r"overshoot|sharpest",
    "training-same-rate": r"far behind|settle|0\.01\d",
    "training-learning-rate": r"jumps|leaps|closes round",
    "training-batches": r"more updates|lower the loss|200 rows an update",
    "training-test-loss": r"overfit|turns|climbs",
    "training-l2": r"smoother|(less|against|prevents?) overfit|validation 0\.",
    "training-digit-moved": r"0\.53|copies",
    "training-zeros": r"blank|half of the rows|break the tie",
    "training-while-it-plays": r"calms down|swings",
    "training-two-activations": r"hardly begun|as steep",
    "training-dropout": r"near 0\.2|trembles|less sure|one of them is missing",
    "training-dead": r"blank|brings them back|all four died|\[4, 4",
    "training-inside": r"get worse|outweigh|how much, not",
    "training-fork": r"after the fork|comes down",
    "backprop-input": r"only the (last|input)|half",
    "backprop-zero-input": r"no part|gradient is 0|also 0",
    "backprop-graph": r"\bshares?\b|\+=|2 \+ 2 \+ 3",
    "backprop-ways-back": r"to all four|all four of|four products",
    "backprop-large-change": r"flat|promise|0\.244|tangent",
    "backprop-lowest-point": r"\bmean\b",
    "backprop-epsilon": r"round-off|truncation|10⁻⁵|drown",
    "backprop-bugs-seen": r"three sit in the|no gradient check can",
    "backprop-who-updates": r"no weight|nothing has moved|computes the gradient",
    "backprop-direction": r"up or down|[+-]0\.00",
    "backprop-saturated": r"cancel|error itself|slower",
    "backprop-wrong-derivative": r"constant|0\.1966|bounded",
    "backprop-xor-slip": r"forgives|hurts|21\b",
    "backprop-twenty-layers": r"vanish|a quarter|nothing of it",
    "backprop-zero-units": r"\bdead\b|\bdies?\b|for ever|no gradient",
}
NOTHING = r"(?!)"

ARTICLES = ("One", "None")  # which stand everywhere, so only as the first word of a sentence


def plain(text: str) -> str:
    """Return text as it is read: nothing folded, no marks of Markdown, the true minus."""
    text = re.sub(r"\]\([^)]*\)", "", FOLDED.sub("", text))  # where a link or a picture leads
    text = re.sub(r"[*_`$]|\\text|\\;|\\,", "", text)
    return re.sub(r"(?<![\w)])-(?=[\d.])", "−", text)


def given_away(question: Question, text: str) -> list[str]:
    """Return the places in ``text`` that say the question's answer."""
    if question.sketch is not None:
        asked = POINT.findall(question.text)
        points = [point for point in POINT.findall(question.answer) if point not in asked]
        return [point for point in points if point in text]
    if question.asks_for_number or re.fullmatch(r"−?[\d.]+", question.answer):
        number = question.answer.replace("-", "−")
        return re.findall(rf"[^\n]*(?<![\d.−]){re.escape(number)}0*(?!\.?\d)[^\n]*", text)
    return [sentence for sentence in SENTENCE_ENDS.split(text) if says(sentence, question)]


def told_otherwise(name: str, text: str) -> list[str]:
    """Return the lines of ``text`` that give the answer away in other words."""
    return re.findall(rf"(?i).*(?:{TELLS.get(name, NOTHING)}).*", text)


def says(sentence: str, question: Question) -> bool:
    """Say whether a sentence names the answer, and none of the other options beside it."""
    flags = re.NOFLAG if question.answer in ARTICLES else re.IGNORECASE
    found = re.search(rf"\b{re.escape(question.answer)}(?!\w)(\s+\w+)?", sentence, flags)
    if not found or (found[1] and found[0].lower() in question.text.lower()):
        return False  # "six discs" stands in the question itself
    others = (words(o.split(":")[0]) for o in question.options if o != question.answer)
    return not any(other <= words(sentence) for other in others)


def words(text: str) -> set[str]:
    """The words that carry the meaning of a text."""
    return set(re.findall(r"[\w−.]*\w", text.lower())) - {"a", "an", "it", "the", "with"}
