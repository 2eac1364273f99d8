"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

NET, SOLVER, TWO_LAYERS = "FullyConnectedNet", "Solver", "TwoLayerNet"

# The signs of axes are free. Which ones come out depends on the decomposition, so a mistake is told by both.
DECOMPOSITIONS = ("eigh", "svd")

# Data.

misconception(
    "mean-of-all-data",
    hint="Which data may decide by how much everything is shifted? Will you have the test data by then?",
    edits=[
        edit(
            "zero_center",
            "mean = np.mean(train, axis=0)",
            "mean = np.mean(np.concatenate([train, *others]), axis=0)",
        )
    ],
)
misconception(
    "mean-of-its-own",
    hint="Two equal images, one of the training data, one of the test data: are they still equal afterwards?",
    edits=[
        edit(
            "zero_center",
            "part - mean for part in",
            "part - np.mean(part, axis=0) for part in",
        )
    ],
)
misconception(
    "mean-of-all-pixels",
    hint="Is your mean one number, or one for each feature?",
    edits=[edit("zero_center", "np.mean(train, axis=0)", "np.mean(train)")],
)
misconception(
    "mean-of-each-image",
    hint="Over what do you average: over the pixels of one image, or over the images, pixel by pixel?",
    edits=[
        edit(
            "zero_center",
            "part - mean for part in (train, *others)",
            "part - np.mean(part, axis=tuple(range(1, part.ndim)), keepdims=True)\n"
            "                 for part in (train, *others)",
        )
    ],
)
misconception(
    "mean-as-a-byte",
    hint="Pixels are bytes: which numbers can a difference of two bytes be?",
    edits=[edit("zero_center", "np.mean(train, axis=0)", "np.mean(train, axis=0).astype(train.dtype)")],
)
misconception(
    "centered-in-place",
    hint="After the call, are the caller's data what they were?",
    edits=[
        edit(
            "zero_center",
            "return tuple(part - mean for part in (train, *others))",
            "train[...] = np.asarray(train - mean).astype(train.dtype)\n"
            "    return (train, *(part - mean for part in others))",
        )
    ],
)
misconception(
    "divided-by-variance",
    hint="If all data are doubled, should the result double, halve, or stay as it is?",
    edits=[edit("standardize", "np.std(train, axis=0)", "np.var(train, axis=0)")],
)
misconception(
    "sample-standard-deviation",
    hint="Does the docstring divide the sum of squares by N or by N - 1?",
    edits=[edit("standardize", "np.std(train, axis=0)", "np.std(train, axis=0, ddof=1)")],
)
misconception(
    "constant-feature-divided",
    hint="What is the standard deviation of a pixel that is dark in every image? And what do you divide by?",
    edits=[
        edit(
            "standardize", "np.where(varies, np.std(train, axis=0), 1)", "np.std(train, axis=0) + 0 * varies"
        )
    ],
)
misconception(
    "constant-feature-divided-by-little",
    hint="You divide by a little more than the deviation. A pixel is dark in every training image and bright "
    "in a test image: how large does it get?",
    edits=[
        edit(
            "standardize",
            "np.where(varies, np.std(train, axis=0), 1)",
            "np.std(train, axis=0) + {value} + 0 * varies",
        )
    ],
    values=("1e-5", "1e-6", "1e-7"),
)
misconception(
    "spread-of-all-pixels",
    hint="Is your standard deviation one number, or one for each feature?",
    edits=[edit("standardize", "np.where(varies, np.std(train, axis=0), 1)", "np.std(train) + 0 * varies")],
)
misconception(
    "spread-of-its-own",
    hint="Which data decide by how much everything is divided?",
    edits=[
        edit(
            "standardize",
            "part / scale for part in",
            "part / np.where(np.ptp(part, axis=0) > 0, np.std(part, axis=0), 1) for part in",
        )
    ],
)
misconception(
    "components-without-centering",
    hint="The direction from the origin to the cloud of data is no direction in which they vary.",
    edits=[edit("pca", "np.linalg.svd(X - mean,", "np.linalg.svd(X,")],
)
misconception(
    "components-in-columns",
    hint="Is each component a row of what you return, or a column?",
    edits=[edit("pca", "directions[:k]", "directions[:k].T")],
)
misconception(
    "rows-taken-for-columns",
    hint="NumPy gives eigenvectors in the columns of a matrix. Which k of them do you take, and as what?",
    edits=[
        edit(
            "pca",
            "    _, _, directions = np.linalg.svd(X - mean, full_matrices=False)\n",
            "    _, directions = np.linalg.eigh((X - mean).T @ (X - mean))\n",
        ),
        edit("pca", "directions[:k]", "directions[:, ::-1][:k]"),
    ],
)
misconception(
    "smallest-component-first",
    hint="In which order do your eigenvalues come? Which directions do you keep?",
    edits=[
        edit(
            "pca",
            "    _, _, directions = np.linalg.svd(X - mean, full_matrices=False)\n",
            "    directions = np.linalg.eigh((X - mean).T @ (X - mean) / len(X))[1].T\n",
        )
    ],
)
misconception(
    "components-not-sorted",
    hint="np.linalg.eig promises no order of its eigenvalues. Which directions do you keep?",
    edits=[
        edit(
            "pca",
            "    _, _, directions = np.linalg.svd(X - mean, full_matrices=False)\n",
            "    directions = np.real(np.linalg.eig((X - mean).T @ (X - mean) / len(X))[1]).T\n",
        )
    ],
)


@misconception(
    "whitened-by-eigenvalue",
    hint="An eigenvalue of the covariance is a variance. What do you divide by to make a variance 1?",
    values=DECOMPOSITIONS,
)
def _():
    def whiten(train, eps, *others):
        parts = zero_center(train, *others)  # noqa: F821
        found = getattr(np.linalg, "{value}")(parts[0].T @ parts[0] / len(train))
        axes, variances = found[:2] if len(found) == 3 else (found[1][:, ::-1], found[0][::-1])
        return tuple(part @ axes / (variances + eps) for part in parts)


misconception(
    "whitened-and-rotated-back",
    hint="On which axes should the result lie: on the principal ones, or on those of the pixels?",
    edits=[
        edit(
            "whiten",
            "axes[:, ::-1] / np.sqrt(variances[::-1] + eps)",
            "axes / np.sqrt(variances + eps) @ axes.T",
        )
    ],
)


@misconception(
    "eps-outside-the-root",
    hint="Is eps added to the variance or to its root? Try a large one.",
    values=DECOMPOSITIONS,
)
def _():
    def whiten(train, eps, *others):
        parts = zero_center(train, *others)  # noqa: F821
        found = getattr(np.linalg, "{value}")(parts[0].T @ parts[0] / len(train))
        axes, variances = found[:2] if len(found) == 3 else (found[1][:, ::-1], found[0][::-1])
        return tuple(part @ axes / (np.sqrt(np.abs(variances)) + eps) for part in parts)


