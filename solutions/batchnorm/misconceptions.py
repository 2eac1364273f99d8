"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

STATISTICS = "mean, var = x.mean(axis=0), x.var(axis=0)"
RUNNING_MEAN = 'bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean'
RUNNING_VAR = 'bn_param["running_var"] = momentum * running_var + (1 - momentum) * var'
AT_TEST = "        mean, var = running_mean, running_var\n"
CLOSED_FORM = "batchnorm_backward_alt"
CLOSED_DX = "gamma / std * (dout - (dbeta + xhat * dgamma) / len(xhat))"
LAYER_STD = "np.sqrt(x.var(axis=1, keepdims=True) + eps)"
LAYER_DX = "(dxhat - along_mean - xhat * along_xhat) / std"
BACKWARDS = ("batchnorm_backward", "batchnorm_backward_alt", "layernorm_backward")


def everywhere(old, new):
    """The same change of text in all three backwards."""
    return [edit(name, old, new) for name in BACKWARDS]


def other_eps_in(*returned):
    """Batch normalization's backwards with standard deviation and xhat worked out again, with another eps."""
    std = "np.sqrt(var + 1e-5)"
    return [
        edit("batchnorm_forward", "(xhat, std, gamma)", f"(xhat, {std}, gamma, (x - mean) / {std})"),
        *everywhere("xhat, std, gamma = cache", "right, std, gamma, xhat = cache")[:2],
        *returned,
    ]


def at_test(returned, std="np.sqrt(running_var + eps)"):
    """Batch normalization whose test branch returns something of its own."""
    lines = f"        std = {std}\n        return {returned}, None\n"
    return [edit("batchnorm_forward", AT_TEST, lines)]


# Batch normalization, training.

