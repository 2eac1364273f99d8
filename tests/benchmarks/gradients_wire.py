"""The gradient check through the sandbox beside the same in one process: part of `make benchmark-gradients`.

Layers with 500 inputs: each is checked at home, on the module itself, and on the proxy, in turn.
The bars: at most 1.5 times as long for affine, batch normalisation and convolution, 3 times for ReLU.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from autograder.gradients import check_gradient
from autograder.home.module import student_module
from autograder.proxy import StudentProxy
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox

#: Enough for a median that the neighbours of a noisy machine move little.
ROUNDS = 101

LAYERS = """
import numpy as np

def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w)

def affine_backward(dout, cache):
    x, w = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)

def batchnorm_forward(x, gamma, beta):
    mean, std = x.mean(axis=0), np.sqrt(x.var(axis=0) + 1e-5)
    centred = (x - mean) / std
    return gamma * centred + beta, (centred, gamma, std)

def batchnorm_backward(dout, cache):
    centred, gamma, std = cache
    d = dout * gamma
    return (d - d.mean(axis=0) - centred * (d * centred).mean(axis=0)) / std

def conv_forward(x, w):
    N, C, H, W = x.shape
    F, _, h, k = w.shape
    out = np.zeros((N, F, H - h + 1, W - k + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = np.tensordot(x[:, :, i:i+h, j:j+k], w, axes=([1, 2, 3], [1, 2, 3]))
    return out, (x, w)

def conv_backward(dout, cache):
    x, w = cache
    _, _, h, k = w.shape
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i:i+h, j:j+k] += np.tensordot(dout[:, :, i, j], w, axes=(1, 0))
    return dx

def relu_forward(x):
    return np.maximum(x, 0), x

def relu_backward(dout, x):
    return dout * (x > 0)
"""

Check = Callable[[Any], bool]


def _checks(rng: np.random.Generator) -> dict[str, tuple[Check, float]]:
    """The checks by name, each with its bar."""
    x, w, b = rng.normal(size=(10, 50)), rng.normal(size=(50, 20)), rng.normal(size=20)
    images, filters = rng.normal(size=(2, 10, 5, 5)), rng.normal(size=(4, 10, 3, 3))
    gamma, beta = rng.normal(size=50), rng.normal(size=50)
    return {
        "affine": (lambda s: _passes(s, "affine", rng, x, w, b), 1.5),
        "batchnorm": (lambda s: _passes(s, "batchnorm", rng, x, gamma, beta), 1.5),
        "convolution": (lambda s: _passes(s, "conv", rng, images, filters), 1.5),
        "ReLU": (lambda s: _passes(s, "relu", rng, x), 3.0),
    }


def _passes(student: Any, layer: str, rng: np.random.Generator, *arguments: np.ndarray) -> bool:
    """Check dx as a topic's checks do."""
    forward, backward = getattr(student, f"{layer}_forward"), getattr(student, f"{layer}_backward")

    def analytic(x: np.ndarray, upstream: np.ndarray) -> np.ndarray:
        _, cache = forward(x, *arguments[1:])
        gradient = backward(upstream, cache)
        return gradient[0] if isinstance(gradient, tuple) else gradient

    report = check_gradient(forward.over(0, *arguments, output=0), arguments[0], analytic, rng=rng)
    return bool(report.passed)


def main() -> None:
    rng, limits = np.random.default_rng(0), Limits()
    table = Table(title="gradient checks of 500 inputs: through the sandbox, beside one process")
    for column in ("layer", "one process, ms", "sandbox, ms", "ratio", "bar"):
        table.add_column(column, justify="left" if column == "layer" else "right")
    with tempfile.TemporaryDirectory() as folder, Sandbox(choose_level(), limits) as sandbox:
        path = Path(folder) / "layers.py"
        path.write_text(LAYERS)
        assert sandbox.load({"layers.py": LAYERS.encode()}, "layers") is None
        channel = SandboxChannel(sandbox, Budget.of(limits))
        with student_module(path) as module, StudentProxy(channel, "layers", Transcript()) as proxy:
            for name, (check, bar) in _checks(rng).items():
                home, wire = _times(check, module, proxy)
                table.add_row(
                    name, f"{1e3 * home:.1f}", f"{1e3 * wire:.1f}", f"{wire / home:.2f}", f"{bar:g}"
                )
    Console().print(table)


def _times(check: Check, module: Any, proxy: Any) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for student, taken in zip((module, proxy), times, strict=True):
            start = time.perf_counter()
            assert check(student)
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    main()
