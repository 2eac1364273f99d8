"""Beginner's slips, each a change of the reference's text, and what the first block must say of it.

They are made as beginners make them: a line forgotten, an axis mixed up, a name misspelt. `python -m
tests.home.mistakes.page` prints what a student reads of each.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """One slip.

    Attributes:
        topic: whose file it is in.
        function: the function or class that it is in.
        old: text of the reference, which stands in the function.
        new: what the beginner wrote in its place, once.
        words: what the first block must say, besides the function's name.
        line: text of the line that the block must show, where one raises; empty for the function's first line.
    """

    topic: str
    function: str
    old: str
    new: str
    words: tuple[str, ...] = ()
    line: str = ""


def _slips(topic: str, *rows: tuple[str, str, str, tuple[str, ...], str]) -> list[Slip]:
    return [Slip(topic, *row) for row in rows]


def _wrong(function: str, old: str, new: str, *words: str) -> tuple[str, str, str, tuple[str, ...], str]:
    """A slip that gives a wrong answer."""
    return function, old, new, words, ""


def _raises(
    function: str, old: str, new: str, line: str, *words: str
) -> tuple[str, str, str, tuple[str, ...], str]:
    """A slip at which a line raises an exception."""
    return function, old, new, words, line


LOSSES = _slips(
    "losses",
    _wrong("numerical_gradient", "(above - below) / (2 * h)", "(above - below) / h", "2 times"),
    _wrong("numerical_gradient", "        x[index] = original\n", "", "x"),
    _wrong("numerical_gradient", "    return gradient\n", "", "None"),
    _raises("numerical_gradient", "below = f(x)", "below = f(X)", "below = f(X)", "NameError", "X"),
    _wrong("relative_error", "np.max(", "np.sum(", "the error"),
    _wrong("relative_error", "np.abs(a) + np.abs(b)", "np.abs(a + b)", "the error"),
    _wrong("svm_loss", "margins[rows, y] = 0\n", "pass\n", "loss"),
    _wrong("svm_loss", "[:, None] + 1)", "[:, None])", "loss"),
    _wrong("svm_loss", "margins.sum() / N", "margins.sum()", "loss"),
    _wrong(
        "svm_loss", "x[rows, y][:, None]", "x[rows, y]", "the loss", "Which shape must these numbers have?"
    ),
    _wrong(
        "svm_loss",
        "return margins.sum() / N, dx / N",
        "return margins.sum() / N",
        "it should return 2 values",
    ),
    _wrong("svm_loss", "margins.sum() / N, dx / N", "dx / N, margins.sum() / N", "loss"),
    _wrong("svm_loss_naive", "dW[:, y[i]] -= X[i]\n", "pass\n", "dW"),
    _wrong("svm_loss_naive", "/ N + reg * np.sum(W * W)", "+ reg * np.sum(W * W)", "loss"),
    _wrong("svm_loss_naive", "2 * reg * W", "reg * W", "dW"),
    _wrong("svm_loss_vectorized", "+ 2 * reg * W", "", "dW"),
    _wrong("svm_loss_naive", "for i in range(N):", "for i in range(N - 1):", "loss"),
    _raises("svm_loss_naive", "for i in range(N):", "for i in range(N + 1):", "X[i] @ W", "IndexError"),
    _wrong("softmax_loss", "dx[rows, y] -= 1\n", "pass\n", "dx"),
    _wrong("softmax_loss", "-log_p[rows, y].sum()", "log_p[rows, y].sum()", "loss"),
    _wrong("softmax_loss", "x - x.max(axis=1, keepdims=True)", "x", "the loss is inf"),
    _raises("softmax_loss", "x.max(axis=1, keepdims=True)", "x.max(axis=1)", "x.max(axis=1)", "shapes"),
    _wrong("softmax_loss_naive", "scores[y[i]]\n", "scores[y[i]] + 1\n", "loss"),
    _raises(
        "softmax_loss_vectorized", "X @ W", "X @ W.T", "X @ W.T", "X has shape (2, 2), W.T has shape (3, 2)"
    ),
    _wrong("l1_penalty", "strength * np.sign(W)", "np.sign(W)", "l1_penalty"),
    _wrong("color_histogram", "range=(0, 1)", "range=(0, 255)", "histogram"),
    _raises(
        "LinearClassifier", "self.W - learning_rate", "W - learning_rate", "W - learning_rate", "NameError"
    ),
    _wrong("LinearClassifier", "axis=1", "axis=0", "LinearClassifier.predict", "def predict"),
    _wrong("random_search", "np.argmin", "np.argmax", "loss"),
)

ACTIVATIONS = _slips(
    "activations",
    _wrong("affine_forward", "w + b", "w", "output"),
    _wrong("affine_forward", "x.reshape(len(x), -1) @ w", "x @ w", "the output should have shape (2, 2)"),
    _wrong("affine_backward", "dout.sum(axis=0)", "dout.sum(axis=1)", "db", "shape"),
    _wrong("affine_backward", "dout.sum(axis=0)", "dout.mean(axis=0)", "db"),
    _raises(
        "affine_backward", "dout @ w.T", "dout @ w", "dout @ w", "dout has shape (2, 2), w has shape (3, 2)"
    ),
    _wrong("affine_backward", ".reshape(x.shape)", "", "dx", "shape"),
    _raises("affine_backward", "x, w = cache", "x, w, b = cache", "x, w, b = cache", "unpack"),
    _wrong("affine_backward", "return dx, x", "return x", "values"),
    _wrong("affine_forward", "@ w + b, (x, w)", "@ w + b", "cache"),
    _wrong("sigmoid_backward", "* (1 - cache)", "", "dx"),
    _wrong("tanh_backward", "cache**2", "cache", "dx"),
    _wrong("relu_forward", "np.maximum(0, x)", "np.maximum(1, x)", "relu"),
    _raises("relu_forward", "np.maximum(0, x)", "max(0, x)", "max(0, x)", "ambiguous"),
    _wrong("relu_backward", "cache > 0", "cache < 0", "dx"),
    _wrong("relu_backward", "dout * (cache > 0)", "(cache > 0) * 1.0", "dx"),
    _wrong("leaky_relu_forward", "np.where(x > 0, 1, negative_slope)", "np.where(x > 0, 1, 0.01)", "0.01"),
    _wrong("elu_backward", "out + alpha", "out", "dx"),
    _raises("prelu_backward", "x, slope, per_channel", "x, slope", "x, slope = cache", "unpack"),
    _wrong("maxout_forward", "pieces.max(axis=0)", "pieces.max(axis=1)", "shape"),
    _wrong("saturated_fraction", "|", "&", "saturated_fraction"),
    _wrong("dead_fraction", ".all(axis=0)", ".all(axis=1)", "share"),
    _raises("silu_forward", "np.logaddexp", "np.logadexp", "np.logadexp", "logadexp"),
)

INITIALIZATION = _slips(
    "initialization",
    _wrong("small_random_init", "rng.standard_normal(shape)", "rng.random(shape)", "mean"),
    _wrong("small_random_init", "scale * ", "", "0.01"),
    _wrong("xavier_init", "np.sqrt(fan_in)", "fan_in", "standard deviation"),
    _wrong("xavier_init", "shape[0] if", "shape[1] if", "standard deviation"),
    _wrong("he_init", "np.sqrt(2) * ", "", "standard deviation"),
    _wrong("he_init", "np.sqrt(2) * ", "2 * ", "standard deviation"),
    _raises("small_random_init", "rng.standard_normal(shape)", "rng.randn(*shape)", "rng.randn", "randn"),
    _wrong("activation_statistics", "x.std()", "x.var()", "standard deviation"),
    _wrong("activation_statistics", "x = nonlinearity(x @ w)", "x = x @ w", "layer"),
    _wrong("symmetry_broken", "axis=1", "axis=0", "answer"),
    _wrong(
        "activation_statistics",
        "    return statistics\n",
        "        return statistics\n",
        "should have shape (2, 2), not (1, 2)",
    ),
)

BATCHNORM = _slips(
    "batchnorm",
    _wrong("batchnorm_forward", "np.sqrt(var + eps)", "np.sqrt(var)", "eps"),
    _wrong("batchnorm_forward", "np.sqrt(var + eps)", "var + eps", "out"),
    _wrong("batchnorm_forward", "x.mean(axis=0), x.var(axis=0)", "x.mean(), x.var()", "out"),
    _raises(
        "batchnorm_forward",
        "x.mean(axis=0), x.var(axis=0)",
        "x.mean(axis=1), x.var(axis=1)",
        "momentum * running_mean",
        "shapes",
    ),
    _wrong(
        "batchnorm_forward",
        '        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var\n',
        "",
        "running_var",
    ),
    _wrong("batchnorm_forward", "momentum * running_mean + (1 - momentum) * mean", "mean", "running_mean"),
    _wrong(
        "batchnorm_forward",
        "momentum * running_mean + (1 - momentum) * mean",
        "(1 - momentum) * running_mean + momentum * mean",
        "running_mean",
    ),
    _wrong(
        "batchnorm_forward",
        "mean, var = running_mean, running_var",
        "mean, var = x.mean(axis=0), x.var(axis=0)",
        "out",
    ),
    _raises("batchnorm_forward", 'bn_param["mode"]', "bn_param.mode", "bn_param.mode", "AttributeError"),
    _wrong(
        "batchnorm_backward",
        "    dgamma = np.sum(dout * xhat, axis=0)\n    dbeta = np.sum(dout, axis=0)\n",
        "    dbeta = np.sum(dout * xhat, axis=0)\n    dgamma = np.sum(dout, axis=0)\n",
        "do values 2 and 3 stand in each other's place?",
        "In which order",
    ),
    _wrong("batchnorm_backward", "dvar * 2 * xhat", "dvar * xhat", "dx"),
    _wrong("batchnorm_backward", " - ddeviation.mean(axis=0)", "", "dx"),
    _wrong("batchnorm_backward", "dxhat = dout * gamma", "dxhat = dout", "dx"),
    _wrong("batchnorm_backward_alt", "/ len(xhat)", "", "dx"),
    _wrong("layernorm_forward", "x.mean(axis=1, keepdims=True)", "x.mean(axis=0, keepdims=True)", "out"),
    _wrong(
        "layernorm_forward",
        "x.mean(axis=1, keepdims=True)",
        "x.mean(axis=1)",
        "One number for each row has shape (N,)",
    ),
    _wrong("layernorm_backward", "- along_mean ", "", "dx"),
)

OPTIMIZERS = _slips(
    "optimizers",
    _wrong("sgd", "w - config", "w + config", "with it the loss rises"),
    _wrong("sgd", "* dw, config", "* dw", "config"),
    _wrong(
        "sgd_momentum",
        'config["velocity"] - config["learning_rate"] * dw',
        'config["velocity"] + config["learning_rate"] * dw',
        "w",
    ),
    _raises(
        "sgd_momentum",
        '    config.setdefault("velocity", np.zeros_like(w))\n',
        "",
        'config["velocity"]',
        "KeyError",
    ),
    _wrong("adagrad", 'config["cache"] + dw**2', 'config["cache"] + dw', "the weights"),
    _wrong("rmsprop", 'np.sqrt(config["cache"])', 'config["cache"]', "w"),
    _wrong("rmsprop", "(1 - decay_rate) * dw**2", "dw**2", "cache"),
    _wrong("adam", '    config["t"] += 1\n', "", "w"),
    _wrong("adam", 'm_hat = config["m"] / (1 - beta1 ** config["t"])', 'm_hat = config["m"]', "w"),
    _wrong("adam", "np.sqrt(v_hat)", "v_hat", "w"),
    _wrong("step_decay", "step // every", "step / every", "rate"),
    _wrong("cosine_decay", "/ 2", "", "rate"),
    _raises("exponential_decay", "np.exp", "math.exp", "math.exp", "NameError"),
    _wrong("newton_step", "w - np", "w + np", "with it the loss rises"),
    _wrong(
        "polyak_average", "decay * average + (1 - decay) * w", "decay * w + (1 - decay) * average", "average"
    ),
)

DROPOUT = _slips(
    "dropout",
    _wrong("dropout_forward", "< p) / p", "< p)", "dropout"),
    _wrong("dropout_forward", "< p) / p", "> p) / p", "dropout"),
    _wrong("dropout_backward", "dout * cache", "dout", "dx"),
    _raises(
        "dropout_forward", 'dropout_param["p"]', 'dropout_param["prob"]', 'dropout_param["prob"]', "KeyError"
    ),
    _wrong("dropout_forward", '== "train"', '== "test"', "test"),
    _wrong("random_flip", "images[..., ::-1]", "images[..., ::-1, :]", "flip"),
    _raises("random_flip", "flipped[:, None, None, None]", "flipped", "np.where", "shapes"),
    _wrong("cutout", "images.copy()", "images", "images"),
    _wrong("ensemble_average", "axis=0", "axis=1", "shape"),
    _wrong("mixup", "lam * Y + (1 - lam) * Y[partner]", "Y", "Y"),
)

CNN = _slips(
    "cnn",
    _wrong("conv_parameter_count", "HH * WW + 1", "HH * WW", "parameters"),
    _wrong("conv_forward_naive", "+ b\n", "\n", "out"),
    _wrong("conv_forward_naive", "windows = windows[:, :, ::stride, ::stride]\n", "pass\n", "shape"),
    _wrong("conv_backward_naive", "dout.sum(axis=(0, 2, 3))", "dout.sum(axis=0)", "db", "shape"),
    _wrong(
        "conv_backward_naive",
        "    dx = dpadded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]\n",
        "    dx = dpadded\n",
        "dx",
        "shape",
    ),
    _wrong("max_pool_forward_naive", ".max(axis=(4, 5))", ".mean(axis=(4, 5))", "out"),
    _raises(
        "max_pool_forward_naive",
        'pool_param["stride"]',
        'pool_param["strides"]',
        'pool_param["strides"]',
        "KeyError",
    ),
    _wrong("avg_pool_backward_naive", " / (height * width)", "", "dx"),
)

TRAINING = _slips(
    "training",
    _wrong(
        "relu_forward", "np.maximum(x, 0), x", "np.abs(x), x", "TwoLayerNet", "public check looks at alone"
    ),
    _wrong("descend", "- learning_rate * gradient", "+ learning_rate * gradient", "with it the loss rises"),
    _wrong("TwoLayerNet", "0.5 * self.reg", "self.reg", "loss"),
    _wrong("TwoLayerNet", "dW1 + self.reg * W1", "dW1", "W1"),
    _wrong("FullyConnectedNet", "        if y is None:\n            return scores\n", "", "scores"),
    _wrong("grid_search", "np.argmax", "np.argmin", "score"),
    _wrong("diagnose_loss_curve", "end > first", "end < first", "curve"),
    _wrong(
        "cross_validate",
        "X[~inside], y[~inside], X[inside], y[inside]",
        "X[inside], y[inside], X[~inside], y[~inside]",
        "fold",
    ),
)

SLIPS = [*LOSSES, *ACTIVATIONS, *INITIALIZATION, *BATCHNORM, *OPTIMIZERS, *DROPOUT, *CNN, *TRAINING]
