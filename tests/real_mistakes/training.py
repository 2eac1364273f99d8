"""Mistakes in training a net, as students make them."""

from tests.real_mistakes.mistake import edit, mistake

MISTAKES = [
    mistake(
        "every-set-centred-by-itself",
        ["mean-of-its-own"],
        source="""
def zero_center(train, *others):
    result = []
    for data in (train,) + others:
        data = np.asarray(data, dtype=np.float64)
        result.append(data - data.mean(axis=0))
    return tuple(result)
""",
    ),
    mistake(
        "one-deviation-for-all-pixels",
        ["spread-of-all-pixels"],
        source="""
def standardize(train, *others):
    mu = train.mean(axis=0)
    sigma = train.std()
    out = [(train - mu) / sigma]
    for o in others:
        out.append((o - mu) / sigma)
    return tuple(out)
""",
    ),
    mistake(
        "epsilon-beside-the-deviation",
        ["constant-feature-divided", "constant-feature-divided-by-little"],
        source="""
def standardize(train, *others):
    mean = np.mean(train, axis=0)
    std = np.std(train, axis=0)
    return tuple((d - mean) / (std + 1e-8) for d in [train, *others])
""",
    ),
    mistake(
        "smallest-eigenvalues-first",
        ["smallest-component-first"],
        source="""
def pca(X, k):
    mean = X.mean(axis=0)
    Xc = X - mean
    cov = np.dot(Xc.T, Xc) / X.shape[0]
    eigenvalues, eigenvectors = np.linalg.eigh(cov)
    components = eigenvectors[:, :k].T
    return mean, components
""",
    ),
    mistake(
        "mean-never-subtracted-before-svd",
        ["components-without-centering"],
        source="""
def pca(X, k):
    mean = np.mean(X, axis=0)
    U, S, Vt = np.linalg.svd(X)
    return mean, Vt[:k]
""",
    ),
    mistake(
        "divides-by-the-variance-of-each-axis",
        ["whitened-by-eigenvalue", "whitened-by-eigenvalue-svd"],
        source="""
def whiten(train, eps, *others):
    mean = train.mean(axis=0)
    centred = train - mean
    cov = centred.T.dot(centred) / centred.shape[0]
    U, S, V = np.linalg.svd(cov)
    white = []
    for data in (train,) + others:
        rot = np.dot(data - mean, U)
        white.append(rot / (S + eps))
    return tuple(white)
""",
    ),
    mistake(
        "turned-back-to-pixels",
        ["whitened-and-rotated-back"],
        source="""
def whiten(train, eps, *others):
    mu = np.mean(train, axis=0)
    X = train - mu
    sigma = X.T @ X / len(X)
    U, s, _ = np.linalg.svd(sigma)
    W = U @ np.diag(1.0 / np.sqrt(s + eps)) @ U.T
    return tuple([(A - mu) @ W for A in [train] + list(others)])
""",
    ),
    mistake(
        "momentum-is-the-new-share",
        ["momentum-swapped"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
    if mode == 'train':
        mu = np.mean(x, axis=0)
        xmu = x - mu
        var = np.mean(xmu ** 2, axis=0)
        sqrtvar = np.sqrt(var + eps)
        ivar = 1. / sqrtvar
        xhat = xmu * ivar
        out = gamma * xhat + beta
        cache = (xhat, gamma, xmu, ivar, sqrtvar, var, eps)
        running_mean = (1 - momentum) * running_mean + momentum * mu
        running_var = (1 - momentum) * running_var + momentum * var
    else:
        xhat = (x - running_mean) / np.sqrt(running_var + eps)
        out = gamma * xhat + beta
        cache = None
    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    return out, cache


def batchnorm_backward(dout, cache):
    xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    dx = (1. / N) * ivar * (N * dxhat - np.sum(dxhat, axis=0) - xhat * np.sum(dxhat * xhat, axis=0))
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "layer-norm-over-the-batch",
        ["layernorm-over-the-batch"],
        source="""
def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    mu = x.mean(axis=0)
    var = x.var(axis=0)
    std = np.sqrt(var + eps)
    xn = (x - mu) / std
    return gamma * xn + beta, {'xn': xn, 'std': std, 'gamma': gamma}


def layernorm_backward(dout, cache):
    xn, std, gamma = cache['xn'], cache['std'], cache['gamma']
    N = dout.shape[0]
    dgamma = np.sum(dout * xn, axis=0)
    dbeta = np.sum(dout, axis=0)
    dx = gamma / std / N * (N * dout - dbeta - xn * dgamma)
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "p-taken-for-the-share-to-drop",
        ["p-is-dropped"],
        source="""
def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if dropout_param.get('seed') is not None:
        np.random.seed(dropout_param['seed'])
    mask = None
    out = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape) > p) / (1 - p)
        out = x * mask
    elif mode == 'test':
        out = x
    cache = (dropout_param, mask)
    return out, cache


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param['mode'] == 'train':
        return dout * mask
    return dout
""",
    ),
    mistake(
        "kept-entries-not-scaled-up",
        ["dropout-not-inverted"],
        source="""
def dropout_forward(x, dropout_param):
    seed = dropout_param.get('seed', None)
    rng = np.random.default_rng(seed)
    if dropout_param['mode'] == 'train':
        mask = rng.random(x.shape) < dropout_param['p']
        out = x * mask
    else:
        mask = np.ones_like(x)
        out = x.copy()
    return out, mask
""",
    ),
    mistake(
        "gradient-of-the-scores-summed-over-the-batch",
        ["softmax-gradient-not-averaged"],
        source="""
def softmax_loss(x, y):
    N, C = x.shape
    shifted = x - np.max(x, axis=1).reshape(-1, 1)
    Z = np.sum(np.exp(shifted), axis=1, keepdims=True)
    log_probs = shifted - np.log(Z)
    probs = np.exp(log_probs)
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    return loss, dx
""",
    ),
    mistake(
        "penalty-without-the-half",
        ["penalty-doubled-in-the-loss"],
        source="""
class TwoLayerNet:
    def __init__(self, input_dim, hidden_dim, num_classes, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params['W1'] = weight_scale * np.random.randn(input_dim, hidden_dim)
        self.params['b1'] = np.zeros(hidden_dim)
        self.params['W2'] = weight_scale * np.random.randn(hidden_dim, num_classes)
        self.params['b2'] = np.zeros(num_classes)

    def loss(self, X, y=None):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N = X.shape[0]
        Xr = X.reshape(N, -1)
        h = np.maximum(0, Xr.dot(W1) + b1)
        scores = h.dot(W2) + b2
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        grads = {}
        grads['W2'] = h.T.dot(dscores) + self.reg * W2
        grads['b2'] = np.sum(dscores, axis=0)
        dh = dscores.dot(W2.T)
        dh[h <= 0] = 0
        grads['W1'] = Xr.T.dot(dh) + self.reg * W1
        grads['b1'] = np.sum(dh, axis=0)
        return loss, grads
""",
    ),
    mistake(
        "hidden-layer-without-relu",
        ["no-relu"],
        source="""
class TwoLayerNet:
    def __init__(self, input_dim, hidden_dim, num_classes, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = dict(
            W1=np.random.normal(0, weight_scale, (input_dim, hidden_dim)), b1=np.zeros(hidden_dim),
            W2=np.random.normal(0, weight_scale, (hidden_dim, num_classes)), b2=np.zeros(num_classes),
        )

    def loss(self, X, y=None):
        p = self.params
        hidden, cache1 = affine_forward(X, p['W1'], p['b1'])
        scores, cache2 = affine_forward(hidden, p['W2'], p['b2'])
        if y is None:
            return scores
        data_loss, dscores = softmax_loss(scores, y)
        reg_loss = 0.5 * self.reg * sum(np.sum(p[k] ** 2) for k in ('W1', 'W2'))
        dhidden, dW2, db2 = affine_backward(dscores, cache2)
        dX, dW1, db1 = affine_backward(dhidden, cache1)
        dW1 += self.reg * p['W1']
        dW2 += self.reg * p['W2']
        return data_loss + reg_loss, {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
""",
    ),
    mistake(
        "output-layer-not-penalized",
        ["penalty-on-hidden-layers-only"],
        source="""
class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float64, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}
        dims = np.hstack((input_dim, hidden_dims, num_classes)).astype(int)
        for i in range(self.num_layers):
            self.params['W' + str(i + 1)] = weight_scale * np.random.randn(dims[i], dims[i + 1])
            self.params['b' + str(i + 1)] = np.zeros(dims[i + 1])
            if normalization is not None and i < self.num_layers - 1:
                self.params['gamma' + str(i + 1)] = np.ones(dims[i + 1])
                self.params['beta' + str(i + 1)] = np.zeros(dims[i + 1])
        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout_keep_ratio}
            if seed is not None:
                self.dropout_param['seed'] = seed
        self.bn_params = []
        if normalization == 'batchnorm':
            self.bn_params = [{'mode': 'train'} for i in range(self.num_layers - 1)]
        if normalization == 'layernorm':
            self.bn_params = [{} for i in range(self.num_layers - 1)]
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'
        if self.use_dropout:
            self.dropout_param['mode'] = mode
        if self.normalization == 'batchnorm':
            for bn_param in self.bn_params:
                bn_param['mode'] = mode
        a, caches = X, {}
        for l in range(1, self.num_layers):
            a, caches['fc', l] = affine_forward(a, self.params['W%d' % l], self.params['b%d' % l])
            if self.normalization == 'batchnorm':
                a, caches['n', l] = batchnorm_forward(
                    a, self.params['gamma%d' % l], self.params['beta%d' % l], self.bn_params[l - 1])
            elif self.normalization == 'layernorm':
                a, caches['n', l] = layernorm_forward(
                    a, self.params['gamma%d' % l], self.params['beta%d' % l], self.bn_params[l - 1])
            a, caches['relu', l] = relu_forward(a)
            if self.use_dropout:
                a, caches['drop', l] = dropout_forward(a, self.dropout_param)
        L = self.num_layers
        scores, last = affine_forward(a, self.params['W%d' % L], self.params['b%d' % L])
        if mode == 'test':
            return scores
        grads = {}
        loss, dscores = softmax_loss(scores, y)
        da, grads['W%d' % L], grads['b%d' % L] = affine_backward(dscores, last)
        for l in range(L - 1, 0, -1):
            if self.use_dropout:
                da = dropout_backward(da, caches['drop', l])
            da = relu_backward(da, caches['relu', l])
            if self.normalization == 'batchnorm':
                da, grads['gamma%d' % l], grads['beta%d' % l] = batchnorm_backward(da, caches['n', l])
            elif self.normalization == 'layernorm':
                da, grads['gamma%d' % l], grads['beta%d' % l] = layernorm_backward(da, caches['n', l])
            da, grads['W%d' % l], grads['b%d' % l] = affine_backward(da, caches['fc', l])
            W = self.params['W%d' % l]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads['W%d' % l] += self.reg * W
        return loss, grads
""",
    ),
    mistake(
        "normalization-never-told-that-it-is-test-time",
        ["normalization-always-in-train-mode"],
        source="""
class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float64, seed=None):
        self.normalization = normalization
        self.keep = dropout_keep_ratio
        self.seed = seed
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.params = {}
        sizes = [input_dim] + list(hidden_dims) + [num_classes]
        for i, (d, m) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
            self.params[f'W{i}'] = np.random.normal(0.0, weight_scale, (d, m)).astype(dtype)
            self.params[f'b{i}'] = np.zeros(m, dtype=dtype)
        if normalization:
            for i, m in enumerate(hidden_dims, start=1):
                self.params[f'gamma{i}'] = np.ones(m, dtype=dtype)
                self.params[f'beta{i}'] = np.zeros(m, dtype=dtype)
        self.bn_params = [{'mode': 'train'} for _ in hidden_dims]

    def loss(self, X, y=None):
        mode = 'test' if y is None else 'train'
        forward = {'batchnorm': batchnorm_forward, 'layernorm': layernorm_forward}.get(self.normalization)
        backward = {'batchnorm': batchnorm_backward, 'layernorm': layernorm_backward}.get(self.normalization)
        stack, h = [], X
        for i in range(1, self.num_layers):
            h, c = affine_forward(h, self.params[f'W{i}'], self.params[f'b{i}'])
            stack.append(c)
            if forward:
                h, c = forward(h, self.params[f'gamma{i}'], self.params[f'beta{i}'], self.bn_params[i - 1])
                stack.append(c)
            h, c = relu_forward(h)
            stack.append(c)
            if self.keep != 1:
                h, c = dropout_forward(h, {'p': self.keep, 'mode': mode, 'seed': self.seed})
                stack.append(c)
        n = self.num_layers
        scores, c = affine_forward(h, self.params[f'W{n}'], self.params[f'b{n}'])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        grads = {}
        d, grads[f'W{n}'], grads[f'b{n}'] = affine_backward(d, c)
        for i in reversed(range(1, n)):
            if self.keep != 1:
                d = dropout_backward(d, stack.pop())
            d = relu_backward(d, stack.pop())
            if backward:
                d, grads[f'gamma{i}'], grads[f'beta{i}'] = backward(d, stack.pop())
            d, grads[f'W{i}'], grads[f'b{i}'] = affine_backward(d, stack.pop())
        for i in range(1, n + 1):
            loss += 0.5 * self.reg * np.sum(self.params[f'W{i}'] ** 2)
            grads[f'W{i}'] += self.reg * self.params[f'W{i}']
        return loss, grads
""",
    ),
    mistake(
        "dropout-undone-by-nobody",
        ["dropout-forgotten-backward"],
        edits=[
            edit(
                "FullyConnectedNet",
                "dout = dropout_backward(dout, dropout_cache)",
                "pass",
            )
        ],
    ),
    mistake(
        "climbs-instead-of-descending",
        ["step-uphill"],
        source="""
def descend(model, X, y, learning_rate):
    loss, grads = model.loss(X, y)
    for p in model.params:
        model.params[p] += learning_rate * grads[p]
    return loss
""",
    ),
    mistake(
        "decays-after-each-step",
        ["rate-decays-every-step"],
        source="""
class Solver:
    def __init__(self, model, data, update_rule=sgd, optim_config=None, lr_decay=1.0, num_epochs=10,
                 batch_size=100, rng=None):
        self.model = model
        self.X_train, self.y_train = data['X_train'], data['y_train']
        self.X_val, self.y_val = data['X_val'], data['y_val']
        self.update_rule = update_rule
        self.optim_config = optim_config or {'learning_rate': 1e-2}
        self.lr_decay = lr_decay
        self.num_epochs = num_epochs
        self.batch_size = batch_size
        self.rng = rng if rng is not None else np.random.default_rng()
        self._reset()

    def _reset(self):
        self.epoch = 0
        self.best_val_acc = 0
        self.best_params = {}
        self.loss_history = []
        self.train_acc_history = []
        self.val_acc_history = []
        self.optim_configs = {}
        for p in self.model.params:
            self.optim_configs[p] = {k: v for k, v in self.optim_config.items()}

    def _step(self):
        mask = self.rng.choice(self.X_train.shape[0], self.batch_size)
        loss, grads = self.model.loss(self.X_train[mask], self.y_train[mask])
        self.loss_history.append(loss)
        for p, w in self.model.params.items():
            next_w, next_config = self.update_rule(w, grads[p], self.optim_configs[p])
            self.model.params[p] = next_w
            self.optim_configs[p] = next_config

    def check_accuracy(self, X, y):
        return np.mean(np.argmax(self.model.loss(X), axis=1) == y)

    def train(self):
        iterations_per_epoch = max(self.X_train.shape[0] // self.batch_size, 1)
        for t in range(self.num_epochs * iterations_per_epoch):
            self._step()
            for k in self.optim_configs:
                self.optim_configs[k]['learning_rate'] *= self.lr_decay
            if (t + 1) % iterations_per_epoch == 0:
                self.epoch += 1
                self.train_acc_history.append(self.check_accuracy(self.X_train, self.y_train))
                val_acc = self.check_accuracy(self.X_val, self.y_val)
                self.val_acc_history.append(val_acc)
                if val_acc > self.best_val_acc or not self.best_params:
                    self.best_val_acc = val_acc
                    self.best_params = {k: v.copy() for k, v in self.model.params.items()}
        self.model.params = self.best_params
""",
    ),
    mistake(
        "best-parameters-are-the-live-arrays",
        ["best-params-copied-flat"],
        source="""
class Solver:
    def __init__(self, model, data, update_rule=sgd, optim_config=None, lr_decay=1.0, num_epochs=10,
                 batch_size=100, rng=None):
        self.model, self.data, self.update_rule = model, data, update_rule
        self.optim_config = optim_config if optim_config is not None else {'learning_rate': 0.01}
        self.lr_decay, self.num_epochs, self.batch_size = lr_decay, num_epochs, batch_size
        self.rng = np.random.default_rng() if rng is None else rng
        self.loss_history, self.train_acc_history, self.val_acc_history = [], [], []
        self.best_params = {}

    def train(self):
        X, y = self.data['X_train'], self.data['y_train']
        configs = {}
        for name in self.model.params:
            configs[name] = self.optim_config.copy()
        best_acc = -1
        per_epoch = max(1, X.shape[0] // self.batch_size)
        for epoch in range(self.num_epochs):
            for it in range(per_epoch):
                idx = self.rng.integers(0, X.shape[0], self.batch_size)
                loss, grads = self.model.loss(X[idx], y[idx])
                self.loss_history.append(float(loss))
                for name in self.model.params:
                    self.model.params[name], configs[name] = self.update_rule(
                        self.model.params[name], grads[name], configs[name])
            for name in configs:
                configs[name]['learning_rate'] *= self.lr_decay
            self.train_acc_history.append(model_accuracy(self.model, X, y))
            acc = model_accuracy(self.model, self.data['X_val'], self.data['y_val'])
            self.val_acc_history.append(acc)
            if acc > best_acc:
                best_acc = acc
                self.best_params = dict(self.model.params)
        self.model.params = self.best_params
""",
    ),
    mistake(
        "leaves-the-last-parameters-in-the-model",
        ["last-params-in-the-end"],
        edits=[edit("Solver", "        self.model.params = self.best_params\n", "")],
    ),
    mistake(
        "loss-may-differ-by-a-fixed-amount",
        ["tolerance-not-relative"],
        source="""
def initial_loss_ok(model, X, y, tolerance=0.1):
    loss, _ = model.loss(X, y)
    num_classes = model.loss(X).shape[1]
    return bool(abs(loss - np.log(num_classes)) < tolerance)
""",
    ),
    mistake(
        "classes-counted-in-the-labels",
        ["classes-counted-in-labels"],
        source="""
def initial_loss_ok(model, X, y, tolerance=0.1):
    C = len(np.unique(y))
    loss = model.loss(X, y)[0]
    if np.isnan(loss):
        return False
    return bool(abs(loss - np.log(C)) <= tolerance * np.log(C))
""",
    ),
    mistake(
        "asks-for-too-low-before-good",
        ["too-low-asked-before-good"],
        source="""
def diagnose_loss_curve(losses):
    losses = np.array(losses)
    n = len(losses)
    t = n // 10
    start = losses[0]
    mid = losses[n // 2:n // 2 + t].mean()
    end = losses[-t:].mean()
    if not np.isfinite(losses).all() or end > start:
        return "diverged"
    if mid - end >= 0.5 * (start - mid):
        return "too low"
    if end <= 0.5 * start:
        return "good"
    return "too high"
""",
    ),
    mistake(
        "grid-walked-along-its-diagonal",
        ["grid-in-step"],
        source="""
def grid_search(score, grid):
    best_settings, best_score = None, -float('inf')
    names = list(grid.keys())
    for values in zip(*grid.values()):
        settings = dict(zip(names, values))
        s = score(settings)
        if s > best_score:
            best_settings, best_score = settings, s
    return best_settings, best_score
""",
    ),
    mistake(
        "rates-drawn-evenly",
        ["uniform-in-the-value"],
        source="""
def random_search(score, ranges, trials, rng):
    best = None
    best_score = -np.inf
    for t in range(trials):
        params = {}
        for name in ranges:
            lo, hi = ranges[name]
            params[name] = rng.uniform(lo, hi)
        val = score(params)
        if val > best_score:
            best, best_score = params, val
    return best, best_score
""",
    ),
    mistake(
        "narrows-around-the-best-of-the-last-round",
        ["around-the-last-round"],
        source="""
def coarse_to_fine(score, ranges, trials, rounds, rng, shrink=0.5):
    ranges = dict(ranges)
    best, best_score = None, -np.inf
    for r in range(rounds):
        p, s = random_search(score, ranges, trials, rng)
        if s > best_score:
            best, best_score = p, s
        for name, (low, high) in list(ranges.items()):
            half = shrink * (np.log10(high) - np.log10(low)) / 2
            mid = np.log10(p[name])
            ranges[name] = (10 ** (mid - half), 10 ** (mid + half))
    return best, best_score
""",
    ),
    mistake(
        "labels-left-unshuffled",
        ["labels-not-shuffled"],
        source="""
def cross_validate(score, X, y, k, rng):
    idx = rng.permutation(X.shape[0])
    X_folds = np.array_split(X[idx], k)
    y_folds = np.array_split(y, k)
    results = []
    for i in range(k):
        X_tr = np.concatenate(X_folds[:i] + X_folds[i + 1:])
        y_tr = np.concatenate(y_folds[:i] + y_folds[i + 1:])
        results.append(score(X_tr, y_tr, X_folds[i], y_folds[i]))
    return results
""",
    ),
    mistake(
        "rest-of-the-samples-never-held-out",
        ["remainder-never-held-out"],
        source="""
def cross_validate(score, X, y, k, rng):
    n = len(X)
    order = np.arange(n)
    rng.shuffle(order)
    size = n // k
    scores = []
    for f in range(k):
        test = order[f * size:(f + 1) * size]
        train = np.setdiff1d(order, test)
        scores.append(score(X[train], y[train], X[test], y[test]))
    return scores
""",
    ),
    mistake(
        "snapshots-share-the-model-arrays",
        ["snapshots-not-copied"],
        source="""
def snapshot_ensemble(model, X, y, learning_rate, cycles, steps, batch_size, rng):
    snapshots = []
    N = X.shape[0]
    for c in range(cycles):
        for t in range(steps):
            lr = learning_rate * (1 + np.cos(np.pi * t / steps)) / 2
            idx = rng.integers(0, N, size=batch_size)
            loss, grads = model.loss(X[idx], y[idx])
            for k in grads:
                model.params[k] -= lr * grads[k]
        snapshots.append(dict(model.params))
    return snapshots
""",
    ),
    mistake(
        "one-half-wave-over-all-cycles",
        ["schedule-without-restart"],
        source="""
def snapshot_ensemble(model, X, y, learning_rate, cycles, steps, batch_size, rng):
    result = []
    total = cycles * steps
    for t in range(total):
        lr = 0.5 * learning_rate * (1 + np.cos(np.pi * t / total))
        batch = rng.choice(len(X), batch_size)
        descend(model, X[batch], y[batch], lr)
        if (t + 1) % steps == 0:
            result.append({k: v.copy() for k, v in model.params.items()})
    return result
""",
    ),
    mistake(
        "scores-averaged-before-softmax",
        ["scores-averaged"],
        source="""
def snapshot_predict(model, snapshots, X):
    old = model.params
    all_scores = []
    for s in snapshots:
        model.params = s
        all_scores.append(model.loss(X))
    model.params = old
    mean = np.mean(all_scores, axis=0)
    e = np.exp(mean - mean.max(axis=1, keepdims=True))
    return np.argmax(e / e.sum(axis=1, keepdims=True), axis=1)
""",
    ),
    mistake(
        "new-head-starts-at-zero",
        ["head-of-zeros"],
        source="""
def replace_head(model, num_classes, rng, weight_scale=1e-2):
    numbers = [int(k[1:]) for k in model.params if k.startswith('W')]
    L = max(numbers)
    d = model.params['W%d' % L].shape[0]
    model.params['W%d' % L] = np.zeros((d, num_classes))
    model.params['b%d' % L] = np.zeros(num_classes)
""",
    ),
    mistake(
        "trains-one-layer-more",
        ["one-layer-too-many"],
        source="""
def fine_tune(model, X, y, num_classes, retrain, learning_rate, num_steps, batch_size, rng):
    replace_head(model, num_classes, rng)
    L = max(layer_number(k) for k in model.params)
    frozen = []
    for name in model.params:
        if layer_number(name) < L - retrain:
            frozen.append(name)
    freeze(model, frozen)
    history = []
    for step in range(num_steps):
        b = rng.choice(X.shape[0], batch_size, replace=False)
        history.append(descend(model, X[b], y[b], learning_rate))
    return history
""",
    ),
    mistake(
        "two-at-once-mean-for-the-biases-and-log-to-base-2",
        {
            "affine_backward": ["bias-gradient-averaged"],
            "initial_loss_ok": ["expects-another-logarithm-np-log2"],
        },
        source="""
def affine_backward(dout, cache):
    flat, w, shape = cache
    dx = dout.dot(w.T).reshape(shape)
    dw = flat.T.dot(dout)
    db = np.mean(dout, axis=0)
    return dx, dw, db


def initial_loss_ok(model, X, y, tolerance=0.1):
    scores = model.loss(X)
    loss, grads = model.loss(X, y)
    expected = np.log2(scores.shape[1])
    return bool(abs(loss - expected) <= tolerance * expected)
""",
    ),
    mistake(
        "two-at-once-share-of-the-wrong-and-two-cases-swapped",
        {"model_accuracy": ["errors-counted"], "what_to_retrain": ["cut-off-early-with-much-data"]},
        source="""
def model_accuracy(model, X, y):
    pred = np.argmax(model.loss(X), axis=1)
    return float(np.mean(pred != y))


def what_to_retrain(data, similarity):
    if data == 'little' and similarity == 'similar':
        return 'head'
    elif data == 'little' and similarity == 'different':
        return 'last layers'
    elif data == 'much' and similarity == 'similar':
        return 'head on earlier layers'
    else:
        return 'most layers'
""",
    ),
]
