"""Optimizers: from the slope to the next weights.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and Python's standard
library: other packages are not there when your work is graded. Names and calling conventions follow Stanford
CS231n's assignments.

The first-order optimizers all have one form, f(w, dw, config=None) -> (next_w, config):

    w: the weights, an array of any shape, float64.
    dw: the gradient of the loss with respect to w, of the same shape. Entries may be zero, tiny or huge.
    config: a dictionary with the settings of the optimizer and all that it remembers from step to step.
        Settings that are missing take their defaults, and None stands for an empty dictionary: the lines
        that see to this are given.

They return the weights after one step, and the dictionary: with the same settings, and with what is to be
remembered under the keys that the docstring names. With the next gradient they are called with it. A net has
many arrays of weights, each with a dictionary of its own: nothing is remembered anywhere else. The optimizers
may overwrite w and dw.

All squares, roots, products and quotients of arrays in the formulas are taken entry by entry.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Config = dict[str, Any]


def adam_step(dw, config):
    """What Adam subtracts from the weights; m, v and t in config move on.

    Bias correction is folded into the rate, as in the paper's section 2.
    """
    beta1 = config["beta1"]
    beta2 = config["beta2"]
    t = config["t"] + 1
    m = np.zeros(dw.shape)
    v = np.zeros(dw.shape)
    m[...] = beta1 * config["m"] + (1 - beta1) * dw
    v[...] = beta2 * config["v"] + (1 - beta2) * dw * dw
    config["t"] = t
    config["m"] = m
    config["v"] = v
    rate = config["learning_rate"] * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return rate * m / (np.sqrt(v) + config["epsilon"])


def dot(a, b):
    acc = 0.0
    k = 0
    while k < len(a):
        acc += float(a[k]) * float(b[k])
        k = k + 1
    return acc


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of plain gradient descent.

        w = w - learning_rate * dw

    Called stochastic where dw comes from a random batch.

    Args:
        w: weights.
        dw: their gradient.
        config: learning_rate: step size, 1e-2 where missing.

    Returns:
        The next weights, and config.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    lr = config["learning_rate"]
    next_w = np.zeros(w.shape)
    next_w[...] = w - lr * dw
    return next_w, config


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of gradient descent with momentum.

        v = momentum * v - learning_rate * dw
        w = w + v

    The velocity v is what is remembered; mind its sign, and that the learning rate is a part of it. (Polyak,
    "Some methods of speeding up the convergence of iteration methods", 1964.)

    Args:
        w: weights.
        dw: their gradient.
        config: learning_rate: step size, 1e-2 where missing.
            momentum: share of the velocity that is kept, from 0 to 1; 0.9 where missing.
            velocity: v before the step, like w; zeros where missing.

    Returns:
        The next weights, and config with the new velocity.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    config.setdefault("velocity", np.zeros_like(w))
    lr = config["learning_rate"]
    v = np.zeros(w.shape)
    v[...] = config["momentum"] * config["velocity"] - lr * dw
    next_w = w + v
    config["velocity"] = v
    return next_w, config


def nesterov_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of gradient descent with Nesterov's momentum.

        v_old = v
        v = momentum * v_old - learning_rate * dw
        w = w - momentum * v_old + (1 + momentum) * v

    Nesterov takes the gradient not where the weights are but where the velocity is about to carry them. In
    this form w is that place, so that dw is the ordinary gradient at w. ("A method of solving a
    convex programming problem with convergence rate O(1/k^2)", 1983; in this form: "Advances in optimizing
    recurrent networks", 2012, equation 7.)

    Args:
        w: weights.
        dw: their gradient.
        config: learning_rate, momentum and velocity, as for `sgd_momentum`.

    Returns:
        The next weights, and config with the new velocity.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    config.setdefault("velocity", np.zeros_like(w))
    lr = config["learning_rate"]
    mu = config["momentum"]
    old = config["velocity"]
    v = np.zeros(w.shape)
    v[...] = mu * old - lr * dw
    next_w = w - mu * old + (1 + mu) * v
    config["velocity"] = v
    return next_w, config


def adagrad(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of AdaGrad: each weight's steps shrink with the gradients that it has seen.

        cache = cache + dw^2
        w = w - learning_rate * dw / (sqrt(cache) + epsilon)

    ("Adaptive subgradient methods for online learning and stochastic optimization",
    2011.)

    Args:
        w: weights.
        dw: their gradient.
        config: learning_rate: step size, 1e-2 where missing.
            epsilon: keeps the quotient finite where all gradients were zero; 1e-8 where missing.
            cache: sum of the squared gradients so far, like w; zeros where missing.

    Returns:
        The next weights, and config with the new cache.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))
    acc = np.zeros(w.shape)
    acc[...] = config["cache"] + dw * dw
    next_w = w - config["learning_rate"] * dw / (np.sqrt(acc) + config["epsilon"])
    config["cache"] = acc
    return next_w, config


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of RMSProp: AdaGrad with a memory that fades.

        cache = decay_rate * cache + (1 - decay_rate) * dw^2
        w = w - learning_rate * dw / (sqrt(cache) + epsilon)

    (Lecture 6.5 of "Neural networks for machine learning", 2012.)

    Args:
        w: weights.
        dw: their gradient.
        config: learning_rate: step size, 1e-2 where missing.
            decay_rate: share of the cache that is kept, from 0 to 1; 0.99 where missing.
            epsilon: keeps the quotient finite where all gradients were zero; 1e-8 where missing.
            cache: running mean of the squared gradients, like w; zeros where missing.

    Returns:
        The next weights, and config with the new cache.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("decay_rate", 0.99)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))
    rho = config["decay_rate"]
    acc = np.zeros(w.shape)
    acc[...] = rho * config["cache"] + (1 - rho) * dw * dw
    next_w = w - config["learning_rate"] * dw / (np.sqrt(acc) + config["epsilon"])
    config["cache"] = acc
    return next_w, config


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of Adam: running means of the gradient and of its square, both corrected for their start.

        t = t + 1
        m = beta1 * m + (1 - beta1) * dw
        v = beta2 * v + (1 - beta2) * dw^2
        m_hat = m / (1 - beta1^t)
        v_hat = v / (1 - beta2^t)
        w = w - learning_rate * m_hat / (sqrt(v_hat) + epsilon)

    What is remembered is m and v themselves, without the correction, and t. The paper's more efficient order,
    w - learning_rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon), is as good.
    ("Adam: a method for stochastic optimization", 2015, algorithm 1 and section 2.)

    Args:
        w: weights.
        dw: their gradient.
        config: learning_rate: step size, 1e-3 where missing.
            beta1, beta2: shares of m and of v that are kept, from 0 to below 1; 0.9 and 0.999 where missing.
            epsilon: keeps the quotient finite where all gradients were zero; 1e-8 where missing.
            m, v: the running means, like w; zeros where missing.
            t: number of steps so far; 0 where missing.

    Returns:
        The next weights, and config with the new m, v and t.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    return w - adam_step(dw, config), config


def adamw(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of AdamW: Adam, with a weight decay that is no part of the gradient.

    As a penalty, weight decay would be a term of dw: Adam would average it, and divide it by the root of
    everything it has seen of that weight. Here the two are decoupled. Adam's step is that of dw alone, and
    beside it each weight loses a share of what it was before the step. The share is learning_rate *
    weight_decay, the same for all weights.

    ("Decoupled weight decay regularization", 2019; the rate is a factor of the decay, as in PyTorch.)

    Args:
        w: weights.
        dw: their gradient, without any penalty.
        config: weight_decay: strength of the decay; 1e-2 where missing.
            learning_rate, beta1, beta2, epsilon, m, v and t, as for `adam`.

    Returns:
        The next weights, and config with the new m, v and t.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("weight_decay", 1e-2)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    share = config["learning_rate"] * config["weight_decay"]
    lost = share * w
    return w - lost - adam_step(dw, config), config


def step_decay(lr0: float, step: int, drop: float, every: int) -> float:
    """Learning rate that falls by a factor now and then.

    After each `every` steps it is multiplied by drop: steps 0 to every - 1 have lr0, steps every to
    2 * every - 1 have lr0 * drop, and so on.

    Args:
        lr0: learning rate of step 0.
        step: number of the step, counted from 0.
        drop: factor, such as 0.5.
        every: number of steps between two drops.

    Returns:
        The learning rate of that step.
    """
    lr = lr0
    n = 1
    while n * every <= step:
        lr = lr * drop
        n = n + 1
    return lr


def exponential_decay(lr0: float, step: int, k: float) -> float:
    """Learning rate that falls by the same factor with each step: lr0 * exp(-k * step).

    Args:
        lr0: learning rate of step 0.
        step: number of the step, counted from 0.
        k: how fast it falls.

    Returns:
        The learning rate of that step.
    """
    return float(lr0 * np.exp(-k * step))


def inverse_time_decay(lr0: float, step: int, k: float) -> float:
    """Learning rate that falls fast first and ever more slowly: lr0 / (1 + k * step).

    Args:
        lr0: learning rate of step 0.
        step: number of the step, counted from 0.
        k: how fast it falls.

    Returns:
        The learning rate of that step.
    """
    return lr0 / (1 + k * step)


def cosine_decay(lr0: float, step: int, total: int) -> float:
    """Learning rate that follows half a wave down to 0: lr0 * (1 + cos(pi * step / total)) / 2.

    ("SGDR: stochastic gradient descent with warm restarts", 2017, equation 5.)

    Args:
        lr0: learning rate of step 0.
        step: number of the step, from 0 to total.
        total: number of steps.

    Returns:
        The learning rate of that step.
    """
    return float(lr0 * (1 + np.cos(np.pi * step / total)) / 2)


def newton_step(w: Array, gradient: Array, hessian: Array) -> Array:
    """One step of Newton's method, to the stationary point of the quadratic that fits the loss at w.

        w = w - hessian^-1 gradient

    There is no learning rate. The stationary point is a minimum, a saddle or a maximum, and this step goes
    there in any case. ("Numerical optimization", 2006, equation 3.30.)

    Args:
        w: weights (D,).
        gradient: of the loss at w, (D,).
        hessian: matrix of the second derivatives at w, (D, D), symmetric and invertible; its eigenvalues may
            have either sign.

    Returns:
        The next weights (D,).
    """
    return w - np.linalg.solve(hessian, gradient)


def bfgs_update(H: Array, step: Array, change: Array) -> Array:
    """Improve an approximation of the inverse Hessian by what one step has shown: the BFGS formula.

        rho = 1 / (change . step)
        H = (I - rho step change^T) H (I - rho change step^T) + rho step step^T

    The new H maps change to step, as the true inverse of a constant Hessian would.
    ("Numerical optimization", 2006, equation 6.17.)

    Args:
        H: approximation of the inverse Hessian, (D, D), symmetric.
        step: what was added to the weights, (D,).
        change: by how much the gradient changed with that, (D,). The scalar product of step and change is
            above 0 here.

    Returns:
        The next approximation (D, D). The arguments stay as they are.
    """
    D = len(step)
    rho = 1.0 / dot(change, step)
    A = np.zeros((D, D))
    S = np.zeros((D, D))
    i = 0
    while i < D:
        j = 0
        while j < D:
            A[i, j] = -rho * step[i] * change[j]
            if i == j:
                A[i, j] += 1.0
            S[i, j] = rho * step[i] * step[j]
            j = j + 1
        i = i + 1
    return A.dot(H).dot(A.T) + S


def lbfgs_direction(gradient: Array, steps: Sequence[Array], changes: Sequence[Array]) -> Array:
    """The direction -H gradient of L-BFGS, by the two-loop recursion, which does not need H itself.

    H is what `bfgs_update` makes of a first guess H0, given all pairs (step, change) in turn, the oldest
    first. Pairs whose scalar product is 0 or below are left out as if they were not there; all others count,
    also those of very short steps. H0 is a multiple of the identity: (step . change) / (change . change) of
    the newest pair that is not left out, times the identity; where no pair remains, the identity itself.

    The recursion: with q = gradient, go through the pairs from the newest to the oldest,

        alpha_i = step_i . q / (step_i . change_i)
        q = q - alpha_i * change_i

    then r = H0 q, and go through the pairs from the oldest to the newest,

        r = r + step_i * (alpha_i - change_i . r / (step_i . change_i))

    ("Numerical optimization", 2006, algorithm 7.4 and equation 7.20.)

    Args:
        gradient: at the present weights, (D,).
        steps: the last few steps, arrays (D,), the oldest first; may be empty.
        changes: the change of the gradient with each of them, as many arrays (D,).

    Returns:
        The direction (D,), which leads downhill. The arguments stay as they are.
    """
    total = len(steps)
    D = len(gradient)
    # first pack the pairs that count, 0 .. n-1, the oldest first
    S = np.zeros((total, D))
    Y = np.zeros((total, D))
    sy = np.zeros(total)
    n = 0
    k = 0
    while k < total:
        p = dot(steps[k], changes[k])
        if p > 0:
            S[n, :] = steps[k]
            Y[n, :] = changes[k]
            sy[n] = p
            n = n + 1
        k = k + 1

    q = np.zeros(D)
    q[:] = gradient
    alpha = np.zeros(total)
    k = n
    while k >= 1:
        alpha[k - 1] = dot(S[k - 1], q) / sy[k - 1]
        q = q - alpha[k - 1] * Y[k - 1]
        k = k - 1
    scale = 1.0
    if n > 0:
        scale = sy[n - 1] / dot(Y[n - 1], Y[n - 1])
    r = scale * q
    k = 1
    while k <= n:
        beta = dot(Y[k - 1], r) / sy[k - 1]
        r = r + S[k - 1] * (alpha[k - 1] - beta)
        k = k + 1
    return -r


def polyak_average(average: Array, w: Array, decay: float) -> Array:
    """Running mean of the weights along a training: decay * average + (1 - decay) * w.

    The training goes on from w, which stays as it is; the average is what one tests. (After Polyak and
    Juditsky, "Acceleration of stochastic approximation by averaging", 1992, with a memory that fades.)

    Args:
        average: the mean so far, like w; you may overwrite it.
        w: the present weights, of any shape.
        decay: share of the mean that is kept, from 0 to 1.

    Returns:
        The next mean.
    """
    out = np.zeros(np.shape(w))
    out[...] = decay * average + (1 - decay) * w
    return out
