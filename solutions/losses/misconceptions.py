"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

NAIVE_RETURN = "loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W"
VECTORIZED_RETURN = "loss + reg * np.sum(W * W), X.T @ dscores + 2 * reg * W"
NAIVE = ("svm_loss_naive", "softmax_loss_naive")
VECTORIZED = ("svm_loss_vectorized", "softmax_loss_vectorized")


def penalty_edits(naive, vectorized):
    """The same change of the penalty in all four functions that have one."""
    return [
        *(edit(name, NAIVE_RETURN, naive) for name in NAIVE),
        *(edit(name, VECTORIZED_RETURN, vectorized) for name in VECTORIZED),
    ]


# Numerical gradient and relative error.

misconception(
    "one-sided-difference",
    hint="At which two points do you evaluate f, and how fast does the error of that formula shrink "
    "with h? Compare with the docstring's.",
    edits=[
        edit(
            "numerical_gradient",
            "        x[index] = original - h\n        below",
            "        x[index] = original\n        below",
        ),
        edit("numerical_gradient", "(2 * h)", "h"),
    ],
)
misconception(
    "central-difference-over-h",
    hint="How far apart are the two points at which you evaluate f? Compare that with what you divide by.",
    edits=[edit("numerical_gradient", "(2 * h)", "h")],
)
misconception(
    "one-sided-difference-over-2h",
    hint="Print the two points at which you evaluate f. Is each of them h away from x?",
    edits=[
        edit(
            "numerical_gradient",
            "        x[index] = original - h\n        below",
            "        x[index] = original\n        below",
        ),
    ],
)
misconception(
    "entry-not-restored",
    hint="While you work on the second entry of x, what value does the first one have?",
    edits=[edit("numerical_gradient", "        x[index] = original\n", "")],
)
misconception(
    "step-ignored",
    hint="The caller may ask for a step of another size. Do you use the one you were given?",
    edits=[edit("numerical_gradient", "    gradient =", "    h = 1e-5\n    gradient =")],
)
misconception(
    "coarse-default-step",
    hint="Which step do you take when the caller names none? Look at the signature.",
    edits=[edit("numerical_gradient", "h: float = 1e-5", "h: float = 1e-3")],
)


@misconception(
    "formula-of-higher-order",
    hint="How many values of f does the docstring's formula use for one entry, and how many does yours?",
)
def _():
    def numerical_gradient(f, x, h=1e-5):
        gradient = np.zeros_like(x)
        for index in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[index] = h
            near, far = f(x + step) - f(x - step), f(x + 2 * step) - f(x - 2 * step)
            gradient[index] = (8 * near - far) / (12 * h)
        return gradient


misconception(
    "relative-error-mean",
    hint="One wrong entry among a thousand right ones should stand out. Does it still, once you have "
    "turned all of them into one number?",
    edits=[edit("relative_error", "np.max(np.abs", "np.mean(np.abs")],
)
misconception(
    "relative-error-signed",
    hint="What is your denominator for a = 3 and b = -3?",
    edits=[edit("relative_error", "np.abs(a) + np.abs(b)", "np.abs(a + b)")],
)
misconception(
    "relative-error-no-floor",
    hint="What do you divide by where both entries are zero?",
    edits=[edit("relative_error", "np.maximum(1e-8, np.abs(a) + np.abs(b))", "np.abs(a) + np.abs(b)")],
)

misconception(
    "relative-error-floor-added",
    hint="The 1e-8 is there for entries near zero alone. What does it do to all others where you add it?",
    edits=[
        edit("relative_error", "np.maximum(1e-8, np.abs(a) + np.abs(b))", "np.abs(a) + np.abs(b) + 1e-8"),
    ],
)

# Gradients that are measured.


@misconception(
    "softmax-two-classes-by-sigmoid",
    hint="With two classes, what determines the probabilities: the score of one class, or the "
    "difference of the two?",
)
def _():
    def softmax_loss(x, y):
        rows = np.arange(len(y))
        if x.shape[1] == 2:
            second = 1 / (1 + np.exp(-x[:, 1]))
            p = np.stack([1 - second, second], axis=1)
        else:
            p = np.exp(x - x.max(axis=1, keepdims=True))
            p = p / p.sum(axis=1, keepdims=True)
        dx = p.copy()
        dx[rows, y] -= 1
        return -np.log(p[rows, y]).mean(), dx / len(y)

    def softmax_loss_vectorized(W, X, y, reg):
        rows, scores = np.arange(len(y)), X @ W
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        dscores = p.copy()
        dscores[rows, y] -= 1
        loss = -np.log(p[rows, y]).mean() + reg * np.sum(W * W)
        return loss, X.T @ dscores / len(y) + 2 * reg * W


