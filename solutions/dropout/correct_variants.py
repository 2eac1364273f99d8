"""Right variants that look different from the reference: each keeps full marks."""

import numpy as np

from autograder.variants import correct, edit


@correct("explicit-loops")
def _():
    def dropout_forward(x, dropout_param):
        p, mode = dropout_param["p"], dropout_param["mode"]
        if "seed" in dropout_param:
            np.random.seed(dropout_param["seed"])
        mask, out = np.ones(x.shape), np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            if mode == "train":
                mask[index] = 1 / p if np.random.uniform() < p else 0.0
            out[index] = mask[index] * x[index]
        return out, mask

    def dropout_backward(dout, cache):
        dx = np.zeros(dout.shape)
        for index in np.ndindex(dout.shape):
            dx[index] = dout[index] * cache[index]
        return dx

    def dropconnect_forward(x, w, b, param, rng):
        used, factor = np.zeros(w.shape), np.ones(w.shape)
        for d in range(w.shape[0]):
            for m in range(w.shape[1]):
                if param["mode"] == "train":
                    factor[d, m] = 1 / param["p"] if rng.random() < param["p"] else 0
                used[d, m] = w[d, m] * factor[d, m]
        out = np.zeros((len(x), w.shape[1]))
        for n in range(len(x)):
            for m in range(w.shape[1]):
                out[n, m] = np.sum(x[n] * used[:, m]) + b[m]
        return out, [x, used, factor]

    def dropconnect_backward(dout, cache):
        x, used, factor = cache
        dx, dw, db = np.zeros(x.shape), np.zeros(used.shape), np.zeros(used.shape[1])
        for n in range(len(x)):
            for m in range(used.shape[1]):
                dx[n] += dout[n, m] * used[:, m]
                dw[:, m] += dout[n, m] * x[n] * factor[:, m]
                db[m] += dout[n, m]
        return dx, dw, db

    def stochastic_depth_forward(x, residual, survival, mode, rng):
        out, coins = np.zeros(x.shape), []
        for n in range(len(x)):
            coins.append(survival if mode == "test" else float(rng.random() < survival))
            for index in np.ndindex(x.shape[1:]):
                out[(n, *index)] = x[(n, *index)] + coins[n] * residual[(n, *index)]
        return out, coins

    def stochastic_depth_backward(dout, cache):
        dresidual = np.zeros(dout.shape)
        for n, coin in enumerate(cache):
            for index in np.ndindex(dout.shape[1:]):
                dresidual[(n, *index)] = coin * dout[(n, *index)]
        return dout, dresidual

    def random_flip(images, rng, p=0.5):
        out = images.copy()
        for n in range(len(images)):
            if rng.random() < p:
                for column in range(images.shape[3]):
                    out[n, :, :, column] = images[n, :, :, images.shape[3] - 1 - column]
        return out

    def random_crop(images, size, rng, padding=0):
        N, C, H, W = images.shape
        out = np.zeros((N, C, size, size))
        for n in range(N):
            top = rng.integers(-padding, H + padding - size + 1)
            left = rng.integers(-padding, W + padding - size + 1)
            for i in range(size):
                for j in range(size):
                    if 0 <= top + i < H and 0 <= left + j < W:
                        out[n, :, i, j] = images[n, :, top + i, left + j]
        return out

    def random_tilt(images, rng, degrees):
        N, _, H, W = images.shape
        out = np.zeros(images.shape)
        middle, centre = (H - 1) / 2, (W - 1) / 2
        for n in range(N):
            angle = rng.uniform(-degrees, degrees) * np.pi / 180
            cosine, sine = np.cos(angle), np.sin(angle)
            for i in range(H):
                for j in range(W):
                    row = middle + cosine * (i - middle) + sine * (j - centre)
                    column = centre - sine * (i - middle) + cosine * (j - centre)
                    # Strictly nothing from outside.
                    if not (0 <= row <= H - 1 and 0 <= column <= W - 1):
                        continue
                    top, left = min(int(row), H - 2), min(int(column), W - 2)
                    for a, b in [(0, 0), (0, 1), (1, 0), (1, 1)]:
                        weight = (1 - abs(row - top - a)) * (1 - abs(column - left - b))
                        out[n, :, i, j] += weight * images[n, :, top + a, left + b]
        return out

    def add_noise(images, rng, std):
        out = np.zeros(images.shape)
        for index in np.ndindex(images.shape):
            out[index] = images[index] + rng.normal(0, std)
        return out

    def color_jitter(images, rng, strength):
        out = np.zeros(images.shape)
        for n in range(images.shape[0]):
            for c in range(images.shape[1]):
                factor = 1 + strength * (2 * rng.random() - 1)
                for index in np.ndindex(images.shape[2:]):
                    out[(n, c, *index)] = min(1.0, max(0.0, factor * images[(n, c, *index)]))
        return out

    def cutout(images, size, rng):
        out = images.copy()
        for n in range(len(images)):
            top = rng.integers(images.shape[2] - size, endpoint=True)
            left = rng.integers(images.shape[3] - size, endpoint=True)
            for i in range(size):
                for j in range(size):
                    out[n, :, top + i, left + j] = 0
        return out

    def mixup(X, Y, rng, alpha):
        mixed, labels = np.zeros(X.shape), np.zeros(Y.shape)
        for n in range(len(X)):
            lam, other = rng.beta(alpha, alpha), rng.integers(len(X))
            mixed[n] = lam * X[n] + (1 - lam) * X[other]
            labels[n] = lam * Y[n] + (1 - lam) * Y[other]
        return mixed, labels

    def crop_average(predict, images, size):
        H, W = images.shape[2:]
        tops, lefts = [0, 0, H - size, H - size], [0, W - size, 0, W - size]
        rows = []
        for image in images:
            total = 0
            for top, left in zip([*tops, (H - size) // 2], [*lefts, (W - size) // 2], strict=True):
                total = total + predict(image[None, :, top : top + size, left : left + size])[0]
            rows.append(total / 5)
        return np.array(rows)

    def ensemble_average(probabilities):
        total = np.zeros(probabilities.shape[1:])
        for member in probabilities:
            total += member
        return total / len(probabilities)


@correct("as-in-cs231n")
def _():
    def dropout_forward(x, dropout_param):
        p, mode = dropout_param["p"], dropout_param["mode"]
        if "seed" in dropout_param:
            np.random.seed(dropout_param["seed"])
        mask, out = None, None
        if mode == "train":
            mask = (np.random.rand(*x.shape) < p) / p
            out = x * mask
        elif mode == "test":
            out = x
        cache = (dropout_param, mask)
        return out.astype(x.dtype, copy=False), cache

    def dropout_backward(dout, cache):
        dropout_param, mask = cache
        return dout * mask if dropout_param["mode"] == "train" else dout

    def dropconnect_backward(dout, cache):
        x, w, mask = cache
        dx = dout.dot((w * mask).T)
        dw = x.T.dot(dout)
        dw *= mask
        return dx, dw, np.ones(len(dout)) @ dout


@correct("other-draws")
def _():
    def dropout_forward(x, dropout_param):
        p = dropout_param["p"]
        if dropout_param["mode"] == "test":
            return x, {"keep": None}
        rng = np.random.default_rng(dropout_param.get("seed"))
        keep = rng.binomial(1, p, size=x.shape).astype(bool)
        return np.where(keep, x / p, 0.0), {"keep": keep, "p": p}

    def dropout_backward(dout, cache):
        if cache["keep"] is not None:
            dout /= cache["p"]
            dout[~cache["keep"]] = 0
        return dout

    def dropconnect_forward(x, w, b, param, rng):
        scale = 1.0
        dropped = np.zeros(w.shape, dtype=bool)
        if param["mode"] == "train":
            scale = 1 / param["p"]
            dropped = rng.uniform(size=w.shape) >= param["p"]
        kept = w.copy()
        kept[dropped] = 0
        return scale * np.matmul(x, kept) + b.reshape(1, -1), (x, kept, dropped, scale)

    def dropconnect_backward(dout, cache):
        x, kept, dropped, scale = cache
        db = dout.sum(0, keepdims=True)
        dout *= scale
        dw = np.where(dropped, 0, np.einsum("nd,nm->dm", x, dout))
        return np.einsum("nm,dm->nd", dout, kept), dw, db

    def stochastic_depth_forward(x, residual, survival, mode, rng):
        if mode == "test":
            return survival * residual + x, survival
        out = x.copy()
        alive = rng.choice([True, False], size=x.shape[0], p=[survival, 1 - survival])
        out[alive] += residual[alive]
        return out, alive

    def stochastic_depth_backward(dout, cache):
        if isinstance(cache, float):
            return dout, dout * cache
        dresidual = dout.copy()
        dresidual[~cache] = 0
        return dout, dresidual

    def random_flip(images, rng, p=0.5):
        flipped = []
        for image in images:
            flipped.append(
                np.fliplr(image.transpose(1, 2, 0)).transpose(2, 0, 1) if rng.random() < p else image
            )
        return np.array(flipped)

    def random_crop(images, size, rng, padding=0):
        N, C, H, W = images.shape
        canvas = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
        canvas[:, :, padding : padding + H, padding : padding + W] = images
        rows = rng.integers(H + 2 * padding - size + 1, size=(N, 1)) + np.arange(size)
        columns = rng.integers(W + 2 * padding - size + 1, size=(N, 1)) + np.arange(size)
        numbers = np.arange(N)[:, None, None, None]
        return canvas[numbers, np.arange(C)[:, None, None], rows[:, None, :, None], columns[:, None, None, :]]

    def add_noise(images, rng, std):
        return rng.normal(loc=images, scale=std)

    def color_jitter(images, rng, strength):
        N, C = images.shape[:2]
        factors = 1 + rng.uniform(-1, 1, size=(N, C, 1, 1)) * strength
        return np.minimum(np.maximum(factors * images, 0.0), 1.0)

    def cutout(images, size, rng):
        N, _, H, W = images.shape
        place = rng.integers((H - size + 1) * (W - size + 1), size=(N, 1, 1, 1))
        top, left = place // (W - size + 1), place % (W - size + 1)
        i, j = np.arange(H)[:, None], np.arange(W)
        inside = (i >= top) & (i < top + size) & (j >= left) & (j < left + size)
        return images * ~inside

    def mixup(X, Y, rng, alpha):
        N = X.shape[0]
        lam, partner = rng.beta(alpha, alpha, size=N), rng.choice(N, size=N)
        of_data = lam.reshape([N] + [1] * (X.ndim - 1))
        of_labels = lam[:, None]
        mixed = X[partner] + of_data * (X - X[partner])
        return mixed, Y[partner] + of_labels * (Y - Y[partner])

    def crop_average(predict, images, size):
        N, _, H, W = images.shape
        r, c = H - size, W - size
        crops = [images[:, :, i : i + size, j : j + size] for i in (0, r) for j in (0, c)]
        crops.append(images[:, :, r // 2 : r // 2 + size, c // 2 : c // 2 + size])
        return predict(np.concatenate(crops)).reshape(5, N, -1).sum(axis=0) / 5


@correct("tilts-all-at-once")
def _():
    def random_tilt(images, rng, degrees):
        N, _, H, W = images.shape
        angles = -np.radians((2 * rng.random(N) - 1) * degrees).reshape(N, 1, 1)
        i, j = np.mgrid[:H, :W]
        i, j = i - i.mean(), j - j.mean()
        rows = i * np.cos(angles) + j * np.sin(angles) + (H - 1) / 2
        columns = j * np.cos(angles) - i * np.sin(angles) + (W - 1) / 2
        total = np.zeros(images.shape)
        base_row, base_column = np.floor(rows).astype(int), np.floor(columns).astype(int)
        n = np.arange(N).reshape(N, 1, 1)
        for di in (0, 1):
            for dj in (0, 1):
                r, c = base_row + di, base_column + dj
                weight = (1 - np.abs(rows - r)) * (1 - np.abs(columns - c))
                weight = weight * ((r >= 0) & (r < H) & (c >= 0) & (c < W))
                pixels = images[n, :, r.clip(0, H - 1), c.clip(0, W - 1)]
                total += np.moveaxis(weight[..., None] * pixels, 3, 1)
        return total


correct(
    "cache-is-an-object",
    preamble="from types import SimpleNamespace\n",
    edits=[
        edit(
            "dropout_forward",
            "return x * mask, mask",
            "return np.array(x * mask), SimpleNamespace(mask=mask)",
        ),
        edit("dropout_backward", "dout * cache", "cache.mask * dout"),
    ],
)
correct(
    "backward-overwrites",
    edits=[
        edit("dropout_backward", "return dout * cache", "dout *= cache\n    cache[...] = 0\n    return dout"),
        edit(
            "stochastic_depth_backward",
            "return dout, cache * dout",
            "dresidual = dout.copy()\n    dresidual *= cache\n    return [dout, dresidual]",
        ),
    ],
)
correct(
    "unused-imports",
    preamble="import os\n\nimport matplotlib.pyplot as plt\nimport torch\nfrom scipy import ndimage\n",
)
correct(
    "prints-and-warnings",
    preamble="import sys\nimport warnings\n",
    edits=[
        edit("dropout_forward", "    return x * mask", "    print('mask', mask.mean())\n    return x * mask"),
        edit("random_crop", "    tops =", "    warnings.warn('a warning for the reader')\n    tops ="),
        edit("mixup", "    return", "    print('mixing', file=sys.stderr)\n    return"),
    ],
)


@correct("lists-asserts-and-none-for-no-seed")
def _():
    def dropout_forward(x, dropout_param):
        p, mode, seed = dropout_param["p"], dropout_param["mode"], dropout_param.get("seed")
        assert mode in ("train", "test")
        assert 0 < p <= 1
        if mode == "test":
            return x.copy(), [1.0, 1.0]
        if seed is not None:
            np.random.seed(seed)
        kept = np.random.uniform(size=x.shape) <= p
        return x * kept / p, [kept, p]

    def dropout_backward(dout, cache):
        kept, p = cache
        return dout * kept / p

    def dropconnect_forward(x, w, b, param, rng):
        assert x.shape[1:] == w.shape[:1]
        assert w.shape[1:] == b.shape
        keep = 1 - (rng.random(w.shape) > param["p"]) if param["mode"] == "train" else param["p"]
        return x.dot(w * keep / param["p"]) + b, {"x": x, "w": w, "factor": keep / param["p"]}

    def dropconnect_backward(dout, cache):
        dw = cache["x"].T.dot(dout) * cache["factor"]
        return [dout.dot((cache["w"] * cache["factor"]).T), dw, dout.sum(axis=0)]

    def stochastic_depth_forward(x, residual, survival, mode, rng):
        shape = [len(x)] + [1] * (x.ndim - 1)
        coins = rng.binomial(1, survival, size=shape) if mode == "train" else survival
        return x + coins * residual, coins