@misconception(
    "covariance-over-n-minus-1",
    hint="Which variance have your training data afterwards, exactly?",
    values=DECOMPOSITIONS,
)
def _():
    def whiten(train, eps, *others):
        parts = zero_center(train, *others)  # noqa: F821
        found = getattr(np.linalg, "{value}")(parts[0].T @ parts[0] / (len(train) - 1))
        axes, variances = found[:2] if len(found) == 3 else (found[1][:, ::-1], found[0][::-1])
        return tuple(part @ axes / np.sqrt(variances + eps) for part in parts)


misconception(
    "covariance-over-features",
    hint="The covariance is a mean over the samples. How many are there, and what do you divide by?",
    edits=[edit("whiten", "/ len(train)", "/ train.shape[1]")],
)
misconception(
    "whitened-without-centering",
    hint="A covariance is about differences from the mean. Where do you subtract it?",
    edits=[edit("whiten", "parts = zero_center(train, *others)", "parts = (train, *others)")],
)
misconception(
    "axes-from-smallest",
    hint="Which axis comes first in your result? NumPy's eigh starts with the smallest eigenvalue.",
    edits=[
        edit("whiten", "axes[:, ::-1] / np.sqrt(variances[::-1] + eps)", "axes / np.sqrt(variances + eps)")
    ],
)

# Layers.

misconception(
    "softmax-without-shift",
    hint="What is exp(2000) on a computer? Which change of the scores leaves the probabilities as they are?",
    edits=[edit("softmax_loss", "x - np.max(x, axis=1, keepdims=True)", "x")],
)
misconception(
    "momentum-swapped",
    hint="After one batch, are your running statistics mostly old or mostly new?",
    edits=[
        edit(
            "batchnorm_forward",
            "0.9 * bn_param.get(key, 0.0) + 0.1 * value",
            "0.1 * bn_param.get(key, 0.0) + 0.9 * value",
        )
    ],
)
misconception(
    "softmax-gradient-not-averaged",
    hint="The loss is a mean over the samples. Is its gradient one, too?",
    edits=[edit("softmax_loss", "return loss, dx / len(y)", "return loss, dx")],
)
misconception(
    "softmax-log-of-a-little-more",
    hint="You add {value} to a probability before the logarithm. When is that not small beside it?",
    edits=[
        edit(
            "softmax_loss", "-np.mean(log_odds[truth])", "-np.mean(np.log(np.exp(log_odds[truth]) + {value}))"
        )
    ],
    values=("1e-8", "1e-7", "1e-10", "1e-12"),
)
misconception(
    "bias-gradient-averaged",
    hint="The loss is divided by the number of samples already. What does your db do with the rows of dout?",
    edits=[edit("affine_backward", "np.sum(dout, axis=0)", "np.mean(dout, axis=0)")],
)
misconception(
    "running-statistics-not-stored",
    hint="Where can the next call find the running statistics that you compute?",
    edits=[
        edit(
            "batchnorm_forward",
            "            bn_param[key] = 0.9 * bn_param.get(key, 0.0) + 0.1 * value\n",
            "            bn_param.get(key, value)\n",
        )
    ],
)
misconception(
    "batch-statistics-in-test-mode",
    hint="In test mode, does a sample's output depend on the other samples that are tested with it?",
    edits=[
        edit(
            "batchnorm_forward",
            "        batch = {key: bn_param.get(key, 0.0) for key in batch}\n",
            "        pass\n",
        )
    ],
)
misconception(
    "normalization-eps-outside-the-root",
    hint="Is eps added to the variance, or to its root? Try numbers that hardly vary.",
    edits=[
        edit(
            "batchnorm_forward",
            'np.sqrt(batch["running_var"] + 1e-5)',
            'np.sqrt(batch["running_var"]) + 1e-5',
        ),
        edit(
            "layernorm_forward",
            "np.sqrt(np.mean(deviation**2, axis=1, keepdims=True) + 1e-5)",
            "np.sqrt(np.mean(deviation**2, axis=1, keepdims=True)) + 1e-5",
        ),
    ],
)
misconception(
    "unbiased-variance",
    hint="Is the variance a mean of squares, or is their sum divided by one less?",
    edits=[edit("batchnorm_forward", "np.var(x, axis=0)", "np.var(x, axis=0, ddof=1)")],
)
misconception(
    "statistics-taken-as-constants",
    hint="Through mean and variance a sample's output depends on the whole batch. Does your gradient know?",
    edits=[
        edit(
            "batchnorm_backward",
            "gamma / std * (dout - (dbeta + normal * dgamma) / len(dout))",
            "gamma / std * dout",
        )
    ],
)
misconception(
    "layernorm-over-the-batch",
    hint="Over what does layer normalization average: over the features of a sample, or over the samples?",
    edits=[
        edit("layernorm_forward", "x - np.mean(x, axis=1, keepdims=True)", "x - np.mean(x, axis=0)"),
        edit(
            "layernorm_forward",
            "np.mean(deviation**2, axis=1, keepdims=True)",
            "np.mean(deviation**2, axis=0)",
        ),
    ],
)
misconception(
    "dropout-not-inverted",
    hint="Is the mean of a unit the same in train mode and in test mode?",
    edits=[
        edit(
            "dropout_forward",
            '(source.random(x.shape) < dropout_param["p"]) / dropout_param["p"]',
            '(source.random(x.shape) < dropout_param["p"]) * 1.0',
        )
    ],
)
misconception(
    "p-is-dropped",
    hint="Is p the probability of keeping an entry, or of dropping it?",
    edits=[
        edit(
            "dropout_forward",
            '(source.random(x.shape) < dropout_param["p"]) / dropout_param["p"]',
            '(source.random(x.shape) >= dropout_param["p"]) / (1 - dropout_param["p"])',
        )
    ],
)
misconception(
    "p-is-dropped-and-scaled-by-p",
    hint="Is p the probability of keeping an entry, or of dropping it? Ask your mask, and ask your scale.",
    edits=[edit("dropout_forward", 'x.shape) < dropout_param["p"]', 'x.shape) >= dropout_param["p"]')],
)

misconception(
    "relu-in-place",
    hint="Print an array, give it to your forward, and print it again. Whose array is it?",
    edits=[edit("relu_forward", "np.maximum(x, 0), x", "np.maximum(x, 0, out=x), x")],
)
misconception(
    "dropped-in-place",
    hint="What does the caller's array hold after your dropout? It is wanted as it was.",
    edits=[edit("dropout_forward", "return x * scaled, scaled", "x *= scaled\n    return x, scaled")],
)
misconception(
    "centred-in-place",
    hint="Your forward subtracts a mean. From a copy of the caller's numbers, or from these themselves?",
    edits=[
        edit(
            "batchnorm_forward",
            'normal = (x - batch["running_mean"]) / std',
            'x -= batch["running_mean"]\n    normal = x / std',
        ),
        edit(
            "layernorm_forward",
            "    deviation = x - np.mean(x, axis=1, keepdims=True)\n",
            "    x -= np.mean(x, axis=1, keepdims=True)\n    deviation = x\n",
        ),
    ],
)