@misconception(
    "softmax-gradient-measured",
    hint="Only the first digits of your gradient are right. Did you work it out on paper, or measure it?",
)
def _():
    def surprise(x, y):
        shifted = x - x.max(axis=1, keepdims=True)
        return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean()

    def softmax_loss(x, y):
        x = np.array(x, dtype=float)
        dx = np.zeros_like(x)
        for index in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[index] = 1e-5
            dx[index] = (surprise(x + step, y) - surprise(x - step, y)) / 2e-5
        return surprise(x, y), dx

    def softmax_loss_vectorized(W, X, y, reg):
        rows, scores = np.arange(len(y)), X @ W
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        loss = -np.log(p[rows, y]).mean() + reg * np.sum(W * W)
        p[rows, y] -= 1
        return loss, X.T @ p / len(y) + 2 * reg * W


@misconception(
    "svm-gradient-measured",
    hint="Only the first digits of your gradient are right. Did you work it out on paper, or measure it?",
)
def _():
    def hinge(x, y):
        margins = np.maximum(0, x - x[np.arange(len(y)), y][:, None] + 1)
        return margins.sum() / len(y) - 1

    def svm_loss(x, y):
        x = np.array(x, dtype=float)
        dx = np.zeros_like(x)
        for index in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[index] = 1e-5
            dx[index] = (hinge(x + step, y) - hinge(x - step, y)) / 2e-5
        return hinge(x, y), dx

    def svm_loss_vectorized(W, X, y, reg):
        rows, scores = np.arange(len(y)), X @ W
        margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
        margins[rows, y] = 0
        counts = (margins > 0).astype(float)
        counts[rows, y] = -counts.sum(axis=1)
        return margins.sum() / len(y) + reg * np.sum(W * W), X.T @ counts / len(y) + 2 * reg * W


misconception(
    "naive-classes-counted-in-labels",
    hint="A batch need not hold every class. Where does your loop take the number of classes from?",
    edits=[
        edit("svm_loss_naive", "N, C = len(X), W.shape[1]", "N, C = len(X), y.max() + 1"),
        edit("softmax_loss_naive", "N, C = len(X), W.shape[1]", "N, C = len(X), y.max() + 1"),
        edit("softmax_loss_naive", "total = np.exp(scores).sum()", "total = np.exp(scores[:C]).sum()"),
    ],
)


# SVM.


@misconception(
    "svm-classes-counted-in-labels",
    hint="A batch need not hold a sample of every class. Where do you take the number of classes from?",
)
def _():
    def svm_loss(x, y):
        truth = np.eye(y.max() + 1)[y]
        C = truth.shape[1]
        truth_of_all = np.pad(truth, ((0, 0), (0, x.shape[1] - C)))
        margins = np.maximum(0, x - (x * truth_of_all).sum(axis=1)[:, None] + 1) * (1 - truth_of_all)
        dx = np.zeros(x.shape)
        violated = (margins[:, :C] > 0).astype(float)
        dx[:, :C] = violated - truth * violated.sum(axis=1)[:, None]
        return margins.sum() / len(y), dx / len(y)

    def svm_loss_vectorized(W, X, y, reg):
        rows, scores = np.arange(len(y)), X @ W
        margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
        margins[rows, y] = 0
        counts = (margins > 0).astype(float)
        counts[rows, y] = -counts.sum(axis=1)
        return margins.sum() / len(y) + reg * np.sum(W * W), X.T @ counts / len(y) + 2 * reg * W


