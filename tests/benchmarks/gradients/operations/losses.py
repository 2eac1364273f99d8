"""Losses and penalties: scalar outputs, so that upstream is one number."""

import numpy as np

from tests.benchmarks.gradients.operation import Bug, Operation

REG = 0.7


def truth(scores):
    """Fixed labels, and the same as an index of each row's true class."""
    y = np.arange(len(scores)) * 2 % scores.shape[1]
    return np.arange(len(scores)), y


def hinges(scores):
    at = truth(scores)
    margins = np.maximum(scores - scores[at][:, None] + 1, 0)
    margins[at] = 0
    return margins


def svm(scores):
    return np.array(hinges(scores).sum() / len(scores))


def svm_dx(scores, true=True, strict=True):
    at = truth(scores)
    margins = scores - scores[at][:, None] + 1
    counted = (margins > 0 if strict else margins >= 0).astype(float)
    counted[at] = 0
    if true:
        counted[at] = -counted.sum(axis=1)
    return counted / len(scores)


def draw_scores(rng):
    return (rng.normal(size=(6, 4)),)


SVM = Operation(
    "svm_loss",
    draw_scores,
    svm,
    {"dx": lambda d, x: d * svm_dx(x)},
    (
        Bug("dx", "true class forgotten", "missing_term", lambda d, x: d * svm_dx(x, true=False)),
        Bug("dx", "not divided by N", "scale", lambda d, x: d * svm_dx(x) * len(x)),
        Bug("dx", "true class gets -1", "other", lambda d, x: d * np.maximum(svm_dx(x), -1 / len(x))),
        Bug("dx", "upstream forgotten", "missing_upstream", lambda d, x: svm_dx(x)),
        Bug("dx", "minus", "sign", lambda d, x: -d * svm_dx(x)),
    ),
    also_right={"dx": (lambda d, x: d * svm_dx(x, strict=False),)},
)


