"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

NET, SOLVER, TWO_LAYERS = "FullyConnectedNet", "Solver", "TwoLayerNet"

# The signs of axes are free. Which ones come out depends on the decomposition, so a mistake is told by both.
DECOMPOSITIONS = ("eigh", "svd")

# Data.

misconception(
    "mean-of-all-data",
    hint="Which data go into your mean? Which of them may it know about before the test?",
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
    hint="If one image is in the training data and in the test data, is it the same in both after your "
    "shift?",
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
    hint="How many numbers is your mean: one for everything, or one for each feature?",
    edits=[edit("zero_center", "np.mean(train, axis=0)", "np.mean(train)")],
)
misconception(
    "mean-of-each-image",
    hint="Over which axis do you average: over the pixels of one image, or over the images, for each pixel?",
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
    hint="Pixels may be bytes, from 0 to 255. What becomes of a mean such as 3.7, or of a negative "
    "difference, in that type?",
    edits=[edit("zero_center", "np.mean(train, axis=0)", "np.mean(train, axis=0).astype(train.dtype)")],
)
misconception(
    "centered-in-place",
    hint="After the call, are the caller's data what they were? Which line writes to them?",
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
    hint="If all data are doubled, standardized data stay as they are. Do yours? What do you divide by?",
    edits=[edit("standardize", "np.std(train, axis=0)", "np.var(train, axis=0)")],
)
misconception(
    "sample-standard-deviation",
    hint="Does the docstring divide the sum of the squared differences by N or by N - 1? Which do you?",
    edits=[edit("standardize", "np.std(train, axis=0)", "np.std(train, axis=0, ddof=1)")],
)
misconception(
    "constant-feature-divided",
    hint="What is the standard deviation of a pixel that is 0 in every training image? What do you get "
    "when you divide by it?",
    edits=[
        edit(
            "standardize", "np.where(varies, np.std(train, axis=0), 1)", "np.std(train, axis=0) + 0 * varies"
        )
    ],
)
misconception(
    "constant-feature-divided-by-little",
    hint="A pixel is 0 in every training image and 1 in a test image. What is it divided by, and how "
    "large does it get?",
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
    hint="How many numbers is your standard deviation: one for everything, or one for each feature?",
    edits=[edit("standardize", "np.where(varies, np.std(train, axis=0), 1)", "np.std(train) + 0 * varies")],
)
misconception(
    "spread-of-its-own",
    hint="Which data does your standard deviation come from: the training data, or each part's own?",
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
    hint="Which matrix do you decompose, and what does the docstring subtract from X first?",
    edits=[edit("pca", "np.linalg.svd(X - mean,", "np.linalg.svd(X,")],
)
misconception(
    "components-in-columns",
    hint="Which shape do your components have, (k, D) or (D, k)? Is each of them a row?",
    edits=[edit("pca", "directions[:k]", "directions[:k].T")],
)
misconception(
    "rows-taken-for-columns",
    hint="Does NumPy return eigenvectors as the rows or as the columns of a matrix? Which k of these do "
    "you take?",
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
    hint="In which order do your eigenvalues come, rising or falling? Which directions do you keep?",
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
    hint="Does np.linalg.eig return eigenvalues in any particular order? Which directions do you keep?",
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
    hint="An eigenvalue of the covariance is a variance. What must you divide by to make that variance 1?",
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
    hint="On which axes should the result lie: the principal ones or those of the features? What does "
    "your last product do?",
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
    hint="Is eps added to the eigenvalue or to its root? Compare your results for an eps of 1.",
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
    hint="By how many does the docstring divide the sum in the covariance: N or N - 1? By how many do you?",
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
    hint="The covariance is a mean over the samples. How many are there, and by what do you divide?",
    edits=[edit("whiten", "/ len(train)", "/ train.shape[1]")],
)
misconception(
    "whitened-without-centering",
    hint="The covariance is made of differences from the mean. Where do you subtract it?",
    edits=[edit("whiten", "parts = zero_center(train, *others)", "parts = (train, *others)")],
)
misconception(
    "axes-from-smallest",
    hint="In which order does np.linalg.eigh return eigenvalues? Which axis comes first in your result, "
    "and which should?",
    edits=[
        edit("whiten", "axes[:, ::-1] / np.sqrt(variances[::-1] + eps)", "axes / np.sqrt(variances + eps)")
    ],
)