misconception(
    "svm-counts-correct-class",
    hint="Your loss is too high by the same number whatever the scores are. Which classes does the sum "
    "run over?",
    edits=[
        edit("svm_loss", "    margins[rows, y] = 0\n", ""),
        edit("svm_loss", "dx[rows, y] = -dx.sum(axis=1)", "dx[rows, y] -= dx.sum(axis=1)"),
        edit("svm_loss_naive", "if j != y[i] and margin > 0:", "if margin > 0:"),
    ],
)
misconception(
    "svm-counts-correct-class-in-the-gradient-too",
    hint="Your loss is too high by the same number whatever the scores are. Which classes does the sum "
    "run over?",
    edits=[edit("svm_loss", "    margins[rows, y] = 0\n", "")],
)
misconception(
    "svm-no-margin",
    hint="By how much must the right class's score exceed the others before the loss is 0?",
    edits=[
        edit("svm_loss", "[:, None] + 1)", "[:, None])"),
        edit("svm_loss_naive", "scores[y[i]] + 1", "scores[y[i]]"),
    ],
)
misconception(
    "svm-correct-class-forgotten",
    hint="A violated margin depends on two scores. Which of them gets no gradient from you?",
    edits=[
        edit("svm_loss", "    dx[rows, y] = -dx.sum(axis=1)\n", ""),
        edit("svm_loss_naive", "                dW[:, y[i]] -= X[i]\n", ""),
    ],
)
misconception(
    "svm-correct-class-counted-once",
    hint="How many terms of a sample's loss contain the right class's score? Do all of those that are "
    "not zero enter its gradient?",
    edits=[edit("svm_loss", "-dx.sum(axis=1)", "-dx.max(axis=1)")],
)
misconception(
    "svm-sum-instead-of-mean",
    hint="Would your loss be the same if every sample occurred twice?",
    edits=[
        edit("svm_loss", "margins.sum() / N, dx / N", "margins.sum(), dx"),
        edit("svm_loss_naive", NAIVE_RETURN, "loss + reg * np.sum(W * W), dW + 2 * reg * W"),
    ],
)
misconception(
    "svm-gradient-not-averaged",
    hint="The loss is a mean over the samples. Is its gradient one, too?",
    edits=[
        edit("svm_loss", "dx / N", "dx"),
        edit("svm_loss_naive", "dW / N", "dW"),
    ],
)
misconception(
    "svm-squared-hinge",
    hint="If a margin is violated twice as much, by which factor does your loss grow? Compare with the "
    "formula.",
    edits=[
        edit("svm_loss", "margins.sum() / N, dx / N", "(margins**2).sum() / N, 2 * margins * dx / N"),
        edit("svm_loss_naive", "loss += margin", "loss += margin**2"),
    ],
)
misconception(
    "svm-last-sample-only",
    hint="After the loop over the samples, how many of them have contributed to dW? Where is it set to zero?",
    edits=[
        edit(
            "svm_loss_naive",
            "        scores = X[i] @ W\n",
            "        scores = X[i] @ W\n        dW = np.zeros_like(W)\n",
        )
    ],
)
misconception(
    "gradient-of-the-type-of-the-images",
    hint="X may hold integers. Which data type does your dW have then, and what becomes of fractions in it?",
    edits=[edit(name, "np.zeros_like(W)", "np.zeros(W.shape, dtype=X.dtype)") for name in NAIVE],
)
misconception(
    "svm-right-score-along-the-wrong-axis",
    hint="Each row of x is compared with one number, the right class's score. Which shape must these "
    "numbers have?",
    edits=[edit("svm_loss", "x[rows, y][:, None]", "np.resize(x[rows, y], x.shape[1])")],
)
misconception(
    "svm-loss-averaged-twice",
    hint="How often do you divide your loss by the number of samples?",
    edits=[
        edit("svm_loss", "margins.sum() / N, dx / N", "margins.sum(axis=1).mean() / N, dx / N"),
        edit("svm_loss_naive", "loss / N", "loss / N / N"),
    ],
)
misconception(
    "vectorized-in-name-only",
    hint="How many lines of Python does your vectorized loss execute for a batch that is twice as large?",
    edits=[
        edit("svm_loss_vectorized", f"return {VECTORIZED_RETURN}", "return svm_loss_naive(W, X, y, reg)"),
        edit(
            "softmax_loss_vectorized",
            f"return {VECTORIZED_RETURN}",
            "return softmax_loss_naive(W, X, y, reg)",
        ),
    ],
)
misconception(
    "naive-calls-the-vectorized-one",
    hint="The loops are there to check the vectorized version. Can they, if both run the same code?",
    edits=[
        edit(name, "    for i in range(N):\n", f"    return {fast}(W, X, y, reg)\n    for i in range(N):\n")
        for name, fast in zip(NAIVE, VECTORIZED, strict=True)
    ],
)
misconception(
    "weights-squared-in-place",
    hint="After the call, is the caller's W what it was? Which line changes the array itself?",
    edits=[
        *(
            edit(
                name,
                f"return {NAIVE_RETURN}",
                "dW = dW / N + 2 * reg * W\n    W *= W\n    return loss / N + reg * np.sum(W), dW",
            )
            for name in NAIVE
        ),
        *(
            edit(
                name,
                f"return {VECTORIZED_RETURN}",
                "dW = X.T @ dscores + 2 * reg * W\n    W *= W\n    return loss + reg * np.sum(W), dW",
            )
            for name in VECTORIZED
        ),
    ],
)

# Softmax.

