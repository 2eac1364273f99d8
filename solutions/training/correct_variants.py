"""Right variants that look different from the reference: each keeps full marks."""

import numpy as np

from autograder.variants import correct, edit


@correct("explicit-loops")
def _():
    def affine_forward(x, w, b):
        rows, columns = x.reshape(len(x), -1).tolist(), w.T.tolist()
        out = np.zeros((len(x), w.shape[1]))
        for i in range(len(x)):
            for j in range(w.shape[1]):
                total = b[j]
                for a, c in zip(rows[i], columns[j], strict=True):
                    total += a * c
                out[i, j] = total
        return out, (x, w)

    def affine_backward(dout, cache):
        x, w = cache
        rows = x.reshape(len(x), -1)
        dx, dw, db = np.zeros(rows.shape), np.zeros(w.shape), np.zeros(w.shape[1])
        for i in range(len(x)):
            for j in range(w.shape[1]):
                dx[i] += dout[i, j] * w[:, j]
                dw[:, j] += dout[i, j] * rows[i]
                db[j] += dout[i, j]
        return dx.reshape(x.shape), dw, db

    def relu_forward(x):
        out = np.zeros(x.shape)
        for i in range(len(x)):
            for j in range(x.shape[1]):
                out[i, j] = x[i, j] if x[i, j] >= 0 else 0.0
        return out, out

    def relu_backward(dout, cache):
        dx = np.zeros(dout.shape)
        for i in range(dout.shape[0]):
            for j in range(dout.shape[1]):
                if cache[i, j] > 0:
                    dx[i, j] = dout[i, j]
        return dx

    def layernorm_forward(x, gamma, beta, ln_param):
        out, hat, stds = np.zeros(x.shape), np.zeros(x.shape), np.zeros((len(x), 1))
        for i in range(len(x)):
            mean = sum(x[i]) / x.shape[1]
            stds[i] = (sum((value - mean) ** 2 for value in x[i]) / x.shape[1] + 1e-5) ** 0.5
            for j in range(x.shape[1]):
                hat[i, j] = (x[i, j] - mean) / stds[i, 0]
                out[i, j] = hat[i, j] * gamma[j] + beta[j]
        return out, (hat, stds, gamma)

    def batchnorm_forward(x, gamma, beta, bn_param):
        out, hat, stds = np.zeros(x.shape), np.zeros(x.shape), np.zeros(x.shape[1])
        means, variances = np.zeros(x.shape[1]), np.zeros(x.shape[1])
        old_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
        old_var = bn_param.get("running_var", np.zeros(x.shape[1]))
        for j in range(x.shape[1]):
            means[j], variances[j] = old_mean[j], old_var[j]
            if bn_param["mode"] == "train":
                means[j] = sum(x[i, j] for i in range(len(x))) / len(x)
                variances[j] = sum((x[i, j] - means[j]) ** 2 for i in range(len(x))) / len(x)
            stds[j] = (variances[j] + 1e-5) ** 0.5
            for i in range(len(x)):
                hat[i, j] = (x[i, j] - means[j]) / stds[j]
                out[i, j] = hat[i, j] * gamma[j] + beta[j]
        if bn_param["mode"] == "train":
            bn_param["running_mean"] = 0.9 * old_mean + 0.1 * means
            bn_param["running_var"] = 0.9 * old_var + 0.1 * variances
        return out, (hat, stds, gamma)

    def softmax_loss(x, y):
        loss, dx = 0.0, np.zeros(x.shape)
        for i in range(len(x)):
            highest = max(x[i])
            total = sum(np.exp(s - highest) for s in x[i])
            loss += (np.log(total) + highest - x[i, y[i]]) / len(x)
            for j in range(x.shape[1]):
                dx[i, j] = (np.exp(x[i, j] - highest) / total - (j == y[i])) / len(x)
        return loss, dx

    def model_accuracy(model, X, y):
        scores, right = model.loss(X), 0
        for i in range(len(X)):
            right += int(list(scores[i]).index(max(scores[i])) == y[i])
        return right / len(X)

    def cross_validate(score, X, y, k, rng):
        order = list(range(len(X)))
        for i in range(len(X) - 1, 0, -1):
            j = int(rng.integers(i + 1))
            order[i], order[j] = order[j], order[i]
        scores = []
        for fold in range(k):
            held = [i for place, i in enumerate(order) if place % k == fold]
            rest = [i for place, i in enumerate(order) if place % k != fold]
            scores.append(score(X[rest], y[rest], X[held], y[held]))
        return scores


