"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

MASK = "(chance.random_sample(x.shape) < p) / p"
WEIGHT_MASK = "(rng.random(w.shape) < p) / p"

# Dropout.

misconception(
    "p-read-as-probability-of-dropping",
    hint="The docstring says what p is the probability of. At p = 0.8, how much survives?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) > p) / (1 - p)")],
)
misconception(
    "dropout-keeps-the-wrong-share",
    hint="You scale by the share that should survive. Is it the share that does survive?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) > p) / p")],
)
misconception(
    "p-of-dropping-drawn-from-below",
    hint="The docstring says what p is the probability of. At p = 0.8, how much survives?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < 1 - p) / (1 - p)")],
)
misconception(
    "dropout-keeps-the-wrong-share-from-below",
    hint="You scale by the share that should survive. Is it the share that does survive?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < 1 - p) / p")],
)
misconception(
    "p-of-dropping-and-not-inverted",
    hint="The docstring says what p is the probability of, and what becomes of the entries that are kept.",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) > p)")],
)
misconception(
    "dropout-not-inverted",
    hint="With your mask, how large is the expected output in train mode, compared with the input?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < p)")],
)
misconception(
    "dropout-scales-by-dropped-share",
    hint="A share p survives. By what must it be divided so that the expectation stays what it was?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < p) / (1 - p)")],
)
misconception(
    "dropout-multiplies-by-p",
    hint="Fewer entries survive. Must those that do become larger or smaller?",
    edits=[edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < p) * p")],
)
misconception(
    "dropout-scales-at-test-time-instead",
    hint="Where does inverted dropout do its scaling: while training or while testing?",
    edits=[
        edit("dropout_forward", "np.ones(x.shape)", "np.full(x.shape, dropout_param['p'])"),
        edit("dropout_forward", MASK, "(chance.random_sample(x.shape) < p)"),
    ],
)
misconception(
    "dropout-scales-at-test-time-too",
    hint="In train mode you have scaled already. What is left to do in test mode?",
    edits=[edit("dropout_forward", "np.ones(x.shape)", "np.full(x.shape, dropout_param['p'])")],
)
misconception(
    "dropout-active-at-test-time",
    hint="Is your prediction for the same image the same each time you ask?",
    edits=[edit("dropout_forward", 'dropout_param["mode"] == "train"', '"mode" in dropout_param')],
)
misconception(
    "dropout-never-active",
    hint="In train mode, does anything become 0?",
    edits=[edit("dropout_forward", "return x * mask, mask", "return x * 1.0, np.ones(x.shape)")],
)
misconception(
    "dropout-one-mask-for-the-batch",
    hint="Do two samples of a batch lose the same entries?",
    edits=[edit("dropout_forward", MASK, "np.ones(x.shape) * (chance.random_sample(x.shape[1:]) < p) / p")],
)
misconception(
    "dropout-one-coin-per-sample",
    hint="Does each entry have a coin of its own, or do whole rows stand and fall together?",
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
    hint="Dropping whole channels is another method. What does the docstring say about the entries of x?",
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
    hint="How many dimensions may x have?",
    edits=[edit("dropout_forward", "x.shape) < p", "(x.shape[0], x.shape[1])) < p")],
)
misconception(
    "dropout-seed-required",
    hint="The seed may be missing from the dictionary. What happens then?",
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
    hint="Without a seed, does your second call drop other entries than the first?",
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
    hint="Do two calls with the same seed drop the same entries?",
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
    hint="Which integer is false in Python? Is it no seed?",
    edits=[edit("dropout_forward", '"seed" in dropout_param', 'dropout_param.get("seed")')],
)
misconception(
    "dropout-seed-value-ignored",
    hint="Do two calls with different seeds drop different entries?",
    edits=[edit("dropout_forward", 'RandomState(dropout_param["seed"])', "RandomState(0)")],
)
misconception(
    "dropout-in-place",
    hint="After the call, is the caller's x what it was?",
    edits=[
        edit("dropout_forward", "return x * mask, mask", "np.multiply(x, mask, out=x)\n    return x, mask")
    ],
)
misconception(
    "dropout-backward-without-mask",
    hint="An entry that was dropped had no influence on the loss. What is its gradient?",
    edits=[edit("dropout_backward", "dout * cache", "dout * 1.0")],
)
misconception(
    "dropout-backward-without-scale",
    hint="The forward pass multiplies what it keeps by something. Does the backward pass?",
    edits=[edit("dropout_backward", "dout * cache", "dout * (cache > 0)")],
)
misconception(
    "dropout-backward-draws-again",
    hint="Which entries does your backward drop: those that the forward dropped?",
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
    hint="Your mask holds the scale already. How often does your backward apply it?",
    edits=[edit("dropout_backward", "dout * cache", "dout * cache * cache")],
)


