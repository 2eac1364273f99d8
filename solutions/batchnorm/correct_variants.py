"""Right variants that look different from the reference: each keeps full marks."""

import numpy as np

from autograder.variants import correct, edit


@correct("explicit-loops")
def _():
    def batchnorm_forward(x, gamma, beta, bn_param):
        mode, eps = bn_param["mode"], bn_param.get("eps", 1e-5)
        momentum = bn_param.get("momentum", 0.9)
        if mode not in ("train", "test"):
            raise ValueError("which mode?")
        N, D = x.shape
        old_mean = np.reshape(bn_param.get("running_mean", np.zeros(D)), -1)
        old_var = np.reshape(bn_param.get("running_var", np.zeros(D)), -1)
        means, variances = [0.0] * D, [0.0] * D
        out, xhat = np.zeros((N, D)), np.zeros((N, D))
        for d in range(D):
            if mode == "test":
                means[d], variances[d] = float(old_mean[d]), float(old_var[d])
            else:
                for n in range(N):
                    means[d] += x[n, d] / N
                for n in range(N):
                    variances[d] += (x[n, d] - means[d]) ** 2 / N
            for n in range(N):
                xhat[n, d] = (x[n, d] - means[d]) / (variances[d] + eps) ** 0.5
                out[n, d] = gamma[d] * xhat[n, d] + beta[d]
        if mode == "train":
            bn_param["running_mean"] = [momentum * old_mean[d] + (1 - momentum) * means[d] for d in range(D)]
            bn_param["running_var"] = [
                momentum * old_var[d] + (1 - momentum) * variances[d] for d in range(D)
            ]
        return out, {"x": x, "xhat": xhat, "means": means, "variances": variances, "eps": eps, "gamma": gamma}

    def batchnorm_backward(dout, cache):
        x, xhat, gamma = cache["x"], cache["xhat"], cache["gamma"]
        N, D = dout.shape
        dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
        for d in range(D):
            root = (cache["variances"][d] + cache["eps"]) ** 0.5
            dmean, dvariance = 0.0, 0.0
            for n in range(N):
                dgamma[d] += dout[n, d] * xhat[n, d]
                dbeta[d] += dout[n, d]
                dvariance -= 0.5 * dout[n, d] * gamma[d] * (x[n, d] - cache["means"][d]) / root**3
                dmean -= dout[n, d] * gamma[d] / root
            for n in range(N):
                dx[n, d] = dout[n, d] * gamma[d] / root + dmean / N
                dx[n, d] += dvariance * 2 * (x[n, d] - cache["means"][d]) / N
        return dx, dgamma, dbeta

    def batchnorm_backward_alt(dout, cache):
        xhat, gamma = cache["xhat"], cache["gamma"]
        N, D = dout.shape
        dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
        for d in range(D):
            for n in range(N):
                dgamma[d] += dout[n, d] * xhat[n, d]
                dbeta[d] += dout[n, d]
            for n in range(N):
                rest = N * dout[n, d] - dbeta[d] - xhat[n, d] * dgamma[d]
                dx[n, d] = gamma[d] * rest / N / (cache["variances"][d] + cache["eps"]) ** 0.5
        return dx, dgamma, dbeta

    def layernorm_forward(x, gamma, beta, ln_param):
        eps = ln_param.get("eps", 1e-5)
        N, D = x.shape
        out, xhat, roots = np.zeros((N, D)), np.zeros((N, D)), []
        for n in range(N):
            mean = sum(float(value) for value in x[n]) / D
            variance = sum((float(value) - mean) ** 2 for value in x[n]) / D
            roots.append((variance + eps) ** 0.5)
            for d in range(D):
                xhat[n, d] = (x[n, d] - mean) / roots[n]
                out[n, d] = gamma[d] * xhat[n, d] + beta[d]
        return out, (xhat, roots, gamma)

    def layernorm_backward(dout, cache):
        xhat, roots, gamma = cache
        N, D = dout.shape
        dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
        for n in range(N):
            first, second = 0.0, 0.0
            for d in range(D):
                dgamma[d] += dout[n, d] * xhat[n, d]
                dbeta[d] += dout[n, d]
                first += dout[n, d] * gamma[d] / D
                second += dout[n, d] * gamma[d] * xhat[n, d] / D
            for d in range(D):
                dx[n, d] = (dout[n, d] * gamma[d] - first - xhat[n, d] * second) / roots[n]
        return dx, dgamma, dbeta