misconception(
    "softmax-no-shift",
    hint="What is exp(2000) on a computer? Which change of the scores leaves the probabilities as they are?",
    edits=[
        edit("softmax_loss", "x - x.max(axis=1, keepdims=True)", "x"),
        edit("softmax_loss_naive", "        scores = scores - scores.max()\n", ""),
    ],
)
misconception(
    "softmax-shift-by-batch-maximum",
    hint="You subtract the same number from all samples. What becomes of a sample whose scores are all "
    "far lower than that number?",
    edits=[edit("softmax_loss", "x.max(axis=1, keepdims=True)", "x.max()")],
)
misconception(
    "softmax-shift-by-minimum",
    hint="After your shift, what is the largest number that goes into exp?",
    edits=[
        edit("softmax_loss", "x.max(axis=1", "x.min(axis=1"),
        edit("softmax_loss_naive", "scores.max()", "scores.min()"),
    ],
)
misconception(
    "softmax-shift-by-mean",
    hint="One score of a hundred is far above the others. How far above their mean is it?",
    edits=[
        edit("softmax_loss", "x.max(axis=1", "x.mean(axis=1"),
        edit("softmax_loss_naive", "scores.max()", "scores.mean()"),
    ],
)
misconception(
    "softmax-shift-along-the-wrong-axis",
    hint="Which scores may you shift by the same number: those of one sample, or those of one class?",
    edits=[edit("softmax_loss", "x.max(axis=1, keepdims=True)", "x.max(axis=0, keepdims=True)")],
)
misconception(
    "softmax-loss-averaged-twice",
    hint="How often do you divide your loss by the number of samples?",
    edits=[
        edit("softmax_loss", "-log_p[rows, y].sum() / N", "-log_p[rows, y].mean() / N"),
        edit("softmax_loss_naive", "loss / N", "loss / N / N"),
    ],
)
misconception(
    "softmax-shift-in-place",
    hint="After the call, is the caller's x what it was? Which line changes the array itself?",
    edits=[
        edit(
            "softmax_loss",
            "    shifted = x - x.max(axis=1, keepdims=True)\n",
            "    x -= x.max(axis=1, keepdims=True)\n    shifted = x\n",
        ),
    ],
)
misconception(
    "softmax-one-sample-squeezed",
    hint="Which shapes do your arrays have when the batch is a single sample?",
    edits=[edit("softmax_loss", "keepdims=True))\n", "keepdims=True))\n    log_p = np.squeeze(log_p)\n")],
)
misconception(
    "softmax-epsilon-in-log",
    hint="You add a small number inside the logarithm. What does that do to the loss of a probability "
    "that is smaller still?",
    edits=[
        edit("softmax_loss", "-log_p[rows, y].sum()", "-np.log(np.exp(log_p[rows, y]) + 1e-8).sum()"),
        edit(
            "softmax_loss_naive",
            "loss += np.log(total) - scores[y[i]]",
            "loss -= np.log(np.exp(scores[y[i]]) / total + 1e-8)",
        ),
    ],
)
misconception(
    "softmax-clipped-probability",
    hint="Which loss do you get for a right class of probability 1e-100, and which does the formula give?",
    edits=[
        edit(
            "softmax_loss",
            "-log_p[rows, y].sum()",
            "-np.log(np.clip(np.exp(log_p[rows, y]), 1e-15, 1)).sum()",
        ),
        edit(
            "softmax_loss_naive",
            "loss += np.log(total) - scores[y[i]]",
            "loss -= np.log(max(np.exp(scores[y[i]]) / total, 1e-15))",
        ),
    ],
)
misconception(
    "softmax-normaliser-of-whole-batch",
    hint="What do the probabilities of one sample sum to? Over which axis do you sum the exponentials?",
    edits=[
        edit("softmax_loss", "np.exp(shifted).sum(axis=1, keepdims=True)", "np.exp(shifted).sum()"),
    ],
)
misconception(
    "softmax-sign-dropped",
    hint="Can -log(p) be negative for a probability p? Can your loss?",
    edits=[
        edit("softmax_loss", "-log_p[rows, y].sum()", "log_p[rows, y].sum()"),
        edit(
            "softmax_loss_naive",
            "loss += np.log(total) - scores[y[i]]",
            "loss -= np.log(total) - scores[y[i]]",
        ),
    ],
)
misconception(
    "softmax-gradient-not-averaged",
    hint="The loss is a mean over the samples. Is its gradient one, too?",
    edits=[
        edit("softmax_loss", "dx / N", "dx"),
        edit("softmax_loss_naive", "dW / N", "dW"),
    ],
)
misconception(
    "softmax-one-subtracted-after-averaging",
    hint="What comes first: dividing by the number of samples, or subtracting 1 for the right class?",
    edits=[
        edit(
            "softmax_loss",
            "    dx = np.exp(log_p)\n    dx[rows, y] -= 1\n",
            "    dx = np.exp(log_p) / N\n    dx[rows, y] -= 1\n    dx *= N\n",
        )
    ],
)
misconception(
    "softmax-gradient-without-labels",
    hint="Does your gradient depend on y? For which class should it be negative?",
    edits=[
        edit("softmax_loss", "    dx[rows, y] -= 1\n", ""),
        edit("softmax_loss_naive", " - (j == y[i]))", ")"),
    ],
)
misconception(
    "softmax-right-class-in-the-inner-loop",
    hint="For one sample, how often does your inner loop subtract X[i] from the column of the right class?",
    edits=[
        edit(
            "softmax_loss_naive",
            "            dW[:, j] += (np.exp(scores[j]) / total - (j == y[i])) * X[i]\n",
            "            dW[:, j] += np.exp(scores[j]) / total * X[i]\n            dW[:, y[i]] -= X[i]\n",
        )
    ],
)
misconception(
    "labels-pick-whole-columns",
    hint="In each row, only the entry of that row's own label is meant. How many entries per row does "
    "your index select?",
    edits=[
        edit("svm_loss", "margins[rows, y] = 0", "margins[:, y] = 0"),
        edit("softmax_loss", "dx[rows, y] -= 1", "dx[:, y] -= 1"),
    ],
)
misconception(
    "softmax-base-2",
    hint="To which base is your logarithm? Which one has the derivative 1/x?",
    edits=[
        edit("softmax_loss", "-log_p[rows, y].sum() / N", "-log_p[rows, y].sum() / N / np.log(2)"),
        edit("softmax_loss_naive", "loss / N +", "loss / np.log(2) / N +"),
    ],
)