@misconception(
    "dropout-mask-in-a-global",
    hint="A net has several dropout layers. Where does each keep the mask that it needs on the way back?",
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
    hint="The layers of a net may share one dropout_param. Whose mask is in it on the way back?",
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
    hint="What is dropped in DropConnect: inputs or weights?",
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
    hint="What is dropped in DropConnect: inputs or weights?",
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
    hint="What is p the probability of, according to the docstring?",
    edits=[edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(w.shape) > p) / (1 - p)")],
)
misconception(
    "dropconnect-not-inverted",
    hint="With your mask, how large is the expected x @ w in train mode, compared with test mode?",
    edits=[edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(w.shape) < p)")],
)
misconception(
    "dropconnect-active-at-test-time",
    hint="Is your output in test mode the same each time?",
    edits=[edit("dropconnect_forward", 'param["mode"] == "train"', '"mode" in param')],
)
misconception(
    "dropconnect-scales-at-test-time-too",
    hint="In train mode you have scaled already. What is left to do in test mode?",
    edits=[edit("dropconnect_forward", "np.ones(w.shape)", "np.full(w.shape, param['p'])")],
)
misconception(
    "dropconnect-whole-units",
    hint="Does each single weight have a coin of its own, or do all those of a unit share one?",
    edits=[edit("dropconnect_forward", WEIGHT_MASK, "(rng.random(w.shape[1]) < p) / p * np.ones(w.shape)")],
)
misconception(
    "dropconnect-whole-inputs",
    hint="Does each single weight have a coin of its own, or do all those of an input share one?",
    edits=[edit("dropconnect_forward", WEIGHT_MASK, "(rng.random((len(w), 1)) < p) / p * np.ones(w.shape)")],
)


@misconception(
    "dropconnect-one-mask-per-sample",
    hint="How many masks do you draw in a call? The docstring says how many samples share one.",
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
    hint="Which of the parameters does the mask concern?",
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
    hint="What becomes of the biases in your train mode?",
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
    hint="A weight that was dropped had no influence on the loss. What is its gradient?",
    edits=[edit("dropconnect_backward", "(x.T @ dout) * mask", "x.T @ dout")],
)
misconception(
    "dropconnect-dw-unscaled",
    hint="The forward pass multiplies the weights that it keeps by something. Is it in dw?",
    edits=[edit("dropconnect_backward", "(x.T @ dout) * mask", "(x.T @ dout) * (mask > 0)")],
)
misconception(
    "dropconnect-dx-unmasked",
    hint="Through which weights did x reach the output?",
    edits=[edit("dropconnect_backward", "dout @ (w * mask).T", "dout @ w.T")],
)
misconception(
    "dropconnect-db-averaged",
    hint="A bias is added to every sample. Is its gradient a sum or a mean over them?",
    edits=[edit("dropconnect_backward", "dout.sum(axis=0)", "dout.mean(axis=0)")],
)