@correct("node-by-node")
def _():
    # Every step of the graph, statistics and gradients as rows (1, D), the cache an object.
    class Cache:
        pass

    def batchnorm_forward(x, gamma, beta, bn_param):
        D = x.shape[1]
        c = Cache()
        c.eps = bn_param.get("eps", 1e-5)
        if bn_param["mode"] == "train":
            c.mean = np.mean(x, axis=0, keepdims=True)
            c.centred = x - c.mean
            c.squares = c.centred**2
            c.var = np.mean(c.squares, axis=0, keepdims=True)
            c.root = np.sqrt(c.var + c.eps)
            c.inverse = 1.0 / c.root
            c.xhat = c.centred * c.inverse
            c.gamma = gamma
            keep = bn_param.get("momentum", 0.9)
            for key, value in [("running_mean", c.mean), ("running_var", c.var)]:
                old = bn_param.get(key, np.zeros((1, D)))
                bn_param[key] = old - (1 - keep) * (old - value)
            return c.xhat * gamma + beta, c
        if bn_param["mode"] == "test":
            scale = gamma / np.sqrt(bn_param["running_var"] + c.eps)
            return x * scale + (beta - bn_param["running_mean"] * scale), c
        raise ValueError("invalid forward batchnorm mode", bn_param["mode"])

    def batchnorm_backward(dout, c):
        N, D = dout.shape
        dbeta = np.sum(dout, axis=0, keepdims=True)
        dgamma = np.sum(dout * c.xhat, axis=0, keepdims=True)
        dxhat = dout * c.gamma
        dinverse = np.sum(dxhat * c.centred, axis=0, keepdims=True)
        dcentred = dxhat * c.inverse
        droot = -1.0 / c.root**2 * dinverse
        dvar = 0.5 / np.sqrt(c.var + c.eps) * droot
        dsquares = np.ones((N, D)) / N * dvar
        dcentred = dcentred + 2 * c.centred * dsquares
        dmean = -np.sum(dcentred, axis=0, keepdims=True)
        return dcentred + np.ones((N, D)) / N * dmean, dgamma, dbeta

    def batchnorm_backward_alt(dout, c):
        return batchnorm_backward(dout, c)

    def layernorm_forward(x, gamma, beta, ln_param):
        param = {"mode": "train", "eps": ln_param.get("eps", 1e-5)}
        c = Cache()
        turned, c.inner = batchnorm_forward(x.T, np.ones(len(x)), np.zeros(len(x)), param)
        c.normal, c.scale = turned.T, gamma.reshape(1, -1)
        return c.scale * c.normal + beta, c

    def layernorm_backward(dout, c):
        dturned, _, _ = batchnorm_backward((dout * c.scale).T, c.inner)
        return dturned.T, (dout * c.normal).sum(0), dout.sum(0)


@correct("in-place")
def _():
    # Running statistics, dout and cache are overwritten; the backward calls the closed form.
    def batchnorm_forward(x, gamma, beta, bn_param):
        mode = bn_param["mode"]
        eps = bn_param.setdefault("eps", 1e-5)
        momentum = bn_param.setdefault("momentum", 0.9)
        running_mean = bn_param.setdefault("running_mean", np.zeros(x.shape[1]))
        running_var = bn_param.setdefault("running_var", np.zeros(x.shape[1]))
        if mode == "train":
            xhat = x - np.mean(x, axis=0)
            var = np.einsum("nd,nd->d", xhat, xhat) / len(x)
            running_mean *= momentum
            running_mean += (1 - momentum) * np.mean(x, axis=0)
            running_var *= momentum
            running_var += (1 - momentum) * var
            invstd = np.power(var + eps, -0.5)
            xhat *= invstd
            bn_param["steps"] = bn_param.get("steps", 0) + 1
            return xhat * gamma[np.newaxis] + beta[np.newaxis], [xhat, invstd, gamma.copy()]
        if mode != "test":
            raise ValueError(f"Invalid forward batchnorm mode {mode}")
        xhat = x.copy()
        xhat -= running_mean
        xhat *= gamma
        xhat /= np.sqrt(running_var + eps)
        xhat += beta
        return xhat, None

    def batchnorm_backward(dout, cache):
        return batchnorm_backward_alt(dout, cache)

    def batchnorm_backward_alt(dout, cache):
        xhat, invstd, gamma = cache
        dbeta, dgamma = dout.sum(axis=0), np.einsum("nd,nd->d", dout, xhat)
        dout *= gamma
        share = np.einsum("nd,nd->d", dout, xhat) / len(dout)
        dout -= dout.mean(axis=0)
        xhat *= share
        dout -= xhat
        dout *= invstd
        return dout, dgamma, dbeta

    def layernorm_backward(dout, cache):
        xhat, std, gamma = cache
        dbeta, dgamma = dout.sum(axis=0), (dout * xhat).sum(axis=0)
        dout *= gamma
        D = dout.shape[1]
        rest = dout.sum(axis=1, keepdims=True) + xhat * (dout * xhat).sum(axis=1, keepdims=True)
        dout *= D
        dout -= rest
        dout /= D * std
        return dout, dgamma, dbeta