# Penalties.

misconception(
    "penalty-gradient-without-2",
    hint="Differentiate your penalty with respect to one weight. Is that what you add to its gradient?",
    edits=[
        *penalty_edits(
            NAIVE_RETURN.replace("2 * reg * W", "reg * W"),
            VECTORIZED_RETURN.replace("2 * reg * W", "reg * W"),
        ),
        edit("l2_penalty", "2 * strength * W", "strength * W"),
    ],
)
misconception(
    "penalty-with-half",
    hint="Some courses put 1/2 in front of the penalty. What does the docstring say here?",
    edits=[
        *penalty_edits(
            "loss / N + 0.5 * reg * np.sum(W * W), dW / N + reg * W",
            "loss + 0.5 * reg * np.sum(W * W), X.T @ dscores + reg * W",
        ),
        edit(
            "l2_penalty",
            "strength * np.sum(W**2), 2 * strength * W",
            "0.5 * strength * np.sum(W**2), strength * W",
        ),
    ],
)
misconception(
    "penalty-forgotten",
    hint="Does reg change your loss at all?",
    edits=penalty_edits("loss / N, dW / N", "loss, X.T @ dscores"),
)
misconception(
    "penalty-missing-in-gradient",
    hint="Your loss has a term that depends on W alone. Where is its derivative in your gradient?",
    edits=penalty_edits(
        "loss / N + reg * np.sum(W * W), dW / N", "loss + reg * np.sum(W * W), X.T @ dscores"
    ),
)
misconception(
    "penalty-missing-in-loss",
    hint="Your gradient has a term that is the derivative of nothing in your loss. Which one?",
    edits=penalty_edits("loss / N, dW / N + 2 * reg * W", "loss, X.T @ dscores + 2 * reg * W"),
)
misconception(
    "penalty-half-in-the-loss-alone",
    hint="Differentiate your penalty with respect to one weight. Which factor do you get, and which one "
    "does your gradient have?",
    edits=penalty_edits(
        "loss / N + 0.5 * reg * np.sum(W * W), dW / N + 2 * reg * W",
        "loss + 0.5 * reg * np.sum(W * W), X.T @ dscores + 2 * reg * W",
    ),
)
misconception(
    "penalty-without-squares",
    hint="What does a weight of 3 add to your penalty, and what does one of -3?",
    edits=penalty_edits(
        "loss / N + reg * np.sum(W), dW / N + 2 * reg * W",
        "loss + reg * np.sum(W), X.T @ dscores + 2 * reg * W",
    ),
)
misconception(
    "penalty-gradient-summed-up",
    hint="Is what the penalty adds to dW one number for all weights, or one for each weight?",
    edits=penalty_edits(
        "loss / N + reg * np.sum(W * W), dW / N + 2 * reg * np.sum(W)",
        "loss + reg * np.sum(W * W), X.T @ dscores + 2 * reg * np.sum(W)",
    ),
)
misconception(
    "penalty-divided-by-n",
    hint="Is your penalty smaller when there are more samples? Should it be?",
    edits=penalty_edits(
        "(loss + reg * np.sum(W * W)) / N, (dW + 2 * reg * W) / N",
        "loss + reg * np.sum(W * W) / len(X), X.T @ dscores + 2 * reg * W / len(X)",
    ),
)
misconception(
    "penalty-gradient-divided-by-n",
    hint="Which part of your gradient do you divide by the number of samples? Is the penalty's part "
    "divided, too?",
    edits=penalty_edits(
        "loss / N + reg * np.sum(W * W), (dW + 2 * reg * W) / N",
        "loss + reg * np.sum(W * W), X.T @ dscores + 2 * reg * W / len(X)",
    ),
)
misconception(
    "penalty-square-of-sum",
    hint="Is the sum of squares the square of the sum?",
    edits=[
        *penalty_edits(
            "loss / N + reg * np.sum(W) ** 2, dW / N + 2 * reg * W",
            "loss + reg * np.sum(W) ** 2, X.T @ dscores + 2 * reg * W",
        ),
        edit("l2_penalty", "np.sum(W**2)", "np.sum(W) ** 2"),
    ],
)
misconception(
    "l2-penalty-as-norm",
    hint="Is the formula the length of W, or the square of that length? Which one does your code compute?",
    edits=[
        edit(
            "l2_penalty",
            "strength * np.sum(W**2), 2 * strength * W",
            "strength * np.linalg.norm(W), strength * W / np.linalg.norm(W)",
        )
    ],
)
misconception(
    "l2-root-in-the-value-alone",
    hint="Your gradient is that of a sum of squares. Is your penalty that sum, or its root?",
    edits=[edit("l2_penalty", "strength * np.sum(W**2)", "strength * np.sqrt(np.sum(W**2))")],
)
misconception(
    "l1-gradient-is-w",
    hint="What is the derivative of |w| at w = 0.1, and what is it at w = 10?",
    edits=[edit("l1_penalty", "strength * np.sign(W)", "strength * W")],
)
misconception(
    "l1-gradient-without-strength",
    hint="If the penalty is twice as strong, what happens to its gradient?",
    edits=[edit("l1_penalty", "strength * np.sign(W)", "np.sign(W)")],
)
misconception(
    "l1-undefined-at-zero",
    hint="Weights may be exactly zero. What does your gradient divide by then?",
    edits=[edit("l1_penalty", "np.sign(W)", "W / np.abs(W)")],
)
misconception(
    "l1-as-matrix-norm",
    hint="NumPy has more than one norm of order 1. Which one do you get when W is a matrix?",
    edits=[edit("l1_penalty", "np.sum(np.abs(W))", "np.linalg.norm(W, 1)")],
)
misconception(
    "l1-without-absolute-value",
    hint="What is your penalty for one weight of 2 and one of -2?",
    edits=[
        edit(
            "l1_penalty", "np.sum(np.abs(W)), strength * np.sign(W)", "np.sum(W), strength * np.ones_like(W)"
        )
    ],
)
misconception(
    "elastic-net-strengths-swapped",
    hint="Set l2 to 0. Is what remains an L1 penalty of strength l1?",
    edits=[
        edit("elastic_net_penalty", "l1_penalty(W, l1)", "l1_penalty(W, l2)"),
        edit("elastic_net_penalty", "l2_penalty(W, l2)", "l2_penalty(W, l1)"),
    ],
)