misconception(
    "eps-outside-the-root",
    hint="Is eps added to the variance or to the standard deviation? Compare your results for an eps of 1.",
    edits=[
        edit("batchnorm_forward", "np.sqrt(var + eps)", "np.sqrt(var) + eps"),
        edit("layernorm_forward", LAYER_STD, "np.sqrt(x.var(axis=1, keepdims=True)) + eps"),
    ],
)
misconception(
    "eps-forgotten",
    hint="What do you divide by when a feature is the same for every sample?",
    edits=[
        edit("batchnorm_forward", "np.sqrt(var + eps)", "np.sqrt(var)"),
        edit("layernorm_forward", LAYER_STD, "np.sqrt(x.var(axis=1, keepdims=True))"),
    ],
)
misconception(
    "training-with-eps-outside-the-root",
    hint="In training, is eps added to the variance or to the standard deviation? Compare your results "
    "for an eps of 1.",
    edits=[
        edit(
            "batchnorm_forward",
            "np.sqrt(var + eps)",
            "np.sqrt(var) + eps if mode == 'train' else np.sqrt(var + eps)",
        )
    ],
)
misconception(
    "training-without-eps",
    hint="In training, what do you divide by when a feature is the same for every sample?",
    edits=[edit("batchnorm_forward", "np.sqrt(var + eps)", "np.sqrt(var + (0 if mode == 'train' else eps))")],
)
misconception(
    "eps-ignored-in-training",
    hint='The caller may ask for another eps. Does your formula of mode "train" use it?',
    edits=[
        edit("batchnorm_forward", "np.sqrt(var + eps)", "np.sqrt(var + (1e-5 if mode == 'train' else eps))")
    ],
)
misconception(
    "eps-ignored-in-testing",
    hint='The caller may ask for another eps. Does your formula of mode "test" use it?',
    edits=[
        edit("batchnorm_forward", "np.sqrt(var + eps)", "np.sqrt(var + (eps if mode == 'train' else 1e-5))")
    ],
)
misconception(
    "eps-ignored",
    hint="Your eps is {value} whatever the caller asks for. Where does your code read the one that it "
    "was given?",
    edits=[
        edit("batchnorm_forward", 'bn_param.get("eps", 1e-5)', "{value}"),
        edit("layernorm_forward", 'ln_param.get("eps", 1e-5)', "{value}"),
    ],
    values=("1e-5", "1e-8"),
)
misconception(
    "other-default-eps",
    hint="Your eps is {value} when the caller gives none. Which one does the docstring name?",
    edits=[
        edit("batchnorm_forward", '"eps", 1e-5', '"eps", {value}'),
        edit("layernorm_forward", '"eps", 1e-5', '"eps", {value}'),
    ],
    values=("1e-8", "1e-6", "1e-3"),
)
misconception(
    "one-sample-takes-the-running-statistics",
    hint="Do you treat a batch of one sample differently? It has a mean and a variance, too: what does "
    'the formula of mode "train" give?',
    edits=[
        edit(
            "batchnorm_forward",
            STATISTICS,
            "mean, var = (x.mean(axis=0), x.var(axis=0)) if len(x) > 1 else (running_mean, running_var)",
        ),
        edit(
            "batchnorm_backward",
            "ddeviation - ddeviation.mean(axis=0), dgamma",
            "(ddeviation - ddeviation.mean(axis=0) if len(dout) > 1 else dxhat / std), dgamma",
        ),
        edit("batchnorm_backward_alt", CLOSED_DX, f"({CLOSED_DX} if len(dout) > 1 else gamma / std * dout)"),
    ],
)
misconception(
    "one-sample-passes-through",
    hint="A batch of one sample has a mean, too: the sample itself. What is left of it after "
    "subtracting that, and what do you return?",
    edits=[
        edit(
            "batchnorm_forward",
            "    return gamma * xhat + beta,",
            "    if mode == 'train' and len(x) == 1:\n        return gamma * x + beta, (xhat, std, gamma)\n"
            "    return gamma * xhat + beta,",
        )
    ],
)
misconception(
    "training-divides-by-variance",
    hint="What is the standard deviation of each feature in your output for gamma = 1? By what do you "
    "divide?",
    edits=[
        edit(
            "batchnorm_forward",
            "np.sqrt(var + eps)",
            "(var + eps if mode == 'train' else np.sqrt(var + eps))",
        )
    ],
)
misconception(
    "batch-statistics-per-sample",
    hint="What shape do your mean and variance have, (N,) or (D,)? Over which axis are they taken?",
    edits=[
        edit(
            "batchnorm_forward",
            f"{STATISTICS}\n",
            "mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)\n",
        ),
        edit("batchnorm_forward", RUNNING_MEAN, f"{RUNNING_MEAN}.mean()"),
        edit("batchnorm_forward", RUNNING_VAR, f"{RUNNING_VAR}.mean()"),
    ],
)
misconception(
    "one-statistic-for-all-features",
    hint="How many means does a batch with D features have, and how many do you compute?",
    edits=[edit("batchnorm_forward", STATISTICS, "mean, var = x.mean() + 0 * x[0], x.var() + 0 * x[0]")],
)
misconception(
    "unbiased-variance",
    hint="By how many do you divide the sum of the squared differences: N or N - 1? What comes out for "
    "one sample?",
    edits=[
        edit("batchnorm_forward", "x.var(axis=0)", "x.var(axis=0, ddof=1)"),
        edit("layernorm_forward", "x.var(axis=1, keepdims=True)", "x.var(axis=1, ddof=1, keepdims=True)"),
    ],
)
misconception(
    "unbiased-running-variance",
    hint="Some packages keep the unbiased variance for test time. Which variance does the docstring put "
    "into running_var?",
    edits=[
        edit(
            "batchnorm_forward",
            RUNNING_VAR,
            f"{RUNNING_VAR} * len(x) / max(1, len(x) - 1)",
        )
    ],
)
misconception(
    "variance-as-difference-of-squares",
    hint="The squares of numbers around a million are around 1e12. How many digits of a small variance "
    "survive when you subtract two of them?",
    edits=[
        edit(
            "batchnorm_forward", "x.var(axis=0)", "np.maximum((x**2).mean(axis=0) - x.mean(axis=0) ** 2, 0)"
        ),
        edit(
            "layernorm_forward",
            "x.var(axis=1, keepdims=True)",
            "np.maximum((x**2).mean(axis=1, keepdims=True) - x.mean(axis=1, keepdims=True) ** 2, 0)",
        ),
    ],
)
misconception(
    "beta-before-scaling",
    hint="Which comes first, scaling by gamma or shifting by beta? Is beta multiplied by gamma in your code?",
    edits=[
        edit("batchnorm_forward", "gamma * xhat + beta", "gamma * (xhat + beta)"),
        edit("layernorm_forward", "gamma * xhat + beta", "gamma * (xhat + beta)"),
    ],
)
misconception(
    "gamma-and-beta-exchanged",
    hint="Which of gamma and beta is the factor, and which is added? Is it so in your code?",
    edits=[
        edit("batchnorm_forward", "gamma * xhat + beta", "beta * xhat + gamma"),
        edit("layernorm_forward", "gamma * xhat + beta", "beta * xhat + gamma"),
    ],
)
misconception(
    "test-mode-without-gamma-and-beta",
    hint="Does your output in test mode change when gamma and beta do? Should it?",
    edits=at_test("(x - running_mean) / std"),
)
misconception(
    "gamma-and-beta-forgotten",
    hint="Does your output change when gamma and beta do?",
    edits=[
        edit("batchnorm_forward", "gamma * xhat + beta", "xhat"),
        edit("layernorm_forward", "gamma * xhat + beta", "xhat"),
    ],
)
misconception(
    "input-changed-in-place",
    hint="After the call, is the caller's x what it was? Which line changes the array itself?",
    edits=[
        edit("batchnorm_forward", "    xhat = (x - mean) / std\n", "    x -= mean\n    xhat = x / std\n"),
        edit(
            "layernorm_forward", "    xhat = (x -", "    x -= x.mean(axis=1, keepdims=True)\n    xhat = (x -"
        ),
    ],
)
misconception(
    "training-with-running-statistics",
    hint="In training, does your output depend on earlier batches? Which mean and variance do you "
    "normalize with?",
    edits=[
        edit(
            "batchnorm_forward",
            "* var\n    elif",
            '* var\n        mean, var = bn_param["running_mean"], bn_param["running_var"]\n    elif',
        )
    ],
)

