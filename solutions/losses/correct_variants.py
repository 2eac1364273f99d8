"""Right variants that look different from the reference: each keeps full marks."""

import numpy as np

from autograder.variants import correct, edit


@correct("explicit-loops")
def _():
    def svm_loss(x, y):
        N, C = x.shape
        loss, dx = 0.0, np.zeros((N, C))
        for i in range(N):
            for j in range(C):
                margin = float(x[i, j]) - float(x[i, y[i]]) + 1.0
                if j != y[i] and margin >= 0:
                    loss += margin / N
                    dx[i, j] += 1 / N
                    dx[i, y[i]] -= 1 / N
        return loss, dx

    def svm_loss_vectorized(W, X, y, reg):
        N = X.shape[0]
        scores = X.dot(W)
        margins = scores - np.choose(y, scores.T).reshape(-1, 1) + 1
        margins = margins * (margins > 0)
        margins[np.arange(N), y] = 0
        mask = np.where(margins > 0, 1.0, 0.0)
        mask[np.arange(N), y] -= mask.sum(axis=1)
        return np.mean(margins.sum(axis=1)) + reg * (W**2).sum(), X.T.dot(mask) / N + reg * 2 * W

    def softmax_loss(x, y):
        N, C = x.shape
        loss, dx = 0.0, np.zeros((N, C))
        for i in range(N):
            highest = max(x[i])
            exponentials = [np.exp(score - highest) for score in x[i]]
            for j in range(C):
                dx[i, j] = (exponentials[j] / sum(exponentials) - (1 if j == y[i] else 0)) / N
            loss -= np.log(exponentials[y[i]] / sum(exponentials)) / N
        return loss, dx

    def softmax_loss_vectorized(W, X, y, reg):
        N = len(y)
        scores = X @ W
        scores -= scores.max(axis=1)[:, np.newaxis]
        p = np.exp(scores)
        p /= p.sum(axis=1)[:, np.newaxis]
        truth = np.eye(W.shape[1])[y]
        loss = -np.log((p * truth).sum(axis=1)).mean()
        return loss + reg * np.linalg.norm(W) ** 2, np.dot(X.T, p - truth) / N + 2 * reg * W

    def softmax_loss_naive(W, X, y, reg):
        N, D = X.shape
        C = W.shape[1]
        loss, dW = reg * float(np.sum(W * W)), 2.0 * reg * W
        for i in range(N):
            scores = [sum(float(X[i, d]) * W[d, c] for d in range(D)) for c in range(C)]
            highest = max(scores)
            total = sum(np.exp(score - highest) for score in scores)
            loss += (np.log(total) + highest - scores[y[i]]) / N
            for c in range(C):
                p = np.exp(scores[c] - highest) / total
                for d in range(D):
                    dW[d, c] += X[i, d] * (p - (c == y[i])) / N
        return loss, dW

    def color_histogram(images, bins):
        N, channels, height, width = images.shape
        features = np.zeros((N, channels * bins))
        for n in range(N):
            for c in range(channels):
                for value in images[n, c].flatten():
                    features[n, c * bins + min(int(value * bins), bins - 1)] += 1 / (height * width)
        return features


@correct("other-numbers")
def _():
    def relative_error(a, b):
        return np.max(np.abs(a - b) / np.clip(np.abs(a) + np.abs(b), 1e-8, None))

    def svm_loss(x, y):
        correct = np.take_along_axis(x, y[:, None], axis=1)
        hinge = np.clip(x - correct + 1.0, 0, None)
        counted = (hinge > 0) * (np.arange(x.shape[1]) != y[:, None])
        dx = counted / len(y)
        np.put_along_axis(dx, y[:, None], -dx.sum(axis=1, keepdims=True), axis=1)
        return np.array((hinge * counted).sum() / len(y)), dx

    def softmax_loss(x, y):
        x = x.astype(np.longdouble)
        highest = x.max(1).reshape(-1, 1)
        log_sum = highest + np.log(np.exp(x - highest).sum(1, keepdims=True))
        picked = x[range(len(x)), y].reshape(-1, 1)
        p = np.exp(x - log_sum)
        p[range(len(x)), y] -= 1
        return np.array(np.mean(log_sum - picked), dtype=float), (p / len(x)).astype(float)

    def l1_penalty(W, strength):
        return np.array(strength * np.abs(W).sum()), np.where(W >= 0, strength, -strength)

    def l2_penalty(W, strength):
        return np.array(strength * np.vdot(W, W)), W * (strength + strength)

    def elastic_net_penalty(W, l1, l2):
        value = l1 * np.abs(W).sum() + l2 * np.square(W).sum()
        return np.float64(value), np.where(W < 0, -l1, l1) + 2 * l2 * W


