"""Mistakes in dropout and its relatives, as students make them."""

from tests.real_mistakes.mistake import edit, mistake

MISTAKES = [
    mistake(
        "p-of-dropping-as-in-the-older-course",
        ["p-read-as-probability-of-dropping", "p-of-dropping-drawn-from-below"],
        source="""
def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    out = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape) >= p) / (1 - p) if p < 1 else np.zeros(x.shape)
        out = x * mask
    elif mode == 'test':
        out = x
    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    mode = dropout_param['mode']
    dx = None
    if mode == 'train':
        dx = dout * mask
    elif mode == 'test':
        dx = dout
    return dx
""",
    ),
    mistake(
        "drops-with-p-but-divides-by-it",
        ["dropout-keeps-the-wrong-share", "dropout-keeps-the-wrong-share-from-below"],
        source="""
def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    rs = np.random.RandomState(dropout_param.get("seed"))
    if mode == "train":
        mask = (rs.rand(*x.shape) > p) / p
        out = x * mask
    else:
        mask = 1
        out = x.copy()
    return out, [mask]


def dropout_backward(dout, cache):
    return dout * cache[0]
""",
    ),
    mistake(
        "vanilla-dropout-that-is-made-good-when-testing",
        ["dropout-scales-at-test-time-instead", "dropout-not-inverted"],
        source="""
def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if mode == "train":
        mask = np.random.rand(*x.shape) < p
        out = x * mask
    else:
        mask = np.ones(x.shape)
        out = x * p
    return out, {"mode": mode, "p": p, "mask": mask}


def dropout_backward(dout, cache):
    if cache["mode"] == "train":
        return dout * cache["mask"]
    return dout * cache["p"]
""",
    ),
    mistake(
        "units-leave-for-the-whole-batch",
        ["dropout-one-mask-for-the-batch"],
        source="""
def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    generator = np.random.default_rng(dropout_param.get("seed"))
    if dropout_param["mode"] == "train":
        keep = generator.random(x.shape[1:]) < p
        mask = keep / p
        return x * mask, mask
    return x * 1.0, np.ones_like(x)
""",
    ),
    mistake(
        "scale-left-out-on-the-way-back",
        ["dropout-backward-without-scale"],
        source="""
def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if dropout_param["mode"] == "train":
        mask = np.random.rand(*x.shape) < p
        out = x * mask / p
    else:
        mask = None
        out = np.array(x)
    return out, (mask, p)


def dropout_backward(dout, cache):
    mask, p = cache
    if mask is None:
        return dout
    dx = dout.copy()
    dx[~mask] = 0
    return dx
""",
    ),
    mistake(
        "test-mode-scales-although-inverted",
        ["dropout-scales-at-test-time-too"],
        source="""
def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    mode = dropout_param["mode"]
    if dropout_param.get("seed") is not None:
        np.random.seed(dropout_param["seed"])
    mask = (np.random.rand(*x.shape) < p) / p
    if mode == "train":
        out = x * mask
    elif mode == "test":
        mask = p
        out = x * p
    return out, mask
""",
    ),
    mistake(
        "weights-lost-and-not-made-up-for",
        ["dropconnect-not-inverted"],
        source="""
def dropconnect_forward(x, w, b, param, rng):
    p = param["p"]
    if param["mode"] == "train":
        M = rng.binomial(1, p, size=w.shape)
        w_used = w * M
    else:
        M = np.ones_like(w)
        w_used = w
    out = x.dot(w_used) + b
    cache = (x, w_used, M)
    return out, cache


def dropconnect_backward(dout, cache):
    x, w_used, M = cache
    dx = dout.dot(w_used.T)
    dw = x.T.dot(dout) * M
    db = np.sum(dout, axis=0)
    return dx, dw, db
""",
    ),
    mistake(
        "drops-what-comes-in-rather-than-weights",
        ["dropconnect-masks-activations"],
        source="""
def dropconnect_forward(x, w, b, param, rng):
    p, mode = param["p"], param["mode"]
    mask = np.ones(x.shape)
    if mode == "train":
        mask = (rng.uniform(size=x.shape) < p) / p
    xd = x * mask
    return np.dot(xd, w) + b, {"xd": xd, "w": w, "mask": mask}


def dropconnect_backward(dout, cache):
    dxd = np.dot(dout, cache["w"].T)
    return dxd * cache["mask"], np.dot(cache["xd"].T, dout), dout.sum(0)
""",
    ),
    mistake(
        "all-weights-get-gradients",
        ["dropconnect-dw-unmasked"],
        source="""
def dropconnect_backward(dout, cache):
    x, w, mask = cache
    w_dropped = w * mask
    dx = np.matmul(dout, w_dropped.T)
    dw = np.matmul(x.T, dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db
""",
    ),
    mistake(
        "input-gradient-of-the-whole-layer",
        ["dropconnect-dx-unmasked"],
        edits=[edit("dropconnect_backward", "dout @ (w * mask).T", "dout @ w.T")],
    ),
    mistake(
        "branch-divided-like-in-dropout",
        ["stochastic-depth-inverted", "stochastic-depth-unscaled-at-test-time"],
        source="""
def stochastic_depth_forward(x, residual, survival, mode, rng):
    N = x.shape[0]
    shape = (N,) + (1,) * (x.ndim - 1)
    if mode == "train":
        coin = (rng.random(shape) < survival) / survival
        out = x + coin * residual
    else:
        coin = 1.0
        out = x + residual
    return out, coin


def stochastic_depth_backward(dout, cache):
    return dout, dout * cache
""",
    ),
    mistake(
        "one-toss-for-everybody",
        ["stochastic-depth-one-coin-per-batch"],
        source="""
def stochastic_depth_forward(x, residual, survival, mode, rng):
    if mode == "train":
        b = rng.random() < survival
        if b:
            return x + residual, 1.0
        return x.copy(), 0.0
    return x + survival * residual, survival
""",
    ),
    mistake(
        "shortcut-switched-off-together-with-the-branch",
        ["stochastic-depth-gradient-of-x-switched-too"],
        source="""
def stochastic_depth_backward(dout, cache):
    coin = cache
    dresidual = dout * coin
    dx = dout * coin
    return dx, dresidual
""",
    ),
    mistake(
        "upside-down-instead-of-mirrored",
        ["flip-upside-down"],
        source="""
def random_flip(images, rng, p=0.5):
    out = images.copy()
    for i in range(images.shape[0]):
        if rng.random() < p:
            out[i] = images[i, :, ::-1, :]
    return out
""",
    ),
    mistake(
        "last-place-never-comes-up",
        ["crop-never-reaches-the-last-row"],
        source="""
def random_crop(images, size, rng, padding=0):
    N, C, H, W = images.shape
    if padding > 0:
        images = np.pad(images, [(0, 0), (0, 0), (padding, padding), (padding, padding)], mode="constant")
    out = np.zeros((N, C, size, size))
    max_y = H + 2 * padding - size
    max_x = W + 2 * padding - size
    for n in range(N):
        y = rng.integers(0, max_y) if max_y > 0 else 0
        x = rng.integers(0, max_x) if max_x > 0 else 0
        out[n] = images[n, :, y:y + size, x:x + size]
    return out
""",
    ),
    mistake(
        "same-window-for-all-images",
        ["crop-same-place-for-the-batch"],
        source="""
def random_crop(images, size, rng, padding=0):
    p = padding
    N, C, H, W = images.shape
    big = np.zeros((N, C, H + 2 * p, W + 2 * p))
    big[:, :, p:p + H, p:p + W] = images
    i = rng.integers(0, H + 2 * p - size + 1)
    j = rng.integers(0, W + 2 * p - size + 1)
    return big[:, :, i:i + size, j:j + size]
""",
    ),
    mistake(
        "turns-about-the-corner",
        ["tilt-about-the-corner"],
        source="""
def random_tilt(images, rng, degrees):
    N, C, H, W = images.shape
    out = np.zeros_like(images)
    for n in range(N):
        theta = rng.uniform(-degrees, degrees) * np.pi / 180
        c, s = np.cos(theta), np.sin(theta)
        for i in range(H):
            for j in range(W):
                y = c * i - s * j
                x = s * i + c * j
                y0, x0 = int(np.floor(y)), int(np.floor(x))
                fy, fx = y - y0, x - x0
                for yy, wy in ((y0, 1 - fy), (y0 + 1, fy)):
                    for xx, wx in ((x0, 1 - fx), (x0 + 1, fx)):
                        if 0 <= yy < H and 0 <= xx < W:
                            out[n, :, i, j] += wy * wx * images[n, :, yy, xx]
    return out
""",
    ),
    mistake(
        "takes-the-nearest-pixel",
        ["tilt-nearest-pixel"],
        source="""
def random_tilt(images, rng, degrees):
    N, C, H, W = images.shape
    result = np.zeros(images.shape)
    cy, cx = (H - 1) / 2, (W - 1) / 2
    yy, xx = np.meshgrid(np.arange(H), np.arange(W), indexing="ij")
    for k in range(N):
        a = np.radians(rng.uniform(-degrees, degrees))
        sy = np.cos(a) * (yy - cy) - np.sin(a) * (xx - cx) + cy
        sx = np.sin(a) * (yy - cy) + np.cos(a) * (xx - cx) + cx
        iy, ix = np.rint(sy).astype(int), np.rint(sx).astype(int)
        ok = (iy >= 0) & (iy < H) & (ix >= 0) & (ix < W)
        result[k][:, ok] = images[k][:, iy[ok], ix[ok]]
    return result
""",
    ),
    mistake(
        "angle-goes-into-cos-as-degrees",
        ["tilt-degrees-taken-for-radians"],
        edits=[
            edit(
                "random_tilt",
                "np.deg2rad(rng.uniform(-degrees, degrees, N))",
                "rng.uniform(-degrees, degrees, N)",
            )
        ],
    ),
    mistake(
        "noise-kept-between-black-and-white",
        ["noise-clipped"],
        source="""
def add_noise(images, rng, std):
    noise = rng.normal(0, std, size=images.shape)
    noisy = images + noise
    noisy[noisy < 0] = 0
    noisy[noisy > 1] = 1
    return noisy
""",
    ),
    mistake(
        "factor-for-the-image-as-a-whole",
        ["jitter-one-factor-per-image"],
        source="""
def color_jitter(images, rng, strength):
    jittered = []
    for image in images:
        factor = rng.uniform(1 - strength, 1 + strength)
        jittered.append(np.clip(image * factor, 0.0, 1.0))
    return np.array(jittered)
""",
    ),
    mistake(
        "hole-centred-and-cut-at-the-border",
        ["cutout-sticks-out"],
        source="""
def cutout(images, size, rng):
    N, C, H, W = images.shape
    out = np.copy(images)
    for n in range(N):
        cy = rng.integers(H)
        cx = rng.integers(W)
        top, left = cy - size // 2, cx - size // 2
        y1, y2 = np.clip([top, top + size], 0, H)
        x1, x2 = np.clip([left, left + size], 0, W)
        out[n, :, y1:y2, x1:x2] = 0
    return out
""",
    ),
    mistake(
        "labels-are-not-mixed",
        ["mixup-labels-not-mixed"],
        source="""
def mixup(X, Y, rng, alpha):
    lam = rng.beta(alpha, alpha)
    idx = rng.permutation(X.shape[0])
    X_mixed = lam * X + (1 - lam) * X[idx]
    return X_mixed, Y
""",
    ),
    mistake(
        "weight-drawn-evenly",
        ["mixup-uniform-shares"],
        source="""
def mixup(X, Y, rng, alpha):
    N = X.shape[0]
    order = np.arange(N)
    rng.shuffle(order)
    lam = rng.random(N)
    newX = np.zeros(X.shape)
    newY = np.zeros(Y.shape)
    for i in range(N):
        newX[i] = lam[i] * X[i] + (1 - lam[i]) * X[order[i]]
        newY[i] = lam[i] * Y[i] + (1 - lam[i]) * Y[order[i]]
    return newX, newY
""",
    ),
    mistake(
        "two-at-once-corners-only-and-votes",
        {"crop_average": ["crop-average-without-the-centre"], "ensemble_average": ["ensemble-votes"]},
        source="""
def crop_average(predict, images, size):
    N, C, H, W = images.shape
    total = 0
    for y in (0, H - size):
        for x in (0, W - size):
            total = total + predict(images[:, :, y:y + size, x:x + size])
    return total / 4


def ensemble_average(probabilities):
    M, N, C = probabilities.shape
    votes = np.zeros((N, C))
    for m in range(M):
        votes[np.arange(N), np.argmax(probabilities[m], axis=1)] += 1
    return votes / M
""",
    ),
    mistake(
        "two-at-once-p-of-dropping-weights-and-noise-of-given-variance",
        {
            "dropconnect_forward": ["dropconnect-p-read-as-probability-of-dropping"],
            "add_noise": ["noise-std-taken-for-variance"],
        },
        source="""
def dropconnect_forward(x, w, b, param, rng):
    p = param["p"]
    if param["mode"] == "train":
        mask = (rng.random(w.shape) > p) / (1 - p)
    else:
        mask = np.ones(w.shape)
    return x @ (w * mask) + b, [x, w, mask]


def add_noise(images, rng, std):
    return images + rng.normal(0, std ** 0.5, images.shape)
""",
    ),
    mistake(
        "geometric-mean-of-the-members",
        ["ensemble-geometric-mean", "ensemble-geometric-mean-normalized"],
        source="""
def ensemble_average(probabilities):
    logp = np.log(probabilities + 1e-12)
    avg = np.exp(np.mean(logp, axis=0))
    return avg / np.sum(avg, axis=1, keepdims=True)
""",
    ),
]