def softmax(scores):
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def cross_entropy(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.array((np.log(np.exp(shifted).sum(axis=1)) - shifted[truth(scores)]).mean())


def softmax_dx(scores, true=1.0):
    p = softmax(scores)
    p[truth(scores)] -= true
    return p / len(scores)


SOFTMAX = Operation(
    "softmax_loss",
    draw_scores,
    cross_entropy,
    {"dx": lambda d, x: d * softmax_dx(x)},
    (
        Bug("dx", "true class forgotten", "missing_term", lambda d, x: d * softmax_dx(x, true=0)),
        Bug(
            "dx",
            "1 subtracted after the division",
            "missing_term",
            lambda d, x: d * softmax_dx(x, true=len(x)),
        ),
        Bug("dx", "not divided by N", "scale", lambda d, x: d * softmax_dx(x) * len(x)),
        Bug("dx", "divided by C", "scale", lambda d, x: d * softmax_dx(x) / x.shape[1]),
        Bug("dx", "minus", "sign", lambda d, x: -d * softmax_dx(x)),
        Bug("dx", "upstream forgotten", "missing_upstream", lambda d, x: softmax_dx(x)),
    ),
)

TAKEN = np.random.default_rng(3).normal(size=(6, 5))


def linear(loss, loss_dx, name):
    """A linear classifier's loss as a function of its weights, with the penalty REG * sum(W * W)."""

    def data(W):
        return TAKEN.T.astype(W.dtype) @ loss_dx(TAKEN.astype(W.dtype) @ W)

    return Operation(
        name,
        lambda rng: (rng.normal(size=(5, 4)),),
        lambda W: loss(TAKEN.astype(W.dtype) @ W) + np.array(REG * (W * W).sum(), W.dtype),
        {"dW": lambda d, W: d * (data(W) + 2 * REG * W)},
        (
            Bug("dW", "penalty's gradient forgotten", "missing_term", lambda d, W: d * data(W)),
            Bug(
                "dW", "penalty's gradient without the 2", "missing_term", lambda d, W: d * (data(W) + REG * W)
            ),
            Bug("dW", "penalty divided by N", "missing_term", lambda d, W: d * (data(W) + 2 * REG * W / 6)),
            Bug("dW", "sum of the weights", "other", lambda d, W: d * (data(W) + 2 * REG * W.sum())),
            Bug(
                "dW",
                "data's gradient not divided by N",
                "other",
                lambda d, W: d * (6 * data(W) + 2 * REG * W),
            ),
        ),
    )


L1 = Operation(
    "l1_penalty",
    lambda rng: (rng.normal(size=(4, 3)),),
    lambda W: np.array(REG * np.abs(W).sum(), W.dtype),
    {"dW": lambda d, W: d * REG * np.sign(W)},
    (
        Bug("dW", "W in place of its sign", "other", lambda d, W: d * REG * W),
        Bug("dW", "strength forgotten", "scale", lambda d, W: d * np.sign(W)),
        Bug("dW", "sign forgotten", "other", lambda d, W: d * REG * np.ones_like(W)),
    ),
    also_right={"dW": (lambda d, W: d * REG * np.where(W >= 0, 1, -1),)},
)
L2 = Operation(
    "l2_penalty",
    lambda rng: (rng.normal(size=(4, 3)),),
    lambda W: np.array(REG * (W * W).sum(), W.dtype),
    {"dW": lambda d, W: d * 2 * REG * W},
    (
        Bug("dW", "2 forgotten", "scale", lambda d, W: d * REG * W),
        Bug(
            "dW",
            "first row left out",
            "missing_term",
            lambda d, W: d * 2 * REG * W * (np.arange(4) > 0)[:, None],
        ),
        Bug("dW", "strength squared", "scale", lambda d, W: d * 2 * REG**2 * W),
    ),
)
ELASTIC = Operation(
    "elastic_net_penalty",
    lambda rng: (rng.normal(size=(4, 3)),),
    lambda W: np.array(0.3 * np.abs(W).sum() + REG * (W * W).sum(), W.dtype),
    {"dW": lambda d, W: d * (0.3 * np.sign(W) + 2 * REG * W)},
    (
        Bug("dW", "l1's part forgotten", "missing_term", lambda d, W: d * 2 * REG * W),
        Bug("dW", "l2's part forgotten", "missing_term", lambda d, W: d * 0.3 * np.sign(W)),
        Bug("dW", "l1's part without the sign", "other", lambda d, W: d * (0.3 + 2 * REG * W)),
    ),
)


def net(W1, b1, W2):
    return cross_entropy(np.maximum(TAKEN.astype(W1.dtype) @ W1 + b1, 0) @ W2)


def hidden(W1, b1, W2, mask=True, strict=True):
    """Gradient with respect to the hidden layer's inputs, and the hidden layer."""
    before = TAKEN @ W1 + b1
    arriving = softmax_dx(np.maximum(before, 0) @ W2) @ W2.T
    open_ = before > 0 if strict else before >= 0
    return arriving * open_ if mask else arriving, np.maximum(before, 0)


TWO_LAYER_NET = Operation(
    "two layers and a loss",
    lambda rng: (rng.normal(size=(5, 7)), rng.normal(size=7), rng.normal(size=(7, 3))),
    net,
    {
        "dW1": lambda d, *p: d * TAKEN.T @ hidden(*p)[0],
        "db1": lambda d, *p: d * hidden(*p)[0].sum(axis=0),
        "dW2": lambda d, *p: d * hidden(*p)[1].T @ softmax_dx(hidden(*p)[1] @ p[2]),
    },
    (
        Bug("dW1", "ReLU's mask forgotten", "other", lambda d, *p: d * TAKEN.T @ hidden(*p, mask=False)[0]),
        Bug("db1", "averaged over the batch", "scale", lambda d, *p: d * hidden(*p)[0].mean(axis=0)),
        Bug("db1", "not summed", "missing_sum", lambda d, *p: d * hidden(*p)[0]),
        Bug(
            "dW2",
            "ReLU forgotten",
            "other",
            lambda d, *p: d * unrectified(*p).T @ softmax_dx(hidden(*p)[1] @ p[2]),
        ),
        Bug(
            "dW2",
            "not divided by N",
            "scale",
            lambda d, *p: d * hidden(*p)[1].T @ softmax_dx(hidden(*p)[1] @ p[2]) * 6,
        ),
    ),
)


def unrectified(W1, b1, W2):
    return TAKEN @ W1 + b1


OPERATIONS = (
    SVM,
    SOFTMAX,
    linear(svm, svm_dx, "svm_loss with penalty"),
    linear(cross_entropy, softmax_dx, "softmax_loss with penalty"),
    L1,
    L2,
    ELASTIC,
    TWO_LAYER_NET,
)