@correct("other-data-steps")
def _():
    def zero_center(train, *others):
        train = np.array(train, dtype=float)
        shift = train.sum(axis=0) / train.shape[0]
        return [train - shift] + [np.array(o, dtype=float) - shift for o in others]

    def standardize(train, *others):
        parts = zero_center(train, *others)
        sigma = np.sqrt((parts[0] ** 2).mean(axis=0))
        sigma[sigma == 0] = 1.0
        return [part / sigma for part in parts]

    def pca(X, k):
        mean = X.mean(0)
        values, vectors = np.linalg.eigh(np.cov(X.T).reshape(X.shape[1], X.shape[1]))
        order = np.argsort(values)[::-1][:k]
        return mean[None], -vectors.T[order]

    def whiten(train, eps, *others):
        parts = zero_center(train, *others)
        U, s, _ = np.linalg.svd(parts[0].T @ parts[0] / train.shape[0])
        return [part.dot(U) / np.sqrt(s + eps) for part in parts]

    def diagnose_loss_curve(losses):
        losses = list(losses)
        t, n = len(losses) // 10, len(losses)
        if not all(abs(value) < float("inf") for value in losses):
            return "diverged"
        start, middle, end = losses[0], sum(losses[n // 2 : n // 2 + t]) / t, sum(losses[n - t :]) / t
        if end > start:
            return "diverged"
        if 2 * end <= start:
            return "good"
        if middle - end >= 0.5 * (start - middle):
            return "too low"
        return "too high"


@correct("net-in-one-piece", preamble="from itertools import pairwise\n")
def _():
    class FullyConnectedNet:
        def __init__(
            self,
            hidden_dims,
            input_dim=3 * 32 * 32,
            num_classes=10,
            dropout_keep_ratio=1,
            normalization=None,
            reg=0.0,
            weight_scale=1e-2,
            dtype=np.float64,
            seed=None,
        ):
            rng = np.random.default_rng(seed)
            self.keep, self.kind, self.reg, self.seed = dropout_keep_ratio, normalization, reg, seed
            sizes, self.params = [input_dim, *list(hidden_dims), num_classes], {}
            for i, (m, n) in enumerate(pairwise(sizes), 1):  # noqa: F821
                self.params[f"W{i}"] = (rng.standard_normal((m, n)) * weight_scale).astype(dtype)
                self.params[f"b{i}"] = np.zeros((1, n), dtype=dtype)
                if normalization and i <= len(hidden_dims):
                    self.params[f"gamma{i}"] = np.ones((1, n), dtype=dtype)
                    self.params[f"beta{i}"] = np.zeros((1, n), dtype=dtype)
            self.depth = len(sizes) - 1
            self.running = [(0.0, 0.0)] * self.depth

        def loss(self, X, y=None):
            masks = np.random.RandomState(self.seed)
            h, kept = X.reshape(X.shape[0], -1), []
            for i in range(1, self.depth):
                z = h.dot(self.params[f"W{i}"]) + self.params[f"b{i}"]
                hat, sigma = z, 1.0
                if self.kind:
                    axis = 0 if self.kind == "batchnorm" else 1
                    mu, var = z.mean(axis=axis, keepdims=True), z.var(axis=axis, keepdims=True)
                    if axis == 0 and y is None:
                        mu, var = self.running[i]
                    elif axis == 0:
                        old = self.running[i]
                        self.running[i] = (0.9 * old[0] + 0.1 * mu, 0.9 * old[1] + 0.1 * var)
                    sigma = np.sqrt(var + 1e-5)
                    hat = (z - mu) / sigma
                    z = self.params[f"gamma{i}"] * hat + self.params[f"beta{i}"]
                factor = (z >= 0).astype(float)
                if self.keep < 1 and y is not None:
                    factor *= (masks.rand(*z.shape) < self.keep) / self.keep
                kept.append((h, hat, sigma, factor))
                h = z * factor
            scores = h.dot(self.params[f"W{self.depth}"]) + self.params[f"b{self.depth}"]
            if y is None:
                return scores
            N, grads = len(y), {}
            log_p = scores - scores.max(axis=1, keepdims=True)
            log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
            total = -log_p[np.arange(N), y].mean()
            d = (np.exp(log_p) - np.eye(scores.shape[1])[y]) / N
            for i in range(self.depth, 0, -1):
                if i < self.depth:
                    h, hat, sigma, factor = kept[i - 1]
                    d = d * factor
                    if self.kind:
                        grads[f"gamma{i}"] = (d * hat).sum(axis=0)
                        grads[f"beta{i}"] = d.sum(axis=0)
                        axis = 0 if self.kind == "batchnorm" else 1
                        d = d * self.params[f"gamma{i}"]
                        inner = d - d.mean(axis=axis, keepdims=True)
                        d = (inner - hat * (d * hat).mean(axis=axis, keepdims=True)) / sigma
                W = self.params[f"W{i}"]
                grads[f"W{i}"] = h.T.dot(d) + self.reg * W
                grads[f"b{i}"] = d.sum(axis=0, keepdims=True)
                total = total + self.reg * (W**2).sum() / 2
                d = d.dot(W.T)
            return np.array(total), grads


@correct("two-layers-as-in-cs231n")
def _():
    class TwoLayerNet:
        def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
            self.params = {}
            self.reg = reg
            self.params["W1"] = weight_scale * np.random.randn(input_dim, hidden_dim)
            self.params["W2"] = weight_scale * np.random.randn(hidden_dim, num_classes)
            self.params["b1"] = np.zeros((1, hidden_dim))
            self.params["b2"] = np.zeros((1, num_classes))

        def loss(self, X, y=None):
            N = X.shape[0]
            rows = X.reshape(N, -1)
            hidden = rows.dot(self.params["W1"]) + self.params["b1"]
            hidden[hidden < 0] = 0
            scores = hidden.dot(self.params["W2"]) + self.params["b2"]
            if y is None:
                return scores
            scores -= scores.max(axis=1, keepdims=True)
            p = np.exp(scores)
            p /= p.sum(axis=1, keepdims=True)
            loss = -np.sum(np.log(p[range(N), y])) / N
            for name in ("W1", "W2"):
                loss += self.reg / 2 * (self.params[name] ** 2).sum()
            p[range(N), y] -= 1
            p /= N
            grads = {"W2": hidden.T.dot(p), "b2": p.sum(axis=0, keepdims=True)}
            back = p.dot(self.params["W2"].T)
            back[hidden <= 0] = 0
            grads["W1"], grads["b1"] = rows.T.dot(back), np.sum(back, axis=0, keepdims=True)
            for name in ("W1", "W2"):
                grads[name] += self.reg * self.params[name]
            return loss, grads


@correct("solver-as-in-cs231n")
def _():
    class Solver:
        def __init__(self, model, data, update_rule=sgd, optim_config=None, lr_decay=1.0,  # noqa: F821
                     num_epochs=10, batch_size=100, rng=None):  # fmt: skip
            self.model = model
            self.X_train, self.y_train = data["X_train"], data["y_train"]
            self.X_val, self.y_val = data["X_val"], data["y_val"]
            self.update_rule, self.lr_decay = update_rule, lr_decay
            self.num_epochs, self.batch_size = num_epochs, batch_size
            self.rng = rng or np.random.default_rng()
            self.epoch, self.best_val_acc, self.best_params = 0, 0, {}
            self.loss_history, self.train_acc_history, self.val_acc_history = [], [], []
            self.optim_configs = {}
            for p in self.model.params:
                self.optim_configs[p] = {k: v for k, v in (optim_config or {"learning_rate": 1e-2}).items()}  # noqa: C416

        def _step(self):
            mask = self.rng.choice(self.X_train.shape[0], self.batch_size)
            loss, grads = self.model.loss(self.X_train[mask], self.y_train[mask])
            self.loss_history.append(loss)
            for p, w in self.model.params.items():
                next_w, next_config = self.update_rule(w, grads[p], self.optim_configs[p])
                self.model.params[p] = next_w
                self.optim_configs[p] = next_config

        def check_accuracy(self, X, y):
            predicted = []
            for start in range(0, len(X), 100):
                predicted.append(np.argmax(self.model.loss(X[start : start + 100]), axis=1))
            return np.mean(np.hstack(predicted) == y)

        def train(self):
            per_epoch = max(self.X_train.shape[0] // self.batch_size, 1)
            for t in range(self.num_epochs * per_epoch):
                self._step()
                epoch_end = (t + 1) % per_epoch == 0
                if epoch_end:
                    self.epoch += 1
                    for p in self.optim_configs:
                        self.optim_configs[p]["learning_rate"] *= self.lr_decay
                if t == 0 or epoch_end:
                    self.train_acc_history.append(self.check_accuracy(self.X_train, self.y_train))
                    self.val_acc_history.append(self.check_accuracy(self.X_val, self.y_val))
                    if self.val_acc_history[-1] >= self.best_val_acc:
                        self.best_val_acc = self.val_acc_history[-1]
                        self.best_params = {p: w.copy() for p, w in self.model.params.items()}
            self.model.params = self.best_params


@correct("updates-in-place")
def _():
    def descend(model, X, y, learning_rate):
        loss, grads = model.loss(X, y)
        params = model.params
        for name in params:
            params[name] -= learning_rate * np.reshape(grads[name], params[name].shape)
        return loss

    def snapshot_ensemble(model, X, y, learning_rate, cycles, steps, batch_size, rng):
        snapshots, order = [], []
        for t in range(cycles * steps):
            if len(order) < batch_size:
                order = list(rng.permutation(len(X)))
            rows = [order.pop() for _ in range(batch_size)]
            rate = learning_rate * np.cos(np.pi * (t % steps) / steps / 2) ** 2
            descend(model, X[rows], y[rows], rate)
            if (t + 1) % steps == 0:
                snapshots.append({name: np.array(value) for name, value in model.params.items()})
        return tuple(snapshots)

    def snapshot_predict(model, snapshots, X):
        before = {name: value.copy() for name, value in model.params.items()}
        members = []
        for snapshot in snapshots:
            model.params = {name: np.array(value) for name, value in snapshot.items()}
            scores = model.loss(X)
            scores = scores - np.log(np.exp(scores - scores.max(1)[:, None]).sum(1))[:, None]
            members.append(np.exp(scores - scores.max(1)[:, None]))
            members[-1] /= members[-1].sum(1)[:, None]
        model.params.clear()
        model.params.update(before)
        return np.mean(members, axis=0).argmax(axis=1).tolist()

    def freeze(model, names):
        if set(names) - set(model.params):
            raise KeyError(f"no parameters {set(names) - set(model.params)}")
        if not hasattr(model, "frozen"):
            model.frozen, model.free_loss = set(), model.loss
        model.frozen |= set(names)

        def frozen_loss(X, y=None):
            found = model.free_loss(X, y)
            if y is not None:
                for name in model.frozen:
                    found[1][name] = 0 * found[1][name]
            return found

        model.loss = frozen_loss

    def fine_tune(model, X, y, num_classes, retrain, learning_rate, num_steps, batch_size, rng):
        replace_head(model, num_classes, rng)  # noqa: F821
        depth = len([name for name in model.params if name.startswith("W")])
        freeze(model, [n for n in model.params if int(n.lstrip("Wbgamet")) + retrain <= depth])
        history = np.zeros(num_steps)
        for step in range(num_steps):
            rows = rng.choice(len(X), size=batch_size, replace=False)
            history[step] = descend(model, X[rows], y[rows], learning_rate)
        return history


@correct("other-searches")
def _():
    def grid_search(score, grid):
        names, combinations = list(grid), [{}]
        for name in names:
            combinations = [{**c, name: value} for value in grid[name] for c in combinations]
        best = max((score(c), i) for i, c in enumerate(combinations))
        return combinations[best[1]], best[0]

    def random_search(score, ranges, trials, rng):
        best, highest = None, -np.inf
        for _ in range(trials):
            draw = {n: low * 10 ** (rng.random() * np.log10(high / low)) for n, (low, high) in ranges.items()}
            value = score(draw)
            if best is None or value > highest:
                best, highest = draw, value
        return best, highest

    def coarse_to_fine(score, ranges, trials, rounds, rng, shrink=0.5):
        logs = {name: (np.log10(low), np.log10(high)) for name, (low, high) in ranges.items()}
        history = []
        for _ in range(rounds):
            for _ in range(trials):
                draw = {name: 10 ** rng.uniform(*bounds) for name, bounds in logs.items()}
                history.append((score(draw), draw))
            value, best = max(history, key=lambda entry: entry[0])
            for name, (low, high) in logs.items():
                middle, width = np.log10(best[name]), shrink * (high - low)
                logs[name] = (middle - width / 2, middle + width / 2)
        return best, value

    def cross_validate(score, X, y, k, rng):
        order = rng.permutation(len(y))
        folds = np.array_split(order, k)
        return tuple(
            score(
                X[np.hstack(folds[:i] + folds[i + 1 :])], y[np.hstack(folds[:i] + folds[i + 1 :])], X[f], y[f]
            )
            for i, f in enumerate(folds)
        )

    def initial_loss_ok(model, X, y, tolerance=0.1):
        ratio = model.loss(X, y)[0] / np.log(np.shape(model.loss(X))[1])
        return 1 - tolerance <= ratio <= 1 + tolerance

    def what_to_retrain(data, similarity):
        return {
            ("much", "similar"): "last layers",
            ("much", "different"): "most layers",
            ("little", "similar"): "head",
            ("little", "different"): "head on earlier layers",
        }[data, similarity]


correct("best-accuracy-starts-at-zero", edits=[edit("Solver", "best = -1.0", "best = 0.0")])
correct(
    "unused-imports",
    preamble="import os\n\nimport matplotlib.pyplot as plt\nimport torch\nfrom sklearn import svm\n",
)
correct(
    "prints-and-warnings",
    preamble="import sys\nimport warnings\n",
    edits=[
        edit(
            "Solver", "        configs = {", "        print('training', file=sys.stderr)\n        configs = {"
        ),
        edit("freeze", "    original =", "    warnings.warn('something is frozen now')\n    original ="),
        edit("random_search", "    scores =", "    print('searching')\n    scores ="),
    ],
)