@correct("other-search-and-training")
def _():
    def numerical_gradient(f, x, h=1e-5):
        slopes = []
        for k in range(x.size):
            step = np.zeros(x.size)
            step[k] = h
            step = step.reshape(x.shape)
            slopes.append((f(x + step) - f(x - step)) / 2 / h)
        return np.array(slopes).reshape(x.shape)

    def random_search(loss, shape, trials, rng):
        draws = rng.normal(size=(trials, *shape))
        best, best_loss = None, float("inf")
        for draw in draws:
            value = loss(draw)
            if value < best_loss:
                best, best_loss = draw, value
        return best, loss(best)

    class LinearClassifier:
        def __init__(self, loss):
            self.loss = loss
            self.W = None
            self.seen = 0

        def train(self, X, y, learning_rate, reg, num_iters, batch_size, rng):
            if self.W is None:
                self.W = np.zeros((X.shape[1], np.max(y) + 1))
            history = np.zeros(num_iters)
            order = rng.permutation(len(y))
            for step in range(num_iters):
                if len(order) < batch_size:
                    order = rng.permutation(len(y))
                batch, order = order[:batch_size], order[batch_size:]
                history[step], gradient = self.loss(self.W, X[batch], y[batch], reg)
                self.W -= learning_rate * gradient
                self.seen += batch_size
            return history

        def predict(self, X):
            scores = X.dot(self.W)
            return np.array([row.tolist().index(max(row)) for row in scores])


correct(
    "updates-in-place",
    edits=[
        edit("LinearClassifier", "self.W = self.W - learning_rate * dW", "self.W -= learning_rate * dW"),
        edit(
            "LinearClassifier",
            "rng.choice(len(X), batch_size)",
            "rng.choice(len(X), batch_size, replace=False)",
        ),
        edit("LinearClassifier", "history.append(float(loss))", "history.append(loss)"),
    ],
)
correct(
    "step-back-and-forth",
    edits=[
        edit(
            "numerical_gradient",
            "        x[index] = original + h\n        above = f(x)\n        x[index] = original - h\n"
            "        below = f(x)\n        x[index] = original\n",
            "        x[index] += h\n        above = f(x)\n        x[index] -= 2 * h\n"
            "        below = f(x)\n        x[index] += h\n",
        ),
        edit("numerical_gradient", "        original = x[index]\n", ""),
    ],
)
correct(
    "unused-imports",
    preamble="import os\n\nimport matplotlib.pyplot as plt\nimport torch\nfrom scipy import special as sp\n",
)
correct(
    "prints-and-warnings",
    preamble="import sys\nimport warnings\n",
    edits=[
        edit("svm_loss", "    N = len(x)\n", "    print('scores', x.shape)\n    N = len(x)\n"),
        edit(
            "softmax_loss",
            "    N = len(x)\n",
            "    warnings.warn('a warning for the reader')\n    N = len(x)\n",
        ),
        edit("random_search", "    best =", "    print('still searching', file=sys.stderr)\n    best ="),
    ],
)
correct(
    "batches-as-lists",
    edits=[
        edit("LinearClassifier", "return history", "return tuple(history)"),
        edit("LinearClassifier", "np.argmax(X @ self.W, axis=1)", "list(np.argmax(X @ self.W, axis=1))"),
        edit(
            "random_search",
            "return draws[best], losses[best]",
            "return [draws[best], np.array(losses[best])]",
        ),
    ],
)


@correct("arrays-made-like-the-scores")
def _():
    # What many hand in: arrays made like the input stay of integers where scores are. Scores hold floats.
    def svm_loss(x, y):
        N = x.shape[0]
        correct_class_scores = x[np.arange(N), y]
        margins = np.maximum(0, x - correct_class_scores[:, np.newaxis] + 1.0)
        margins[np.arange(N), y] = 0
        loss = np.sum(margins) / N
        num_pos = np.sum(margins > 0, axis=1)
        dx = np.zeros_like(x)
        dx[margins > 0] = 1
        dx[np.arange(N), y] -= num_pos
        dx /= N
        return loss, dx

    def softmax_loss(x, y):
        e = np.exp(x - np.amax(x, axis=1, keepdims=True))
        dx = np.zeros_like(x)
        dx[:] = e / np.sum(e, axis=1, keepdims=True)
        loss = np.mean(-np.log(dx[range(len(y)), y]))
        dx[range(len(y)), y] -= 1
        dx /= len(y)
        return loss, dx


@correct("comprehensions-for-loops")
def _():
    def svm_loss_naive(W, X, y, reg):
        every = [one_hinge(W, row, label) for row, label in zip(X, y, strict=True)]
        return sum(e[0] for e in every) / len(y) + reg * (W**2).sum(), sum(e[1] for e in every) / len(
            y
        ) + 2 * reg * W

    def one_hinge(W, row, label):
        scores = row @ W
        violated = [j for j in range(W.shape[1]) if j != label and scores[j] + 1 > scores[label]]
        dW = np.zeros_like(W)
        dW[:, violated] = np.reshape(row, (-1, 1))
        dW[:, label] = -len(violated) * row
        return sum(scores[j] - scores[label] + 1 for j in violated), dW

    def softmax_loss_naive(W, X, y, reg):
        scores = [x - x.max() for x in (row @ W for row in X)]
        shares = [np.exp(s) / np.exp(s).sum() for s in scores]
        loss = np.mean([np.log(np.exp(s).sum()) - s[label] for s, label in zip(scores, y, strict=True)])
        dW = sum(np.outer(row, p - np.eye(len(p))[k]) for row, p, k in zip(X, shares, y, strict=True))
        return loss + reg * (W**2).sum(), dW / len(y) + 2 * reg * W
