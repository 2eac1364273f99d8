"""Mistakes in optimizers, as students make them."""

from tests.real_mistakes.mistake import edit, mistake

MISTAKES = [
    mistake(
        "up-the-slope",
        ["uphill"],
        edits=[edit("sgd", 'w - config["learning_rate"] * dw', 'w + config["learning_rate"] * dw')],
    ),
    mistake(
        "rate-outside-the-velocity",
        ["momentum-rate-outside"],
        source="""
def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    v = config.get('velocity', np.zeros_like(w))
    v = config['momentum'] * v + dw
    next_w = w - config['learning_rate'] * v
    config['velocity'] = v
    return next_w, config
""",
    ),
    mistake(
        "new-velocity-is-dropped",
        ["momentum-velocity-not-stored"],
        source="""
def sgd_momentum(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    config.setdefault("velocity", np.zeros_like(w))
    mu = config["momentum"]
    lr = config["learning_rate"]
    v = config["velocity"]
    v = mu * v - lr * dw
    next_w = w + v
    return next_w, config
""",
    ),
    mistake(
        "velocity-points-uphill",
        ["momentum-velocity-backwards"],
        source="""
def sgd_momentum(w, dw, config=None):
    if config is None: config = {}
    lr = config.setdefault('learning_rate', 1e-2)
    rho = config.setdefault('momentum', 0.9)
    v = config.get('velocity', np.zeros_like(w))
    v = rho * v + lr * dw
    w = w - v
    config['velocity'] = v
    return w, config
""",
    ),
    mistake(
        "old-velocity-is-the-same-array",
        ["nesterov-is-plain-momentum"],
        source="""
def nesterov_momentum(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    config.setdefault("velocity", np.zeros_like(w))
    v = config["velocity"]
    mu = config["momentum"]
    v_prev = v
    v *= mu
    v -= config["learning_rate"] * dw
    w = w - mu * v_prev + (1 + mu) * v
    config["velocity"] = v
    return w, config
""",
    ),
    mistake(
        "shift-within-the-root",
        ["epsilon-in-the-root"],
        source="""
def adagrad(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('cache', np.zeros_like(w))
    config['cache'] += dw * dw
    w = w - config['learning_rate'] * dw / np.sqrt(config['cache'] + config['epsilon'])
    return w, config
""",
    ),
    mistake(
        "only-the-present-square-counts",
        ["adagrad-forgets"],
        source="""
def adagrad(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))
    cache = dw ** 2
    next_w = w - config["learning_rate"] * dw / (np.sqrt(cache) + config["epsilon"])
    config["cache"] = cache
    return next_w, config
""",
    ),
    mistake(
        "shares-the-other-way-round",
        ["rmsprop-shares-swapped"],
        source="""
def rmsprop(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('decay_rate', 0.99)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('cache', np.zeros_like(w))

    lr, decay, eps, cache = (config[k] for k in ('learning_rate', 'decay_rate', 'epsilon', 'cache'))
    cache = (1 - decay) * cache + decay * np.square(dw)
    next_w = w - lr * dw / (np.sqrt(cache) + eps)
    config['cache'] = cache
    return next_w, config
""",
    ),
    mistake(
        "divides-first-and-fades-afterwards",
        ["cache-after-use"],
        source="""
def rmsprop(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("decay_rate", 0.99)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))
    cache = config["cache"]
    next_w = w - config["learning_rate"] * dw / (np.sqrt(cache) + config["epsilon"])
    config["cache"] = config["decay_rate"] * cache + (1 - config["decay_rate"]) * dw * dw
    return next_w, config
""",
    ),
    mistake(
        "counts-the-step-at-the-end",
        ["adam-t-raised-after-use"],
        source="""
def adam(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-3)
    config.setdefault('beta1', 0.9)
    config.setdefault('beta2', 0.999)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('m', np.zeros_like(w))
    config.setdefault('v', np.zeros_like(w))
    config.setdefault('t', 0)
    m = config['beta1'] * config['m'] + (1 - config['beta1']) * dw
    v = config['beta2'] * config['v'] + (1 - config['beta2']) * (dw ** 2)
    mb = m / (1 - config['beta1'] ** config['t'])
    vb = v / (1 - config['beta2'] ** config['t'])
    next_w = w - config['learning_rate'] * mb / (np.sqrt(vb) + config['epsilon'])
    config['t'] += 1
    config['m'], config['v'] = m, v
    return next_w, config
""",
    ),
    mistake(
        "corrected-means-go-back-into-the-memory",
        ["adam-stores-corrected-moments"],
        source="""
def adam(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    lr, b1, b2, eps = config["learning_rate"], config["beta1"], config["beta2"], config["epsilon"]
    m, v, t = config["m"], config["v"], config["t"]
    t += 1
    m = b1 * m + (1 - b1) * dw
    v = b2 * v + (1 - b2) * dw**2
    m = m / (1 - b1**t)
    v = v / (1 - b2**t)
    w = w - lr * m / (np.sqrt(v) + eps)
    config["m"], config["v"], config["t"] = m, v, t
    return w, config
""",
    ),
    mistake(
        "corrected-for-nothing",
        ["adam-no-bias-correction"],
        source="""
def adam(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    config["t"] += 1
    t = config["t"]
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    mt = config["m"] / (1 - config["beta1"] ** t)
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * dw**2
    vt = config["v"] / (1 - config["beta2"] ** t)
    next_w = w - config["learning_rate"] * config["m"] / (np.sqrt(config["v"]) + config["epsilon"])
    return next_w, config
""",
    ),
    mistake(
        "count-lives-in-a-local-name",
        ["adam-t-not-kept"],
        source="""
def adam(w, dw, config=None):
    if config is None: config = {}
    lr = config.setdefault('learning_rate', 1e-3)
    beta1 = config.setdefault('beta1', 0.9)
    beta2 = config.setdefault('beta2', 0.999)
    epsilon = config.setdefault('epsilon', 1e-8)
    m = config.setdefault('m', np.zeros_like(w))
    v = config.setdefault('v', np.zeros_like(w))
    t = config.setdefault('t', 0)

    t += 1
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw * dw
    w = w - lr * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon)
    config.update(m=m, v=v)
    return w, config
""",
    ),
    mistake(
        "decay-goes-through-the-means",
        ["adamw-decays-by-way-of-the-gradient"],
        source="""
def adamw(w, dw, config=None):
    if config is None:
        config = {}
    wd = config.setdefault('weight_decay', 1e-2)
    grad = dw + wd * w
    return adam(w, grad, config)
""",
    ),
    mistake(
        "share-lost-whatever-the-rate",
        ["adamw-decay-without-the-rate"],
        source="""
def adamw(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("weight_decay", 1e-2)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    b1, b2 = config["beta1"], config["beta2"]
    config["t"] += 1
    config["m"] = b1 * config["m"] + (1 - b1) * dw
    config["v"] = b2 * config["v"] + (1 - b2) * dw**2
    mhat = config["m"] / (1 - b1 ** config["t"])
    vhat = config["v"] / (1 - b2 ** config["t"])
    w = w * (1 - config["weight_decay"])
    w = w - config["learning_rate"] * mhat / (np.sqrt(vhat) + config["epsilon"])
    return w, config
""",
    ),
    mistake(
        "falls-one-step-early-and-grows",
        {
            "step_decay": ["step-decay-early"],
            "exponential_decay": ["exponential-decay-grows"],
        },
        source="""
def step_decay(lr0, step, drop, every):
    return lr0 * np.power(drop, np.floor((1 + step) / every))


def exponential_decay(lr0, step, k):
    return lr0 * np.exp(k * step)
""",
    ),
    mistake(
        "one-divided-by-before-the-sum",
        ["inverse-time-brackets-forgotten"],
        source="""
def inverse_time_decay(lr0, step, k):
    lr = lr0 / 1 + k * step
    return lr
""",
    ),
    mistake(
        "total-outside-the-wave",
        ["cosine-total-outside-the-wave"],
        source="""
import math


def cosine_decay(lr0, step, total):
    return 0.5 * lr0 * (1 + math.cos(math.pi * step) / total)
""",
    ),
    mistake(
        "inverse-times-slope-entry-by-entry",
        ["newton-entry-by-entry"],
        source="""
def newton_step(w, gradient, hessian):
    H_inv = np.linalg.inv(hessian)
    delta = H_inv * gradient
    return w - delta
""",
    ),
    mistake(
        "brackets-in-the-other-order",
        ["bfgs-factors-swapped"],
        source="""
def bfgs_update(H, step, change):
    n = step.shape[0]
    rho = 1.0 / np.dot(change, step)
    I = np.eye(n)
    A = I - rho * np.outer(change, step)
    B = I - rho * np.outer(step, change)
    return A @ H @ B + rho * np.outer(step, step)
""",
    ),
    mistake(
        "newest-first-both-times",
        ["lbfgs-second-loop-backwards"],
        source="""
def lbfgs_direction(gradient, steps, changes):
    good = [i for i in range(len(steps)) if steps[i].dot(changes[i]) > 0]
    q = gradient.copy()
    alphas = {}
    for i in good[::-1]:
        rho = 1.0 / steps[i].dot(changes[i])
        alphas[i] = rho * steps[i].dot(q)
        q -= alphas[i] * changes[i]
    if good:
        last = good[-1]
        q *= steps[last].dot(changes[last]) / changes[last].dot(changes[last])
    for i in good[::-1]:
        beta = changes[i].dot(q) / steps[i].dot(changes[i])
        q += steps[i] * (alphas[i] - beta)
    return -q
""",
    ),
    mistake(
        "no-pair-is-sorted-out-and-mean-follows-at-once",
        {
            "lbfgs_direction": ["lbfgs-keeps-every-pair"],
            "polyak_average": ["polyak-shares-swapped"],
        },
        source="""
def lbfgs_direction(gradient, steps, changes):
    q = np.array(gradient)
    k = len(steps)
    a = np.zeros(k)
    for i in range(k - 1, -1, -1):
        a[i] = steps[i] @ q / (steps[i] @ changes[i])
        q = q - a[i] * changes[i]
    r = q
    if k > 0:
        r = q * (steps[-1] @ changes[-1]) / (changes[-1] @ changes[-1])
    for i in range(k):
        b = changes[i] @ r / (steps[i] @ changes[i])
        r = r + steps[i] * (a[i] - b)
    return -r


def polyak_average(average, w, decay):
    average = average * (1 - decay) + w * decay
    return average
""",
    ),
]
