"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

MASK = "(chance.random_sample(x.shape) < p) / p"
WEIGHT_MASK = "(rng.random(w.shape) < p) / p"

# Dropout.

misconception(
    "p-read-as-probability-of-dropping",
    hint="Is p the probability of keeping an entry, or of dropping it? At p = 0.8, which share survives "
    "in your code?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) > p) / (1 - p)")],
)
misconception(
    "dropout-keeps-the-wrong-share",
    hint="You divide by the share that should survive. At p = 0.8, which share does survive in your code?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) > p) / p")],
)
misconception(
    "p-of-dropping-drawn-from-below",
    hint="Is p the probability of keeping an entry, or of dropping it? At p = 0.8, which share survives "
    "in your code?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < 1 - p) / (1 - p)")],
)
misconception(
    "dropout-keeps-the-wrong-share-from-below",
    hint="You divide by the share that should survive. At p = 0.8, which share does survive in your code?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < 1 - p) / p")],
)
misconception(
    "p-of-dropping-and-not-inverted",
    hint="At p = 0.8, which share of the entries survives in your code, and what does the docstring do "
    "to those that are kept?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) > p)")],
)
misconception(
    "dropout-not-inverted",
    hint="In train mode the expected output should be x. If all entries of x are 1, what is the mean of "
    "your output?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < p)")],
)
misconception(
    "dropout-scales-by-dropped-share",
    hint="A share p survives. By what must the survivors be divided so that the expected output is x, "
    "and by what do you divide?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < p) / (1 - p)")],
)
misconception(
    "dropout-multiplies-by-p",
    hint="To keep the expected output at x, must the survivors become larger or smaller? What does your "
    "factor do?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < p) * p")],
)
misconception(
    "dropout-scales-at-test-time-instead",
    hint="In which mode does inverted dropout scale: in training or in testing? In which does yours?",
    edits=[
        edit("dropout_forward", "np.ones(x.shape)", "np.full(x.shape, dropout_param['p'])"),
        edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < p)"),
    ],
)
misconception(
    "dropout-scales-at-test-time-too",
    hint="Train mode has divided by p already. What should test mode do to its input, and what does "
    "yours do?",
    edits=[edit("dropout_forward", "np.ones(x.shape)", "np.full(x.shape, dropout_param['p'])")],
)
misconception(
    "dropout-active-at-test-time",
    hint="Call it twice in test mode with the same x. Is the output the same? Where do you look at the mode?",
    edits=[edit("dropout_forward", 'dropout_param["mode"] == "train"', '"mode" in dropout_param')],
)
misconception(
    "dropout-never-active",
    hint="Does any entry become 0 in train mode? What do you do with p?",
    edits=[edit("dropout_forward", "return x * mask, mask", "return x * 1.0, np.ones(x.shape)")],
)
misconception(
    "dropout-one-mask-for-the-batch",
    hint="Do all samples of a batch lose the same entries? Which shape does your mask have?",
    edits=[edit("dropout_forward", MASK, "np.ones(x.shape) * (chance.random_sample(x.shape[1:]) < p) / p")],
)
misconception(
    "dropout-one-coin-per-sample",
    hint="Is each entry dropped on its own, or only together with its whole sample? Which shape do your "
    "random numbers have?",
    edits=[
        edit(
            "dropout_forward",
            MASK,
            "np.ones(x.shape) * (chance.random_sample((len(x),) + (1,) * (x.ndim - 1)) < p) / p",
        )
    ],
)
misconception(
    "dropout-drops-whole-channels",
    hint="Is each entry of a channel dropped on its own, or only the whole channel? Which shape do your "
    "random numbers have?",
    edits=[
        edit(
            "dropout_forward",
            MASK,
            "np.ones(x.shape) * (chance.random_sample(x.shape[:2] + (1,) * (x.ndim - 2)) < p) / p",
        )
    ],
)
misconception(
    "dropout-of-matrices-only",
    hint="x may have any number of axes. Which shape does your mask have for images (N, C, H, W)?",
    edits=[edit("dropout_forward", "x.shape) < p", "(x.shape[0], x.shape[1])) < p")],
)
misconception(
    "dropout-seed-required",
    hint="The seed may be missing from dropout_param. What does your code do then?",
    edits=[
        edit(
            "dropout_forward",
            'np.random.RandomState(dropout_param["seed"]) if "seed" in dropout_param else np.random',
            'np.random.RandomState(dropout_param["seed"])',
        )
    ],
)
misconception(
    "dropout-seed-always-the-same",
    hint="Call it twice without a seed. Are the same entries dropped? Where does your seed come from then?",
    edits=[
        edit(
            "dropout_forward",
            'dropout_param["seed"]) if "seed" in dropout_param else np.random',
            'dropout_param.get("seed", 0))',
        )
    ],
)
misconception(
    "dropout-seed-ignored",
    hint="Call it twice with the same seed. Are the same entries dropped? Which generator do you draw from?",
    edits=[
        edit(
            "dropout_forward",
            'np.random.RandomState(dropout_param["seed"]) if "seed" in dropout_param else np.random',
            "np.random",
        )
    ],
)
misconception(
    "dropout-seed-zero-taken-for-none",
    hint="What does your code do with a seed of 0? Is that the same as no seed?",
    edits=[edit("dropout_forward", '"seed" in dropout_param', 'dropout_param.get("seed")')],
)
misconception(
    "dropout-seed-value-ignored",
    hint="Call it with two different seeds. Are the same entries dropped? Which number do you seed with?",
    edits=[edit("dropout_forward", 'RandomState(dropout_param["seed"])', "RandomState(0)")],
)
misconception(
    "dropout-in-place",
    hint="After the call, is the caller's x what it was? Which line changes the array itself?",
    edits=[
        edit("dropout_forward", "return x * mask, mask", "np.multiply(x, mask, out=x)\n    return x, mask")
    ],
)
misconception(
    "dropout-backward-without-mask",
    hint="An entry that was dropped had no influence on the output. What is its gradient, and what is yours?",
    edits=[edit("dropout_backward", "dout * cache", "dout * 1.0")],
)
misconception(
    "dropout-backward-without-scale",
    hint="The forward multiplies the entries it keeps by 1 / p. By what does your backward multiply "
    "their gradients?",
    edits=[edit("dropout_backward", "dout * cache", "dout * (cache > 0)")],
)
misconception(
    "dropout-backward-draws-again",
    hint="Does your backward use the forward's mask, or does it draw a new one?",
    edits=[
        edit(
            "dropout_backward",
            "dout * cache",
            "dout * np.random.permutation(cache.ravel()).reshape(cache.shape)",
        )
    ],
)
misconception(
    "dropout-backward-scales-twice",
    hint="Your cached mask already contains the factor 1 / p. How often does your backward multiply by it?",
    edits=[edit("dropout_backward", "dout * cache", "dout * cache * cache")],
)