@misconception(
    "dropconnect-mask-in-a-global",
    hint="A net has several such layers. Where does each keep the mask that it needs on the way back?",
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
    hint="After the call, which weights does the caller have?",
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
    hint="At survival = 0.9, how many samples keep their residual with your code?",
    edits=[
        edit("stochastic_depth_forward", "rng.random(len(x)) < survival", "rng.random(len(x)) > survival")
    ],
)
misconception(
    "stochastic-depth-inverted",
    hint="What is the residual multiplied by in train mode, and where does the scaling happen here?",
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
    hint="In train mode, is the residual of a sample that keeps it the whole residual?",
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
    hint="On average, how much of the residual did training see? How much does your test mode add?",
    edits=[edit("stochastic_depth_forward", "np.full(len(x), survival)", "np.ones(len(x))")],
)
misconception(
    "stochastic-depth-active-at-test-time",
    hint="Is your output in test mode the same each time?",
    edits=[edit("stochastic_depth_forward", 'if mode == "train":', 'if mode in ("train", "test"):')],
)
misconception(
    "stochastic-depth-one-coin-per-batch",
    hint="Do all samples of a batch keep or lose their residual together?",
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
    hint="Is the residual of a sample switched off as a whole, or entry by entry?",
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
    hint="When the branch is off, what still comes through?",
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
    hint="In test mode, which of the two terms is scaled?",
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
    hint="A residual that was switched off had no influence on the loss. What is its gradient?",
    edits=[edit("stochastic_depth_backward", "cache * dout", "dout.copy()")],
)
misconception(
    "stochastic-depth-gradient-unscaled-at-test-time",
    hint="In test mode the residual is multiplied by something. Is its gradient?",
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
    hint="Does x reach the output at all in your backward pass, when there is a shortcut?",
    edits=[edit("stochastic_depth_backward", "return dout,", "return 0 * dout,")],
)
misconception(
    "stochastic-depth-gradient-of-x-switched-too",
    hint="When the branch is off, does the gradient still reach x?",
    edits=[edit("stochastic_depth_backward", "return dout,", "return cache * dout,")],
)


