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
    mistake(
        "slope-from-one-side",
        ["one-sided-difference"],
        source="""
def numerical_gradient(f, x, h=1e-5):
    fx = f(x)
    grad = np.zeros(x.shape)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        old_value = x[ix]
        x[ix] = old_value + h
        fxh = f(x)
        x[ix] = old_value
        grad[ix] = (fxh - fx) / h
        it.iternext()
    return grad
""",
    ),
    mistake(
        "goes-back-by-one-h-where-two-are-meant",
        ["one-sided-difference-over-2h"],
        source="""
def numerical_gradient(f, x, h=1e-5):
    g = np.zeros_like(x)
    flat, out = x.ravel(), g.ravel()
    for k in range(x.size):
        ix = np.unravel_index(k, x.shape)
        keep = x[ix]
        x[ix] += h
        plus = f(x)
        x[ix] -= h
        minus = f(x)
        x[ix] = keep
        g[ix] = (plus - minus) / (2.0 * h)
    return g
""",
    ),
    mistake(
        "absolute-value-of-the-sum-below",
        ["relative-error-signed"],
        source="""
def relative_error(a, b):
    # returns relative error
    return np.max(np.abs(a - b) / (np.maximum(1e-8, np.abs(a + b))))
""",
    ),
    mistake(
        "each-violated-margin-sets-the-own-class-again",
        ["svm-correct-class-counted-once"],
        source="""
def svm_loss(x, y):
    n, c = x.shape
    loss = 0.0
    dx = np.zeros((n, c))
    for i in range(n):
        for j in range(c):
            if j == y[i]:
                continue
            m = x[i, j] - x[i, y[i]] + 1
            if m > 0:
                loss += m
                dx[i, j] = 1
                dx[i, y[i]] = -1
    return loss / n, dx / n
""",
    ),
    mistake(
        "penalty-and-its-slope-both-halved",
        ["penalty-with-half"],
        source="""
def svm_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    scores = X.dot(W)
    correct = scores[np.arange(num_train), y]
    margins = np.maximum(0, scores - correct[:, np.newaxis] + 1)
    margins[np.arange(num_train), y] = 0
    loss = np.sum(margins) / num_train + 0.5 * reg * np.sum(W * W)

    binary = margins
    binary[margins > 0] = 1
    row_sum = np.sum(binary, axis=1)
    binary[np.arange(num_train), y] = -row_sum.T
    dW = np.dot(X.T, binary) / num_train + reg * W
    return loss, dW
""",
    ),
    mistake(
        "mean-for-the-loss-total-for-its-slope",
        ["svm-gradient-not-averaged"],
        source="""
def svm_loss_vectorized(W, X, y, reg):
    loss = 0.0
    num_train = X.shape[0]
    scores = X @ W
    yi_scores = scores[np.arange(scores.shape[0]), y]
    margins = np.maximum(0, scores - np.matrix(yi_scores).T + 1)
    margins = np.asarray(margins)
    margins[np.arange(num_train), y] = 0
    loss = np.mean(np.sum(margins, axis=1))
    loss += reg * np.sum(W * W)
    mask = np.zeros_like(margins)
    mask[margins > 0] = 1
    mask[np.arange(num_train), y] = -np.sum(mask, axis=1)
    dW = X.T @ mask
    dW += 2 * reg * W
    return loss, dW
""",
    ),
    mistake(
        "penalty-without-any-slope",
        ["penalty-missing-in-gradient"],
        source="""
def svm_loss_naive(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(X.shape[0]):
        s = X[i].dot(W)
        count = 0
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            margin = s[j] - s[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i].T
                count += 1
        dW[:, y[i]] -= count * X[i].T
    loss = loss / X.shape[0] + reg * np.sum(W * W)
    dW = dW / X.shape[0]
    return loss, dW
""",
    ),
    mistake(
        "one-maximum-for-all-rows",
        ["softmax-shift-by-batch-maximum"],
        source="""
def softmax_loss(x, y):
    N = x.shape[0]
    scores = x - np.max(x)   # numeric stability
    e = np.exp(scores)
    p = e / e.sum(axis=1).reshape(-1, 1)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    return loss, dx / N
""",
    ),
    mistake(
        "a-little-something-so-that-the-logarithm-is-finite",
        ["softmax-epsilon-in-log"],
        source="""
def softmax_loss(x, y):
    eps = 1e-8
    N = x.shape[0]
    exps = np.exp(x - np.max(x, axis=1, keepdims=True))
    probs = exps / np.sum(exps, axis=1, keepdims=True)
    onehot = np.zeros_like(probs)
    onehot[np.arange(N), y] = 1.0
    loss = -np.sum(onehot * np.log(probs + eps)) / N
    dx = (probs - onehot) / N
    return loss, dx
""",
    ),
    mistake(
        "own-class-subtracted-within-the-loop-over-classes",
        ["softmax-right-class-in-the-inner-loop"],
        source="""
def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    num_train, num_classes = X.shape[0], W.shape[1]
    for i in range(num_train):
        f = X[i].dot(W)
        f -= np.max(f)
        p = np.exp(f) / np.sum(np.exp(f))
        loss += -np.log(np.sum(p[y[i]])) if p[y[i]] > 0 else -(f[y[i]] - np.log(np.sum(np.exp(f))))
        for k in range(num_classes):
            dW[:, k] += p[k] * X[i]
            dW[:, y[i]] -= X[i]
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW
""",
    ),
    mistake(
        "columns-of-all-labels-in-every-row",
        ["labels-pick-whole-columns"],
        source="""
def softmax_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    scores = X.dot(W)
    scores -= scores.max(axis=1, keepdims=True)
    logp = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -np.mean(logp[range(num_train), y]) + reg * np.sum(W ** 2)
    dscores = np.exp(logp)
    dscores[:, y] -= 1
    dW = X.T.dot(dscores) / num_train + 2 * reg * W
    return loss, dW
""",
    ),
    mistake(
        "divides-the-slope-of-the-penalty-too",
        ["penalty-divided-by-n", "penalty-gradient-divided-by-n"],
        source="""
def softmax_loss_vectorized(W, X, y, reg):
    loss, dscores = softmax_loss(X.dot(W), y)
    dW = np.zeros_like(W)
    N = X.shape[0]
    dW += X.T.dot(dscores * N)
    dW += 2 * reg * W
    dW /= N
    loss += reg * np.sum(W * W)
    return loss, dW
""",
    ),
    mistake(
        "factor-left-off-the-sign",
        ["l1-gradient-without-strength"],
        source="""
def l1_penalty(W, strength):
    loss = strength * np.abs(W).sum()
    grad = np.zeros_like(W)
    grad[W > 0] = 1
    grad[W < 0] = -1
    return loss, grad
""",
    ),
    mistake(
        "square-of-the-sum",
        ["penalty-square-of-sum"],
        source="""
def l2_penalty(W, strength):
    penalty = strength * np.sum(W) ** 2
    return penalty, 2 * strength * W
""",
    ),
    mistake(
        "the-library-convention-with-one-half",
        ["penalty-with-half"],
        source="""
def elastic_net_penalty(W, l1, l2):
    loss = l1 * np.sum(np.abs(W)) + 0.5 * l2 * np.sum(np.square(W))
    grad = l1 * np.sign(W) + l2 * W
    return loss, grad
""",
    ),
    mistake(
        "densities-for-shares",
        ["histogram-density"],
        source="""
def color_histogram(images, bins):
    feats = []
    for img in images:
        hists = []
        for ch in range(3):
            hist, _ = np.histogram(img[ch].ravel(), bins=bins, range=(0, 1), density=True)
            hists.append(hist)
        feats.append(np.concatenate(hists))
    return np.array(feats)
""",
    ),
    mistake(
        "best-weights-are-written-over-by-later-trials",
        ["random-search-best-overwritten"],
        source="""
def random_search(loss, shape, trials, rng):
    best_loss = float('inf')
    best_W = None
    W = np.empty(shape)
    for num in range(trials):
        W[...] = rng.standard_normal(shape)
        L = loss(W)
        if L < best_loss:
            best_loss = L
            best_W = W
    return best_W, best_loss
""",
    ),
    mistake(
        "draws-a-batch-and-uses-all-data",
        ["training-on-everything"],
        source="""
class LinearClassifier:

    def __init__(self, loss):
        self.loss = loss
        self.W = None

    def train(self, X, y, learning_rate, reg, num_iters, batch_size, rng):
        num_train, dim = X.shape
        if self.W is None:
            self.W = 0.001 * rng.standard_normal((dim, int(y.max()) + 1))
        loss_history = []
        for it in range(num_iters):
            idx = rng.choice(num_train, batch_size, replace=True)
            X_batch = X[idx]
            y_batch = y[idx]
            loss, grad = self.loss(self.W, X, y, reg)
            loss_history.append(loss)
            self.W += -learning_rate * grad
        return loss_history

    def predict(self, X):
        scores = X.dot(self.W)
        y_pred = np.argmax(scores, axis=1)
        return y_pred
""",
    ),
    mistake(
        "adds-the-slope-to-the-weights",
        ["training-climbs"],
        source="""
class LinearClassifier:
    def __init__(self, loss):
        self.loss = loss
        self.W = None

    def train(self, X, y, learning_rate, reg, num_iters, batch_size, rng):
        if self.W is None:
            self.W = 0.001 * rng.standard_normal((X.shape[1], int(y.max()) + 1))
        history = []
        for i in range(num_iters):
            rows = rng.permutation(len(X))[:batch_size]
            value, dW = self.loss(self.W, X[rows], y[rows], reg)
            history.append(value)
            self.W += learning_rate * dW
        return history

    def predict(self, X):
        return (X @ self.W).argmax(axis=1)
""",
    ),
    mistake(
        "three-at-once-in-one-evening",
        {
            "softmax_loss": ["softmax-one-subtracted-after-averaging"],
            "l2_penalty": ["l2-penalty-as-norm", "l2-root-in-the-value-alone"],
            "color_histogram": ["histogram-range-from-data"],
        },
        source="""
def softmax_loss(x, y):
    n = len(y)
    z = x - x.max(axis=1)[:, None]
    p = np.exp(z) / np.exp(z).sum(axis=1)[:, None]
    loss = np.log(np.exp(z).sum(axis=1)) - z[np.arange(n), y]
    d = p / n
    d[np.arange(n), y] -= 1
    return loss.mean(), d


def l2_penalty(W, strength):
    return strength * np.sqrt(np.sum(W ** 2)), 2 * strength * W


def color_histogram(images, bins):
    N = images.shape[0]
    out = []
    for n in range(N):
        out.append(np.concatenate([np.histogram(images[n, c], bins=bins)[0] for c in range(3)]))
    return np.array(out) / (images.shape[2] * images.shape[3])
""",
    ),
]