@misconception(
    "dropout-mask-in-a-global",
    hint="A net has several dropout layers. Where do you keep the mask, and does the next layer's "
    "forward overwrite it?",
)
def _():
    def dropout_forward(x, dropout_param):
        if dropout_param["mode"] == "train":
            if "seed" in dropout_param:
                np.random.seed(dropout_param["seed"])
            dropout_forward.mask = (np.random.rand(*x.shape) < dropout_param["p"]) / dropout_param["p"]
            return x * dropout_forward.mask, None
        dropout_forward.mask = np.ones(x.shape)
        return x, None

    def dropout_backward(dout, cache):
        return dout * dropout_forward.mask


@misconception(
    "dropout-mask-in-the-param",
    hint="Several layers of a net may share one dropout_param. Whose mask is in it when the first "
    "layer's backward runs?",
)
def _():
    def dropout_forward(x, dropout_param):
        p = dropout_param["p"]
        chance = np.random.RandomState(dropout_param["seed"]) if "seed" in dropout_param else np.random
        train = dropout_param["mode"] == "train"
        dropout_param["mask"] = (chance.random_sample(x.shape) < p) / p if train else np.ones(x.shape)
        return x * dropout_param["mask"], dropout_param

    def dropout_backward(dout, cache):
        return dout * cache["mask"]


# DropConnect.

misconception(
    "dropconnect-masks-activations",
    hint="What does DropConnect drop: inputs or weights? Which shape does your mask have?",
    edits=[
        edit("dropconnect_forward", "np.ones(w.shape)", "np.ones(x.shape)"),
        edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(x.shape) < p) / p"),
        edit(
            "dropconnect_forward",
            "return x @ (w * mask) + b, (x, w, mask)",
            "return (x * mask) @ w + b, (x, w, mask)",
        ),
        edit("dropconnect_backward", "dout @ (w * mask).T", "dout @ w.T * mask"),
        edit("dropconnect_backward", "(x.T @ dout) * mask", "(x * mask).T @ dout"),
    ],
)
misconception(
    "dropconnect-masks-activations-on-the-way-forward-only",
    hint="What does DropConnect drop: inputs or weights? Which shape does your mask have?",
    edits=[
        edit("dropconnect_forward", "np.ones(w.shape)", "np.ones(x.shape)"),
        edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(x.shape) < p) / p"),
        edit(
            "dropconnect_forward",
            "return x @ (w * mask) + b, (x, w, mask)",
            "return (x * mask) @ w + b, (x * mask, w, np.ones(w.shape))",
        ),
    ],
)
misconception(
    "dropconnect-p-read-as-probability-of-dropping",
    hint="Is p the probability of keeping a weight, or of dropping it? At p = 0.8, which share survives "
    "in your code?",
    edits=[edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(w.shape) > p) / (1 - p)")],
)
misconception(
    "dropconnect-not-inverted",
    hint="Average the weights in use, w * mask, over many calls in train mode. Do you get w?",
    edits=[edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(w.shape) < p)")],
)
misconception(
    "dropconnect-active-at-test-time",
    hint="Call it twice in test mode. Is the output the same? Where do you look at the mode?",
    edits=[edit("dropconnect_forward", 'param["mode"] == "train"', '"mode" in param')],
)
misconception(
    "dropconnect-scales-at-test-time-too",
    hint="Train mode has divided by p already. What should test mode do to the weights, and what does "
    "yours do?",
    edits=[edit("dropconnect_forward", "np.ones(w.shape)", "np.full(w.shape, param['p'])")],
)
misconception(
    "dropconnect-whole-units",
    hint="Is each weight dropped on its own, or only together with all others of its unit? Which shape "
    "do your random numbers have?",
    edits=[edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(w.shape[1]) < p) / p * np.ones(w.shape)")],
)
misconception(
    "dropconnect-whole-inputs",
    hint="Is each weight dropped on its own, or only together with all others of its input? Which shape "
    "do your random numbers have?",
    edits=[edit("dropconnect_forward", WEIGHT_MASK, "(rng.random((len(w), 1)) < p) / p * np.ones(w.shape)")],
)