# The net.

misconception(
    "relu-on-scores",
    hint="Can a score of your net be negative?",
    edits=[
        edit(
            NET,
            "scores, kept = affine_forward(out, *self.affine_params(self.num_layers))",
            "scores, kept = affine_forward(out, *self.affine_params(self.num_layers))\n"
            "        scores, _ = relu_forward(scores)",
        ),
        edit(
            TWO_LAYERS,
            "scores, second_cache = affine_forward(out, W2, b2)\n",
            "scores, second_cache = affine_forward(out, W2, b2)\n        scores, _ = relu_forward(scores)\n",
        ),
    ],
)
misconception(
    "no-relu",
    hint="Layers of affine maps alone make one affine map. What stands between two of yours?",
    edits=[
        edit(
            NET,
            "        out, relu_cache = relu_forward(out)\n",
            "        relu_cache = np.ones_like(out)\n",
        ),
        edit(
            TWO_LAYERS,
            "        out, relu_cache = relu_forward(out)\n",
            "        relu_cache = np.ones_like(out)\n",
        ),
    ],
)
misconception(
    "relu-forgotten-backward",
    hint="A hidden unit that was cut off had no influence on the loss. What is its gradient?",
    edits=[
        edit(NET, "        dout = relu_backward(dout, relu_cache)\n", ""),
        edit(TWO_LAYERS, "affine_backward(relu_backward(dout, relu_cache), ", "affine_backward(dout, "),
    ],
)
misconception(
    "probabilities-for-scores",
    hint="Without labels, does your net return scores or probabilities? Can what it returns be negative?",
    edits=[
        edit(
            NET,
            "        if y is None:\n            return scores\n",
            "        if y is None:\n            odds = np.exp(scores - scores.max(axis=1, keepdims=True))\n"
            "            return odds / odds.sum(axis=1, keepdims=True)\n",
        ),
        edit(
            TWO_LAYERS,
            "        if y is None:\n            return scores\n",
            "        if y is None:\n            odds = np.exp(scores - scores.max(axis=1, keepdims=True))\n"
            "            return odds / odds.sum(axis=1, keepdims=True)\n",
        ),
    ],
)
misconception(
    "parameters-kept-from-the-start",
    hint="Somebody puts other arrays into params. Does your net compute with these, or with its first ones?",
    edits=[
        edit(
            NET,
            "        self.norm_params: list",
            "        self.first = dict(self.params)\n        self.norm_params: list",
        ),
        edit(
            NET,
            'return self.params[f"W{layer}"], self.params[f"b{layer}"]',
            'return self.first[f"W{layer}"], self.first[f"b{layer}"]',
        ),
        edit(
            TWO_LAYERS,
            '            self.params[f"b{layer}"] = np.zeros(shape[1])\n',
            '            self.params[f"b{layer}"] = np.zeros(shape[1])\n'
            "        self.first = dict(self.params)\n",
        ),
        edit(TWO_LAYERS, "(self.params[name] for name in", "(self.first[name] for name in"),
    ],
)
misconception(
    "parameters-spoilt-by-loss",
    hint="Look at the parameters before and after a call of loss. Who is to change them, and where?",
    edits=[
        edit(
            NET,
            '            grads[f"W{layer}"] += self.reg * w\n',
            '            w *= self.reg\n            grads[f"W{layer}"] += w\n',
        ),
        edit(
            TWO_LAYERS,
            'return loss, {"W1": dW1 + self.reg * W1, "b1": db1, "W2": dW2 + self.reg * W2, "b2": db2}',
            "W1 *= self.reg\n        W2 *= self.reg\n"
            '        return loss, {"W1": dW1 + W1, "b1": db1, "W2": dW2 + W2, "b2": db2}',
        ),
    ],
)
misconception(
    "penalty-without-half",
    hint="This topic's penalty has a factor that the topic `losses` does not have.",
    edits=[
        edit(NET, "0.5 * self.reg * np.sum(w * w)", "self.reg * np.sum(w * w)"),
        edit(NET, "+= self.reg * w", "+= 2 * self.reg * w"),
        edit(TWO_LAYERS, "0.5 * self.reg * (np", "self.reg * (np"),
        edit(TWO_LAYERS, "dW1 + self.reg", "dW1 + 2 * self.reg"),
        edit(TWO_LAYERS, "dW2 + self.reg", "dW2 + 2 * self.reg"),
    ],
)
misconception(
    "penalty-gradient-doubled",
    hint="Differentiate your penalty, with the factor that it has.",
    edits=[
        edit(NET, "+= self.reg * w", "+= 2 * self.reg * w"),
        edit(TWO_LAYERS, "dW1 + self.reg", "dW1 + 2 * self.reg"),
        edit(TWO_LAYERS, "dW2 + self.reg", "dW2 + 2 * self.reg"),
    ],
)
misconception(
    "penalty-doubled-in-the-loss",
    hint="Which factor has the penalty in your loss, and which one does its gradient belong to?",
    edits=[
        edit(NET, "0.5 * self.reg * np.sum(w * w)", "self.reg * np.sum(w * w)"),
        edit(TWO_LAYERS, "0.5 * self.reg * (np", "self.reg * (np"),
    ],
)
misconception(
    "penalty-not-in-loss",
    hint="Your gradient has a penalty. Has your loss?",
    edits=[
        edit(NET, "            loss += 0.5 * self.reg * np.sum(w * w)\n", ""),
        edit(
            TWO_LAYERS,
            "        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))\n",
            "",
        ),
    ],
)
misconception(
    "penalty-of-the-squared-sum",
    hint="For the weights 1 and -1, is your penalty 0? What do you square: each weight, or their sum?",
    edits=[
        edit(NET, "np.sum(w * w)", "np.sum(w) ** 2"),
        edit(TWO_LAYERS, "np.sum(W1 * W1) + np.sum(W2 * W2)", "np.sum(W1) ** 2 + np.sum(W2) ** 2"),
    ],
)
misconception(
    "penalty-not-in-gradient",
    hint="Your loss has a penalty. Has your gradient?",
    edits=[
        edit(NET, '            grads[f"W{layer}"] += self.reg * w\n', ""),
        edit(TWO_LAYERS, "dW1 + self.reg * W1", "dW1"),
        edit(TWO_LAYERS, "dW2 + self.reg * W2", "dW2"),
    ],
)
misconception(
    "penalty-on-hidden-layers-only",
    hint="Which layers' weights are in your penalty? Count them.",
    edits=[
        edit(
            NET,
            "for layer in range(1, self.num_layers + 1):",
            "for layer in range(1, self.num_layers):",
        ),
        edit(TWO_LAYERS, "np.sum(W1 * W1) + np.sum(W2 * W2)", "np.sum(W1 * W1)"),
        edit(TWO_LAYERS, "dW2 + self.reg * W2", "dW2"),
    ],
)
misconception(
    "penalty-on-biases",
    hint="Which parameters does the penalty leave free?",
    edits=[
        edit(NET, "w, _ = self.affine_params(layer)", "w, b = self.affine_params(layer)"),
        edit(NET, "np.sum(w * w)", "(np.sum(w * w) + np.sum(b * b))"),
        edit(NET, "+= self.reg * w", '+= self.reg * w\n            grads[f"b{layer}"] += self.reg * b'),
        edit(
            TWO_LAYERS,
            "np.sum(W1 * W1) + np.sum(W2 * W2)",
            "np.sum(W1 * W1) + np.sum(W2 * W2) + np.sum(b1 * b1) + np.sum(b2 * b2)",
        ),
        edit(TWO_LAYERS, '"b1": db1', '"b1": db1 + self.reg * b1'),
        edit(TWO_LAYERS, '"b2": db2', '"b2": db2 + self.reg * b2'),
    ],
)
misconception(
    "penalty-on-gamma",
    hint="Which parameters does the penalty leave free? Look at all kinds of them.",
    edits=[
        edit(
            NET,
            "w, _ = self.affine_params(layer)",
            "w, _ = self.affine_params(layer)\n"
            '            gamma = self.params.get(f"gamma{layer}", np.zeros(1))',
        ),
        edit(NET, "np.sum(w * w)", "(np.sum(w * w) + np.sum(gamma * gamma))"),
        edit(
            NET,
            "+= self.reg * w",
            '+= self.reg * w\n            if f"gamma{layer}" in grads:\n'
            '                grads[f"gamma{layer}"] = grads[f"gamma{layer}"] + self.reg * gamma',
        ),
    ],
)
misconception(
    "one-memory-for-all-layers",
    hint="Each layer has statistics of its own. Where are those of the first layer after the second has run?",
    edits=[edit(NET, "[{} for _ in sizes]", "[{}] * len(sizes)")],
)
misconception(
    "statistics-move-in-test-mode",
    hint="May what you are tested on change your running statistics? Ask your net for scores twice.",
    edits=[
        edit(
            "batchnorm_forward",
            "        batch = {key: bn_param.get(key, 0.0) for key in batch}\n",
            "        moved, batch = batch, {key: bn_param.get(key, 0.0) for key in batch}\n"
            "        for key, value in moved.items():\n"
            "            bn_param[key] = 0.9 * batch[key] + 0.1 * value\n",
        )
    ],
)
misconception(
    "one-memory-for-all-nets",
    hint="Make two nets and train one of them. Does the other one's output in test mode change?",
    edits=[
        edit(
            NET,
            "self.norm_params: list[Settings] = [{} for _ in sizes]",
            'FullyConnectedNet.memory = getattr(FullyConnectedNet, "memory", [{} for _ in range(99)])\n'
            "        self.norm_params = FullyConnectedNet.memory",
        )
    ],
)
misconception(
    "images-flattened-columns-first",
    hint="In which order do the pixels of an image become a row?",
    edits=[
        edit(NET, "out, caches = X, []", 'out, caches = X.reshape(len(X), -1, order="F"), []'),
        edit(TWO_LAYERS, "affine_forward(X, W1", 'affine_forward(X.reshape(len(X), -1, order="F"), W1'),
    ],
)
misconception(
    "always-in-train-mode",
    hint="Which mode is your net in when it gets no labels?",
    edits=[edit(NET, 'mode = "test" if y is None else "train"', 'mode = "train"')],
)
misconception(
    "normalization-always-in-train-mode",
    hint="Who tells your batch normalization that it is being tested?",
    edits=[edit(NET, 'self.norm_params[layer]["mode"] = mode', 'self.norm_params[layer]["mode"] = "train"')],
)
misconception(
    "dropout-never-in-train-mode",
    hint="Which mode is your dropout in while the net is trained?",
    edits=[
        edit(
            NET,
            '{"p": self.dropout_keep_ratio, "mode": mode, "seed": seed}',
            '{"p": self.dropout_keep_ratio, "mode": "test", "seed": seed}',
        )
    ],
)
misconception(
    "at-least-one-hidden-layer",
    hint="What does your net do with an empty list of hidden layers? Which layer is its first one then?",
    edits=[
        edit(
            NET,
            "sizes = [input_dim, *hidden_dims, num_classes]",
            "sizes = [input_dim, hidden_dims[0], *hidden_dims[1:], num_classes]",
        )
    ],
)
misconception(
    "keep-ratio-read-as-drop",
    hint="With a ratio of 0.9, how many of ten units should survive?",
    edits=[edit(NET, '{"p": self.dropout_keep_ratio,', '{"p": 1 - self.dropout_keep_ratio,')],
)
misconception(
    "dropout-forgotten-backward",
    hint="A unit that was dropped had no influence on the loss. What is its gradient?",
    edits=[edit(NET, "dout = dropout_backward(dout, dropout_cache)", "pass")],
)
misconception(
    "seed-ignored",
    hint="With a seed, is your loss a function of the parameters? Call it twice.",
    edits=[edit(NET, "seed = None if self.seed is None else self.seed + layer", "seed = None")],
)
misconception(
    "seed-zero-taken-for-none",
    hint="The seed 0 is a seed. How do you ask whether there is one?",
    edits=[
        edit(
            NET,
            "seed = None if self.seed is None else self.seed + layer",
            "seed = self.seed + layer if self.seed else None",
        ),
        edit("dropout_forward", "np.random if seed is None else", "np.random if not seed else"),
    ],
)
misconception(
    "seed-moves-on",
    hint="With a seed, is your loss a function of the parameters? Call it twice.",
    edits=[
        edit(
            NET,
            "seed = None if self.seed is None else self.seed + layer",
            "seed = None if self.seed is None else self.seed + layer\n"
            "            self.seed = None if self.seed is None else self.seed + 100",
        )
    ],
)
misconception(
    "one-mask-for-ever",
    hint="Without a seed, does your net drop the same units in every step?",
    edits=[
        edit(
            NET, "seed = None if self.seed is None else self.seed + layer", "seed = (self.seed or 0) + layer"
        )
    ],
)