# Layers.

misconception(
    "softmax-without-shift",
    hint="What is exp(2000) in floating point? Which change of the scores leaves the probabilities as "
    "they are?",
    edits=[edit("softmax_loss", "x - np.max(x, axis=1, keepdims=True)", "x")],
)
misconception(
    "momentum-swapped",
    hint="With a momentum of 0.9, how much of the old running statistics is left after one step? How "
    "much do you keep?",
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
    hint="You add {value} to a probability before the logarithm. What does that do to the loss of a "
    "probability that is smaller?",
    edits=[
        edit(
            "softmax_loss", "-np.mean(log_odds[truth])", "-np.mean(np.log(np.exp(log_odds[truth]) + {value}))"
        )
    ],
    values=("1e-8", "1e-7", "1e-10", "1e-12"),
)
misconception(
    "bias-gradient-averaged",
    hint="The loss is a mean over the samples already. Does your db sum the rows of dout, or average "
    "them once more?",
    edits=[edit("affine_backward", "np.sum(dout, axis=0)", "np.mean(dout, axis=0)")],
)
misconception(
    "running-statistics-not-stored",
    hint="You compute new running statistics. Where will the next call look for them, and what does it "
    "find there?",
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
    hint="In test mode, does a sample's output depend on the others in the batch? Which mean and "
    "variance do you use?",
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
    hint="Is eps added to the variance or to its root? Compare your results for numbers that hardly vary.",
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
    hint="By how many do you divide the sum of the squared differences: by N, or by N - 1? What does "
    "the docstring say?",
    edits=[edit("batchnorm_forward", "np.var(x, axis=0)", "np.var(x, axis=0, ddof=1)")],
)
misconception(
    "statistics-taken-as-constants",
    hint="If one entry of x changes, the mean and the variance of its feature change, too. Where does "
    "your dx take account of that?",
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
    hint="Over what does layer normalization take its means: the features of one sample, or the "
    "samples? Which axis is yours?",
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
    hint="If all entries of x are 1, what is the mean of your output in train mode, and what should it be?",
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
    hint="Is p the probability of keeping an entry, or of dropping it? At p = 0.8, which share survives "
    "in your code?",
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
    hint="You divide by the share that should survive. At p = 0.8, which share does survive in your code?",
    edits=[edit("dropout_forward", 'x.shape) < dropout_param["p"]', 'x.shape) >= dropout_param["p"]')],
)