@misconception(
    "dropconnect-one-mask-per-sample",
    hint="How many masks do you draw in one call? How many samples share a mask, according to the docstring?",
)
def _():
    def dropconnect_forward(x, w, b, param, rng):
        shape = (len(x), *w.shape)
        mask = np.ones(shape)
        if param["mode"] == "train":
            mask = (rng.random(shape) < param["p"]) / param["p"]
        return np.einsum("nd,ndm->nm", x, w * mask) + b, (x, w, mask)

    def dropconnect_backward(dout, cache):
        x, w, mask = cache
        dx = np.einsum("nm,ndm->nd", dout, w * mask)
        return dx, np.einsum("nd,nm,ndm->dm", x, dout, mask), dout.sum(axis=0)


misconception(
    "dropconnect-drops-biases",
    hint="Does your mask touch the biases? What does the docstring say of them?",
    edits=[
        edit(
            "dropconnect_forward",
            "return x @ (w * mask) + b, (x, w, mask)",
            "return x @ (w * mask) + b * mask[0], (x, w, mask)",
        ),
        edit("dropconnect_backward", "dout.sum(axis=0)", "dout.sum(axis=0) * mask[0]"),
    ],
)
misconception(
    "dropconnect-scales-biases",
    hint="If x is 0, your output in train mode should be b. Is it?",
    edits=[
        edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(w.shape) < p) * 1.0"),
        edit(
            "dropconnect_forward",
            "return x @ (w * mask) + b, (x, w, mask)",
            'scale = 1 / p if param["mode"] == "train" else 1.0\n'
            "    return (x @ (w * mask) + b) * scale, (x * scale, w * scale, mask, scale)",
        ),
        edit("dropconnect_backward", "x, w, mask = cache", "x, w, mask, scale = cache"),
        edit("dropconnect_backward", "dout.sum(axis=0)", "dout.sum(axis=0) * scale"),
    ],
)
misconception(
    "dropconnect-dw-unmasked",
    hint="A weight that was dropped had no influence on the output. What is its gradient, and what is yours?",
    edits=[edit("dropconnect_backward", "(x.T @ dout) * mask", "x.T @ dout")],
)
misconception(
    "dropconnect-dw-unscaled",
    hint="The forward multiplies the weights it keeps by 1 / p. Is that factor in your dw?",
    edits=[edit("dropconnect_backward", "(x.T @ dout) * mask", "(x.T @ dout) * (mask > 0)")],
)
misconception(
    "dropconnect-dx-unmasked",
    hint="Which weights did x meet in the forward: all of w, or those that were kept? Which are in your dx?",
    edits=[edit("dropconnect_backward", "dout @ (w * mask).T", "dout @ w.T")],
)
misconception(
    "dropconnect-db-averaged",
    hint="Each bias is added to every sample's output. Is its gradient a sum or a mean over the samples?",
    edits=[edit("dropconnect_backward", "dout.sum(axis=0)", "dout.mean(axis=0)")],
)


@misconception(
    "dropconnect-mask-in-a-global",
    hint="A net may have several such layers. Where do you keep the mask, and does the next layer's "
    "forward overwrite it?",
)
def _():
    def dropconnect_forward(x, w, b, param, rng):
        p, mask = param["p"], np.ones(w.shape)
        if param["mode"] == "train":
            mask = (rng.random(w.shape) < p) / p
        dropconnect_forward.mask = mask
        return x @ (w * mask) + b, (x, w)

    def dropconnect_backward(dout, cache):
        x, w = cache
        mask = dropconnect_forward.mask
        return dout @ (w * mask).T, (x.T @ dout) * mask, dout.sum(axis=0)


misconception(
    "dropconnect-weights-in-place",
    hint="After the call, is the caller's w what it was? Which line changes the array itself?",
    edits=[
        edit(
            "dropconnect_forward",
            "return x @ (w * mask) + b, (x, w, mask)",
            "before = w.copy()\n    w *= mask\n    return x @ w + b, (x, before, mask)",
        )
    ],
)

# Stochastic depth.

