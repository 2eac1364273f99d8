"""Mistakes in batch and layer normalization, as students make them."""

from tests.real_mistakes.mistake import edit, mistake

MISTAKES = [
    mistake(
        "std-plus-eps-everywhere",
        ["eps-outside-the-root"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == 'train':
        mu = np.mean(x, axis=0)
        var = np.var(x, axis=0)
        std = np.sqrt(var) + eps
        x_norm = (x - mu) / std
        out = gamma * x_norm + beta
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
        cache = [x_norm, std, gamma]
    elif mode == 'test':
        x_norm = (x - running_mean) / (np.sqrt(running_var) + eps)
        out = gamma * x_norm + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    return out, cache
""",
    ),
    mistake(
        "test-branch-divides-by-the-variance",
        ["test-mode-divides-by-variance"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    D = x.shape[1]
    running_mean = bn_param.get("running_mean", np.zeros(D))
    running_var = bn_param.get("running_var", np.zeros(D))
    if mode == "train":
        mu = x.mean(0)
        xc = x - mu
        var = (xc ** 2).mean(0)
        ivar = 1.0 / np.sqrt(var + eps)
        xhat = xc * ivar
        out = xhat * gamma + beta
        cache = {"xhat": xhat, "ivar": ivar, "gamma": gamma, "N": x.shape[0]}
        bn_param["running_mean"] = running_mean * momentum + mu * (1 - momentum)
        bn_param["running_var"] = running_var * momentum + var * (1 - momentum)
        return out, cache
    if mode == "test":
        xhat = (x - running_mean) / (running_var + eps)
        return xhat * gamma + beta, None
    raise ValueError(mode)


def batchnorm_backward(dout, cache):
    N = cache["N"]
    dxhat = dout * cache["gamma"]
    dx = cache["ivar"] / N * (N * dxhat - dxhat.sum(0) - cache["xhat"] * (dxhat * cache["xhat"]).sum(0))
    return dx, (dout * cache["xhat"]).sum(0), dout.sum(0)


def batchnorm_backward_alt(dout, cache):
    return batchnorm_backward(dout, cache)
""",
    ),
    mistake(
        "no-scale-nor-shift-when-testing",
        ["test-mode-without-gamma-and-beta"],
        edits=[
            edit(
                "batchnorm_forward",
                "        mean, var = running_mean, running_var\n",
                "        return (x - running_mean) / np.sqrt(running_var + eps), None\n",
            )
        ],
    ),
    mistake(
        "new-statistics-get-the-share-of-the-old",
        ["momentum-exchanged"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        sample_mean = np.mean(x, axis=0, keepdims=True)
        sample_var = np.var(x, axis=0, keepdims=True)
        x_hat = (x - sample_mean) / np.sqrt(sample_var + eps)
        out = gamma * x_hat + beta
        running_mean = (1 - momentum) * running_mean + momentum * sample_mean
        running_var = (1 - momentum) * running_var + momentum * sample_var
        bn_param["running_mean"] = running_mean
        bn_param["running_var"] = running_var
        cache = (x, x_hat, sample_mean, sample_var, gamma, beta, eps)
    elif mode == "test":
        x_hat = (x - running_mean) / np.sqrt(running_var + eps)
        out = gamma * x_hat + beta
        cache = None
    else:
        raise ValueError("unknown mode")
    return out, cache


def batchnorm_backward(dout, cache):
    x, x_hat, mean, var, gamma, beta, eps = cache
    N = x.shape[0]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)
    dx_hat = dout * gamma
    dvar = np.sum(dx_hat * (x - mean) * -0.5 * (var + eps) ** (-1.5), axis=0)
    dmean = np.sum(-dx_hat / np.sqrt(var + eps), axis=0) + dvar * np.mean(-2 * (x - mean), axis=0)
    dx = dx_hat / np.sqrt(var + eps) + dvar * 2 * (x - mean) / N + dmean / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    return batchnorm_backward(dout, cache)
""",
    ),
    mistake(
        "running-averages-stay-local",
        ["running-statistics-not-stored"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        mean = np.mean(x, axis=0)
        var = np.var(x, axis=0)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        mean, var = running_mean, running_var
    else:
        raise ValueError("mode must be train or test, got " + str(mode))
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    out = gamma * xhat + beta
    cache = (xhat, std, gamma)
    return out, cache
""",
    ),
    mistake(
        "batch-statistics-in-both-modes",
        ["test-mode-uses-the-batch"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    if mode not in ("train", "test"):
        raise ValueError("bad mode")
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    mu = 1.0 / x.shape[0] * np.sum(x, axis=0)
    xmu = x - mu
    sq = xmu ** 2
    var = 1.0 / x.shape[0] * np.sum(sq, axis=0)
    sqrtvar = np.sqrt(var + eps)
    xhat = xmu / sqrtvar
    out = gamma * xhat + beta
    if mode == "train":
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mu
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    return out, (xhat, sqrtvar, gamma)
""",
    ),
    mistake(
        "running-average-of-the-deviation",
        ["running-deviation"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        m = x.mean(axis=0)
        s = np.sqrt(x.var(axis=0) + eps)
        xhat = (x - m) / s
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * m
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * s
        return gamma * xhat + beta, (xhat, s, gamma)
    elif mode == "test":
        xhat = (x - running_mean) / np.sqrt(running_var + eps)
        return gamma * xhat + beta, None
    raise ValueError(mode)
""",
    ),
    mistake(
        "mean-and-deviation-taken-for-constants",
        ["statistics-taken-as-constants"],
        source="""
def batchnorm_backward(dout, cache):
    xhat, std, gamma = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dx = gamma * dout / std
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "graph-forgets-to-average-the-squares",
        ["means-without-1-over-n", "variance-without-1-over-n"],
        source="""
def batchnorm_backward(dout, cache):
    xhat, sqrtvar, gamma = cache
    N, D = dout.shape
    ivar = 1.0 / sqrtvar
    xmu = xhat * sqrtvar
    # step 9
    dbeta = np.sum(dout, axis=0)
    dgammax = dout
    # step 8
    dgamma = np.sum(dgammax * xhat, axis=0)
    dxhat = dgammax * gamma
    # step 7
    divar = np.sum(dxhat * xmu, axis=0)
    dxmu1 = dxhat * ivar
    # step 6
    dsqrtvar = -1.0 / (sqrtvar ** 2) * divar
    # step 5
    dvar = 0.5 * 1.0 / sqrtvar * dsqrtvar
    # step 4
    dsq = np.ones((N, D)) * dvar
    # step 3
    dxmu2 = 2 * xmu * dsq
    # step 2
    dx1 = dxmu1 + dxmu2
    dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
    # step 1
    dx2 = 1.0 / N * np.ones((N, D)) * dmu
    # step 0
    dx = dx1 + dx2
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "graph-without-the-arrow-through-the-mean",
        ["mean-taken-as-constant"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        mu = np.mean(x, axis=0)
        var = np.var(x, axis=0)
        xhat = (x - mu) / np.sqrt(var + eps)
        out = gamma * xhat + beta
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mu
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
        cache = [x, mu, var, eps, gamma, xhat]
    elif mode == "test":
        out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
        cache = []
    else:
        raise ValueError
    return out, cache


def batchnorm_backward(dout, cache):
    x, mu, var, eps, gamma, xhat = cache
    N = len(x)
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dxhat = dout * gamma
    dvar = np.sum(dxhat * (x - mu), axis=0) * -0.5 * (var + eps) ** -1.5
    dx = dxhat / np.sqrt(var + eps) + dvar * 2 * (x - mu) / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    x, mu, var, eps, gamma, xhat = cache
    N = len(x)
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dx = gamma / (N * np.sqrt(var + eps)) * (N * dout - dbeta - xhat * dgamma)
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "gamma-from-what-is-not-yet-scaled",
        ["dgamma-of-x", "dgamma-of-the-differences"],
        source="""
def batchnorm_backward(dout, cache):
    xhat, std, gamma = cache
    N = dout.shape[0]
    xmu = xhat * std
    dgamma = np.sum(dout * xmu, axis=0)
    dbeta = np.sum(dout, axis=0)
    dxhat = dout * gamma
    dstd = -np.sum(dxhat * xmu, axis=0) / std ** 2
    dvar = 0.5 * dstd / std
    dxmu = dxhat / std + 2.0 / N * xmu * dvar
    dx = dxmu - np.sum(dxmu, axis=0) / N
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "closed-form-with-the-wrong-power",
        ["root-differentiated-wrongly"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        mu = x.mean(axis=0)
        var = x.var(axis=0)
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mu
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        mu = running_mean
        var = running_var
    else:
        raise ValueError("no such mode")
    xhat = (x - mu) / np.sqrt(var + eps)
    return gamma * xhat + beta, dict(x=x, mu=mu, var=var, eps=eps, gamma=gamma, xhat=xhat)


def batchnorm_backward(dout, cache):
    x, mu, var, eps, gamma, xhat = (cache[k] for k in ("x", "mu", "var", "eps", "gamma", "xhat"))
    N = x.shape[0]
    dxhat = dout * gamma
    dvar = np.sum(dxhat * (x - mu), axis=0) * -0.5 * (var + eps) ** (-3 / 2)
    dmu = -np.sum(dxhat, axis=0) / np.sqrt(var + eps)
    dx = dxhat / np.sqrt(var + eps) + dvar * 2 * (x - mu) / N + dmu / N
    return dx, np.sum(dout * xhat, axis=0), np.sum(dout, axis=0)


def batchnorm_backward_alt(dout, cache):
    x, mu, var, eps, gamma, xhat = (cache[k] for k in ("x", "mu", "var", "eps", "gamma", "xhat"))
    N, D = x.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(xhat * dout, axis=0)
    dx = (1.0 / N) * gamma * (var + eps) ** (-1.0 / 2.0) * (
        N * dout - np.sum(dout, axis=0)
        - (x - mu) * (var + eps) ** (-1.0 / 2.0) * np.sum(dout * (x - mu), axis=0)
    )
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "backward-brings-its-own-small-number",
        ["backward-with-other-eps", "backward-begins-again-with-other-eps", "only-dx-with-other-eps"],
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
        x_hat = (x - mean) / np.sqrt(var + eps)
    elif mode == "test":
        x_hat, mean, var = (x - running_mean) / np.sqrt(running_var + eps), running_mean, running_var
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    return gamma * x_hat + beta, (x, gamma, mean, var, x_hat)


def batchnorm_backward(dout, cache):
    x, gamma, mean, var, x_hat = cache
    eps = 1e-5
    N = x.shape[0]
    dgamma = (dout * x_hat).sum(0)
    dbeta = dout.sum(0)
    dx_hat = dout * gamma
    std = np.sqrt(var + eps)
    dvar = (-0.5 * dx_hat * (x - mean) / std ** 3).sum(0)
    dmean = (-dx_hat / std).sum(0)
    dx = dx_hat / std + 2 * dvar * (x - mean) / N + dmean / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    return batchnorm_backward(dout, cache)
""",
    ),
    mistake(
        "closed-form-centres-only",
        ["variance-taken-as-constant"],
        edits=[
            edit(
                "batchnorm_backward_alt",
                "gamma / std * (dout - (dbeta + xhat * dgamma) / len(xhat))",
                "gamma / std * (dout - dbeta / len(xhat))",
            )
        ],
    ),
    mistake(
        "layers-with-the-statistics-of-the-batch",
        ["layernorm-over-the-batch"],
        source="""
def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    mu = np.mean(x, axis=0)
    var = np.var(x, axis=0)
    x_norm = (x - mu) / np.sqrt(var + eps)
    out = gamma * x_norm + beta
    cache = (x_norm, np.sqrt(var + eps), gamma)
    return out, cache
""",
    ),
    mistake(
        "row-statistics-that-lost-their-axis",
        ["row-statistics-without-their-axis"],
        source="""
def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    N, D = x.shape
    mu = x.sum(axis=1) / D
    var = np.var(x, axis=1)
    xhat = (x - mu) / np.sqrt(var + eps)
    out = gamma * xhat + beta
    return out, (xhat, np.sqrt(var + eps), gamma)
""",
    ),
    mistake(
        "gamma-outside-of-the-projection",
        ["layernorm-gamma-outside"],
        source="""
def layernorm_backward(dout, cache):
    xhat, std, gamma = cache
    D = xhat.shape[1]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(xhat * dout, axis=0)
    sum1 = np.sum(dout, axis=1, keepdims=True)
    sum2 = np.sum(dout * xhat, axis=1, keepdims=True)
    dx = gamma / (D * std) * (D * dout - sum1 - xhat * sum2)
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "divides-by-the-number-of-samples",
        ["layernorm-averages-over-n"],
        source="""
def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    xT = x.T
    mu = np.mean(xT, axis=0)
    var = np.var(xT, axis=0)
    std = np.sqrt(var + eps)
    xhat = ((xT - mu) / std).T
    return gamma * xhat + beta, {"xhat": xhat, "std": std, "gamma": gamma}


def layernorm_backward(dout, cache):
    xhat, std, gamma = cache["xhat"], cache["std"], cache["gamma"]
    N, D = dout.shape
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dxhat = (dout * gamma).T
    xhatT = xhat.T
    dxT = 1.0 / N / std * (N * dxhat - np.sum(dxhat, axis=0) - xhatT * np.sum(dxhat * xhatT, axis=0))
    return dxT.T, dgamma, dbeta
""",
    ),
    mistake(
        "scale-and-shift-summed-like-the-statistics",
        ["layernorm-dgamma-per-sample"],
        source="""
def layernorm_backward(dout, cache):
    xhat, std, gamma = cache
    dgamma = np.sum(dout * xhat, axis=1)
    dbeta = np.sum(dout, axis=1)
    dxhat = dout * gamma
    D = dout.shape[1]
    dx = dxhat - dxhat.sum(axis=1, keepdims=True) / D - xhat * (dxhat * xhat).sum(axis=1, keepdims=True) / D
    dx = dx / std
    return dx, dgamma, dbeta
""",
    ),
    mistake(
        "two-at-once-statistics-move-in-test-mode-and-eps-beside-the-root",
        {
            "batchnorm_forward": ["test-mode-updates-running-statistics"],
            "layernorm_forward": ["eps-outside-the-root"],
        },
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode not in ["train", "test"]:
        raise ValueError("mode?")
    mean = x.mean(axis=0)
    var = x.var(axis=0)
    bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
    bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    if mode == "test":
        mean, var = running_mean, running_var
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    return gamma * xhat + beta, (xhat, std, gamma)


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    std = np.std(x, axis=1, keepdims=True)
    xhat = (x - np.mean(x, axis=1, keepdims=True)) / (std + eps)
    return gamma * xhat + beta, (xhat, std + eps, gamma)
""",
    ),
    mistake(
        "two-at-once-squares-minus-square-and-mean-path-without-sign",
        {
            "batchnorm_forward": ["variance-as-difference-of-squares"],
            "batchnorm_backward": ["sign-of-the-mean-term"],
        },
        source="""
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        mean = x.mean(axis=0)
        var = (x * x).mean(axis=0) - mean * mean
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        mean, var = running_mean, running_var
    else:
        raise ValueError(mode)
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    return gamma * xhat + beta, (xhat, std, gamma)


def batchnorm_backward(dout, cache):
    xhat, std, gamma = cache
    N = dout.shape[0]
    dxhat = dout * gamma
    dvar = np.sum(dxhat * xhat * std * -0.5 * std ** -3, axis=0)
    dmean = np.sum(dxhat / std, axis=0)
    dx = dxhat / std + dvar * 2 * xhat * std / N + dmean / N
    return dx, np.sum(dout * xhat, axis=0), np.sum(dout, axis=0)
""",
    ),
    mistake(
        "bessel-as-the-library-does-it",
        ["unbiased-variance"],
        source="""
def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    mean = np.mean(x, axis=1, keepdims=True)
    diff = x - mean
    var = np.sum(diff ** 2, axis=1, keepdims=True) / (x.shape[1] - 1)
    std = np.sqrt(var + eps)
    xhat = diff / std
    return gamma * xhat + beta, (xhat, std, gamma)
""",
    ),
]