@misconception(
    "normalized-after-relu",
    hint="In which order do normalization and relu come in a hidden layer here?",
)
def _():
    class FullyConnectedNet:
        def __init__(
            self,
            hidden_dims,
            input_dim=3 * 32 * 32,
            num_classes=10,
            dropout_keep_ratio=1,
            normalization=None,
            reg=0.0,
            weight_scale=1e-2,
            dtype=np.float64,
            seed=None,
        ):
            self.L, self.kind, self.reg = 1 + len(hidden_dims), normalization, reg
            self.keep, self.seed = dropout_keep_ratio, seed
            dims, self.params = [input_dim, *hidden_dims, num_classes], {}
            for i in range(self.L):
                self.params[f"W{i + 1}"] = (weight_scale * np.random.randn(dims[i], dims[i + 1])).astype(
                    dtype
                )
                self.params[f"b{i + 1}"] = np.zeros(dims[i + 1], dtype)
                if normalization and i + 1 < self.L:
                    self.params[f"gamma{i + 1}"] = np.ones(dims[i + 1], dtype)
                    self.params[f"beta{i + 1}"] = np.zeros(dims[i + 1], dtype)
            self.memory = [{} for _ in dims]

        def loss(self, X, y=None):
            mode, p, back = "test" if y is None else "train", self.params, []
            out = X
            norm = (batchnorm_forward, batchnorm_backward)  # noqa: F821
            if self.kind == "layernorm":
                norm = (layernorm_forward, layernorm_backward)  # noqa: F821
            for i in range(1, self.L):
                out, c1 = affine_forward(out, p[f"W{i}"], p[f"b{i}"])  # noqa: F821
                out, c2 = relu_forward(out)  # noqa: F821
                c3 = c4 = None
                if self.kind:
                    self.memory[i]["mode"] = mode
                    out, c3 = norm[0](out, p[f"gamma{i}"], p[f"beta{i}"], self.memory[i])
                if self.keep != 1:
                    seed = None if self.seed is None else self.seed + i
                    out, c4 = dropout_forward(out, {"p": self.keep, "mode": mode, "seed": seed})  # noqa: F821
                back.append((c1, c2, c3, c4))
            scores, last = affine_forward(out, p[f"W{self.L}"], p[f"b{self.L}"])  # noqa: F821
            if y is None:
                return scores
            (loss, dout), g = softmax_loss(scores, y), {}  # noqa: F821
            dout, g[f"W{self.L}"], g[f"b{self.L}"] = affine_backward(dout, last)  # noqa: F821
            for i in range(self.L - 1, 0, -1):
                c1, c2, c3, c4 = back[i - 1]
                if self.keep != 1:
                    dout = dropout_backward(dout, c4)  # noqa: F821
                if self.kind:
                    dout, g[f"gamma{i}"], g[f"beta{i}"] = norm[1](dout, c3)
                dout, g[f"W{i}"], g[f"b{i}"] = affine_backward(relu_backward(dout, c2), c1)  # noqa: F821
            for i in range(1, self.L + 1):
                loss += self.reg / 2 * np.sum(p[f"W{i}"] ** 2)
                g[f"W{i}"] = g[f"W{i}"] + self.reg * p[f"W{i}"]
            return loss, g