# Histogram and random search.

misconception(
    "histogram-counts",
    hint="Would a larger picture of the same scene get the same features?",
    edits=[edit("color_histogram", " / (height * width)", "")],
)
misconception(
    "histogram-density",
    hint="A density depends on how wide the bins are. Does the share of pixels that the docstring asks for?",
    edits=[
        edit("color_histogram", "range=(0, 1))[0]", "range=(0, 1), density=True)[0]"),
        edit("color_histogram", " / (height * width)", ""),
    ],
)
misconception(
    "histogram-rounds",
    hint="Into which bin do you put a pixel that is three quarters of the way through the first bin?",
    edits=[
        edit(
            "color_histogram",
            "np.histogram(images[index], bins=bins, range=(0, 1))[0]",
            "[(np.minimum(np.round(images[index] * bins), bins - 1) == b).sum() for b in range(bins)]",
        )
    ],
)
misconception(
    "histogram-changes-images",
    hint="After the call, are the caller's images what they were? Which line writes to them?",
    edits=[
        edit(
            "color_histogram",
            "    N, channels, height, width = images.shape\n",
            "    N, channels, height, width = images.shape\n    images[images == 1] -= 1e-9\n",
        )
    ],
)
misconception(
    "histogram-shared-among-channels",
    hint="What do the bins of one channel sum to?",
    edits=[edit("color_histogram", "/ (height * width)", "/ (channels * height * width)")],
)
misconception(
    "histogram-range-from-data",
    hint="Does your first bin begin at the same intensity for every image? Which range does "
    "np.histogram take if you name none?",
    edits=[edit("color_histogram", ", range=(0, 1)", "")],
)
misconception(
    "histogram-channels-interleaved",
    hint="In which order do the bins of the three channels come? Which axis varies fastest when you flatten?",
    edits=[edit("color_histogram", "counts.reshape(", "counts.transpose(0, 2, 1).reshape(")],
)
misconception(
    "histogram-loses-white",
    hint="Into which bin do you put a pixel of intensity 1?",
    edits=[
        edit(
            "color_histogram",
            "np.histogram(images[index], bins=bins, range=(0, 1))[0]",
            "[(np.floor(images[index] * bins) == b).sum() for b in range(bins)]",
        )
    ],
)
misconception(
    "random-search-keeps-last",
    hint="Do you return the best weights that you have tried, or the last ones?",
    edits=[edit("random_search", "int(np.argmin(losses))", "-1")],
)
misconception(
    "random-search-best-overwritten",
    hint="Compute the loss of the weights that you return. Is it the loss that you return with them?",
    edits=[edit("random_search", "draws[best]", "draws[-1]")],
)
misconception(
    "random-search-keeps-worst",
    hint="Is the best loss the highest or the lowest? Which one do you pick?",
    edits=[edit("random_search", "np.argmin", "np.argmax")],
)
misconception(
    "random-search-uniform-draws",
    hint="Look at a histogram of your draws. Is it bell-shaped, and does it go beyond -1 and 1?",
    edits=[edit("random_search", "rng.standard_normal(shape)", "rng.uniform(-1, 1, shape)")],
)
misconception(
    "random-search-one-draw",
    hint="How many different weights do you try? How often do you call rng?",
    edits=[
        edit(
            "random_search",
            "[rng.standard_normal(shape) for _ in range(trials)]",
            "[rng.standard_normal(shape)] * trials",
        )
    ],
)
misconception(
    "random-search-ignores-rng",
    hint="Run it twice, each time with a generator of the same seed. Do you get the same answer? Which "
    "generator makes your draws?",
    edits=[edit("random_search", "rng.standard_normal(shape)", "np.random.standard_normal(shape)")],
)