misconception(
    "relu-in-place",
    hint="After your forward, is the caller's x what it was? Which line changes the array itself?",
    edits=[edit("relu_forward", "np.maximum(x, 0), x", "np.maximum(x, 0, out=x), x")],
)
misconception(
    "dropped-in-place",
    hint="After your dropout, is the caller's x what it was? Which line changes the array itself?",
    edits=[edit("dropout_forward", "return x * scaled, scaled", "x *= scaled\n    return x, scaled")],
)
misconception(
    "centred-in-place",
    hint="After your forward, is the caller's x what it was? What does x -= mean do to the array?",
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
    hint="Can a score of your net be negative? What comes after the last affine layer?",
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
    hint="What are two affine layers together if nothing stands between them? What should stand there?",
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
    hint="Where a hidden unit's input is negative, its output does not change. Where does your backward "
    "pass stop the gradient there?",
    edits=[
        edit(NET, "        dout = relu_backward(dout, relu_cache)\n", ""),
        edit(TWO_LAYERS, "affine_backward(relu_backward(dout, relu_cache), ", "affine_backward(dout, "),
    ],
)
misconception(
    "probabilities-for-scores",
    hint="What is asked for when y is None: the scores, or what the softmax makes of them?",
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
    hint="Others may put new arrays into params. Does your loss use these, or the ones from the start?",
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
    hint="After a call of loss, are the arrays in params what they were? Which line writes into them?",
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
    hint="Which factor does this topic's docstring put in front of the penalty, and which one do you?",
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
    hint="Differentiate your penalty, with the factor in front of it. Is that what you add to the gradients?",
    edits=[
        edit(NET, "+= self.reg * w", "+= 2 * self.reg * w"),
        edit(TWO_LAYERS, "dW1 + self.reg", "dW1 + 2 * self.reg"),
        edit(TWO_LAYERS, "dW2 + self.reg", "dW2 + 2 * self.reg"),
    ],
)
misconception(
    "penalty-doubled-in-the-loss",
    hint="Differentiate your penalty. Is the result what you add to the gradients? If not, which of the "
    "two has the docstring's factor?",
    edits=[
        edit(NET, "0.5 * self.reg * np.sum(w * w)", "self.reg * np.sum(w * w)"),
        edit(TWO_LAYERS, "0.5 * self.reg * (np", "self.reg * (np"),
    ],
)
misconception(
    "penalty-not-in-loss",
    hint="Your gradients contain the penalty's. Where do you add the penalty to the loss?",
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
    hint="What is your penalty for two weights, 1 and -1? Do you square each weight, or their sum?",
    edits=[
        edit(NET, "np.sum(w * w)", "np.sum(w) ** 2"),
        edit(TWO_LAYERS, "np.sum(W1 * W1) + np.sum(W2 * W2)", "np.sum(W1) ** 2 + np.sum(W2) ** 2"),
    ],
)
misconception(
    "penalty-not-in-gradient",
    hint="Your loss contains the penalty. Where do you add its gradient?",
    edits=[
        edit(NET, '            grads[f"W{layer}"] += self.reg * w\n', ""),
        edit(TWO_LAYERS, "dW1 + self.reg * W1", "dW1"),
        edit(TWO_LAYERS, "dW2 + self.reg * W2", "dW2"),
    ],
)
misconception(
    "penalty-on-hidden-layers-only",
    hint="How many W does the net have, and how many of them are in your penalty?",
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
    hint="Which parameters are in your penalty, and which of them does the docstring leave out?",
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
    hint="Which parameters are in your penalty besides the W? Which have none, according to the docstring?",
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
    hint="Each layer has running statistics of its own. How many different dictionaries do you keep for "
    "them?",
    edits=[edit(NET, "[{} for _ in sizes]", "[{}] * len(sizes)")],
)
misconception(
    "statistics-move-in-test-mode",
    hint="Are the running statistics after a call in test mode what they were before? Which line stores "
    "them?",
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
    hint="Make two nets and train one. Does the other one's output in test mode change? Where do the "
    "running statistics live?",
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
    hint="Images can be flattened in more than one order. Which axis runs fastest in yours, and which "
    "in the docstring?",
    edits=[
        edit(NET, "out, caches = X, []", 'out, caches = X.reshape(len(X), -1, order="F"), []'),
        edit(TWO_LAYERS, "affine_forward(X, W1", 'affine_forward(X.reshape(len(X), -1, order="F"), W1'),
    ],
)
misconception(
    "always-in-train-mode",
    hint="Which mode are your layers in when the net gets no labels?",
    edits=[edit(NET, 'mode = "test" if y is None else "train"', 'mode = "train"')],
)
misconception(
    "normalization-always-in-train-mode",
    hint="Which mode does your batch normalization get when the net is called without labels?",
    edits=[edit(NET, 'self.norm_params[layer]["mode"] = mode', 'self.norm_params[layer]["mode"] = "train"')],
)
misconception(
    "dropout-never-in-train-mode",
    hint="Which mode does your dropout get when the net is called with labels?",
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
    hint="hidden_dims may be empty. What does your code do then, and which sizes should the only layer have?",
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
    hint="With dropout_keep_ratio = 0.9, how many of ten units survive in your net? Which p do you hand "
    "to dropout?",
    edits=[edit(NET, '{"p": self.dropout_keep_ratio,', '{"p": 1 - self.dropout_keep_ratio,')],
)
misconception(
    "dropout-forgotten-backward",
    hint="A unit that was dropped had no influence on the loss. Where does your backward pass stop its "
    "gradient?",
    edits=[edit(NET, "dout = dropout_backward(dout, dropout_cache)", "pass")],
)
misconception(
    "seed-ignored",
    hint="With a seed, call loss twice on the same batch. Are the losses equal? Which seed does dropout "
    "get in each call?",
    edits=[edit(NET, "seed = None if self.seed is None else self.seed + layer", "seed = None")],
)
misconception(
    "seed-zero-taken-for-none",
    hint="What does your code do with a seed of 0? Is that the same as None?",
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
    hint="With a seed, call loss twice on the same batch. Are the losses equal? Which seed does dropout "
    "get in each call?",
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
    hint="Without a seed, call loss twice. Are the same units dropped? Which seed does dropout get then?",
    edits=[
        edit(
            NET, "seed = None if self.seed is None else self.seed + layer", "seed = (self.seed or 0) + layer"
        )
    ],
)