misconception(
    "weight-scale-ignored",
    hint="How large are your first weights when the caller asks for larger ones?",
    edits=[
        edit(
            NET,
            "np.random.normal(scale=weight_scale, size=shape)",
            "np.random.normal(scale=1e-2, size=shape)",
        ),
        edit(
            TWO_LAYERS,
            "np.random.normal(scale=weight_scale, size=shape)",
            "np.random.normal(scale=1e-3, size=shape)",
        ),
    ],
)
misconception(
    "first-weights-all-positive",
    hint="What is the mean of your first weights?",
    edits=[
        edit(
            NET,
            "np.random.normal(scale=weight_scale, size=shape)",
            "weight_scale * np.random.random(shape)",
        ),
        edit(
            TWO_LAYERS,
            "np.random.normal(scale=weight_scale, size=shape)",
            "weight_scale * np.random.random(shape)",
        ),
    ],
)
misconception(
    "gamma-starts-at-zero",
    hint="What comes out of a layer whose gamma is 0?",
    edits=[edit(NET, "np.ones(size), np.zeros(size)", "np.zeros(size), np.zeros(size)")],
)

# Steps and the solver.

misconception(
    "step-uphill",
    hint="Do you move with the gradient or against it?",
    edits=[edit("descend", "- learning_rate * gradient", "+ learning_rate * gradient")],
)
misconception(
    "loss-after-the-step",
    hint="Your loss is the one after the step. What was it before?",
    edits=[edit("descend", "return float(loss)", "return float(model.loss(X, y)[0])")],
)
misconception(
    "errors-counted",
    hint="Is your share that of the right answers, or that of the wrong ones?",
    edits=[edit("model_accuracy", "axis=1) == y", "axis=1) != y")],
)
misconception(
    "accuracy-as-a-count",
    hint="An accuracy is a share, between 0 and 1.",
    edits=[edit("model_accuracy", "np.mean(", "np.sum(")],
)
misconception(
    "one-config-for-all",
    hint="Each parameter has a velocity of its own. In how many dictionaries do you keep them?",
    edits=[
        edit(
            SOLVER,
            "configs = {name: dict(self.optim_config) for name in self.model.params}",
            "configs = dict.fromkeys(self.model.params, dict(self.optim_config))",
        ),
        edit(
            SOLVER,
            "self.model.params[name], configs[name] = self.update_rule(w, gradient, configs[name])",
            "self.model.params[name], config = self.update_rule(w, gradient, configs[name])\n"
            "            configs[name].update(config)",
        ),
    ],
)
misconception(
    "default-config-shared-by-solvers",
    hint="Where does a dictionary live that stands in the class: how many solvers have it?",
    edits=[
        edit(
            SOLVER, "    def __init__(", '    default_config = {"learning_rate": 1e-2}\n\n    def __init__('
        ),
        edit(
            SOLVER,
            '{"learning_rate": 1e-2} if optim_config is None else optim_config',
            "self.default_config if optim_config is None else dict(optim_config)",
        ),
        edit(
            SOLVER,
            "        self.model.params = self.best_params\n",
            "        self.model.params = self.best_params\n"
            '        self.optim_config["learning_rate"] *= self.lr_decay**self.num_epochs\n',
        ),
    ],
)
misconception(
    "state-forgotten",
    hint="The update rule returns two things. What becomes of the second?",
    edits=[
        edit(
            SOLVER,
            "self.model.params[name], configs[name] = self.update_rule(w, gradient, configs[name])",
            "self.model.params[name], _ = self.update_rule(w, gradient, configs[name])",
        )
    ],
)
misconception(
    "rate-decays-every-step",
    hint="When is the learning rate multiplied: after each step, or after each epoch?",
    edits=[
        edit(
            SOLVER,
            "                self.step(configs)\n            for config in configs.values():\n"
            '                config["learning_rate"] *= self.lr_decay\n',
            "                self.step(configs)\n                for config in configs.values():\n"
            '                    config["learning_rate"] *= self.lr_decay\n',
        )
    ],
)
misconception(
    "rate-never-decays",
    hint="Which learning rate do you have after the first epoch?",
    edits=[
        edit(SOLVER, '                config["learning_rate"] *= self.lr_decay\n', "                pass\n")
    ],
)
misconception(
    "rate-decays-once-per-parameter",
    hint="How often is the rate multiplied after an epoch, if all parameters share one dictionary?",
    edits=[
        edit(
            SOLVER,
            "configs = {name: dict(self.optim_config) for name in self.model.params}",
            "configs = dict.fromkeys(self.model.params, dict(self.optim_config))",
        ),
    ],
)
misconception(
    "best-params-copied-flat",
    hint="A new dictionary with the same arrays in it: what does an update in place do to them?",
    edits=[
        edit(
            SOLVER,
            "{name: value.copy() for name, value in self.model.params.items()}",
            "dict(self.model.params)",
        )
    ],
)
misconception(
    "best-params-not-copied",
    hint="Training goes on after the best epoch. What happens to the arrays that you kept?",
    edits=[
        edit(SOLVER, "{name: value.copy() for name, value in self.model.params.items()}", "self.model.params")
    ],
)
misconception(
    "best-by-training-accuracy",
    hint="Which data decide which epoch was the best?",
    edits=[
        edit(
            SOLVER,
            "            if self.val_acc_history[-1] > best:\n"
            "                best = self.val_acc_history[-1]\n",
            "            if self.train_acc_history[-1] > best:\n"
            "                best = self.train_acc_history[-1]\n",
        )
    ],
)
misconception(
    "last-params-in-the-end",
    hint="Which parameters has the model when training is over?",
    edits=[edit(SOLVER, "        self.model.params = self.best_params\n", "")],
)
misconception(
    "same-batch-every-step",
    hint="How many of your samples does the model ever see?",
    edits=[
        edit(
            SOLVER,
            "batch = self.rng.choice(len(X), self.batch_size)",
            "batch = np.arange(len(X))[: self.batch_size]",
        )
    ],
)
misconception(
    "loss-kept-once-per-epoch",
    hint="How many entries has your loss_history after an epoch of ten steps?",
    edits=[
        edit(
            SOLVER,
            "        self.loss_history.append(float(loss))\n",
            "        self.last_loss = float(loss)\n",
        ),
        edit(
            SOLVER,
            "            for config in configs.values():\n",
            "            self.loss_history.append(self.last_loss)\n"
            "            for config in configs.values():\n",
        ),
    ],
)
misconception(
    "epoch-without-a-step",
    hint="How many steps has an epoch when there are fewer samples than a batch has rows?",
    edits=[
        edit(
            SOLVER,
            'max(1, len(self.data["X_train"]) // self.batch_size)',
            'len(self.data["X_train"]) // self.batch_size',
        )
    ],
)
misconception(
    "solver-draws-from-elsewhere",
    hint="Do you get the same batches for the same rng?",
    edits=[edit(SOLVER, "self.rng.choice(len(X)", "np.random.choice(len(X)")],
)