# Running statistics.

misconception(
    "momentum-exchanged",
    hint="With a momentum of 0.9, how much of the old running statistics is left after one step, and "
    "how much should be?",
    edits=[
        edit(
            "batchnorm_forward",
            RUNNING_MEAN,
            RUNNING_MEAN.replace(
                "momentum * running_mean + (1 - momentum)", "(1 - momentum) * running_mean + momentum"
            ),
        ),
        edit(
            "batchnorm_forward",
            RUNNING_VAR,
            RUNNING_VAR.replace(
                "momentum * running_var + (1 - momentum)", "(1 - momentum) * running_var + momentum"
            ),
        ),
    ],
)
misconception(
    "momentum-ignored",
    hint="Your momentum is {value} whatever the caller asks for. Where does your code read the one in "
    "bn_param?",
    edits=[edit("batchnorm_forward", 'bn_param.get("momentum", 0.9)', "{value}")],
    values=("0.9", "0.99"),
)
misconception(
    "running-statistics-of-the-last-batch",
    hint="After the second batch, how much of the first is left in your running statistics? How much "
    "should be?",
    edits=[
        edit("batchnorm_forward", RUNNING_MEAN, 'bn_param["running_mean"] = mean'),
        edit("batchnorm_forward", RUNNING_VAR, 'bn_param["running_var"] = var'),
    ],
)
misconception(
    "running-statistics-add-the-whole-batch",
    hint="If every batch has mean 1, which value does your running mean approach after many batches?",
    edits=[
        edit("batchnorm_forward", RUNNING_MEAN, RUNNING_MEAN.replace("(1 - momentum) * ", "")),
        edit("batchnorm_forward", RUNNING_VAR, RUNNING_VAR.replace("(1 - momentum) * ", "")),
    ],
)
misconception(
    "running-statistics-not-stored",
    hint="You compute new running statistics. Where will the next call look for them, and what does it "
    "find there?",
    edits=[
        edit("batchnorm_forward", 'bn_param["running_mean"] =', "running_mean ="),
        edit("batchnorm_forward", 'bn_param["running_var"] =', "running_var ="),
    ],
)
misconception(
    "running-statistics-under-other-keys",
    hint="Under which keys does your next call look for the running statistics, and under which do you "
    "store them?",
    edits=[
        edit("batchnorm_forward", 'bn_param["running_mean"] =', 'bn_param["mean"] ='),
        edit("batchnorm_forward", 'bn_param["running_var"] =', 'bn_param["var"] ='),
    ],
)
misconception(
    "running-variance-not-stored",
    hint="Look at both running statistics in bn_param after a step. Have both changed?",
    edits=[edit("batchnorm_forward", 'bn_param["running_var"] =', "running_var =")],
)
misconception(
    "running-deviation",
    hint="What do you keep in running_var: the variance, or its root?",
    edits=[
        edit("batchnorm_forward", RUNNING_VAR, RUNNING_VAR.replace("* var", "* np.sqrt(var + eps)")),
    ],
)
misconception(
    "running-variance-starts-at-one",
    hint="Some packages start the running variance at 1. Which value does the docstring give where it "
    "is missing?",
    edits=[edit("batchnorm_forward", '"running_var", np.zeros', '"running_var", np.ones')],
)
misconception(
    "running-statistics-start-at-first-batch",
    hint="Which values do the running statistics have before the first batch? How much of them is left "
    "after it?",
    edits=[
        edit(
            "batchnorm_forward",
            RUNNING_MEAN,
            "running_mean = bn_param.get('running_mean', mean)\n        " + RUNNING_MEAN,
        ),
        edit(
            "batchnorm_forward",
            RUNNING_VAR,
            "running_var = bn_param.get('running_var', var)\n        " + RUNNING_VAR,
        ),
    ],
)
misconception(
    "running-statistics-shared-by-all-layers",
    hint="A net has many layers, each with a bn_param of its own. Where do you keep the running statistics?",
    preamble="running = {}\n",
    edits=[
        edit("batchnorm_forward", 'bn_param.get("running_mean", ', 'running.get("mean", '),
        edit("batchnorm_forward", 'bn_param.get("running_var", ', 'running.get("var", '),
        edit(
            "batchnorm_forward", 'bn_param["running_mean"] =', 'running["mean"] = bn_param["running_mean"] ='
        ),
        edit("batchnorm_forward", 'bn_param["running_var"] =', 'running["var"] = bn_param["running_var"] ='),
    ],
)

