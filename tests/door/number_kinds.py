"""Item 7: numbers of other kinds than float64 and its arrays.

What `assert_close` takes at home passes; what it refuses is refused in the same words.
"""

from tests.door.row import Home, Row, row
from tests.door.work import edited, losses

_ALL = Home(says=("60 of the 60 public points",))
_RETURN = "return -log_p[rows, y].sum() / N, dx / N"
_ERROR = "return float(np.max(np.abs(a - b) / scale))"
_HISTORY = "return history"
_PREDICTED = "return np.argmax(X @ self.W, axis=1)"


def _pair(what: str, loss: str, gradient: str, head: str = "") -> Row:
    """A right softmax_loss whose values are of another kind."""
    text = edited("softmax_loss", _RETURN, f"return {loss}, {gradient}", head)
    return row(what, 7, losses(text), home=_ALL)


_COUNTS = "counts.reshape(N, channels * bins) / (height * width)"


def _histogram(what: str, shape: str) -> Row:
    """A right color_histogram that returns something like an array."""
    text = edited("color_histogram", f"return {_COUNTS}", f"return {shape.format(_COUNTS)}")
    return row(f"{what} for the histogram", 7, losses(text), home=_ALL)


_LOSS, _DX = "-log_p[rows, y].sum() / N", "dx / N"


def _error(what: str, value: str, kind: str, head: str) -> Row:
    """A relative_error of a kind that is no number of NumPy's: 4 of 100 points."""
    text = edited("relative_error", _ERROR, value, head)
    said = ("real number", kind)
    return row(
        what,
        7,
        losses(text),
        score=96,
        says=said,
        never=("Handle",),
        step=f"return a float, not {kind}",
        home=Home(said),
    )


TAKEN = [
    _pair("longdouble", f"np.longdouble({_LOSS})", f"({_DX}).astype(np.longdouble)"),
    _pair("a loss that is a 0-d array", f"np.array({_LOSS})", _DX),
    _pair("a loss that is a float of Python's", f"float({_LOSS})", _DX),
    _pair("a loss of shape (1,) made a number by item()", f"np.array([{_LOSS}]).item()", _DX),
    _pair("columns first", _LOSS, f"np.asfortranarray({_DX})"),
    _pair("every second entry of a larger array", _LOSS, f"np.repeat({_DX}, 2, axis=1)[:, ::2]"),
    _pair("a view read backwards", _LOSS, f"({_DX})[::-1].copy()[::-1]"),
    _pair("big-endian", _LOSS, f"({_DX}).astype('>f8')"),
    _pair("a view that can't be written to", _LOSS, f"np.broadcast_to({_DX}, dx.shape)"),
    _histogram("a masked array", "np.ma.array({})"),
    _histogram("a matrix", "np.asmatrix({})"),
    _pair(
        "an array of a class of one's own",
        _LOSS,
        f"({_DX}).view(Mine)",
        "\nclass Mine(np.ndarray):\n    pass\n",
    ),
    row(
        "a named tuple",
        7,
        losses(
            edited(
                "softmax_loss",
                _RETURN,
                f"return Pair({_LOSS}, {_DX})",
                "from collections import namedtuple\nPair = namedtuple('Pair', 'loss dx')\n",
            )
        ),
        home=_ALL,
    ),
    _histogram("lists", "({}).tolist()"),
    row(
        "a history that is an array",
        7,
        losses(edited("LinearClassifier", _HISTORY, "return np.array(history)")),
        home=_ALL,
    ),
    row(
        "a history that is a deque",
        7,
        losses(
            edited("LinearClassifier", _HISTORY, "return deque(history)", "from collections import deque\n")
        ),
        home=_ALL,
    ),
    row(
        "predictions that are a list",
        7,
        losses(edited("LinearClassifier", _PREDICTED, "return list(np.argmax(X @ self.W, axis=1))")),
        home=_ALL,
    ),
    row(
        "predictions that are uint8",
        7,
        losses(
            edited("LinearClassifier", _PREDICTED, "return np.argmax(X @ self.W, axis=1).astype(np.uint8)")
        ),
        home=_ALL,
    ),
]

REFUSED = [
    _error(
        "a Decimal",
        "return Decimal(float(np.max(np.abs(a - b) / scale)))",
        "Decimal",
        "from decimal import Decimal\n",
    ),
    _error(
        "a Fraction",
        "return Fraction(float(np.max(np.abs(a - b) / scale)))",
        "Fraction",
        "from fractions import Fraction\n",
    ),
    _error("a complex number", "return complex(np.max(np.abs(a - b) / scale))", "complex", ""),
    _error(
        "an array of objects",
        "return np.array(float(np.max(np.abs(a - b) / scale)), dtype=object)",
        "object",
        "",
    ),
    _error("a set", "return {float(np.max(np.abs(a - b) / scale))}", "set", ""),
    _error("an object of one's own", "return Answer()", "Answer", "\nclass Answer:\n    pass\n"),
]

ROWS = [*TAKEN, *REFUSED]
