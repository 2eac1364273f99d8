"""Item 14: single precision where the task asks for double."""

from tests.door.row import Home, Row, row
from tests.door.work import begun_with, edited, losses

_NEVER = ("kink", "missing", "penalty is", "a mean or a variance")


def _single(what: str, text: str, kind: str = "float32", score: tuple[float, float] = (40, 99.5)) -> Row:
    return row(
        what,
        14,
        losses(text),
        score=score,
        says=(kind, "precision"),
        never=_NEVER,
        step=f"compute in double precision ({kind})",
        home=Home((kind, "precision"), _NEVER),
    )


ROWS = [
    _single("softmax_loss in float32", begun_with("softmax_loss", "x = x.astype(np.float32)")),
    _single(
        "svm_loss_naive in float32",
        begun_with("svm_loss_naive", "W, X = W.astype(np.float32), X.astype(np.float32)"),
    ),
    _single(
        "a gradient kept in float32",
        edited("softmax_loss_naive", "np.zeros_like(W)", "np.zeros_like(W, dtype=np.float32)"),
    ),
    row(
        "numerical_gradient into float32, which only hidden checks see",
        14,
        losses(edited("numerical_gradient", "np.zeros_like(x)", "np.zeros_like(x, dtype=np.float32)")),
        score=97,
        never=_NEVER,
        notes=("float32",),
        step="look for what hidden checks see",
    ),
    _single("svm_loss in float32", begun_with("svm_loss", "x = x.astype(np.float32)")),
    row(
        "l2_penalty in float32, near enough", 14, losses(begun_with("l2_penalty", "W = W.astype(np.float32)"))
    ),
    _single(
        "softmax_loss in half precision",
        begun_with("softmax_loss", "x = x.astype(np.float16)"),
        "float16",
        (20, 95),
    ),
]