misconception(
    "stochastic-depth-in-place",
    hint="After the call, is the caller's x what it was?",
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
    hint="A net has several such layers. Where does each keep the coins that it needs on the way back?",
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
    hint="How many dimensions may x have? Try images.",
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
    hint="Are there batches in which some images are mirrored and others are not?",
    edits=[edit("random_flip", "rng.random(len(images)) < p", "np.full(len(images), rng.random() < p)")],
)
misconception(
    "flip-each-channel",
    hint="Has each image one coin, or each of its colour channels?",
    edits=[
        edit("random_flip", "rng.random(len(images)) < p", "rng.random(images.shape[:2]) < p"),
        edit("random_flip", "flipped[:, None, None, None]", "flipped[..., None, None]"),
    ],
)
misconception(
    "flip-ignores-p",
    hint="How often do you flip when p is 0.2?",
    edits=[edit("random_flip", "< p", "< 0.5")],
)
misconception(
    "flip-p-the-other-way-round",
    hint="Is p the probability that an image is mirrored, or that it is not?",
    edits=[edit("random_flip", "< p", ">= p")],
)
misconception(
    "flip-in-place",
    hint="After the call, are the caller's images what they were?",
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
    hint="Are two images of a batch cut out at different places?",
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
    hint="If the image has 5 rows and the square 4, how many places are there? Which of them do you use?",
    edits=[
        edit("random_crop", "height - size + 1", "max(1, height - size)"),
        edit("random_crop", "width - size + 1", "max(1, width - size)"),
    ],
)
misconception(
    "crop-rows-for-columns",
    hint="Which of height and width says how far down a square may begin?",
    edits=[
        edit("random_crop", "rng.integers(0, height", "rng.integers(0, width"),
        edit("random_crop", "lefts = rng.integers(0, width", "lefts = rng.integers(0, height"),
    ],
)
misconception(
    "crop-of-square-images-only",
    hint="Try an image that is wider than high. Which columns does no square ever reach?",
    edits=[edit("random_crop", "rng.integers(0, width - size", "rng.integers(0, height - size")],
)
misconception(
    "crop-middle-drawn-and-pushed-inside",
    hint="You draw the middle, and push what sticks out back inside. Which places come up most often?",
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
    hint="Is the column of the square independent of its row?",
    edits=[edit("random_crop", "rng.integers(0, width - size + 1, N)", "tops")],
)
misconception(
    "crop-without-border",
    hint="What does padding do in your code?",
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
    hint="Which values does your border have?",
    edits=[edit("random_crop", "(padding, padding)))", "(padding, padding)), mode='edge')")],
)
misconception(
    "crop-pads-all-axes",
    hint="How many images and channels are there after you have added the border?",
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
    hint="In which unit do sine and cosine take their angle?",
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
    hint="Do your images tilt to both sides?",
    edits=[edit("random_tilt", "rng.uniform(-degrees,", "rng.uniform(0,")],
)
misconception(
    "tilt-always-by-the-largest-angle",
    hint="Which angles occur between the two extremes?",
    edits=[edit("random_tilt", "rng.uniform(-degrees, degrees, N)", "degrees * rng.choice([-1.0, 1.0], N)")],
)
misconception(
    "tilt-same-angle-for-the-batch",
    hint="Does each image of a batch have an angle of its own?",
    edits=[
        edit("random_tilt", "rng.uniform(-degrees, degrees, N)", "np.full(N, rng.uniform(-degrees, degrees))")
    ],
)
misconception(
    "tilt-about-the-corner",
    hint="Which pixel stays where it is?",
    edits=[
        edit("random_tilt", "np.arange(H)[:, None] - (H - 1) / 2", "np.arange(H)[:, None]"),
        edit("random_tilt", "np.arange(W) - (W - 1) / 2", "np.arange(W)"),
        edit("random_tilt", "np.sin(angle) * x + (H + 1) / 2", "np.sin(angle) * x + 1"),
        edit("random_tilt", "np.cos(angle) * x + (W + 1) / 2", "np.cos(angle) * x + 1"),
    ],
)
misconception(
    "tilt-half-a-pixel-beside-the-centre",
    hint="Where is the centre of an image with 7 rows, numbered from 0?",
    edits=[
        edit("random_tilt", "np.arange(H)[:, None] - (H - 1) / 2", "np.arange(H)[:, None] - H / 2"),
        edit("random_tilt", "np.arange(W) - (W - 1) / 2", "np.arange(W) - W / 2"),
        edit("random_tilt", "np.sin(angle) * x + (H + 1) / 2", "np.sin(angle) * x + H / 2 + 1"),
        edit("random_tilt", "np.cos(angle) * x + (W + 1) / 2", "np.cos(angle) * x + W / 2 + 1"),
    ],
)
misconception(
    "tilt-nearest-pixel",
    hint="Between two pixels, which value does your result have?",
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
    hint="What comes from outside of the image should be 0. What is it with you?",
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
    hint="A rotation keeps lengths. Look at the signs of your two sines.",
    edits=[
        edit("random_tilt", "np.cos(angle) * y - np.sin(angle) * x", "np.cos(angle) * y + np.sin(angle) * x")
    ],
)
misconception(
    "noise-std-taken-for-variance",
    hint="Is the number you are given the standard deviation or the variance?",
    edits=[edit("add_noise", "std *", "np.sqrt(std) *")],
)
misconception(
    "noise-uniform",
    hint="Can your noise be three times its standard deviation? Which distribution is asked for?",
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
    hint="Does your noise make images brighter on average?",
    edits=[edit("add_noise", "rng.standard_normal(images.shape)", "rng.random(images.shape)")],
)
misconception(
    "noise-shared-by-the-batch",
    hint="Do two images get the same noise?",
    edits=[edit("add_noise", "rng.standard_normal(images.shape)", "rng.standard_normal(images.shape[1:])")],
)
misconception(
    "noise-shared-by-channels",
    hint="Do the channels of a pixel get the same noise?",
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
    hint="What does the docstring say about clipping?",
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
    hint="After the call, are the caller's images what they were?",
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
    hint="Can your jitter make an image redder?",
    edits=[edit("color_jitter", "images.shape[:2])", "(len(images), 1))")],
)
misconception(
    "jitter-one-factor-per-channel-of-the-batch",
    hint="Do all images of a batch get the same factors?",
    edits=[edit("color_jitter", "images.shape[:2])", "(1, images.shape[1]))")],
)
misconception(
    "jitter-every-pixel",
    hint="How many factors does an image have? One for each pixel is noise.",
    edits=[
        edit("color_jitter", "images.shape[:2])", "images.shape)"),
        edit("color_jitter", "factors[:, :, None, None]", "factors"),
    ],
)
misconception(
    "jitter-adds",
    hint="Is your random number multiplied or added? Look at a black pixel.",
    edits=[
        edit("color_jitter", "images * factors[:, :, None, None]", "images + factors[:, :, None, None] - 1")
    ],
)
misconception(
    "jitter-not-clipped",
    hint="What is the largest value in your result?",
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
    hint="What becomes of a value beyond 1?",
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
    hint="Does your jitter make some channels darker, too?",
    edits=[edit("color_jitter", "rng.uniform(1 - strength,", "rng.uniform(1,")],
)
misconception(
    "cutout-same-place-for-the-batch",
    hint="Does each image lose a square of its own?",
    edits=[
        edit("cutout", "rng.integers(0, H - size + 1, N)", "np.full(N, rng.integers(0, H - size + 1))"),
        edit("cutout", "rng.integers(0, W - size + 1, N)", "np.full(N, rng.integers(0, W - size + 1))"),
    ],
)
misconception(
    "cutout-never-at-the-edge",
    hint="Can your square touch the last row?",
    edits=[
        edit("cutout", "H - size + 1", "H - size"),
        edit("cutout", "W - size + 1", "W - size"),
    ],
)
misconception(
    "cutout-rows-for-columns",
    hint="Which of H and W says how far down a square may begin?",
    edits=[
        edit("cutout", "H - size + 1", "W - size + 1"),
        edit("cutout", "lefts = rng.integers(0, W", "lefts = rng.integers(0, H"),
    ],
)
misconception(
    "cutout-never-at-the-first-row",
    hint="Can your square begin in row 0 and in column 0?",
    edits=[
        edit("cutout", "rng.integers(0, H", "rng.integers(1, H"),
        edit("cutout", "rng.integers(0, W", "rng.integers(1, W"),
    ],
)
misconception(
    "cutout-middle-drawn-and-pushed-inside",
    hint="You draw the middle, and push what sticks out back inside. Which places come up most often?",
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
    hint="How many pixels does an image lose when the place is near the border?",
    edits=[
        edit("cutout", "H - size + 1", "H"),
        edit("cutout", "W - size + 1", "W"),
    ],
)
misconception(
    "cutout-first-channel-only",
    hint="Is the square black, or has it only lost its red?",
    edits=[edit("cutout", "image[:, top", "image[0, top")],
)
misconception(
    "cutout-in-place",
    hint="After the call, are the caller's images what they were?",
    edits=[edit("cutout", "images.copy()", "images")],
)
misconception(
    "cutout-keeps-the-square",
    hint="Which part becomes 0: the square, or all the rest?",
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
    hint="An image that is a third of a 7: what is its label?",
    edits=[edit("mixup", "lam * Y + (1 - lam) * Y[partner]", "Y.copy()")],
)
misconception(
    "mixup-labels-of-other-partners",
    hint="Is a sample's label mixed with the label of the partner that its data were mixed with?",
    edits=[edit("mixup", "Y[partner]", "Y[rng.permutation(len(X))]")],
)
misconception(
    "mixup-shares-swapped-for-labels",
    hint="Which of the two shares does a sample's own label get?",
    edits=[edit("mixup", "lam * Y + (1 - lam) * Y[partner]", "(1 - lam) * Y + lam * Y[partner]")],
)
misconception(
    "mixup-uniform-shares",
    hint="How does the distribution of your shares depend on alpha?",
    edits=[edit("mixup", "rng.beta(alpha, alpha)", "rng.random()")],
)
misconception(
    "mixup-alpha-taken-for-the-share",
    hint="Is alpha the share itself, or a parameter of its distribution?",
    edits=[edit("mixup", "rng.beta(alpha, alpha)", "min(1.0, alpha)")],
)
misconception(
    "mixup-always-mostly-itself",
    hint="Is your share smaller than a half as often as it is larger?",
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
    hint="With whom is the first sample mixed? And in the next call?",
    edits=[edit("mixup", "rng.permutation(len(X))", "np.roll(np.arange(len(X)), 1)")],
)
misconception(
    "mixup-adds-up-to-more-than-one",
    hint="Do the two shares of a mixture sum to 1?",
    edits=[edit("mixup", "lam * X + (1 - lam) * X[partner]", "X + (1 - lam) * X[partner]")],
)