@misconception(
    "normalized-after-relu",
    hint="In which order does the docstring put normalization and relu in a hidden layer, and in which "
    "do you?",
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
    hint="The caller may ask for another weight_scale. What is the standard deviation of your first "
    "weights then?",
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
    hint="What is the mean of your first weights, and what should it be? Is any of them negative?",
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
    hint="What comes out of a normalization whose gamma is 0? Which value does the docstring start it from?",
    edits=[edit(NET, "np.ones(size), np.zeros(size)", "np.zeros(size), np.zeros(size)")],
)

# Steps and the solver.

misconception(
    "step-uphill",
    hint="A gradient points uphill. In which direction do your parameters move?",
    edits=[edit("descend", "- learning_rate * gradient", "+ learning_rate * gradient")],
)
misconception(
    "loss-after-the-step",
    hint="Do you return the loss from before the step or from after it? Which one does the docstring "
    "ask for?",
    edits=[edit("descend", "return float(loss)", "return float(model.loss(X, y)[0])")],
)
misconception(
    "errors-counted",
    hint="If all answers are right, what do you return? Which answers do you count?",
    edits=[edit("model_accuracy", "axis=1) == y", "axis=1) != y")],
)
misconception(
    "accuracy-as-a-count",
    hint="If all answers are right, what do you return: 1, or their number?",
    edits=[edit("model_accuracy", "np.mean(", "np.sum(")],
)
misconception(
    "one-config-for-all",
    hint="Each parameter keeps a state of its own, such as a velocity. How many different dictionaries "
    "do you keep for them?",
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
    hint="Where does your default dictionary live? Do two solvers change the same one?",
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
    hint="The update rule returns the next w and a config. What do you do with the config?",
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
    hint="When do you multiply the learning rate by lr_decay: after each step, or after each epoch?",
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
    hint="Which learning rate do you use in the second epoch? Where does lr_decay come in?",
    edits=[
        edit(SOLVER, '                config["learning_rate"] *= self.lr_decay\n', "                pass\n")
    ],
)
misconception(
    "rate-decays-once-per-parameter",
    hint="If all parameters share one dictionary, how often is its learning rate multiplied after an epoch?",
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
    hint="A copied dictionary holds the same arrays. What does the update rule do to them when it works "
    "in place?",
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
    hint="Training goes on after the best epoch. Do the parameters that you have kept change with it?",
    edits=[
        edit(SOLVER, "{name: value.copy() for name, value in self.model.params.items()}", "self.model.params")
    ],
)
misconception(
    "best-by-training-accuracy",
    hint="By which accuracy do you decide that an epoch is the best: training or validation?",
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
    hint="Which parameters does the model have after train: the last ones, or the best ones?",
    edits=[edit(SOLVER, "        self.model.params = self.best_params\n", "")],
)
misconception(
    "same-batch-every-step",
    hint="Which rows of X_train are in your first batch, and which in your second? What draws them?",
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
    hint="How many entries does your loss_history have after an epoch of ten steps, and how many should it?",
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
    hint="How many steps does your epoch have if N is smaller than batch_size? What is N // batch_size then?",
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
    hint="Train twice, each time with a generator of the same seed. Do you see the same batches? Which "
    "generator draws them?",
    edits=[edit(SOLVER, "self.rng.choice(len(X)", "np.random.choice(len(X)")],
)