# Testing.

misconception(
    "test-mode-uses-the-batch",
    hint="In test mode, does a sample's output depend on the others in the batch? Which mean and "
    "variance do you use?",
    edits=[edit("batchnorm_forward", AT_TEST, f"        {STATISTICS}\n")],
)
misconception(
    "test-mode-divides-by-variance",
    hint="In test mode, do you divide by the running variance or by its root?",
    edits=at_test("gamma * (x - running_mean) / std + beta", "running_var + eps"),
)
misconception(
    "test-mode-without-eps",
    hint='Compare your formula of mode "test" with that of mode "train". Is eps in both?',
    edits=at_test("gamma * (x - running_mean) / std + beta", "np.sqrt(running_var)"),
)
misconception(
    "test-mode-with-eps-outside-the-root",
    hint="In test mode, is eps added to the variance or to the standard deviation? Compare your results "
    "for an eps of 1.",
    edits=at_test("gamma * (x - running_mean) / std + beta", "np.sqrt(running_var) + eps"),
)
misconception(
    "test-mode-without-mean",
    hint="Of the two running statistics, which do you use in test mode, and where is the other?",
    edits=at_test("gamma * x / std + beta"),
)
misconception(
    "test-mode-updates-running-statistics",
    hint="Compare the running statistics before and after a call in test mode. Are they the same?",
    edits=[
        edit(
            "batchnorm_forward",
            AT_TEST,
            AT_TEST
            + "        bn_param['running_mean'] = momentum * running_mean + (1 - momentum) * x.mean(axis=0)\n"
            + "        bn_param['running_var'] = momentum * running_var + (1 - momentum) * x.var(axis=0)\n",
        )
    ],
)
misconception(
    "test-mode-updates-the-arrays-themselves",
    hint="In test mode, are the arrays in bn_param after a call what they were? What does an operator "
    "such as *= do to them?",
    edits=[
        edit(
            "batchnorm_forward",
            AT_TEST,
            AT_TEST
            + "        mean, var = 1 * mean, 1 * var\n"
            + "        running_mean *= momentum\n        running_mean += (1 - momentum) * x.mean(axis=0)\n",
        )
    ],
)
misconception(
    "any-other-mode-is-test",
    hint='What does the docstring promise if the mode is neither "train" nor "test", and what does your '
    "code do then?",
    edits=[
        edit("batchnorm_forward", '    elif mode == "test":\n', "    else:\n"),
        edit(
            "batchnorm_forward",
            "    else:\n        raise ValueError(f\"the mode is 'train' or 'test', not {mode!r}\")\n",
            "",
        ),
    ],
)
misconception(
    "any-other-mode-passes-through",
    hint='What does the docstring promise if the mode is neither "train" nor "test", and what does your '
    "code do then?",
    edits=[
        edit(
            "batchnorm_forward",
            "raise ValueError(f\"the mode is 'train' or 'test', not {mode!r}\")",
            "return x, None",
        )
    ],
)

