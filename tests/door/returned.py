"""Item 13: functions that answer with something else than they should, or are not there."""

from tests.door.row import Home, Row, row
from tests.door.work import RIGHT, begun_with, edited, line_of, losses, renamed, with_function

_RETURN = "    return -log_p[rows, y].sum() / N, dx / N"
#: Where the function begins: which line it left by, nobody can tell from what it returned.
_LINE = line_of(RIGHT, "def softmax_loss(")


def _softmax(what: str, instead: str, *words: str, step: str) -> Row:
    """A softmax_loss that ends in another way."""
    text = edited("softmax_loss", _RETURN, instead)
    says = ("softmax_loss", f"line {_LINE}", "loss", "gradient", *words)
    return row(
        what,
        13,
        losses(text),
        score=(70, 80),
        says=says,
        never=("ran into", "Handle"),
        step=step,
        home=Home(says),
    )


_ADDED = "def svm_loss(x, y, reg):\n    return 0.0, x\n"
_SWAPPED = renamed("def svm_loss(x: Array, y: Array)", "def svm_loss(y: Array, x: Array)")
_NO_SELF = edited("LinearClassifier", "def predict(self, X: Array)", "def predict(X: Array)")
_ASSERT = begun_with("l1_penalty", "assert W.ndim == 7")
_RAISE = begun_with("l1_penalty", "if strength:\n    raise ValueError")
_OLD = "    return strength * np.sum(np.abs(W)), strength * np.sign(W)"
_NO_H = renamed("h: float = 1e-5) -> Array", "h: float) -> Array")

ROWS = [
    _softmax(
        "no return", "    -log_p[rows, y].sum() / N, dx / N", "None", "return", step="return both values"
    ),
    _softmax(
        "print for return",
        _RETURN.replace("return ", "print(") + ")",
        "None",
        "return",
        step="return both values",
    ),
    _softmax("a bare return", "    return", "None", step="return both values"),
    _softmax(
        "the loss alone",
        "    return -log_p[rows, y].sum() / N",
        "a single number",
        step="return the gradient too",
    ),
    _softmax("the gradient alone", "    return dx / N", "an array", step="return the loss too"),
    _softmax("three values", _RETURN + ", log_p", "3 values", step="return two values, not three"),
    _softmax(
        "a dict",
        '    return {"loss": -log_p[rows, y].sum() / N, "dx": dx / N}',
        "dict",
        step="return a pair, not a dict",
    ),
    _softmax(
        "yield for return",
        _RETURN.replace("return", "yield"),
        "generator",
        step="return, not yield",
    ),
    _softmax(
        "None for the gradient",
        "    return -log_p[rows, y].sum() / N, None",
        "None",
        step="return the gradient, not None",
    ),
    _softmax(
        "the two values swapped",
        "    return dx / N, -log_p[rows, y].sum() / N",
        step="return the loss first",
    ),
    _softmax(
        "a function for its value",
        "    return (-log_p[rows, y]).sum, dx / N",
        "function",
        step="call the function that you return",
    ),
    _softmax(
        "text for the loss",
        "    return str(-log_p[rows, y].sum() / N), dx / N",
        "text",
        step="return a number, not text",
    ),
    row(
        "a list of both values",
        13,
        losses(edited("softmax_loss", _RETURN, "    return [-log_p[rows, y].sum() / N, dx / N]")),
        home=Home(("60 of the 60 public points",)),
    ),
    row(
        "a default lost",
        13,
        losses(_NO_H),
        score=(94, 99),
        says=("numerical_gradient", "h", "default", "1e-05"),
        never=("ran into",),
        step="give h its default back",
    ),
    row(
        "parameters swapped",
        13,
        losses(_SWAPPED),
        score=(70, 80),
        says=("svm_loss(y, x)", "svm_loss(x, y)"),
        step="put the parameters in order",
        home=Home(("svm_loss(y, x)", "svm_loss(x, y)")),
    ),
    row(
        "a parameter too many",
        13,
        losses(with_function("svm_loss", _ADDED)),
        score=(70, 80),
        says=("svm_loss(x, y, reg)", "svm_loss(x, y)"),
        never=("ran into",),
        step="take the parameter out",
        home=Home(("svm_loss(x, y, reg)", "svm_loss(x, y)")),
    ),
    row(
        "self forgotten",
        13,
        losses(_NO_SELF),
        score=(85, 98),
        says=("predict", "self"),
        never=("ran into",),
        step="add self",
        home=Home(("predict", "self")),
    ),
    row(
        "a letter left out of a name",
        13,
        losses(renamed("def softmax_loss(", "def softmax_los(").replace("= softmax_loss(", "= softmax_los(")),
        score=(80, 90),
        says=("you have softmax_los", "softmax_loss"),
        step="mend the function's name",
        home=Home(("you have softmax_los",)),
    ),
    row(
        "capitals in a name",
        13,
        losses(renamed("class LinearClassifier", "class linearClassifier")),
        score=(70, 95),
        says=("you have linearClassifier", "LinearClassifier"),
        step="mend the function's name",
        home=Home(("you have linearClassifier",)),
    ),
    row(
        "a method's name misspelt",
        13,
        losses(renamed("def predict(", "def predicts(")),
        score=(85, 98),
        says=("you have predicts", "predict"),
        step="mend the function's name",
        home=Home(("you have predicts",)),
    ),
    row(
        "a function left out",
        13,
        losses(with_function("relative_error", "")),
        score=95,
        says=("relative_error",),
        never=("you have",),
        step="write the function",
        home=Home(("relative_error",), ("you have",)),
    ),
    row(
        "an assert without words",
        13,
        losses(_ASSERT),
        score=(80, 97),
        says=("AssertionError", f"line {line_of(_ASSERT, 'W.ndim == 7')}", "assert W.ndim == 7"),
        step="look at your assert",
        home=Home(("AssertionError", "assert W.ndim == 7")),
    ),
    row(
        "raise ValueError without words",
        13,
        losses(_RAISE),
        score=(80, 97),
        says=("ValueError", f"line {line_of(_RAISE, 'raise ValueError')}", "raise ValueError"),
        step="look at where you raise",
        home=Home(("ValueError", "raise ValueError")),
    ),
    row(
        "a placeholder left in one function",
        13,
        losses(edited("l1_penalty", _OLD, '    raise NotImplementedError("Write l1_penalty.")')),
        score=(80, 97),
        says=("not started",),
        step="write the function: placeholder",
    ),
]