misconception(
    "history-in-a-default-argument",
    hint="When is the default value of an argument made: at each call, or once?",
    edits=[
        edit("overfit_small_data", "num_steps: int\n", "num_steps: int, losses: list[float] = []\n"),
        edit("overfit_small_data", "losses = [descend", "losses += [descend"),
    ],
)

# Checks.

misconception(
    "classes-counted-in-labels",
    hint="A class need not occur in the data at hand. What else tells how many classes there are?",
    edits=[edit("initial_loss_ok", "np.log(model.loss(X).shape[1])", "np.log(y.max() + 1)")],
)
misconception(
    "expects-another-logarithm",
    hint="You compare with {value}. Which logarithm does the loss have?",
    edits=[edit("initial_loss_ok", "np.log(model", "{value}(model")],
    values=("np.log10", "np.log2"),
)
misconception(
    "tolerance-not-relative",
    hint="Is the tolerance a number, or a share of log(C)?",
    edits=[edit("initial_loss_ok", "<= tolerance * expected", "<= tolerance")],
)
misconception(
    "one-sided-tolerance",
    hint="Can the first loss be too low, too?",
    edits=[edit("initial_loss_ok", "np.abs(loss - expected)", "(loss - expected)")],
)
misconception(
    "accuracy-before-training",
    hint="When do you measure the accuracy?",
    edits=[
        edit(
            "overfit_small_data",
            "    losses = [",
            "    share = model_accuracy(model, X, y)\n    losses = [",
        ),
        edit("overfit_small_data", "return losses, model_accuracy(model, X, y)", "return losses, share"),
    ],
)
misconception(
    "learned-by-heart-in-batches",
    hint="How many of the few samples does each step see?",
    edits=[
        edit(
            "overfit_small_data",
            "descend(model, X, y, learning_rate) for _ in range(num_steps)",
            "descend(model, X[i % 2 :: 2], y[i % 2 :: 2], learning_rate) for i in range(num_steps)",
        )
    ],
)
misconception(
    "first-loss-averaged",
    hint="A good curve falls most in its first tenth. What does averaging make of its first loss?",
    edits=[edit("diagnose_loss_curve", "= curve[0], np", "= np.mean(curve[:tenth]), np")],
)
misconception(
    "last-loss-alone",
    hint="Curves are ragged. How much of the curve is your end?",
    edits=[edit("diagnose_loss_curve", "np.mean(curve[-tenth:])", "curve[-1]")],
)
misconception(
    "too-low-asked-before-good",
    hint="A curve ends at a tenth of its first loss and still falls. Which of your questions comes first?",
    edits=[
        edit(
            "diagnose_loss_curve",
            """    if end <= first / 2:
        return "good"
    return "too low" if middle - end >= (first - middle) / 2 else "too high\"""",
            """    if middle - end >= (first - middle) / 2:
        return "too low"
    return "good" if end <= first / 2 else "too high\"""",
        )
    ],
)
misconception(
    "nan-not-noticed",
    hint="What does a comparison with a loss that is not a number say?",
    edits=[edit("diagnose_loss_curve", "not np.all(np.isfinite(curve)) or end > first", "end > first")],
)
misconception(
    "low-and-high-swapped",
    hint="With tiny steps, does the loss still fall at the end, or does it rest?",
    edits=[
        edit("diagnose_loss_curve", '"too low" if', '"too high" if'),
        edit("diagnose_loss_curve", 'else "too high"', 'else "too low"'),
    ],
)

# Hyperparameters.

misconception(
    "grid-in-step",
    hint="With 2 rates and 3 strengths, how many combinations are there, and how many do you try?",
    edits=[edit("grid_search", "product(*grid.values())", "zip(*grid.values())")],
)


@misconception(
    "grid-of-two-names",
    hint="How many loops do you need for three names? And for one?",
)
def _():
    def grid_search(score, grid):
        (first, some), (second, others) = grid.items()
        tried = []
        for one in some:
            for other in others:
                settings = {first: one, second: other}
                tried.append((score(settings), settings))
        value, best = max(tried, key=lambda entry: entry[0])
        return best, value


misconception(
    "lowest-score-wins",
    hint="Is a high score good or bad here?",
    edits=[
        edit("grid_search", "np.argmax(scores)", "np.argmin(scores)"),
        edit("random_search", "np.argmax(scores)", "np.argmin(scores)"),
    ],
)
misconception(
    "uniform-in-the-value",
    hint="Between 1e-5 and 1, how many of your draws are below 1e-1?",
    edits=[
        edit(
            "random_search",
            "float(np.exp(rng.uniform(np.log(low), np.log(high))))",
            "float(rng.uniform(low, high))",
        )
    ],
)
misconception(
    "logarithm-not-undone",
    hint="Do the values that you try lie between the lowest and the highest one?",
    edits=[
        edit(
            "random_search",
            "float(np.exp(rng.uniform(np.log(low), np.log(high))))",
            "float(rng.uniform({value}(low), {value}(high)))",
        )
    ],
    values=("np.log10", "np.log"),
)