@misconception(
    "random-search-starts-at-a-guess",
    hint="With which best loss do you start? What do you return if every trial's loss is higher than that?",
)
def _():
    def random_search(loss, shape, trials, rng):
        best, best_loss = np.zeros(shape), 1e9
        for _ in range(trials):
            W = rng.standard_normal(shape)
            value = loss(W)
            if value < best_loss:
                best, best_loss = W, value
        return best, best_loss


# Classifier.

misconception(
    "training-climbs",
    hint="Look at your losses one after the other. Do they fall? In which direction does a gradient point?",
    edits=[edit("LinearClassifier", "self.W - learning_rate", "self.W + learning_rate")],
)
misconception(
    "training-in-order",
    hint="Train twice, with generators of different seeds. Do you see different batches?",
    edits=[
        edit("LinearClassifier", "for _ in range(num_iters)", "for step in range(num_iters)"),
        edit(
            "LinearClassifier",
            "rng.choice(len(X), batch_size)",
            "np.arange(step * batch_size, (step + 1) * batch_size) % len(X)",
        ),
    ],
)
misconception(
    "training-never-draws-the-remainder",
    hint="Ten samples in batches of four: which of them can never be in one of your batches?",
    edits=[
        edit(
            "LinearClassifier",
            "rng.choice(len(X), batch_size)",
            "rng.choice(len(X) // batch_size * batch_size, batch_size)",
        ),
    ],
)
misconception(
    "training-on-the-first-rows",
    hint="Which samples has your classifier seen by the end of the training?",
    edits=[edit("LinearClassifier", "rng.choice(len(X), batch_size)", "np.arange(batch_size)")],
)
misconception(
    "training-on-one-batch",
    hint="How often do you draw a batch: once for the whole training, or once per step?",
    edits=[
        edit(
            "LinearClassifier",
            "        for _ in range(num_iters):\n            batch = rng.choice(len(X), batch_size)\n",
            "        batch = rng.choice(len(X), batch_size)\n        for _ in range(num_iters):\n",
        )
    ],
)
misconception(
    "training-ignores-rng",
    hint="Train twice, each time with a generator of the same seed. Do you see the same batches? Which "
    "generator draws them?",
    edits=[
        edit("LinearClassifier", "rng.choice(len(X), batch_size)", "np.random.choice(len(X), batch_size)")
    ],
)
misconception(
    "training-never-on-the-last-row",
    hint="What is the highest row number that you can draw? Is the upper bound of your draw included?",
    edits=[
        edit("LinearClassifier", "rng.choice(len(X), batch_size)", "rng.integers(0, len(X) - 1, batch_size)")
    ],
)
misconception(
    "training-starts-large",
    hint="What is the softmax loss of your very first step? With small weights it is about log(C); how "
    "large are yours?",
    edits=[edit("LinearClassifier", "0.001 * rng.standard_normal", "rng.standard_normal")],
)
misconception(
    "training-names-its-own-loss",
    hint="The classifier was given a loss. Which one does your training step call?",
    edits=[edit("LinearClassifier", "self.loss(self.W", "softmax_loss_vectorized(self.W")],
)
misconception(
    "history-of-all-samples",
    hint="On which samples do you compute the loss that you record: on the step's batch, or on all?",
    edits=[
        edit(
            "LinearClassifier",
            "            loss, dW = self.loss(self.W, X[batch], y[batch], reg)\n",
            "            _, dW = self.loss(self.W, X[batch], y[batch], reg)\n"
            "            loss, _ = self.loss(self.W, X, y, reg)\n",
        )
    ],
)
misconception(
    "history-kept-between-calls",
    hint="Train twice. How many losses does the second call return, and how many steps did it take?",
    edits=[
        edit(
            "LinearClassifier",
            "        history = []\n",
            "        history = self.__dict__.setdefault('history', [])\n",
        )
    ],
)
misconception(
    "training-without-a-learning-rate",
    hint="If the learning rate is halved, is your step half as long?",
    edits=[edit("LinearClassifier", "learning_rate * dW", "dW")],
)
misconception(
    "training-last-batch-short",
    hint="Eleven samples in batches of four: how many rows does your third batch have?",
    edits=[
        edit("LinearClassifier", "for _ in range(num_iters)", "for step in range(num_iters)"),
        edit(
            "LinearClassifier",
            "            batch = rng.choice(len(X), batch_size)\n",
            "            start = step % -(-len(X) // batch_size) * batch_size\n"
            "            order = rng.permutation(len(X)) if start == 0 else order\n"
            "            batch = order[start : start + batch_size]\n",
        ),
    ],
)
misconception(
    "prediction-changes-the-weights",
    hint="After a prediction, is W what it was?",
    edits=[
        edit(
            "LinearClassifier",
            "        return np.argmax(X @ self.W, axis=1)",
            "        self.W = 2 * self.W\n        return np.argmax(X @ self.W, axis=1)",
        )
    ],
)
misconception(
    "training-labels-of-other-rows",
    hint="Do the labels in your batch belong to the rows of X in it? Which index do you use for each?",
    edits=[edit("LinearClassifier", "y[batch]", "y[rng.choice(len(X), batch_size)]")],
)
misconception(
    "training-ignores-reg",
    hint="Follow reg from the arguments of train. Does it reach the loss?",
    edits=[edit("LinearClassifier", "y[batch], reg)", "y[batch], 0.0)")],
)
misconception(
    "training-on-everything",
    hint="How many samples are in each of your batches?",
    edits=[edit("LinearClassifier", "rng.choice(len(X), batch_size)", "rng.permutation(len(X))")],
)
misconception(
    "history-after-the-step",
    hint="Do you record a step's loss before or after the weights move? Which one does the docstring "
    "ask for?",
    edits=[
        edit(
            "LinearClassifier",
            "            history.append(float(loss))",
            "            history.append(float(self.loss(self.W, X[batch], y[batch], reg)[0]))",
        )
    ],
)
misconception(
    "history-of-means",
    hint="Is an entry of your history the loss of one batch, or a running mean over several?",
    edits=[
        edit(
            "LinearClassifier",
            "            history.append(float(loss))",
            "            done = len(history)\n"
            "            history.append((done * sum(history[-1:]) + float(loss)) / (done + 1))",
        )
    ],
)
misconception(
    "prediction-returns-scores",
    hint="A prediction is the number of a class. What do you return: the position of the highest score, "
    "or its value?",
    edits=[edit("LinearClassifier", "np.argmax(X @ self.W, axis=1)", "np.max(X @ self.W, axis=1)")],
)
misconception(
    "prediction-along-samples",
    hint="For each sample the scores of all classes are compared. Along which axis of an array (N, C) "
    "is that?",
    edits=[edit("LinearClassifier", "np.argmax(X @ self.W, axis=1)", "np.argmax(X @ self.W, axis=0)")],
)
