"""Right variants that look different from the reference: each keeps full marks."""

import math

import numpy as np

from autograder.variants import correct, edit


@correct("explicit-loops", preamble="import math\n")
def _():
    def each(w, *others):
        return [(index, *(float(a[index]) for a in (w, *others))) for index in np.ndindex(w.shape)]

    def sgd(w, dw, config=None):
        config = {} if config is None else config
        rate, after = config.get("learning_rate", 1e-2), np.zeros(w.shape)
        for index, x, g in each(w, dw):
            after[index] = x - rate * g
        return after, config

    def sgd_momentum(w, dw, config=None):
        config = {} if config is None else config
        rate, mu = config.get("learning_rate", 1e-2), config.get("momentum", 0.9)
        after, velocity = np.zeros(w.shape), np.zeros(w.shape)
        for index, x, g, v in each(w, dw, config.get("velocity", np.zeros(w.shape))):
            velocity[index] = mu * v - rate * g
            after[index] = x + velocity[index]
        config["velocity"] = velocity
        return after, config

    def nesterov_momentum(w, dw, config=None):
        config = {} if config is None else config
        rate, mu = config.get("learning_rate", 1e-2), config.get("momentum", 0.9)
        after, velocity = np.zeros(w.shape), np.zeros(w.shape)
        for index, x, g, v in each(w, dw, config.get("velocity", np.zeros(w.shape))):
            velocity[index] = mu * v - rate * g
            after[index] = x + mu * velocity[index] - rate * g
        config["velocity"] = velocity
        return after, config

    def adagrad(w, dw, config=None):
        config = {} if config is None else config
        rate, eps = config.get("learning_rate", 1e-2), config.get("epsilon", 1e-8)
        after, cache = np.zeros(w.shape), np.zeros(w.shape)
        for index, x, g, c in each(w, dw, config.get("cache", np.zeros(w.shape))):
            cache[index] = c + g * g
            after[index] = x - rate * g / (math.sqrt(cache[index]) + eps)
        config["cache"] = cache
        return after, config

    def rmsprop(w, dw, config=None):
        config = {} if config is None else config
        rate, eps = config.get("learning_rate", 1e-2), config.get("epsilon", 1e-8)
        rho, after, cache = config.get("decay_rate", 0.99), np.zeros(w.shape), np.zeros(w.shape)
        for index, x, g, c in each(w, dw, config.get("cache", np.zeros(w.shape))):
            cache[index] = rho * c + (1 - rho) * g * g
            after[index] = x - rate * g / (math.sqrt(cache[index]) + eps)
        config["cache"] = cache
        return after, config

    def adam(w, dw, config=None):
        config = {} if config is None else config
        rate, eps = config.get("learning_rate", 1e-3), config.get("epsilon", 1e-8)
        beta1, beta2, t = config.get("beta1", 0.9), config.get("beta2", 0.999), config.get("t", 0) + 1
        after, m, v = np.zeros(w.shape), np.zeros(w.shape), np.zeros(w.shape)
        none = np.zeros(w.shape)
        for index, x, g, m0, v0 in each(w, dw, config.get("m", none), config.get("v", none)):
            m[index] = beta1 * m0 + (1 - beta1) * g
            v[index] = beta2 * v0 + (1 - beta2) * g * g
            m_hat, v_hat = m[index] / (1 - beta1**t), v[index] / (1 - beta2**t)
            after[index] = x - rate * m_hat / (math.sqrt(v_hat) + eps)
        config.update(m=m, v=v, t=t)
        return after, config

    def adamw(w, dw, config=None):
        config = {} if config is None else config
        rate, decay = config.get("learning_rate", 1e-3), config.get("weight_decay", 1e-2)
        beta1, beta2, t = config.get("beta1", 0.9), config.get("beta2", 0.999), config.get("t", 0) + 1
        after, m, v = np.zeros(w.shape), np.zeros(w.shape), np.zeros(w.shape)
        none = np.zeros(w.shape)
        for index, x, g, m0, v0 in each(w, dw, config.get("m", none), config.get("v", none)):
            m[index] = m0 + (1 - beta1) * (g - m0)
            v[index] = v0 + (1 - beta2) * (g * g - v0)
            root = math.sqrt(v[index] / (1 - beta2**t)) + config.get("epsilon", 1e-8)
            after[index] = x - rate * (m[index] / (1 - beta1**t) / root + decay * x)
        config.update(m=m, v=v, t=t)
        return after, config

    def step_decay(lr0, step, drop, every):
        for _ in range(every, step + 1, every):
            lr0 = lr0 * drop
        return lr0

    def exponential_decay(lr0, step, k):
        for _ in range(step):
            lr0 *= math.exp(-k)
        return lr0

    def newton_step(w, gradient, hessian):
        # Gaussian elimination with pivots.
        D = len(w)
        rows = [[*map(float, hessian[i]), float(gradient[i])] for i in range(D)]
        for i in range(D):
            best = max(range(i, D), key=lambda j: abs(rows[j][i]))
            rows[i], rows[best] = rows[best], rows[i]
            for j in range(D):
                if j != i:
                    factor = rows[j][i] / rows[i][i]
                    rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
        return np.array([w[i] - rows[i][D] / rows[i][i] for i in range(D)])

    def dot(a, b):
        return sum(float(x) * float(y) for x, y in zip(a, b, strict=True))

    def bfgs_update(H, step, change):
        D, rho = len(step), 1 / dot(step, change)
        along = [dot(row, change) for row in H]
        stretch = rho * (1 + rho * dot(change, along))
        new = np.zeros((D, D))
        for i in range(D):
            for j in range(D):
                new[i, j] = H[i, j] - rho * (along[i] * step[j] + step[i] * along[j])
                new[i, j] += stretch * step[i] * step[j]
        return new

    def lbfgs_direction(gradient, steps, changes):
        kept = [i for i in range(len(steps)) if dot(steps[i], changes[i]) > 0]
        q, alpha = [float(g) for g in gradient], {}
        for i in kept[::-1]:
            alpha[i] = dot(steps[i], q) / dot(steps[i], changes[i])
            q = [a - alpha[i] * b for a, b in zip(q, changes[i], strict=True)]
        if kept:
            last = kept[-1]
            scale = dot(steps[last], changes[last]) / dot(changes[last], changes[last])
            q = [scale * a for a in q]
        for i in kept:
            beta = dot(changes[i], q) / dot(steps[i], changes[i])
            q = [a + (alpha[i] - beta) * b for a, b in zip(q, steps[i], strict=True)]
        return -np.array(q)

    def polyak_average(average, w, decay):
        after = np.zeros(w.shape)
        for index, x, mean in each(w, average):
            after[index] = decay * mean + (1 - decay) * x
        return after