misconception(
    "history-in-a-default-argument",
    hint="When is the default value of an argument made: at each call, or once? What is in your list at "
    "the second call?",
    edits=[
        edit("overfit_small_data", "num_steps: int\n", "num_steps: int, losses: list[float] = []\n"),
        edit("overfit_small_data", "losses = [descend", "losses += [descend"),
    ],
)

# Checks.

misconception(
    "classes-counted-in-labels",
    hint="Not all classes need occur in y. Where else can you read off how many classes the model has?",
    edits=[edit("initial_loss_ok", "np.log(model.loss(X).shape[1])", "np.log(y.max() + 1)")],
)
misconception(
    "expects-another-logarithm",
    hint="You compare with {value}(C). Which logarithm is in the softmax loss?",
    edits=[edit("initial_loss_ok", "np.log(model", "{value}(model")],
    values=("np.log10", "np.log2"),
)
misconception(
    "tolerance-not-relative",
    hint="Is tolerance an absolute distance from log(C), or a share of log(C)? How do you use it?",
    edits=[edit("initial_loss_ok", "<= tolerance * expected", "<= tolerance")],
)
misconception(
    "one-sided-tolerance",
    hint="Can the first loss also be too low? What do you return then?",
    edits=[edit("initial_loss_ok", "np.abs(loss - expected)", "(loss - expected)")],
)
misconception(
    "accuracy-before-training",
    hint="Do you measure the accuracy before or after the steps? Which one does the docstring ask for?",
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
    hint="How many of the samples does each of your steps use, and how many should it?",
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
    hint="With what do you compare the end: with the first loss alone, or with a mean over the start?",
    edits=[edit("diagnose_loss_curve", "= curve[0], np", "= np.mean(curve[:tenth]), np")],
)
misconception(
    "last-loss-alone",
    hint="Is your end the last loss alone, or a mean over the last tenth of the curve?",
    edits=[edit("diagnose_loss_curve", "np.mean(curve[-tenth:])", "curve[-1]")],
)
misconception(
    "too-low-asked-before-good",
    hint="If a curve ends at a tenth of its first loss and still falls, what do you answer? In which "
    "order do you ask?",
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
    hint="What does a comparison such as nan > 1 give in Python? Which answer do you give for a curve "
    "with a nan in it?",
    edits=[edit("diagnose_loss_curve", "not np.all(np.isfinite(curve)) or end > first", "end > first")],
)
misconception(
    "low-and-high-swapped",
    hint="If the learning rate is too low, does the loss still fall at the end, or does it stay where "
    "it is? What do you answer then?",
    edits=[
        edit("diagnose_loss_curve", '"too low" if', '"too high" if'),
        edit("diagnose_loss_curve", 'else "too high"', 'else "too low"'),
    ],
)

# Hyperparameters.