# Backward.

misconception(
    "statistics-taken-as-constants",
    hint="If one entry of x changes, do the mean and the variance change? Where does your dx take "
    "account of that?",
    edits=[
        edit("batchnorm_backward", "ddeviation - ddeviation.mean(axis=0)", "dxhat / std"),
        edit("batchnorm_backward_alt", CLOSED_DX, "gamma / std * dout"),
        edit("layernorm_backward", LAYER_DX, "dxhat / std"),
    ],
)
misconception(
    "variance-taken-as-constant",
    hint="x reaches the output through the variance, too. Where does that path come back in your dx?",
    edits=[
        edit("batchnorm_backward", " + dvar * 2 * xhat * std / len(xhat)", ""),
        edit("batchnorm_backward_alt", "(dbeta + xhat * dgamma)", "dbeta"),
        edit("layernorm_backward", " - xhat * along_xhat", ""),
    ],
)
misconception(
    "mean-taken-as-constant",
    hint="x reaches the output through the mean, too. Where does that path come back in your dx?",
    edits=[
        edit("batchnorm_backward", "ddeviation - ddeviation.mean(axis=0)", "ddeviation"),
        edit("batchnorm_backward_alt", "(dbeta + xhat * dgamma)", "(xhat * dgamma)"),
        edit("layernorm_backward", "dxhat - along_mean -", "dxhat -"),
    ],
)
misconception(
    "sign-of-the-variance-term",
    hint="When the variance grows, does a normalized value move towards 0 or away from it? Which sign "
    "has that derivative in your dx?",
    edits=[
        edit("batchnorm_backward", "dvar = -np.sum", "dvar = np.sum"),
        edit("batchnorm_backward_alt", "dbeta + xhat", "dbeta - xhat"),
        edit("layernorm_backward", "along_mean - xhat", "along_mean + xhat"),
    ],
)
misconception(
    "sign-of-the-mean-term",
    hint="When the mean grows, does x - mean grow or shrink? Which sign has that derivative in your dx?",
    edits=[
        edit("batchnorm_backward", "ddeviation - ddeviation", "ddeviation + ddeviation"),
        edit("batchnorm_backward_alt", "(dbeta + xhat", "(-dbeta + xhat"),
        edit("layernorm_backward", "dxhat - along_mean", "dxhat + along_mean"),
    ],
)
misconception(
    "means-without-1-over-n",
    hint="A mean is a sum divided by the number of its terms. Where is that division in your dx?",
    edits=[
        edit("batchnorm_backward", "ddeviation.mean(axis=0)", "ddeviation.sum(axis=0)"),
        edit("batchnorm_backward", " / len(xhat)", ""),
        edit("batchnorm_backward_alt", " / len(xhat)", ""),
        edit("layernorm_backward", "dxhat.mean(axis=1, keepdims=True)", "dxhat.sum(axis=1, keepdims=True)"),
        edit("layernorm_backward", "np.mean(dxhat * xhat", "np.sum(dxhat * xhat"),
    ],
)
misconception(
    "mean-without-1-over-n",
    hint="The mean is a sum divided by what? Where is that division in the part of dx that comes "
    "through the mean?",
    edits=[
        edit("batchnorm_backward", "ddeviation.mean(axis=0)", "ddeviation.sum(axis=0)"),
        edit("batchnorm_backward_alt", CLOSED_DX, "gamma / std * (dout - dbeta - xhat * dgamma / len(xhat))"),
        edit("layernorm_backward", "dxhat.mean(axis=1, keepdims=True)", "dxhat.sum(axis=1, keepdims=True)"),
    ],
)
misconception(
    "variance-without-1-over-n",
    hint="The variance is a mean of squares. Where is its division in the part of dx that comes through "
    "the variance?",
    edits=[
        edit("batchnorm_backward", " / len(xhat)", ""),
        edit("batchnorm_backward_alt", CLOSED_DX, "gamma / std * (dout - dbeta / len(xhat) - xhat * dgamma)"),
        edit("layernorm_backward", "np.mean(dxhat * xhat", "np.sum(dxhat * xhat"),
    ],
)
misconception(
    "root-differentiated-wrongly",
    hint="What is the derivative of 1 / sqrt(v) with respect to v? How many factors sqrt(v) stand in "
    "its denominator?",
    edits=[
        edit("batchnorm_backward", "(2 * std**2)", "(2 * std)"),
        edit("batchnorm_backward_alt", "xhat * dgamma", "std * xhat * dgamma"),
        edit("layernorm_backward", "xhat * along_xhat", "std * xhat * along_xhat"),
    ],
)
misconception(
    "square-without-factor-2",
    hint="What is the derivative of a square?",
    edits=[edit("batchnorm_backward", "dvar * 2 *", "dvar *")],
)
misconception(
    "backward-without-gamma",
    hint="If gamma is twice as large, how does dx change? Does yours?",
    edits=[
        edit("batchnorm_backward", "dxhat = dout * gamma", "dxhat = dout * 1.0"),
        edit("batchnorm_backward_alt", "gamma / std *", "1 / std *"),
        edit("layernorm_backward", "dxhat = dout * gamma", "dxhat = dout * 1.0"),
    ],
)
misconception(
    "backward-with-other-eps",
    hint="Which eps does your backward use? Compare it with the forward's: try an eps of 1.",
    edits=[
        edit(
            "batchnorm_forward",
            "(xhat, std, gamma)",
            "(xhat, np.sqrt(var + 1e-5), gamma)",
        ),
        edit(
            "layernorm_forward",
            "(xhat, std, gamma)",
            "(xhat, np.sqrt(x.var(axis=1, keepdims=True) + 1e-5), gamma)",
        ),
    ],
)
misconception(
    "backward-with-eps-against-zeros-only",
    hint="Your forward adds eps to every variance. To which variances does your backward add it?",
    edits=[
        edit(
            "batchnorm_forward", "(xhat, std, gamma)", "(xhat, np.sqrt(np.where(var > 0, var, eps)), gamma)"
        ),
        edit(
            "layernorm_forward",
            "    return",
            "    var = x.var(axis=1, keepdims=True)\n"
            "    std = np.sqrt(np.where(var > 0, var, eps))\n"
            "    return",
        ),
    ],
)
misconception(
    "backward-begins-again-with-other-eps",
    hint="Which eps does your backward use? Compare it with the forward's: try an eps of 1.",
    edits=other_eps_in(),
)
misconception(
    "only-dx-with-other-eps",
    hint="Which eps is in your dx? Compare it with the forward's: try an eps of 1.",
    edits=other_eps_in(*everywhere(", dgamma, dbeta", ", np.sum(dout * right, axis=0), dbeta")[:2]),
)
misconception(
    "dgamma-of-x",
    hint="What is gamma multiplied by in the formula of out? Is dgamma made of the same?",
    edits=[
        edit("batchnorm_forward", "(xhat, std, gamma)", "(xhat, std, gamma, x)"),
        edit("layernorm_forward", "(xhat, std, gamma)", "(xhat, std, gamma, x)"),
        *everywhere("xhat, std, gamma = cache", "xhat, std, gamma, x = cache"),
        edit("batchnorm_backward", "np.sum(dout * xhat, axis=0)", "np.sum(dout * x, axis=0)"),
        edit("layernorm_backward", "np.sum(dout * xhat, axis=0)", "np.sum(dout * x, axis=0)"),
        edit("batchnorm_backward_alt", "len(xhat)), dgamma,", "len(xhat)), np.sum(dout * x, axis=0),"),
    ],
)
misconception(
    "dgamma-of-the-differences",
    hint="What is gamma multiplied by in the formula of out: the differences from the mean, or these "
    "divided by the root?",
    edits=everywhere(", dgamma, dbeta", ", np.sum(dout * xhat * std, axis=0), dbeta"),
)
misconception(
    "dgamma-and-dbeta-averaged",
    hint="Every sample uses the same gamma and beta. Do the samples' contributions to dgamma and dbeta "
    "add up, or are they averaged?",
    edits=everywhere(", dgamma, dbeta", ", dgamma / len(xhat), dbeta / len(xhat)"),
)
misconception(
    "dgamma-and-dbeta-exchanged",
    hint="In which order does the docstring ask for the three gradients, and in which do you return them?",
    edits=everywhere(", dgamma, dbeta", ", dbeta, dgamma"),
)
misconception(
    "dgamma-without-dout",
    hint="If dout is twice as large, is your dgamma, too?",
    edits=everywhere("dgamma = np.sum(dout * xhat, axis=0)", "dgamma = np.sum(xhat, axis=0)")[::2],
)
misconception(
    "cache-in-a-global-variable",
    hint="A net runs the forwards of all its layers before the first backward. Is what your backward "
    "uses still that of its own forward?",
    preamble="last = {}\n",
    edits=[
        *(
            edit(
                f"{kind}_forward",
                "(xhat, std, gamma)",
                f"last.update({kind}=(xhat, std, gamma))",
            )
            for kind in ("batchnorm", "layernorm")
        ),
        edit("batchnorm_backward", "= cache", "= last['batchnorm']"),
        edit("batchnorm_backward_alt", "= cache", "= last['batchnorm']"),
        edit("layernorm_backward", "= cache", "= last['layernorm']"),
    ],
)
misconception(
    "closed-form-without-n",
    hint="Your dx contains N * dout. By what must the whole bracket be divided, then?",
    edits=[
        edit(
            CLOSED_FORM,
            CLOSED_DX,
            "gamma / std * (len(xhat) * dout - dbeta - xhat * dgamma)",
        )
    ],
)
misconception(
    "closed-form-gamma-twice",
    hint="How often is each term of your dx multiplied by gamma? How often is gamma in the formula of out?",
    edits=[edit("batchnorm_backward_alt", "xhat * dgamma", "xhat * gamma * dgamma")],
)
misconception(
    "batch-axis-guessed-from-its-length",
    hint="How does your code choose the axis to sum over? Which one does it take if there are as many "
    "samples as features?",
    edits=[
        edit(name, "np.sum(dout, axis=0)", "np.sum(dout, axis=1 - dout.shape.index(len(gamma)))")
        for name in ("batchnorm_backward", "layernorm_backward")
    ],
)
misconception(
    "closed-form-with-the-axis-guessed",
    hint="How does your closed form choose the axis to sum over? Which one does it take if there are as "
    "many samples as features?",
    edits=[
        edit(
            CLOSED_FORM,
            "dgamma = np.sum(dout * xhat, axis=0)",
            "dgamma = np.sum(dout * xhat, axis=1 - dout.shape.index(len(gamma)))",
        )
    ],
)

