"""Mistakes in losses, as students make them."""

from tests.real_mistakes.mistake import edit, mistake

MISTAKES = [
    mistake(
        "exp-of-raw-scores",
        ["softmax-no-shift"],
        source="""
def softmax_loss(x, y):
    num_train = x.shape[0]
    exp_scores = np.exp(x)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    correct_logprobs = -np.log(probs[range(num_train), y])
    loss = np.sum(correct_logprobs) / num_train
    dx = probs
    dx[range(num_train), y] -= 1
    dx /= num_train
    return loss, dx
""",
    ),
    mistake(
        "hinge-with-correct-class-left-in",
        ["svm-counts-correct-class"],
        source="""
def svm_loss(x, y):
    N = x.shape[0]
    correct_class_scores = x[np.arange(N), y].reshape(-1, 1)
    margins = np.maximum(0, x - correct_class_scores + 1.0)
    loss = np.sum(margins) / N
    num_pos = np.sum(margins > 0, axis=1)
    dx = np.zeros(x.shape)
    dx[margins > 0] = 1
    dx[np.arange(N), y] -= num_pos
    dx /= N
    return loss, dx
""",
    ),
    mistake(
        "loops-forget-the-derivative-of-the-square",
        ["penalty-gradient-without-2"],
        source="""
def svm_loss_naive(W, X, y, reg):
    dW = np.zeros(W.shape)
    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in range(num_train):
        scores = X[i].dot(W)
        correct_class_score = scores[y[i]]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - correct_class_score + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += reg * W
    return loss, dW
""",
    ),
    mistake(
        "two-at-once-sum-of-samples-and-l1-of-w",
        {"svm_loss": ["svm-sum-instead-of-mean"], "l1_penalty": ["l1-gradient-is-w"]},
        edits=[
            edit("svm_loss", "return margins.sum() / N, dx / N", "return margins.sum(), dx"),
            edit("l1_penalty", "strength * np.sign(W)", "strength * W"),
        ],
    ),
    mistake(
        "classes-along-the-wrong-axis",
        ["prediction-along-samples"],
        edits=[edit("LinearClassifier", "np.argmax(X @ self.W, axis=1)", "(X @ self.W).argmax(0)")],
    ),
]