misconception(
    "grid-in-step",
    hint="With 2 values of one name and 3 of another, how many combinations are there, and how many do "
    "you try?",
    edits=[edit("grid_search", "product(*grid.values())", "zip(*grid.values())")],
)


@misconception(
    "grid-of-two-names",
    hint="What does your code do if the grid has three names, or only one?",
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
    hint="Is a higher score better or worse here? Which combination do you return?",
    edits=[
        edit("grid_search", "np.argmax(scores)", "np.argmin(scores)"),
        edit("random_search", "np.argmax(scores)", "np.argmin(scores)"),
    ],
)
misconception(
    "uniform-in-the-value",
    hint="For a range from 1e-4 to 1e-2, which share of your draws is below 1e-3? Which should it be?",
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
    hint="Do your values lie between the lowest and the highest one of the range, or are they logarithms?",
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
    hint="In your combinations, is the second value always high when the first one is? How many numbers "
    "do you draw for each?",
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
    hint="If the last round found nothing better, what is the middle of your next ranges? What should it be?",
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
    hint="Do you return the best combination of all rounds, or that of the last one?",
    edits=[edit("coarse_to_fine", "if value > best_score:", "if True:")],
)
misconception(
    "ranges-never-shrink",
    hint="How wide are your ranges in the second round beside those in the first? Where does shrink come in?",
    edits=[edit("coarse_to_fine", "(high / low) ** (shrink / 2)", "(high / low) ** 0.5")],
)
misconception(
    "first-ranges-shrunk-again-and-again",
    hint="Is the third round's range narrower than the second one's in your code? From which range do "
    "you work out its width?",
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
    hint="If the best value lies at the edge of the first range, can your second round look beyond that "
    "edge?",
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
    hint="On which scale is the best value in the middle of your new range, the linear or the "
    "logarithmic one?",
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
    hint="If the data are sorted by class, which classes are in your first fold? What shuffles the samples?",
    edits=[
        edit("cross_validate", "rng.permutation(np.arange(len(X)) % k)", "np.sort(np.arange(len(X)) % k)")
    ],
)
misconception(
    "remainder-never-held-out",
    hint="With 10 samples and k = 3, how many samples are held out in all of your folds together?",
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
    hint="After shuffling, does each sample still have its own label? What happens to X, and what to y?",
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
    hint="Are the samples of the held-out fold also in the X_train that you hand to score?",
    edits=[edit("cross_validate", "score(X[~inside], y[~inside],", "score(X, y,")],
)
misconception(
    "train-and-held-out-swapped",
    hint="Which part is larger, the one for training or the one held out? In which order does score "
    "take them?",
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
    hint="Are your snapshots different from each other after training? What do later steps do to the "
    "arrays in them?",
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
    hint="What is your learning rate in the first step of the second cycle, and what should it be?",
    edits=[
        edit("snapshot_ensemble", "for _ in range(cycles):", "for cycle in range(cycles):"),
        edit("snapshot_ensemble", "np.pi * t / steps", "np.pi * (cycle * steps + t) / (cycles * steps)"),
    ],
)
misconception(
    "cosine-without-half",
    hint="What is your learning rate in the first step of a cycle? Which factor of the formula is missing?",
    edits=[edit("snapshot_ensemble", "np.cos(np.pi * t / steps)) / 2)", "np.cos(np.pi * t / steps)))")],
)
misconception(
    "rate-of-zero-at-the-end-of-a-cycle",
    hint="What is your learning rate in step t = steps - 1? By what does the formula divide t?",
    edits=[edit("snapshot_ensemble", "np.pi * t / steps", "np.pi * t / max(1, steps - 1)")],
)
misconception(
    "rate-of-the-next-step",
    hint="What is your learning rate in the first step of a cycle? From which number do you count t?",
    edits=[edit("snapshot_ensemble", "np.pi * t / steps", "np.pi * (t + 1) / steps")],
)
misconception(
    "each-cycle-from-the-start",
    hint="Which parameters does your second cycle start from: those at the end of the first, or the "
    "original ones?",
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
    hint="How often do you draw a batch: once for all steps, or once per step?",
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
    hint="What do you average over the snapshots: scores or probabilities? Can one snapshot with large "
    "scores outvote the others?",
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
    hint="Does it matter in your code how sure each snapshot is, or only which class it prefers?",
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
    hint="Which parameters does the model have after your prediction? Which did it have before?",
    edits=[edit("snapshot_predict", "    model.params = before\n", "")],
)
misconception(
    "snapshot-odds-overflow",
    hint="Scores may be large. What is exp(2000) in floating point, and can you get the same "
    "probabilities without it?",
    edits=[edit("snapshot_predict", "scores - scores.max(axis=1, keepdims=True)", "scores")],
)