@correct("everything-in-place")
def _():
    def sgd(w, dw, config=None):
        if config is None:
            config = {}
        dw *= config.get("learning_rate", 1e-2)
        w -= dw
        return w, config

    def sgd_momentum(w, dw, config=None):
        if config is None:
            config = {}
        v = config.setdefault("velocity", np.zeros(w.shape))
        v *= config.get("momentum", 0.9)
        v -= config.get("learning_rate", 1e-2) * dw
        w += v
        return w, config

    def nesterov_momentum(w, dw, config=None):
        if config is None:
            config = {}
        mu = config.get("momentum", 0.9)
        v = config.setdefault("velocity", np.zeros(w.shape))
        w -= mu * v
        v *= mu
        v -= config.get("learning_rate", 1e-2) * dw
        w += (1 + mu) * v
        return w, config

    def adagrad(w, dw, config=None):
        if config is None:
            config = {}
        cache = config.setdefault("cache", np.zeros(w.shape))
        cache += np.square(dw)
        dw /= np.sqrt(cache) + config.get("epsilon", 1e-8)
        w -= config.get("learning_rate", 1e-2) * dw
        return w, config

    def rmsprop(w, dw, config=None):
        if config is None:
            config = {}
        rho, cache = config.get("decay_rate", 0.99), config.setdefault("cache", np.zeros(w.shape))
        cache *= rho
        cache += (1 - rho) * np.square(dw)
        dw /= np.sqrt(cache) + config.get("epsilon", 1e-8)
        w -= config.get("learning_rate", 1e-2) * dw
        return w, config

    def adam(w, dw, config=None):
        if config is None:
            config = {}
        beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
        m, v = config.setdefault("m", np.zeros(w.shape)), config.setdefault("v", np.zeros(w.shape))
        config["t"] = t = config.get("t", 0) + 1
        m += (1 - beta1) * (dw - m)
        v += (1 - beta2) * (dw * dw - v)
        # The paper's more efficient form.
        rate = config.get("learning_rate", 1e-3) * np.sqrt(1 - beta2**t) / (1 - beta1**t)
        w -= rate * m / (np.sqrt(v) + config.get("epsilon", 1e-8))
        return w, config

    def adamw(w, dw, config=None):
        if config is None:
            config = {}
        beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
        m, v = config.setdefault("m", np.zeros(w.shape)), config.setdefault("v", np.zeros(w.shape))
        config["t"] = t = config.get("t", 0) + 1
        m += (1 - beta1) * (dw - m)
        v += (1 - beta2) * (dw * dw - v)
        # As PyTorch has it: the decay first, then the paper's more efficient form.
        rate = config.get("learning_rate", 1e-3)
        w *= 1 - rate * config.get("weight_decay", 1e-2)
        w -= rate * np.sqrt(1 - beta2**t) / (1 - beta1**t) * m / (np.sqrt(v) + config.get("epsilon", 1e-8))
        return w, config

    def polyak_average(average, w, decay):
        average *= decay
        average += (1 - decay) * w
        return average