@misconception(
    "one-draw-for-all-names",
    hint="If the first value of a combination is high, is the second one always high, too?",
)
def _():
    def random_search(score, ranges, trials, rng):
        tried = []
        for place in rng.random(trials):
            tried.append({name: float(low * (high / low) ** place) for name, (low, high) in ranges.items()})
        scores = [score(one) for one in tried]
        return tried[int(np.argmax(scores))], max(scores)

    def coarse_to_fine(score, ranges, trials, rounds, rng, shrink=0.5):
        best, highest = None, -np.inf
        for _ in range(rounds):
            drawn = []
            for _ in range(trials):
                drawn.append({n: float(a * (b / a) ** rng.random()) for n, (a, b) in ranges.items()})
            for one in drawn:
                value = score(one)
                if value > highest:
                    best, highest = one, value
            ranges = {
                n: (best[n] * (a / b) ** (shrink / 2), best[n] * (b / a) ** (shrink / 2))
                for n, (a, b) in ranges.items()
            }
        return best, highest


misconception(
    "around-the-last-round",
    hint="The last round may have found nothing better. Around what do you search then?",
    edits=[
        edit(
            "coarse_to_fine",
            "(best[name] / factor, best[name] * factor)",
            "(found[name] / factor, found[name] * factor)",
        )
    ],
)
misconception(
    "best-of-the-last-round",
    hint="Is what you return the best of all rounds, or of the last one?",
    edits=[edit("coarse_to_fine", "if value > best_score:", "if True:")],
)
misconception(
    "ranges-never-shrink",
    hint="How wide are your ranges in the last round?",
    edits=[edit("coarse_to_fine", "(high / low) ** (shrink / 2)", "(high / low) ** 0.5")],
)
misconception(
    "first-ranges-shrunk-again-and-again",
    hint="How much narrower than the second round's ranges are those of the third round?",
    edits=[
        edit(
            "coarse_to_fine",
            "    best, best_score = {}, -np.inf\n",
            "    best, best_score, first = {}, -np.inf, ranges\n",
        ),
        edit("coarse_to_fine", "in ranges.items()}", "in first.items()}"),
    ],
)
misconception(
    "kept-within-the-first-ranges",
    hint="If the best value lies at the edge of the first range, what do you learn about values beyond?",
    edits=[
        edit(
            "coarse_to_fine",
            "    best, best_score = {}, -np.inf\n",
            "    best, best_score, first = {}, -np.inf, ranges\n",
        ),
        edit(
            "coarse_to_fine",
            "(best[name] / factor, best[name] * factor)",
            "(max(best[name] / factor, first[name][0]), min(best[name] * factor, first[name][1]))",
        ),
    ],
)
misconception(
    "ranges-shrink-linearly",
    hint="On which scale is the best value in the middle of the new range?",
    edits=[
        edit("coarse_to_fine", "(high / low) ** (shrink / 2) for", "(high - low) * shrink / 2 for"),
        edit(
            "coarse_to_fine",
            "(best[name] / factor, best[name] * factor)",
            "(max(best[name] - factor, 1e-9), best[name] + factor)",
        ),
    ],
)
misconception(
    "folds-in-order",
    hint="If the data are sorted by class, what is in your first fold?",
    edits=[
        edit("cross_validate", "rng.permutation(np.arange(len(X)) % k)", "np.sort(np.arange(len(X)) % k)")
    ],
)
misconception(
    "remainder-never-held-out",
    hint="When k does not divide N, is everybody held out once?",
    edits=[
        edit(
            "cross_validate",
            "rng.permutation(np.arange(len(X)) % k)",
            "rng.permutation(np.append(np.arange(len(X) // k * k) % k, [k] * (len(X) % k)))",
        )
    ],
)
misconception(
    "labels-not-shuffled",
    hint="After shuffling, does each sample still have its own label?",
    edits=[
        edit(
            "cross_validate",
            "    fold_of = rng.permutation(np.arange(len(X)) % k)\n",
            "    X, fold_of = X[rng.permutation(len(X))], np.sort(np.arange(len(X)) % k)\n",
        )
    ],
)
misconception(
    "trained-on-the-held-out",
    hint="Has your classifier seen the samples on which you test it?",
    edits=[edit("cross_validate", "score(X[~inside], y[~inside],", "score(X, y,")],
)
misconception(
    "train-and-held-out-swapped",
    hint="Which part is larger, the one for training or the one that is held out?",
    edits=[
        edit(
            "cross_validate",
            "score(X[~inside], y[~inside], X[inside], y[inside])",
            "score(X[inside], y[inside], X[~inside], y[~inside])",
        )
    ],
)

# Ensembles.


@misconception(
    "snapshots-not-copied",
    hint="Look at your snapshots after training. Are they different?",
)
def _():
    def snapshot_ensemble(model, X, y, learning_rate, cycles, steps, batch_size, rng):
        found = []
        for _ in range(cycles):
            for t in range(steps):
                rows = rng.integers(len(X), size=batch_size)
                _, grads = model.loss(X[rows], y[rows])
                params = model.params
                for name in grads:
                    params[name] -= learning_rate / 2 * (1 + np.cos(np.pi * t / steps)) * grads[name]
            found.append(dict(model.params))
        return found