@correct("matrix-of-derivatives")
def _():
    # The whole Jacobian of each feature, one after the other; forwards with loops over features alone.
    def batchnorm_forward(x, gamma, beta, bn_param):
        mode, eps = bn_param["mode"], bn_param.get("eps", 1e-5)
        D = x.shape[1]
        running_mean = np.array(bn_param.get("running_mean", np.zeros(D)), dtype=float)
        running_var = np.array(bn_param.get("running_var", np.zeros(D)), dtype=float)
        keep = bn_param.get("momentum", 0.9)
        if mode not in {"train", "test"}:
            raise ValueError(mode)
        columns, cache = [], []
        for d in range(D):
            mean, var = running_mean[d], running_var[d]
            if mode == "train":
                mean, var = np.mean(x[:, d]), np.var(x[:, d])
                running_mean[d] = keep * running_mean[d] + (1 - keep) * mean
                running_var[d] = keep * running_var[d] + (1 - keep) * var
            deviation = x[:, d] - mean
            columns.append(gamma[d] * deviation * (var + eps) ** -0.5 + beta[d])
            cache.append((deviation, var, eps, gamma[d]))
        bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
        return np.stack(columns, axis=1), cache

    def batchnorm_backward(dout, cache):
        N, D = dout.shape
        dx, dgamma = np.empty_like(dout), np.empty(D)
        centre = np.eye(N) - np.ones((N, N)) / N
        for d, (deviation, var, eps, gamma) in enumerate(cache):
            jacobian = centre / np.sqrt(var + eps) - np.outer(deviation, deviation) / N / (var + eps) ** 1.5
            dx[:, d] = jacobian @ dout[:, d] * gamma
            dgamma[d] = dout[:, d] @ deviation / np.sqrt(var + eps)
        return [dx, dgamma, dout.sum(axis=0)]

    def layernorm_backward(dout, cache):
        xhat, std, gamma = cache
        D = dout.shape[1]
        rows = []
        for one, root, upstream in zip(xhat, np.ravel(std), dout * gamma, strict=True):
            jacobian = (np.eye(D) - np.ones((D, D)) / D - np.outer(one, one) / D) / root
            rows.append(jacobian @ upstream)
        return np.array(rows), np.diag(dout.T @ xhat), np.ones(len(dout)) @ dout

    def batchnorm_backward_alt(dout, cache):
        deviation = np.stack([column[0] for column in cache], axis=1)
        var, eps, gamma = (np.array([column[i] for column in cache]) for i in (1, 2, 3))
        N, ivar = len(dout), 1 / (var + eps)
        dgamma, dbeta = (dout * deviation).sum(0) * np.sqrt(ivar), dout.sum(0)
        dx = gamma * np.sqrt(ivar) / N * (N * dout - dbeta - deviation * ivar * (dout * deviation).sum(0))
        return dx, dgamma, dbeta


@correct("extended-precision")
def _():
    def batchnorm_forward(x, gamma, beta, bn_param):
        wide = x.astype(np.longdouble)
        mean, var = wide.mean(0).astype(float), wide.var(0).astype(float)
        if bn_param["mode"] == "train":
            keep = bn_param.get("momentum", 0.9)
            bn_param["running_mean"] = keep * bn_param.get("running_mean", 0.0) + (1 - keep) * mean
            bn_param["running_var"] = keep * bn_param.get("running_var", 0.0) + (1 - keep) * var
        elif bn_param["mode"] == "test":
            mean, var = bn_param["running_mean"], bn_param["running_var"]
        else:
            raise ValueError("mode must be train or test")
        std = (var + bn_param.get("eps", 1e-5)) ** 0.5
        xhat = ((wide - mean) / std).astype(float)
        return (gamma * xhat + beta, (xhat, std, gamma))


correct(
    "rows-from-one-backward-only",
    edits=[
        edit("batchnorm_backward", ", dgamma, dbeta", ", dgamma[None], dbeta.reshape(1, -1)"),
        edit("layernorm_backward", ", dgamma, dbeta", ", dgamma[None], dbeta.reshape(1, -1)"),
        edit(
            "batchnorm_forward",
            'bn_param["running_mean"] = momentum',
            'bn_param["running_mean"] = np.ones((1, 1)) * momentum',
        ),
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
        edit("batchnorm_forward", "    xhat =", "    print('mode', mode)\n    xhat ="),
        edit("layernorm_forward", "    xhat =", "    warnings.warn('a warning')\n    xhat ="),
        edit("batchnorm_backward", "    dbeta =", "    print('backward', file=sys.stderr)\n    dbeta ="),
    ],
)