# Layer normalization.

misconception(
    "layernorm-over-the-batch",
    hint="Does your output for one sample depend on the other samples? Over which axis do you take means?",
    edits=[
        edit("layernorm_forward", LAYER_STD, "np.sqrt(x.var(axis=0, keepdims=True) + eps)"),
        edit("layernorm_forward", "x.mean(axis=1, keepdims=True)", "x.mean(axis=0, keepdims=True)"),
        edit("layernorm_backward", "dxhat.mean(axis=1", "dxhat.mean(axis=0"),
        edit("layernorm_backward", "np.mean(dxhat * xhat, axis=1", "np.mean(dxhat * xhat, axis=0"),
    ],
)
misconception(
    "row-statistics-without-their-axis",
    hint="One number for each row has shape (N,). With which axis of an array (N, D) does NumPy align it?",
    edits=[
        edit("layernorm_forward", LAYER_STD, "np.sqrt(x.var(axis=1) + eps)"),
        edit("layernorm_forward", "x.mean(axis=1, keepdims=True)", "x.mean(axis=1)"),
        edit("layernorm_backward", "dxhat.mean(axis=1, keepdims=True)", "dxhat.mean(axis=1)"),
        edit("layernorm_backward", "xhat, axis=1, keepdims=True)", "xhat, axis=1)"),
    ],
)
misconception(
    "layernorm-gamma-outside",
    hint="gamma differs from feature to feature. May it be taken out of a mean over the features?",
    edits=[
        edit("layernorm_backward", "dxhat = dout * gamma", "dxhat = dout * 1.0"),
        edit("layernorm_backward", LAYER_DX, f"gamma * {LAYER_DX}"),
    ],
)
misconception(
    "layernorm-averages-over-n",
    hint="In layer normalization, how many numbers is a mean taken of: N or D? By how many does your "
    "backward divide?",
    edits=[
        edit(
            "layernorm_backward",
            LAYER_DX,
            "(dxhat - (along_mean + xhat * along_xhat) * xhat.shape[1] / len(xhat)) / std",
        )
    ],
)
misconception(
    "layernorm-dgamma-per-sample",
    hint="Which shape has gamma, and over which axis do you sum its gradient?",
    edits=[
        edit("layernorm_backward", "np.sum(dout * xhat, axis=0)", "np.sum(dout * xhat, axis=1)"),
        edit("layernorm_backward", "np.sum(dout, axis=0)", "np.sum(dout, axis=1)"),
    ],
)
misconception(
    "layernorm-idle-in-test-mode",
    hint='What does your layer normalization do in mode "test"? What does the docstring say of other '
    "keys in ln_param?",
    edits=[
        edit(
            "layernorm_forward",
            "    std =",
            "    if ln_param.get('mode') == 'test':\n        return gamma * x + beta, None\n    std =",
        )
    ],
)