# Transfer.

misconception(
    "freeze-thaws-the-rest",
    hint="What is frozen already should stay frozen. Which loss does your second call of freeze build on?",
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
    hint="Freeze one of two models of the same class. Does the other one still learn? Where do you put "
    "the new loss?",
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
    hint="Do the gradients of your frozen model have all the names of params? Which value does the "
    "docstring give the frozen ones?",
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
    hint="Are `names` the parameters that stop learning, or those that go on? For which do you return zeros?",
    edits=[edit("freeze", "if name in names else g", "if name not in names else g")],
)
misconception(
    "head-by-alphabet",
    hint="Which comes last in the alphabet, W9 or W11? How do you find the layer with the highest number?",
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
    hint="From which distribution does the docstring draw the new W, and what is in yours?",
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
    hint="What is the standard deviation of your new W, and what should it be?",
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
    hint="How many entries does the last layer's b have in your new model, and how many classes are there?",
    edits=[edit("replace_head", '    model.params[f"b{last}"] = np.zeros(num_classes)', "")],
)
misconception(
    "retrain-counted-from-the-front",
    hint="From which end does retrain count layers? With retrain = 1, which layers do you freeze?",
    edits=[edit("fine_tune", "layer_number(name) < first", "layer_number(name) > retrain")],
)
misconception(
    "nothing-frozen",
    hint="With retrain = 1, which parameters change during your steps, and which should?",
    edits=[edit("fine_tune", "if layer_number(name) < first", "if layer_number(name) < 0")],
)
misconception(
    "one-layer-too-many",
    hint="With retrain = 1, which layers do you freeze? Is the head the only one left?",
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
    hint="How many rows does each of your steps use, and how many does the caller ask for?",
    edits=[edit("fine_tune", "batch = rng.choice(len(X), batch_size)", "batch = rng.permutation(len(X))")],
)
misconception(
    "more-data-retrain-less",
    hint="The more parameters learn, the more data they need. With little data, do you retrain few "
    "layers or many?",
    edits=[edit("what_to_retrain", 'if data == "little"', 'if data == "much"')],
)
misconception(
    "cut-off-early-with-much-data",
    hint="In which case do you cut the net off early? Are late layers of no use there, and are the data "
    "too few to retrain them?",
    edits=[
        edit("what_to_retrain", 'else "head on earlier layers"', 'else "last layers"'),
        edit("what_to_retrain", 'return "last layers" if', 'return "head on earlier layers" if'),
    ],
)
misconception(
    "similar-and-different-exchanged",
    hint="Late layers hold what is special to the old task. Do you keep them where the new images are "
    "similar, or where they are different?",
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
    hint="Late layers hold what is special to the old task. Does your answer for little data depend on "
    "the similarity?",
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
    hint="A layer's gradient is right to about ten digits only. Did you work it out on paper, or measure it?",
    edits=[
        edit(
            "relu_backward",
            "return dout * (cache > 0)",
            "return dout * (np.maximum(cache + 1e-5, 0) - np.maximum(cache - 1e-5, 0)) / 2e-5",
        ),
    ],
)