misconception(
    "survival-read-as-probability-of-dropping",
    hint="At survival = 0.9, which share of the samples keeps its residual in your code?",
    edits=[
        edit("stochastic_depth_forward", "rng.random(len(x)) < survival", "rng.random(len(x)) > survival")
    ],
)
misconception(
    "stochastic-depth-inverted",
    hint="Is the residual of a sample that keeps it multiplied by anything in train mode? What does the "
    "docstring say of dividing?",
    edits=[
        edit(
            "stochastic_depth_forward",
            "rng.random(len(x)) < survival",
            "(rng.random(len(x)) < survival) / survival",
        )
    ],
)
misconception(
    "stochastic-depth-scaled-in-both-modes",
    hint="If a sample keeps its residual in train mode, what is it multiplied by in the docstring, and "
    "in your code?",
    edits=[
        edit(
            "stochastic_depth_forward",
            "rng.random(len(x)) < survival",
            "(rng.random(len(x)) < survival) * survival",
        )
    ],
)
misconception(
    "stochastic-depth-unscaled-at-test-time",
    hint="On average over many calls in train mode, which share of the residual is added? Which share "
    "does your test mode add?",
    edits=[edit("stochastic_depth_forward", "np.full(len(x), survival)", "np.ones(len(x))")],
)
misconception(
    "stochastic-depth-active-at-test-time",
    hint="Call it twice in test mode. Is the output the same? Where do you look at the mode?",
    edits=[edit("stochastic_depth_forward", 'if mode == "train":', 'if mode in ("train", "test"):')],
)
misconception(
    "stochastic-depth-one-coin-per-batch",
    hint="Does each sample toss a coin of its own, or do all keep or lose their residuals together? How "
    "many numbers do you draw?",
    edits=[
        edit(
            "stochastic_depth_forward",
            "rng.random(len(x)) < survival",
            "np.full(len(x), rng.random() < survival)",
        )
    ],
)
misconception(
    "stochastic-depth-one-coin-per-entry",
    hint="Is the residual of a sample switched off as a whole, or entry by entry? How many numbers do "
    "you draw for a sample?",
    edits=[
        edit(
            "stochastic_depth_forward",
            "        factor = rng.random(len(x)) < survival\n"
            "    factor = factor.reshape(-1, *[1] * (x.ndim - 1))\n",
            "        factor = rng.random(x.shape) < survival\n"
            "    else:\n        factor = np.full(x.shape, survival)\n",
        )
    ],
)
misconception(
    "stochastic-depth-drops-the-shortcut",
    hint="If a sample loses its residual, what should its output be, and what is yours?",
    edits=[
        edit(
            "stochastic_depth_forward",
            "    return x + factor * residual, factor",
            '    if mode == "train":\n        return factor * (x + residual), factor\n'
            "    return x + factor * residual, factor",
        ),
    ],
)
misconception(
    "stochastic-depth-scales-the-shortcut-at-test-time",
    hint="In test mode, which of the two terms, x or residual, is multiplied by survival? Which do you "
    "multiply?",
    edits=[
        edit(
            "stochastic_depth_forward",
            "    return x + factor * residual, factor",
            '    if mode == "test":\n        return factor * (x + residual), factor\n'
            "    return x + factor * residual, factor",
        ),
    ],
)
misconception(
    "stochastic-depth-gradient-through-dropped-branch",
    hint="A residual that was switched off had no influence on the output. What is its gradient, and "
    "what is yours?",
    edits=[edit("stochastic_depth_backward", "cache * dout", "dout.copy()")],
)
misconception(
    "stochastic-depth-gradient-unscaled-at-test-time",
    hint="In test mode the forward multiplies the residual by survival. Is that factor in its gradient?",
    edits=[
        edit(
            "stochastic_depth_forward",
            "return x + factor * residual, factor",
            'return x + factor * residual, factor if mode == "train" else np.ones(factor.shape)',
        )
    ],
)
misconception(
    "stochastic-depth-gradient-without-the-shortcut",
    hint="The output is x plus a term without x. What is the gradient with respect to x, and what is yours?",
    edits=[edit("stochastic_depth_backward", "return dout,", "return 0 * dout,")],
)
misconception(
    "stochastic-depth-gradient-of-x-switched-too",
    hint="If a sample loses its residual, its output is x. What is its gradient with respect to x then, "
    "and what is yours?",
    edits=[edit("stochastic_depth_backward", "return dout,", "return cache * dout,")],
)


misconception(
    "stochastic-depth-in-place",
    hint="After the call, is the caller's x what it was? Which line changes the array itself?",
    edits=[
        edit(
            "stochastic_depth_forward",
            "return x + factor * residual, factor",
            "x += factor * residual\n    return x, factor",
        )
    ],
)


@misconception(
    "stochastic-depth-coins-in-a-global",
    hint="A net may have several such layers. Where do you keep the coins, and does the next layer's "
    "forward overwrite them?",
)
def _():
    def stochastic_depth_forward(x, residual, survival, mode, rng):
        factor = rng.random(len(x)) < survival if mode == "train" else np.full(len(x), survival)
        stochastic_depth_forward.factor = factor.reshape(-1, *[1] * (x.ndim - 1))
        return x + stochastic_depth_forward.factor * residual, None

    def stochastic_depth_backward(dout, cache):
        return dout, stochastic_depth_forward.factor * dout


misconception(
    "stochastic-depth-of-matrices-only",
    hint="x may have any number of axes. With which axes are your N coins multiplied if x holds images?",
    edits=[
        edit("stochastic_depth_forward", "factor.reshape(-1, *[1] * (x.ndim - 1))", "factor.reshape(-1, 1)")
    ],
)

# Augmentation.