@misconception(
    "layernorm-keeps-running-statistics",
    hint="Does your output for one sample depend on samples of earlier calls? What does the docstring "
    "say of running statistics?",
)
def _():
    def layernorm_forward(x, gamma, beta, ln_param):
        eps = ln_param.get("eps", 1e-5)
        mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
        if ln_param.get("mode") == "test":
            mean, var = ln_param.get("running_mean", 0.0), ln_param.get("running_var", 0.0)
        else:
            ln_param["running_mean"] = 0.9 * ln_param.get("running_mean", 0.0) + 0.1 * mean.mean()
            ln_param["running_var"] = 0.9 * ln_param.get("running_var", 0.0) + 0.1 * var.mean()
        std = np.sqrt(var + eps)
        xhat = (x - mean) / std
        return gamma * xhat + beta, (xhat, std, gamma)


@misconception(
    "gradient-measured",
    hint="Your gradient is right to about ten digits only. Did you work it out on paper, or measure it?",
)
def _():
    def layernorm_forward(x, gamma, beta, ln_param):
        eps = ln_param.get("eps", 1e-5)
        deviation = x - np.mean(x, axis=1)[:, None]
        out = gamma * deviation / np.sqrt(np.mean(deviation**2, axis=1)[:, None] + eps) + beta
        return out, (deviation, gamma, eps)

    def layernorm_backward(dout, cache):
        # Shifts do not matter: without mean and beta, steps are exacter than beside numbers like a million.
        x, gamma, eps = cache

        def out(x):
            return layernorm_forward(x, gamma, 0, {"eps": eps})[0]

        # Samples don't know of each other: a feature's slopes all at once.
        steps = 1e-5 * np.eye(x.shape[1])
        slopes = [np.sum(dout * (out(x + step) - out(x - step)), axis=1) / 2e-5 for step in steps]
        return np.stack(slopes, axis=1), np.sum(dout * out(x) / gamma, axis=0), dout.sum(axis=0)