@correct("other-formulas", preamble="import math\n")
def _():
    def nesterov_momentum(w, dw, config=None):
        settings = {"learning_rate": 0.01, "momentum": 0.9, **(config or {})}
        mu, step = settings["momentum"], settings["learning_rate"] * dw
        velocity = mu * settings.get("velocity", 0) - step
        return w + mu * velocity - step, {**settings, "velocity": velocity}

    def adagrad(w, dw, config=None):
        settings = {"learning_rate": 0.01, "epsilon": 1e-8, **(config or {})}
        settings["cache"] = settings.get("cache", 0) + np.abs(dw) ** 2
        rates = settings["learning_rate"] / (settings["epsilon"] + settings["cache"] ** 0.5)
        return w - rates * dw, settings

    def adam(w, dw, config=None):
        defaults = {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
        new = {**defaults, **(config or {})}
        new["t"] = float(new["t"] + 1)
        new["m"] = dw + new["beta1"] * (new.get("m", np.zeros_like(dw)) - dw)
        new["v"] = dw * dw + new["beta2"] * (new.get("v", np.zeros_like(dw)) - dw * dw)
        down = np.sqrt(new["v"] / (1 - np.power(new["beta2"], new["t"]))) + new["epsilon"]
        return w - new["learning_rate"] * new["m"] / (1 - np.power(new["beta1"], new["t"])) / down, new

    def adamw(w, dw, config=None):
        # The step of adam from 0 is the same as from anywhere else.
        config = {"learning_rate": 1e-3, "weight_decay": 0.01, **(config or {})}
        step, config = adam(np.zeros_like(w), dw, config)
        return (1 - config["learning_rate"] * config["weight_decay"]) * w + step, config

    def step_decay(lr0, step, drop, every):
        return np.array(lr0 * math.pow(drop, math.floor(step / every)))

    def exponential_decay(lr0, step, k):
        return lr0 * math.e ** (-k * step)

    def inverse_time_decay(lr0, step, k):
        return np.float64(lr0 * (1 + k * step) ** -1)

    def cosine_decay(lr0, step, total):
        return lr0 * math.cos(math.pi * step / total / 2) ** 2

    def newton_step(w, gradient, hessian):
        return w - np.linalg.inv(hessian).dot(gradient)

    def bfgs_update(H, step, change):
        s, y = step.reshape(-1, 1), change.reshape(-1, 1)
        product = float((y.T @ s).item())
        grown = (product + (y.T @ H @ y).item()) * (s @ s.T) / product**2
        return H + grown - (H @ y @ s.T + s @ y.T @ H) / product

    def lbfgs_direction(gradient, steps, changes):
        pairs = [(s, y) for s, y in zip(steps, changes, strict=True) if np.vdot(s, y) > 0]
        scale = np.vdot(*pairs[-1]) / np.vdot(pairs[-1][1], pairs[-1][1]) if pairs else 1.0

        def times(q, count):
            """H after `count` pairs, times q."""
            if count == 0:
                return scale * q
            s, y = pairs[count - 1]
            rho = 1 / np.vdot(s, y)
            alpha = rho * np.vdot(s, q)
            inner = times(q - alpha * y, count - 1)
            return inner + (alpha - rho * np.vdot(y, inner)) * s

        return -times(gradient, len(pairs))

    def polyak_average(average, w, decay):
        return average - (1 - decay) * (average - w)


@correct("whole-matrices")
def _():
    def bfgs_update(H, step, change):
        identity = np.identity(step.size)
        product = np.sum(step * change)
        right = identity - change[:, None] * step / product
        return right.T.dot(H).dot(right) + step[:, None] * step / product

    def lbfgs_direction(gradient, steps, changes):
        H = np.eye(gradient.size)
        kept = []
        for i, step in enumerate(steps):
            if np.sum(step * changes[i]) > 0:
                kept.append(i)
        if kept:
            y = changes[kept[-1]]
            H *= np.sum(steps[kept[-1]] * y) / np.sum(y**2)
        for i in kept:
            H = bfgs_update(H, steps[i], changes[i])
        return np.array([-row @ gradient for row in H])

    def newton_step(w, gradient, hessian):
        w -= np.linalg.lstsq(hessian, gradient, rcond=None)[0]
        return w


correct(
    "unused-imports-prints-and-warnings",
    preamble="import torch\nimport matplotlib.pyplot as plt\nfrom scipy.optimize import minimize\n"
    "import warnings\n",
    edits=[
        edit("sgd", "    return", "    print('step', config)\n    return"),
        edit("adam", "    return", "    warnings.warn('a warning for the reader')\n    return"),
        edit("bfgs_update", "    rho = 1 / (change @", "    print(H)\n    rho = 1 / (change @"),
    ],
)


@correct("velocities-by-class")
def _():
    class Velocity:
        """Everything that momentum needs."""

        def __init__(self, config, w):
            self.rate, self.mu = config["learning_rate"], config["momentum"]
            self.old = config["velocity"] if config["velocity"] is not None else 0 * w
            self.new = None

        def push(self, dw):
            self.new = np.add(np.multiply(self.mu, self.old), np.multiply(-self.rate, dw))
            return self.new

    def sgd_momentum(w, dw, config=None):
        config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": None, **(config or {})}
        config["velocity"] = Velocity(config, w).push(dw)
        return np.add(w, config["velocity"]), config

    def nesterov_momentum(w, dw, config=None):
        config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": None, **(config or {})}
        velocity = Velocity(config, w)
        config["velocity"] = velocity.push(dw)
        return w + velocity.new + velocity.mu * (velocity.new - velocity.old), config