misconception(
    "flip-upside-down",
    hint="Which axis of (N, C, H, W) runs from left to right?",
    edits=[edit("random_flip", "images[..., ::-1]", "images[..., ::-1, :]")],
)
misconception(
    "flip-whole-batch",
    hint="Can one batch have mirrored images and others that are not? How many coins do you toss?",
    edits=[edit("random_flip", "rng.random(len(images)) < p", "np.full(len(images), rng.random() < p)")],
)
misconception(
    "flip-each-channel",
    hint="Do all channels of an image share one coin? How many coins do you toss for an image?",
    edits=[
        edit("random_flip", "rng.random(len(images)) < p", "rng.random(images.shape[:2]) < p"),
        edit("random_flip", "flipped[:, None, None, None]", "flipped[..., None, None]"),
    ],
)
misconception(
    "flip-ignores-p",
    hint="Which share of the images do you mirror when p is 0.2? Where do you use p?",
    edits=[edit("random_flip", "< p", "< 0.5")],
)
misconception(
    "flip-p-the-other-way-round",
    hint="Which share of the images do you mirror when p is 0.2? Is p the probability of mirroring an "
    "image, or of leaving it?",
    edits=[edit("random_flip", "< p", ">= p")],
)
misconception(
    "flip-in-place",
    hint="After the call, are the caller's images what they were? Which line writes to them?",
    edits=[
        edit(
            "random_flip",
            "return np.where(flipped[:, None, None, None], images[..., ::-1], images)",
            "images[flipped] = images[flipped][..., ::-1]\n    return images",
        )
    ],
)
misconception(
    "crop-same-place-for-the-batch",
    hint="Are two images of a batch cut out at different places? How many places do you draw?",
    edits=[
        edit(
            "random_crop",
            "rng.integers(0, height - size + 1, N)",
            "np.full(N, rng.integers(0, height - size + 1))",
        ),
        edit(
            "random_crop",
            "rng.integers(0, width - size + 1, N)",
            "np.full(N, rng.integers(0, width - size + 1))",
        ),
    ],
)
misconception(
    "crop-never-reaches-the-last-row",
    hint="If the image has 5 rows and the square 4, in which rows may the square begin? Which of them "
    "do you draw?",
    edits=[
        edit("random_crop", "height - size + 1", "max(1, height - size)"),
        edit("random_crop", "width - size + 1", "max(1, width - size)"),
    ],
)
misconception(
    "crop-rows-for-columns",
    hint="Which of height and width limits the row in which a square may begin? Which do you use for it?",
    edits=[
        edit("random_crop", "rng.integers(0, height", "rng.integers(0, width"),
        edit("random_crop", "lefts = rng.integers(0, width", "lefts = rng.integers(0, height"),
    ],
)
misconception(
    "crop-of-square-images-only",
    hint="Try an image that is wider than it is high. Can your square reach its last column?",
    edits=[edit("random_crop", "rng.integers(0, width - size", "rng.integers(0, height - size")],
)
misconception(
    "crop-middle-drawn-and-pushed-inside",
    hint="You draw the square's centre and push what sticks out back inside. Are all places equally "
    "likely then?",
    edits=[
        edit(
            "random_crop",
            "tops = rng.integers(0, height - size + 1, N)",
            "tops = np.clip(rng.integers(0, height, N) - size // 2, 0, height - size)",
        ),
        edit(
            "random_crop",
            "lefts = rng.integers(0, width - size + 1, N)",
            "lefts = np.clip(rng.integers(0, width, N) - size // 2, 0, width - size)",
        ),
    ],
)
misconception(
    "crop-same-offset-in-both-directions",
    hint="Is the square's column independent of its row? How many numbers do you draw for each image?",
    edits=[edit("random_crop", "rng.integers(0, width - size + 1, N)", "tops")],
)
misconception(
    "crop-without-border",
    hint="Where does your code use padding? Which size do the images have when you cut?",
    edits=[
        edit(
            "random_crop",
            "np.pad(images, ((0, 0), (0, 0), (padding, padding), (padding, padding)))",
            "images.copy()",
        )
    ],
)
misconception(
    "crop-border-of-repeated-pixels",
    hint="Which values does your border have, and which does the docstring want?",
    edits=[edit("random_crop", "(padding, padding)))", "(padding, padding)), mode='edge')")],
)
misconception(
    "crop-pads-all-axes",
    hint="An array of images has four axes. Which of them does np.pad extend in your code, and which "
    "should it?",
    edits=[
        edit(
            "random_crop",
            "((0, 0), (0, 0), (padding, padding), (padding, padding))",
            "padding",
        )
    ],
)
misconception(
    "tilt-degrees-taken-for-radians",
    hint="In which unit do NumPy's sine and cosine take an angle, and in which is yours?",
    edits=[
        edit(
            "random_tilt",
            "np.deg2rad(rng.uniform(-degrees, degrees, N))",
            "rng.uniform(-degrees, degrees, N)",
        )
    ],
)
misconception(
    "tilt-to-one-side-only",
    hint="Can your angle be negative? From which range is it drawn?",
    edits=[edit("random_tilt", "rng.uniform(-degrees,", "rng.uniform(0,")],
)
misconception(
    "tilt-always-by-the-largest-angle",
    hint="Which angles between -degrees and degrees can you draw?",
    edits=[edit("random_tilt", "rng.uniform(-degrees, degrees, N)", "degrees * rng.choice([-1.0, 1.0], N)")],
)
misconception(
    "tilt-same-angle-for-the-batch",
    hint="Does each image of a batch have an angle of its own? How many angles do you draw?",
    edits=[
        edit("random_tilt", "rng.uniform(-degrees, degrees, N)", "np.full(N, rng.uniform(-degrees, degrees))")
    ],
)
misconception(
    "tilt-about-the-corner",
    hint="Which pixel stays in its place when you rotate? Which point does the docstring rotate about?",
    edits=[
        edit("random_tilt", "np.arange(H)[:, None] - (H - 1) / 2", "np.arange(H)[:, None]"),
        edit("random_tilt", "np.arange(W) - (W - 1) / 2", "np.arange(W)"),
        edit("random_tilt", "np.sin(angle) * x + (H + 1) / 2", "np.sin(angle) * x + 1"),
        edit("random_tilt", "np.cos(angle) * x + (W + 1) / 2", "np.cos(angle) * x + 1"),
    ],
)
misconception(
    "tilt-half-a-pixel-beside-the-centre",
    hint="Rows are numbered from 0. What is the number of the middle one of 7, and which centre does "
    "your code compute for H = 7?",
    edits=[
        edit("random_tilt", "np.arange(H)[:, None] - (H - 1) / 2", "np.arange(H)[:, None] - H / 2"),
        edit("random_tilt", "np.arange(W) - (W - 1) / 2", "np.arange(W) - W / 2"),
        edit("random_tilt", "np.sin(angle) * x + (H + 1) / 2", "np.sin(angle) * x + H / 2 + 1"),
        edit("random_tilt", "np.cos(angle) * x + (W + 1) / 2", "np.cos(angle) * x + W / 2 + 1"),
    ],
)
misconception(
    "tilt-nearest-pixel",
    hint="If a place lies half way between two pixels, what is its value in your code: one of the two, "
    "or a blend?",
    edits=[
        edit(
            "random_tilt",
            "        down, right = rows - top, columns - left\n",
            "        down, right = np.rint(rows - top), np.rint(columns - left)\n",
        )
    ],
)
misconception(
    "tilt-repeats-the-border",
    hint="Which value does a place outside of the image have in your code, and which in the docstring?",
    edits=[
        edit(
            "random_tilt",
            "np.pad(images, ((0, 0), (0, 0), (1, 2), (1, 2)))",
            "np.pad(images, ((0, 0), (0, 0), (1, 2), (1, 2)), mode='edge')",
        )
    ],
)
misconception(
    "tilt-shears",
    hint="A rotation keeps lengths. Which signs do your two sines have, and may they be the same?",
    edits=[
        edit("random_tilt", "np.cos(angle) * y - np.sin(angle) * x", "np.cos(angle) * y + np.sin(angle) * x")
    ],
)
misconception(
    "noise-std-taken-for-variance",
    hint="Is std a standard deviation or a variance? For std = 0.01, what is the standard deviation of "
    "your noise?",
    edits=[edit("add_noise", "std *", "np.sqrt(std) *")],
)
misconception(
    "noise-uniform",
    hint="Can your noise ever be three times std? Which distribution does the docstring ask for?",
    edits=[
        edit(
            "add_noise",
            "std * rng.standard_normal(images.shape)",
            "std * np.sqrt(3) * rng.uniform(-1, 1, images.shape)",
        )
    ],
)
misconception(
    "noise-of-one-sign",
    hint="What is the mean of your noise? Can it be negative?",
    edits=[edit("add_noise", "rng.standard_normal(images.shape)", "rng.random(images.shape)")],
)
misconception(
    "noise-shared-by-the-batch",
    hint="Do two images of a batch get the same noise? Which shape do your random numbers have?",
    edits=[edit("add_noise", "rng.standard_normal(images.shape)", "rng.standard_normal(images.shape[1:])")],
)
misconception(
    "noise-shared-by-channels",
    hint="Do the channels of a pixel get the same noise? Which shape do your random numbers have?",
    edits=[
        edit(
            "add_noise",
            "rng.standard_normal(images.shape)",
            "rng.standard_normal((len(images), 1, *images.shape[2:]))",
        )
    ],
)
misconception(
    "noise-clipped",
    hint="Can a value of your result be above 1 or below 0? What does the docstring say about clipping?",
    edits=[
        edit(
            "add_noise",
            "images + std * rng.standard_normal(images.shape)",
            "np.clip(images + std * rng.standard_normal(images.shape), 0, 1)",
        )
    ],
)
misconception(
    "noise-in-place",
    hint="After the call, are the caller's images what they were? Which line writes to them?",
    edits=[
        edit(
            "add_noise",
            "return images + std * rng.standard_normal(images.shape)",
            "images += std * rng.standard_normal(images.shape)\n    return images",
        )
    ],
)
misconception(
    "jitter-one-factor-per-image",
    hint="Can your jitter make an image redder, or only brighter as a whole? How many factors do you "
    "draw for an image?",
    edits=[edit("color_jitter", "images.shape[:2])", "(len(images), 1))")],
)
misconception(
    "jitter-one-factor-per-channel-of-the-batch",
    hint="Do all images of a batch get the same factors? How many do you draw?",
    edits=[edit("color_jitter", "images.shape[:2])", "(1, images.shape[1]))")],
)
misconception(
    "jitter-every-pixel",
    hint="Do all pixels of a channel share a factor? How many do you draw for an image?",
    edits=[
        edit("color_jitter", "images.shape[:2])", "images.shape)"),
        edit("color_jitter", "factors[:, :, None, None]", "factors"),
    ],
)
misconception(
    "jitter-adds",
    hint="What becomes of a black pixel in your code? Is a channel multiplied by its random number, or "
    "is the number added to it?",
    edits=[
        edit("color_jitter", "images * factors[:, :, None, None]", "images + factors[:, :, None, None] - 1")
    ],
)
misconception(
    "jitter-not-clipped",
    hint="What is the largest value in your result? Which range does the docstring promise?",
    edits=[
        edit(
            "color_jitter",
            "np.clip(images * factors[:, :, None, None], 0, 1)",
            "images * factors[:, :, None, None]",
        )
    ],
)
misconception(
    "jitter-wraps-around",
    hint="A value of 1.2 after the multiplication: what does your code make of it, and what does clipping?",
    edits=[
        edit(
            "color_jitter",
            "np.clip(images * factors[:, :, None, None], 0, 1)",
            "images * factors[:, :, None, None] % 1.0",
        )
    ],
)
misconception(
    "jitter-only-brightens",
    hint="Can your jitter make a channel darker? What is the smallest factor that you can draw?",
    edits=[edit("color_jitter", "rng.uniform(1 - strength,", "rng.uniform(1,")],
)
misconception(
    "cutout-same-place-for-the-batch",
    hint="Does each image lose a square at a place of its own? How many places do you draw?",
    edits=[
        edit("cutout", "rng.integers(0, H - size + 1, N)", "np.full(N, rng.integers(0, H - size + 1))"),
        edit("cutout", "rng.integers(0, W - size + 1, N)", "np.full(N, rng.integers(0, W - size + 1))"),
    ],
)
misconception(
    "cutout-never-at-the-edge",
    hint="Can your square touch the last row? Which are the largest numbers that you can draw?",
    edits=[
        edit("cutout", "H - size + 1", "H - size"),
        edit("cutout", "W - size + 1", "W - size"),
    ],
)
misconception(
    "cutout-rows-for-columns",
    hint="Which of H and W limits the row in which a square may begin? Which do you use for it?",
    edits=[
        edit("cutout", "H - size + 1", "W - size + 1"),
        edit("cutout", "lefts = rng.integers(0, W", "lefts = rng.integers(0, H"),
    ],
)
misconception(
    "cutout-never-at-the-first-row",
    hint="Can your square begin in row 0? Which are the smallest numbers that you can draw?",
    edits=[
        edit("cutout", "rng.integers(0, H", "rng.integers(1, H"),
        edit("cutout", "rng.integers(0, W", "rng.integers(1, W"),
    ],
)
misconception(
    "cutout-middle-drawn-and-pushed-inside",
    hint="You draw the square's centre and push what sticks out back inside. Are all places equally "
    "likely then?",
    edits=[
        edit(
            "cutout",
            "tops = rng.integers(0, H - size + 1, N)",
            "tops = np.clip(rng.integers(0, H, N) - size // 2, 0, H - size)",
        ),
        edit(
            "cutout",
            "lefts = rng.integers(0, W - size + 1, N)",
            "lefts = np.clip(rng.integers(0, W, N) - size // 2, 0, W - size)",
        ),
    ],
)
misconception(
    "cutout-sticks-out",
    hint="How many pixels of a channel become 0 when the square begins in the last row? Should it lie "
    "wholly within the image?",
    edits=[
        edit("cutout", "H - size + 1", "H"),
        edit("cutout", "W - size + 1", "W"),
    ],
)
misconception(
    "cutout-first-channel-only",
    hint="In which channels does your square become 0, and in which should it?",
    edits=[edit("cutout", "image[:, top", "image[0, top")],
)
misconception(
    "cutout-in-place",
    hint="After the call, are the caller's images what they were? Which line writes to them?",
    edits=[edit("cutout", "images.copy()", "images")],
)
misconception(
    "cutout-keeps-the-square",
    hint="Which part of the image becomes 0 in your code: the square, or everything else?",
    edits=[
        edit("cutout", "cut = images.copy()", "cut = np.zeros_like(images)"),
        edit("cutout", "for image, top, left in zip(cut,", "for image, old, top, left in zip(cut, images,"),
        edit(
            "cutout",
            "image[:, top : top + size, left : left + size] = 0",
            "image[:, top : top + size, left : left + size] = old[:, top : top + size, left : left + size]",
        ),
    ],
)
misconception(
    "mixup-labels-not-mixed",
    hint="An image that is one third a 7 and two thirds a 1: which label do you give it?",
    edits=[edit("mixup", "lam * Y + (1 - lam) * Y[partner]", "Y.copy()")],
)
misconception(
    "mixup-labels-of-other-partners",
    hint="A sample is mixed with a partner. Do you mix its label with the label of that same partner?",
    edits=[edit("mixup", "Y[partner]", "Y[rng.permutation(len(X))]")],
)
misconception(
    "mixup-shares-swapped-for-labels",
    hint="In the mixed data, a sample itself has the share lam. Which share does its own label have in "
    "yours?",
    edits=[edit("mixup", "lam * Y + (1 - lam) * Y[partner]", "(1 - lam) * Y + lam * Y[partner]")],
)
misconception(
    "mixup-uniform-shares",
    hint="From which distribution do you draw lam? Where does alpha come in?",
    edits=[edit("mixup", "rng.beta(alpha, alpha)", "rng.random()")],
)
misconception(
    "mixup-alpha-taken-for-the-share",
    hint="Is alpha the share lam itself, or a parameter of the distribution that lam is drawn from?",
    edits=[edit("mixup", "rng.beta(alpha, alpha)", "min(1.0, alpha)")],
)
misconception(
    "mixup-always-mostly-itself",
    hint="Can lam be below 1/2 in your code? Can it in the docstring?",
    edits=[
        edit(
            "mixup",
            "lam, partner = rng.beta(alpha, alpha), rng.permutation(len(X))",
            "lam, partner = rng.beta(alpha, alpha), rng.permutation(len(X))\n    lam = max(lam, 1 - lam)",
        )
    ],
)
misconception(
    "mixup-fixed-partner",
    hint="Call it twice. Is the first sample mixed with the same partner? What draws the partners?",
    edits=[edit("mixup", "rng.permutation(len(X))", "np.roll(np.arange(len(X)), 1)")],
)
misconception(
    "mixup-adds-up-to-more-than-one",
    hint="What do the two shares of your mixed data sum to?",
    edits=[edit("mixup", "lam * X + (1 - lam) * X[partner]", "X + (1 - lam) * X[partner]")],
)