misconception(
    "schedule-without-restart",
    hint="Which learning rate do you have at the start of the second cycle?",
    edits=[
        edit("snapshot_ensemble", "for _ in range(cycles):", "for cycle in range(cycles):"),
        edit("snapshot_ensemble", "np.pi * t / steps", "np.pi * (cycle * steps + t) / (cycles * steps)"),
    ],
)
misconception(
    "cosine-without-half",
    hint="How high is your rate in the first step of a cycle?",
    edits=[edit("snapshot_ensemble", "np.cos(np.pi * t / steps)) / 2)", "np.cos(np.pi * t / steps)))")],
)
misconception(
    "rate-of-zero-at-the-end-of-a-cycle",
    hint="How high is the rate in the last step of a cycle? It must not be 0 before the cycle is over.",
    edits=[edit("snapshot_ensemble", "np.pi * t / steps", "np.pi * t / max(1, steps - 1)")],
)
misconception(
    "rate-of-the-next-step",
    hint="In the first step of a cycle, is the rate the highest one?",
    edits=[edit("snapshot_ensemble", "np.pi * t / steps", "np.pi * (t + 1) / steps")],
)
misconception(
    "each-cycle-from-the-start",
    hint="Does the second cycle go on from where the first one ended?",
    edits=[
        edit(
            "snapshot_ensemble",
            "    for _ in range(cycles):\n",
            "    start = {name: value.copy() for name, value in model.params.items()}\n"
            "    for _ in range(cycles):\n"
            "        model.params.update({n: v.copy() for n, v in start.items()})\n",
        )
    ],
)
misconception(
    "same-batch-in-all-cycles",
    hint="Do you draw a new batch for every step?",
    edits=[
        edit("snapshot_ensemble", "            batch = rng.choice(len(X), batch_size)\n", ""),
        edit(
            "snapshot_ensemble",
            "    snapshots = []\n",
            "    snapshots = []\n    batch = rng.choice(len(X), batch_size)\n",
        ),
    ],
)
misconception(
    "scores-averaged",
    hint="What do you average: scores or probabilities? One snapshot with large scores decides alone.",
    edits=[
        edit(
            "snapshot_predict",
            "total + np.exp(lead) / np.exp(lead).sum(axis=1, keepdims=True)",
            "total + scores",
        )
    ],
)
misconception(
    "votes-counted",
    hint="Does a snapshot that is nearly sure count more than one that hardly knows?",
    edits=[
        edit(
            "snapshot_predict",
            "total + np.exp(lead) / np.exp(lead).sum(axis=1, keepdims=True)",
            "total + np.eye(scores.shape[1])[np.argmax(lead, axis=1)]",
        )
    ],
)
misconception(
    "model-left-with-last-snapshot",
    hint="Which parameters has the model after your prediction?",
    edits=[edit("snapshot_predict", "    model.params = before\n", "")],
)
misconception(
    "snapshot-odds-overflow",
    hint="What is exp(2000) on a computer?",
    edits=[edit("snapshot_predict", "scores - scores.max(axis=1, keepdims=True)", "scores")],
)

# Transfer.

misconception(
    "freeze-thaws-the-rest",
    hint="What is frozen already stays frozen. What does a second call of yours do?",
    edits=[
        edit(
            "freeze",
            "    original = model.loss\n",
            "    original = getattr(model, 'first_loss', model.loss)\n    model.first_loss = original\n",
        )
    ],
)
misconception(
    "freeze-for-all-models",
    hint="Two models of one class, one of them frozen: what does the other one learn?",
    edits=[
        edit("freeze", "    original = model.loss\n", "    original = type(model).loss\n"),
        edit("freeze", "    def loss(X: Array,", "    def loss(self, X: Array,"),
        edit("freeze", "return original(X)\n", "return original(self, X)\n"),
        edit("freeze", "original(X, y)", "original(self, X, y)"),
        edit("freeze", "model.loss = loss", "type(model).loss = loss"),
    ],
)
misconception(
    "frozen-gradient-left-out",
    hint="Which names have the gradients of a frozen model? All parameters need one.",
    edits=[
        edit(
            "freeze",
            "{name: np.zeros_like(g) if name in names else g for name, g in grads.items()}",
            "{name: g for name, g in grads.items() if name not in names}",
        )
    ],
)
misconception(
    "freeze-everything-else",
    hint="Are the names those that learn, or those that don't?",
    edits=[edit("freeze", "if name in names else g", "if name not in names else g")],
)
misconception(
    "head-by-alphabet",
    hint="Which comes last in the alphabet, W9 or W11?",
    edits=[
        edit(
            "replace_head",
            "max(map(layer_number, model.params))",
            "layer_number(max(name for name in model.params if name[0] == 'W'))",
        )
    ],
)
misconception(
    "head-of-zeros",
    hint="The new weights should be drawn at random. What are yours?",
    edits=[
        edit(
            "replace_head",
            "weight_scale * rng.standard_normal((inputs, num_classes))",
            "np.zeros((inputs, num_classes))",
        )
    ],
)
misconception(
    "head-of-unscaled-weights",
    hint="How large are the new weights, and how large are they asked to be?",
    edits=[
        edit(
            "replace_head",
            "weight_scale * rng.standard_normal((inputs, num_classes))",
            "rng.standard_normal((inputs, num_classes))",
        )
    ],
)
misconception(
    "old-bias-kept",
    hint="How many classes has the old head's b?",
    edits=[edit("replace_head", '    model.params[f"b{last}"] = np.zeros(num_classes)', "")],
)
misconception(
    "retrain-counted-from-the-front",
    hint="From which end do you count the layers that learn?",
    edits=[edit("fine_tune", "layer_number(name) < first", "layer_number(name) > retrain")],
)
misconception(
    "nothing-frozen",
    hint="Which layers change while you fine-tune the head alone?",
    edits=[edit("fine_tune", "if layer_number(name) < first", "if layer_number(name) < 0")],
)
misconception(
    "one-layer-too-many",
    hint="With retrain = 1, is the head the only layer that learns?",
    edits=[edit("fine_tune", "- retrain + 1", "- retrain")],
)
misconception(
    "fine-tuned-on-one-batch",
    hint="Ten steps on batches of eight samples: how many different samples can your net have seen?",
    edits=[
        edit("fine_tune", "    losses = []\n", "    losses, batch = [], rng.choice(len(X), batch_size)\n"),
        edit("fine_tune", "        batch = rng.choice(len(X), batch_size)\n", ""),
    ],
)
misconception(
    "fine-tuned-on-everything-at-once",
    hint="How many rows does each of your steps see?",
    edits=[edit("fine_tune", "batch = rng.choice(len(X), batch_size)", "batch = rng.permutation(len(X))")],
)
misconception(
    "more-data-retrain-less",
    hint="Who can afford to train many parameters: the one with little data, or the one with much?",
    edits=[edit("what_to_retrain", 'if data == "little"', 'if data == "much"')],
)
misconception(
    "cut-off-early-with-much-data",
    hint="When the old and the new images differ, late layers are of little use. Which case is in need of a "
    "classifier on earlier ones: little data, or much?",
    edits=[
        edit("what_to_retrain", 'else "head on earlier layers"', 'else "last layers"'),
        edit("what_to_retrain", 'return "last layers" if', 'return "head on earlier layers" if'),
    ],
)
misconception(
    "similar-and-different-exchanged",
    hint="Are late layers of use where the new images are like the old ones, or where they are not?",
    edits=[
        edit("what_to_retrain", '"head" if similarity == "similar"', '"head" if similarity == "different"'),
        edit(
            "what_to_retrain",
            '"last layers" if similarity == "similar"',
            '"last layers" if similarity == "different"',
        ),
    ],
)
misconception(
    "similarity-ignored",
    hint="When the new images look nothing like the old ones, are late layers of any use?",
    edits=[
        edit(
            "what_to_retrain",
            'return "head" if similarity == "similar" else "head on earlier layers"',
            'return "head"',
        ),
    ],
)

misconception(
    "gradient-measured",
    hint="A layer's gradient is right to ten digits only. Did you work it out, or measure it?",
    edits=[
        edit(
            "relu_backward",
            "return dout * (cache > 0)",
            "return dout * (np.maximum(cache + 1e-5, 0) - np.maximum(cache - 1e-5, 0)) / 2e-5",
        ),
    ],
)