# Averaging.

misconception(
    "crop-average-without-the-centre",
    hint="How many crops does each image have?",
    edits=[edit("crop_average", ", (bottom // 2, right // 2)]", "]")],
)
misconception(
    "crop-average-of-pixels",
    hint="What is averaged: the crops, or what the classifier says of them?",
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
    hint="Do your probabilities sum to 1?",
    edits=[edit("crop_average", "np.mean([", "np.sum([")],
)
misconception(
    "crop-average-for-square-images-only",
    hint="Where is the right edge of an image that is wider than high?",
    edits=[edit("crop_average", "images.shape[3] - size", "images.shape[2] - size")],
)
misconception(
    "crop-average-off-by-one",
    hint="Does your lower right crop reach the last row and the last column?",
    edits=[
        edit("crop_average", "images.shape[2] - size", "images.shape[2] - size - 1"),
        edit("crop_average", "images.shape[3] - size", "images.shape[3] - size - 1"),
    ],
)
misconception(
    "crop-average-centre-begins-in-the-middle",
    hint="What is in the middle of the image: the first row of your centre crop, or its own middle?",
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
    hint="Where does the centre crop begin when it can't be exactly in the middle?",
    edits=[edit("crop_average", "(bottom // 2, right // 2)", "((bottom + 1) // 2, (right + 1) // 2)")],
)
misconception(
    "ensemble-votes",
    hint="Does it matter how sure the members are?",
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
    hint="Which axis holds the members?",
    edits=[edit("ensemble_average", "axis=0", "axis=1")],
)
misconception(
    "ensemble-geometric-mean",
    hint="Averaging logarithms is another method. Do your probabilities sum to 1?",
    edits=[
        edit(
            "ensemble_average", "np.mean(probabilities, axis=0)", "np.exp(np.log(probabilities).mean(axis=0))"
        )
    ],
)
misconception(
    "ensemble-geometric-mean-normalized",
    hint="Averaging logarithms is another method. Which mean does the docstring ask for?",
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
    hint="You are given a generator. Does the same seed give the same result with your code?",
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
    hint="Is the result of your second call another one than that of the first?",
    edits=[
        edit("random_flip", "    flipped =", "    rng = np.random.default_rng(0)\n    flipped ="),
        edit("random_tilt", "    N, _,", "    rng = np.random.default_rng(0)\n    N, _,"),
        edit("add_noise", "    return", "    rng = np.random.default_rng(0)\n    return"),
    ],
)


@misconception(
    "gradient-measured",
    hint="Your gradient is right to ten digits only. Did you work it out, or measure it?",
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