# Averaging.

misconception(
    "crop-average-without-the-centre",
    hint="How many crops of each image do you average, and how many should it be?",
    edits=[edit("crop_average", ", (bottom // 2, right // 2)]", "]")],
)
misconception(
    "crop-average-of-pixels",
    hint="What do you average: the crops, or the predictions for them?",
    edits=[
        edit(
            "crop_average",
            "np.mean([predict(crop) for crop in crops], axis=0)",
            "predict(np.mean(crops, axis=0))",
        )
    ],
)
misconception(
    "crop-average-summed",
    hint="What do your probabilities for one image sum to?",
    edits=[edit("crop_average", "np.mean([", "np.sum([")],
)
misconception(
    "crop-average-for-square-images-only",
    hint="In which column does the right crop begin if the image is wider than it is high? Which side "
    "length do you use?",
    edits=[edit("crop_average", "images.shape[3] - size", "images.shape[2] - size")],
)
misconception(
    "crop-average-off-by-one",
    hint="Does your lower right crop reach the last row and the last column? In which row does it begin?",
    edits=[
        edit("crop_average", "images.shape[2] - size", "images.shape[2] - size - 1"),
        edit("crop_average", "images.shape[3] - size", "images.shape[3] - size - 1"),
    ],
)
misconception(
    "crop-average-centre-begins-in-the-middle",
    hint="Is the centre of your centre crop the centre of the image, or does the crop only begin there?",
    edits=[
        edit(
            "crop_average",
            "(bottom // 2, right // 2)",
            "(min(bottom, images.shape[2] // 2), min(right, images.shape[3] // 2))",
        )
    ],
)
misconception(
    "crop-average-centre-rounded-up",
    hint="In which row does the centre crop begin if H - size is odd? Do you round up or down?",
    edits=[edit("crop_average", "(bottom // 2, right // 2)", "((bottom + 1) // 2, (right + 1) // 2)")],
)
misconception(
    "ensemble-votes",
    hint="Does it matter in your code how sure each member is, or only which class it prefers?",
    edits=[
        edit(
            "ensemble_average",
            "np.mean(probabilities, axis=0)",
            "np.mean(np.eye(probabilities.shape[2])[probabilities.argmax(axis=2)], axis=0)",
        )
    ],
)
misconception(
    "ensemble-averages-samples",
    hint="Which axis of (M, N, C) do you average over, and which holds the members?",
    edits=[edit("ensemble_average", "axis=0", "axis=1")],
)
misconception(
    "ensemble-geometric-mean",
    hint="What do your probabilities sum to? Which mean do you get from averaged logarithms, and which "
    "is asked for?",
    edits=[
        edit(
            "ensemble_average", "np.mean(probabilities, axis=0)", "np.exp(np.log(probabilities).mean(axis=0))"
        )
    ],
)
misconception(
    "ensemble-geometric-mean-normalized",
    hint="Do you average probabilities or their logarithms? Which mean does the docstring ask for?",
    edits=[
        edit(
            "ensemble_average",
            "return np.mean(probabilities, axis=0)",
            "mean = np.exp(np.log(probabilities + 1e-12).mean(axis=0))\n"
            "    return mean / mean.sum(axis=1)[:, None]",
        )
    ],
)
misconception(
    "global-generator-for-rng",
    hint="Run it twice, each time with a generator of the same seed. Is the result the same? Do all "
    "draws come from rng?",
    edits=[
        edit("dropconnect_forward", "rng.random(w.shape)", "np.random.random(w.shape)"),
        edit("stochastic_depth_forward", "rng.random(len(x))", "np.random.random(len(x))"),
        edit("random_flip", "rng.random(len(images))", "np.random.random(len(images))"),
        edit("random_crop", "rng.integers(0, height", "np.random.randint(0, height"),
        edit("random_tilt", "rng.uniform", "np.random.uniform"),
        edit("add_noise", "rng.standard_normal(images.shape)", "np.random.standard_normal(images.shape)"),
        edit("color_jitter", "rng.uniform", "np.random.uniform"),
        edit("cutout", "rng.integers(0, H", "np.random.randint(0, H"),
        edit("mixup", "rng.beta", "np.random.beta"),
    ],
)
misconception(
    "fresh-generator-with-a-fixed-seed",
    hint="Call it twice with the same rng. Do you get the same result both times? Where does your "
    "generator come from?",
    edits=[
        edit("random_flip", "    flipped =", "    rng = np.random.default_rng(0)\n    flipped ="),
        edit("random_tilt", "    N, _,", "    rng = np.random.default_rng(0)\n    N, _,"),
        edit("add_noise", "    return", "    rng = np.random.default_rng(0)\n    return"),
    ],
)


@misconception(
    "gradient-measured",
    hint="Your gradient is right to about ten digits only. Did you work it out on paper, or measure it?",
)
def _():
    def dropout_forward(x, dropout_param):
        p, factor = dropout_param["p"], np.ones(x.shape)
        if dropout_param["mode"] == "train":
            chance = np.random.RandomState(dropout_param.get("seed"))
            factor = (chance.random_sample(x.shape) < p) / p
        return x * factor, factor

    def dropout_backward(dout, cache):
        # Entries don't know of each other, and slopes are the same everywhere: all at once, around 1.
        return dout * ((1 + 1e-6) * cache - (1 - 1e-6) * cache) / 2e-6
