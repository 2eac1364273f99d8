"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

FIRST_ORDER = ("sgd", "sgd_momentum", "nesterov_momentum", "adagrad", "rmsprop", "adam")
WITH_CACHE = ("adagrad", "rmsprop")
GUARD = "config = {} if config is None else config\n"
RATE = 'config["learning_rate"]'
ROOT = 'np.sqrt(config["cache"]) + config["epsilon"]'
ADAM_ROOT = 'np.sqrt(v_hat) + config["epsilon"]'
VELOCITY = 'config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw'
NESTEROV = 'w - momentum * before + (1 + momentum) * config["velocity"]'
ADAGRAD_CACHE = 'config["cache"] = config["cache"] + dw**2'
RMS_CACHE = 'config["cache"] = decay_rate * config["cache"] + (1 - decay_rate) * dw**2'
SECOND_MOMENT = 'config["v"] = beta2 * config["v"] + (1 - beta2) * dw**2'
STEP_DECAY = "drop ** (step // every)"
SOLVE = "w - np.linalg.solve(hessian, gradient)"
CURVED = "if s @ y > 0"


def everywhere(old, new, names=FIRST_ORDER):
    """The same change of text in several optimizers."""
    return [edit(name, old, new) for name in names]


# What all first-order optimizers share.

misconception(
    "uphill",
    hint="A gradient points uphill. Which way do your weights go?",
    edits=[
        *everywhere(f"w - {RATE}", f"w + {RATE}", ("sgd", "adagrad", "rmsprop", "adam")),
        *everywhere(f" - {RATE} * dw", f" + {RATE} * dw", ("sgd_momentum", "nesterov_momentum")),
    ],
)
misconception(
    "no-config-no-step",
    hint="Call your optimizer without a config. What is None, and what can it not do?",
    edits=everywhere(f"    {GUARD}", ""),
)
misconception(
    "given-rate-ignored",
    hint="The caller may ask for another learning rate. Do you use the one you were given?",
    edits=everywhere(RATE, "1e-2"),
)
misconception(
    "default-rates-changed",
    hint="Which learning rate do you take when the caller names none? Look at the docstring.",
    edits=[
        *everywhere('("learning_rate", 1e-2)', '("learning_rate", 1e-3)', FIRST_ORDER[:-1]),
        edit("adam", '("learning_rate", 1e-3)', '("learning_rate", 1e-2)'),
    ],
)
misconception(
    "gradients-clipped",
    hint="Does a gradient of a million come out of your optimizer as the formula says?",
    edits=everywhere(GUARD, GUARD + "    dw = np.clip(dw, -1e3, 1e3)\n"),
)
misconception(
    "dictionary-shared-by-all",
    hint="When is the default value of an argument made: at each call, or once? Who else gets it?",
    edits=everywhere("config: Config | None = None", "config: Config = {}"),
)


@misconception(
    "defaults-for-none-only",
    hint="The caller may give some settings and leave others out. What do you do about those?",
)
def _():
    def sgd_momentum(w, dw, config=None):
        if config is None:
            config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w)}
        config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
        return w + config["velocity"], config

    def rmsprop(w, dw, config=None):
        if config is None:
            config = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": np.zeros_like(w)}
        decay, lr = config["decay_rate"], config["learning_rate"]
        config["cache"] = decay * config["cache"] + (1 - decay) * dw * dw
        return w - lr * dw / (np.sqrt(config["cache"]) + config["epsilon"]), config


@misconception(
    "velocity-in-a-global",
    hint="A net has many arrays of weights. Whose velocity do you keep?",
)
def _():
    class Memory:
        velocity = 0.0

    def sgd_momentum(w, dw, config=None):
        config = config or {}
        if np.shape(Memory.velocity) != w.shape:
            Memory.velocity = config.get("velocity", np.zeros_like(w))
        rate, momentum = config.get("learning_rate", 1e-2), config.get("momentum", 0.9)
        Memory.velocity = momentum * Memory.velocity - rate * dw
        return w + Memory.velocity, {**config, "velocity": Memory.velocity}


misconception(
    "rate-forgotten",
    hint="If the learning rate is halved, is your step half as long?",
    edits=[
        *everywhere(f"{RATE} * ", "", ("sgd", "nesterov_momentum", "adagrad", "rmsprop", "adam")),
    ],
)

# Momentum.

misconception(
    "momentum-velocity-not-stored",
    hint="Which velocity does the next step start from?",
    edits=[
        edit("sgd_momentum", VELOCITY, VELOCITY.replace('config["velocity"] =', "v =")),
        edit("sgd_momentum", 'w + config["velocity"]', "w + v"),
    ],
)
misconception(
    "momentum-velocity-backwards",
    hint="A velocity says where the weights are going. Does yours, or does it say the opposite?",
    edits=[
        edit("sgd_momentum", VELOCITY, VELOCITY.replace(" - ", " + ")),
        edit("sgd_momentum", 'w + config["velocity"]', 'w - config["velocity"]'),
    ],
)
misconception(
    "momentum-rate-outside",
    hint="Other packages keep the learning rate out of the velocity. Where does the docstring have it?",
    edits=[
        edit("sgd_momentum", VELOCITY, 'config["velocity"] = config["momentum"] * config["velocity"] + dw'),
        edit("sgd_momentum", 'w + config["velocity"]', f'w - {RATE} * config["velocity"]'),
    ],
)
misconception(
    "momentum-damped",
    hint="How long is the very first step? Compare with that of plain gradient descent.",
    edits=[edit("sgd_momentum", f"{RATE} * dw", f'(1 - config["momentum"]) * {RATE} * dw')],
)
misconception(
    "momentum-rate-twice",
    hint="If the learning rate is halved, how much shorter is your step?",
    edits=[edit("sgd_momentum", 'w + config["velocity"]', f'w + {RATE} * config["velocity"]')],
)
misconception(
    "momentum-rate-forgotten",
    hint="If the learning rate is halved, how much shorter is your step?",
    edits=[edit("sgd_momentum", f"{RATE} * dw", "dw")],
)
misconception(
    "momentum-mean-of-gradients",
    hint="How long is the very first step? Compare with that of plain gradient descent.",
    edits=[
        edit(
            "sgd_momentum",
            VELOCITY,
            'mu = config["momentum"]\n    config["velocity"] = mu * config["velocity"] + (1 - mu) * dw',
        ),
        edit("sgd_momentum", 'w + config["velocity"]', f'w - {RATE} * config["velocity"]'),
    ],
)
misconception(
    "given-momentum-ignored",
    hint="The caller may ask for another momentum. Do you use the one you were given?",
    edits=everywhere('config["momentum"]', "0.9", ("sgd_momentum", "nesterov_momentum")),
)
misconception(
    "momentum-late",
    hint="Do the weights move with the velocity before this gradient, or with the one after it?",
    edits=[
        edit("sgd_momentum", VELOCITY, 'before = config["velocity"]\n    ' + VELOCITY),
        edit("sgd_momentum", 'w + config["velocity"]', "w + before"),
    ],
)
misconception(
    "nesterov-is-plain-momentum",
    hint="Compare two steps with those of plain momentum. Should they be the same?",
    edits=[edit("nesterov_momentum", NESTEROV, 'w + config["velocity"]')],
)
misconception(
    "nesterov-looks-back",
    hint="Which of the two velocities is taken off, and which one is added once more?",
    edits=[
        edit("nesterov_momentum", NESTEROV, 'w + momentum * before + (1 - momentum) * config["velocity"]')
    ],
)
misconception(
    "nesterov-old-velocity-twice",
    hint="The formula has two velocities, one before this gradient and one after it. Do you use both?",
    edits=[edit("nesterov_momentum", NESTEROV, "w - momentum * before + (1 + momentum) * before")],
)
misconception(
    "nesterov-without-the-one",
    hint="If momentum is 0, what remains of your step? It should be plain gradient descent.",
    edits=[edit("nesterov_momentum", "(1 + momentum) * config", "momentum * config")],
)
misconception(
    "nesterov-velocity-not-stored",
    hint="Which velocity does the next step start from?",
    edits=[
        edit("nesterov_momentum", 'config["velocity"] = momentum', "v = momentum"),
        edit("nesterov_momentum", '(1 + momentum) * config["velocity"]', "(1 + momentum) * v"),
    ],
)

# AdaGrad and RMSProp.

misconception(
    "epsilon-in-the-root",
    hint="Is epsilon added to the root, or under it? Try gradients that are tiny.",
    edits=[
        *everywhere(ROOT, 'np.sqrt(config["cache"] + config["epsilon"])', WITH_CACHE),
        edit("adam", ADAM_ROOT, 'np.sqrt(v_hat + config["epsilon"])'),
    ],
)
misconception(
    "given-epsilon-ignored",
    hint="You work with an epsilon of {value} whatever the caller asks for. Where is the one you were given?",
    edits=everywhere('config["epsilon"]', "{value}", (*WITH_CACHE, "adam")),
    values=("1e-8", "1e-7", "1e-6"),
)
misconception(
    "epsilon-forgotten",
    hint="What do you divide by when a weight has never had a gradient?",
    edits=[
        *everywhere(ROOT, 'np.sqrt(config["cache"])', WITH_CACHE),
        edit("adam", ADAM_ROOT, "np.sqrt(v_hat)"),
    ],
)
misconception(
    "root-forgotten",
    hint="If all gradients were ten times as large, would your steps be the same? Should they?",
    edits=[
        *everywhere('np.sqrt(config["cache"])', 'config["cache"]', WITH_CACHE),
        edit("adam", "np.sqrt(v_hat)", "v_hat"),
    ],
)
misconception(
    "cache-not-stored",
    hint="What does the next step know about the gradients before it?",
    edits=[
        *everywhere('    config["cache"] =', "    cache =", WITH_CACHE),
        *everywhere('np.sqrt(config["cache"])', "np.sqrt(cache)", WITH_CACHE),
    ],
)
misconception(
    "cache-after-use",
    hint="Does the step know of the very gradient that it follows? What is the first cache you divide by?",
    edits=[
        edit("adagrad", ADAGRAD_CACHE, f'before = config["cache"]\n    {ADAGRAD_CACHE}'),
        edit("rmsprop", RMS_CACHE, f'before = config["cache"]\n    {RMS_CACHE}'),
        *everywhere('np.sqrt(config["cache"])', "np.sqrt(before)", WITH_CACHE),
    ],
)
misconception(
    "adagrad-forgets",
    hint="After a hundred steps, how many gradients are in your cache?",
    edits=[edit("adagrad", ADAGRAD_CACHE, 'config["cache"] = dw**2')],
)
misconception(
    "adagrad-cache-fades",
    hint="AdaGrad's cache never forgets. Which optimizer have you written?",
    edits=[edit("adagrad", ADAGRAD_CACHE, 'config["cache"] = 0.99 * config["cache"] + 0.01 * dw**2')],
)
misconception(
    "adagrad-absolute-values",
    hint="Is the root of a sum of squares the root of a sum of absolute values?",
    edits=[edit("adagrad", "dw**2", "np.abs(dw)")],
)
misconception(
    "rmsprop-shares-swapped",
    hint="Which share of the old cache is kept when decay_rate is 0.99?",
    edits=[
        edit(
            "rmsprop",
            RMS_CACHE,
            'config["cache"] = (1 - decay_rate) * config["cache"] + decay_rate * dw**2',
        )
    ],
)
misconception(
    "rmsprop-sum-for-mean",
    hint="If the gradient is always 1, where does your cache end up? A mean of ones is 1.",
    edits=[edit("rmsprop", "(1 - decay_rate) * dw**2", "dw**2")],
)
misconception(
    "rmsprop-given-decay-ignored",
    hint="The caller may ask for another decay_rate. Do you use the one you were given?",
    edits=[edit("rmsprop", 'decay_rate = config["decay_rate"]', "decay_rate = 0.99")],
)
misconception(
    "rmsprop-other-default",
    hint="Which decay_rate do you take when the caller names none? Look at the docstring.",
    edits=[edit("rmsprop", '"decay_rate", 0.99', '"decay_rate", 0.9')],
)

# Adam.

misconception(
    "adam-no-bias-correction",
    hint="With m and v starting at 0, what are they after one step? What does that do to its length?",
    edits=[
        edit("adam", 'config["m"] / (1 - beta1 ** config["t"])', 'config["m"]'),
        edit("adam", 'config["v"] / (1 - beta2 ** config["t"])', 'config["v"]'),
    ],
)
misconception(
    "adam-corrects-first-moment-only",
    hint="Both moments start at 0. Do you correct both?",
    edits=[edit("adam", 'config["v"] / (1 - beta2 ** config["t"])', 'config["v"]')],
)
misconception(
    "adam-t-raised-after-use",
    hint="What is t in the first step, and what is 1 - beta^t then?",
    edits=[
        edit("adam", '    config["t"] += 1\n', ""),
        edit("adam", "    return w -", '    config["t"] += 1\n    return w -'),
    ],
)
misconception(
    "adam-t-starts-at-one",
    hint="What is t in the first step, after it has been raised?",
    edits=[edit("adam", 'config.setdefault("t", 0)', 'config.setdefault("t", 1)')],
)
misconception(
    "adam-t-not-kept",
    hint="What is t in the tenth step?",
    edits=[
        edit("adam", '    config["t"] += 1\n', '    t = config["t"] + 1\n'),
        edit("adam", 'beta1 ** config["t"]', "beta1**t"),
        edit("adam", 'beta2 ** config["t"]', "beta2**t"),
    ],
)
misconception(
    "adam-beta-times-t",
    hint="Look at the correction for large t. It should approach 1.",
    edits=[
        edit("adam", 'beta1 ** config["t"]', 'beta1 * config["t"]'),
        edit("adam", 'beta2 ** config["t"]', 'beta2 * config["t"]'),
    ],
)
misconception(
    "adam-beta-without-t",
    hint="Is your correction the same in the first step and in the tenth? Should it be?",
    edits=[
        edit("adam", 'beta1 ** config["t"]', "beta1"),
        edit("adam", 'beta2 ** config["t"]', "beta2"),
    ],
)
misconception(
    "adam-v-of-the-gradient",
    hint="Of what is v the running mean? Can your v be negative?",
    edits=[
        edit("adam", "(1 - beta2) * dw**2", "(1 - beta2) * dw"),
        edit("adam", "np.sqrt(v_hat)", "np.sqrt(np.abs(v_hat))"),
    ],
)
misconception(
    "adam-stores-corrected-moments",
    hint="The correction is for this step alone. What do you hand on to the next one?",
    edits=[edit("adam", "    return w -", '    config["m"], config["v"] = m_hat, v_hat\n    return w -')],
)
misconception(
    "adam-betas-swapped",
    hint="Which of the two moments has the longer memory?",
    edits=[
        edit(
            "adam",
            'beta1, beta2 = config["beta1"], config["beta2"]',
            'beta2, beta1 = config["beta1"], config["beta2"]',
        )
    ],
)
misconception(
    "adam-given-beta1-ignored",
    hint="The caller may ask for another beta1. Do you use the one you were given?",
    edits=[edit("adam", 'beta1, beta2 = config["beta1"],', "beta1, beta2 = 0.9,")],
)
misconception(
    "adam-given-beta2-ignored",
    hint="The caller may ask for another beta2. Do you use the one you were given?",
    edits=[edit("adam", 'config["beta1"], config["beta2"]', 'config["beta1"], 0.999')],
)
misconception(
    "adam-is-adagrad-with-momentum",
    hint="Adam's second moment is a mean that forgets. Is yours?",
    edits=[
        edit("adam", SECOND_MOMENT, 'config["v"] = config["v"] + dw**2'),
        edit("adam", 'config["v"] / (1 - beta2 ** config["t"])', 'config["v"]'),
    ],
)
misconception(
    "adam-other-beta2",
    hint="Which beta2 do you take when the caller names none? Look at the docstring.",
    edits=[edit("adam", '"beta2", 0.999', '"beta2", 0.99')],
)

misconception(
    "adam-corrects-second-moment-only",
    hint="Both moments start at 0. Do you correct both?",
    edits=[edit("adam", 'config["m"] / (1 - beta1 ** config["t"])', 'config["m"]')],
)
misconception(
    "adam-correction-multiplied",
    hint="Running means that start at 0 are too small at first. Does your correction make them larger?",
    edits=[
        edit("adam", 'config["m"] / (1 - beta1 ** config["t"])', 'config["m"] * (1 - beta1 ** config["t"])'),
        edit("adam", 'config["v"] / (1 - beta2 ** config["t"])', 'config["v"] * (1 - beta2 ** config["t"])'),
    ],
)
misconception(
    "adam-t-never-raised",
    hint="What is t in the first step, and what is 1 - beta^t then?",
    edits=[edit("adam", '    config["t"] += 1\n', "")],
)
misconception(
    "adam-beta-squared",
    hint="Is your correction the same in the first step and in the tenth? Should it be?",
    edits=[
        edit("adam", 'beta1 ** config["t"]', "beta1**2"),
        edit("adam", 'beta2 ** config["t"]', "beta2**2"),
    ],
)
misconception(
    "adam-v-not-squared",
    hint="Of what is v the running mean? Can it be negative, and what is its root then?",
    edits=[edit("adam", "(1 - beta2) * dw**2", "(1 - beta2) * dw")],
)
misconception(
    "adam-without-momentum",
    hint="Which of the two running means is above the line of the fraction? Is it in your step?",
    edits=[edit("adam", "* m_hat / (np", "* dw / (np")],
)
misconception(
    "adam-moments-not-stored",
    hint="Which m and v does the next step start from?",
    edits=[
        edit("adam", 'config["m"] = beta1', "m = beta1"),
        edit("adam", 'config["v"] = beta2', "v = beta2"),
        edit("adam", 'm_hat = config["m"]', "m_hat = m"),
        edit("adam", 'v_hat = config["v"]', "v_hat = v"),
    ],
)


@misconception(
    "adam-t-in-a-global",
    hint="A net has many arrays of weights, and each takes a step. Whose steps do you count?",
)
def _():
    class Steps:
        count = 0

    def adam(w, dw, config=None):
        config = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, **(config or {})}
        Steps.count += 1
        config["t"] = t = Steps.count
        config["m"] = config["beta1"] * config.get("m", 0) + (1 - config["beta1"]) * dw
        config["v"] = config["beta2"] * config.get("v", 0) + (1 - config["beta2"]) * dw**2
        m_hat, v_hat = config["m"] / (1 - config["beta1"] ** t), config["v"] / (1 - config["beta2"] ** t)
        return w - config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"]), config


# AdamW.

misconception(
    "adamw-decays-by-way-of-the-gradient",
    hint="What do Adam's moments see in your code: the gradient alone, or the decay as well?",
    edits=[
        edit("adamw", "adam(w, dw, config)", 'adam(w, dw + config["weight_decay"] * w, config)'),
        edit("adamw", "moved - lost", "moved"),
    ],
)
misconception(
    "adamw-decays-in-both-places",
    hint="At how many places does your weight decay act?",
    edits=[edit("adamw", "adam(w, dw, config)", 'adam(w, dw + config["weight_decay"] * w, config)')],
)
misconception(
    "adamw-decay-without-the-rate",
    hint="Of which two numbers is the share that a weight loses the product? Are both in it?",
    edits=[edit("adamw", f'{RATE} * config["weight_decay"]', 'config["weight_decay"]')],
)
misconception(
    "adamw-decay-of-the-moved-weights",
    hint="Which weights lose a share: those before the step of Adam, or those after it?",
    edits=[
        edit("adamw", "    lost =", "    share ="),
        edit("adamw", ' * config["weight_decay"] * w', ' * config["weight_decay"]'),
        edit("adamw", "moved - lost", "(1 - share) * moved"),
    ],
)
misconception(
    "adamw-decay-of-twice-the-strength",
    hint="The slope of s * w^2 is 2 * s * w. But which factor does the docstring have?",
    edits=[edit("adamw", f"lost = {RATE}", f"lost = 2 * {RATE}")],
)
misconception(
    "adamw-decay-of-half-the-strength",
    hint="There is a 1/2 in some penalties. Is there one in the share that the docstring names?",
    edits=[edit("adamw", f"lost = {RATE}", f"lost = 0.5 * {RATE}")],
)
misconception(
    "adamw-grows",
    hint="Let the gradient be 0. Do your weights shrink?",
    edits=[edit("adamw", "moved - lost", "moved + lost")],
)
misconception(
    "adamw-is-adam",
    hint="Let the gradient be 0. Do your weights shrink?",
    edits=[edit("adamw", "moved - lost", "moved")],
)
misconception(
    "adamw-other-default",
    hint="Which weight_decay do you take when the caller names none? Look at the docstring.",
    edits=[edit("adamw", '"weight_decay", 1e-2', '"weight_decay", 0.0')],
)
misconception(
    "adamw-given-decay-ignored",
    hint="The caller may ask for another weight_decay. Do you use the one you were given?",
    edits=[edit("adamw", f'{RATE} * config["weight_decay"]', f"{RATE} * 1e-2")],
)
misconception(
    "adamw-state-not-kept",
    hint="Which m, v and t does the next step start from?",
    edits=[edit("adamw", "moved, config = adam(w, dw, config)", "moved, _ = adam(w, dw, dict(config))")],
)


@misconception(
    "adamw-decay-divided-by-the-root",
    hint="What do you divide by the root: Adam's running mean alone, or the decay as well?",
)
def _():
    def adamw(w, dw, config=None):
        config = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, **(config or {})}
        decay = config.setdefault("weight_decay", 1e-2)
        config["t"] = t = config.get("t", 0) + 1
        config["m"] = config["beta1"] * config.get("m", 0) + (1 - config["beta1"]) * dw
        config["v"] = config["beta2"] * config.get("v", 0) + (1 - config["beta2"]) * dw**2
        m_hat, v_hat = config["m"] / (1 - config["beta1"] ** t), config["v"] / (1 - config["beta2"] ** t)
        step = (m_hat + decay * w) / (np.sqrt(v_hat) + config["epsilon"])
        return w - config["learning_rate"] * step, config


# Schedules.

misconception(
    "step-decay-without-steps",
    hint="Plot your learning rate. Are there steps in it?",
    edits=[edit("step_decay", STEP_DECAY, "drop ** (step / every)")],
)
misconception(
    "step-decay-once",
    hint="How often does your learning rate drop in the course of a long training?",
    edits=[edit("step_decay", STEP_DECAY, "(drop if step >= every else 1)")],
)
misconception(
    "step-decay-length-ignored",
    hint="The caller says after how many steps the rate drops. Do you use the number that you were given?",
    edits=[edit("step_decay", STEP_DECAY, "drop ** (step // 10)")],
)
misconception(
    "step-decay-early",
    hint="Steps are counted from 0. Which is the first one with the lower rate?",
    edits=[edit("step_decay", "step // every", "(step + 1) // every")],
)
misconception(
    "step-decay-late",
    hint="Steps are counted from 0. Which is the first one with the lower rate?",
    edits=[edit("step_decay", "step // every", "max(step - 1, 0) // every")],
)
misconception(
    "step-decay-takes-drop-off",
    hint="Is drop what remains of the learning rate, or what is lost?",
    edits=[edit("step_decay", STEP_DECAY, "(1 - drop) ** (step // every)")],
)
misconception(
    "exponential-decay-of-base-k",
    hint="What is raised to which power? Try a k near 0.",
    edits=[edit("exponential_decay", "np.exp(-k * step)", "k**step")],
)
misconception(
    "exponential-decay-grows",
    hint="Is your learning rate after a thousand steps lower than at the start?",
    edits=[edit("exponential_decay", "np.exp(-k", "np.exp(k")],
)
misconception(
    "inverse-time-compounds",
    hint="Is your rate of step 2 that of step 1 once more divided by 1 + k? What does the formula say?",
    edits=[edit("inverse_time_decay", "return lr0 / (1 + k * step)", "return lr0 / (1 + k) ** step")],
)
misconception(
    "inverse-time-with-a-root",
    hint="When k * step is 1, which share of the learning rate is left?",
    edits=[edit("inverse_time_decay", "return lr0 / (1 + k * step)", "return lr0 / np.sqrt(1 + k * step)")],
)
misconception(
    "inverse-time-brackets-forgotten",
    hint="In which order does Python work out your formula? Does your rate fall?",
    edits=[edit("inverse_time_decay", "return lr0 / (1 + k * step)", "return lr0 / 1 + k * step")],
)
misconception(
    "cosine-without-half",
    hint="What is your learning rate in step 0?",
    edits=[edit("cosine_decay", "np.cos(np.pi * step / total)) / 2", "np.cos(np.pi * step / total))")],
)
misconception(
    "cosine-quarter-wave",
    hint="What is left of the learning rate half way through? Is your curve flat at its end?",
    edits=[
        edit(
            "cosine_decay",
            "(1 + np.cos(np.pi * step / total)) / 2",
            "np.cos(np.pi * step / total / 2)",
        )
    ],
)
misconception(
    "cosine-total-outside-the-wave",
    hint="What is the cosine taken of? It should run through half a wave while the steps run up to total.",
    edits=[edit("cosine_decay", "np.cos(np.pi * step / total)", "np.cos(np.pi * step) / total")],
)
misconception(
    "cosine-half-of-the-wave-alone",
    hint="Of what is the half taken? Put step = 0 in: what is left of lr0?",
    edits=[
        edit(
            "cosine_decay", "(1 + np.cos(np.pi * step / total)) / 2", "(1 + np.cos(np.pi * step / total) / 2)"
        )
    ],
)
misconception(
    "cosine-rises",
    hint="Does your rate fall? Which sign has the wave?",
    edits=[edit("cosine_decay", "1 + np.cos", "1 - np.cos")],
)
misconception(
    "cosine-whole-wave",
    hint="What is your learning rate in the last step?",
    edits=[edit("cosine_decay", "np.pi * step", "2 * np.pi * step")],
)

# Second order.

misconception(
    "newton-goes-backwards",
    hint="Try it on w^2 at w = 1. Where does your step end?",
    edits=[edit("newton_step", "return w - np", "return w + np")],
)
misconception(
    "newton-multiplies",
    hint="Where the curve is strong, should the step be longer or shorter?",
    edits=[edit("newton_step", SOLVE, "w - hessian @ gradient")],
)
misconception(
    "newton-entry-by-entry",
    hint="What does NumPy do with a matrix, * and a vector? Which shape has your step?",
    edits=[edit("newton_step", SOLVE, "w - np.linalg.inv(hessian) * gradient")],
)
misconception(
    "newton-diagonal-only",
    hint="Do the weights act together? What becomes of the Hessian's entries off the diagonal?",
    edits=[edit("newton_step", SOLVE, "w - gradient / np.diag(hessian)")],
)


@misconception(
    "newton-always-downhill",
    hint="At a saddle the docstring's formula does something that yours does not. What?",
)
def _():
    def newton_step(w, gradient, hessian):
        values, axes = np.linalg.eigh(hessian)
        return w - axes @ ((axes.T @ gradient) / np.abs(values))


misconception(
    "bfgs-factors-swapped",
    hint="Multiply your new matrix by change. Do you get step?",
    edits=[edit("bfgs_update", "left @ H @ left.T", "left.T @ H @ left")],
)
misconception(
    "bfgs-one-factor",
    hint="Is your new matrix symmetric?",
    edits=[edit("bfgs_update", "left @ H @ left.T", "left @ H")],
)
misconception(
    "bfgs-without-the-step",
    hint="Multiply your new matrix by change. Do you get step?",
    edits=[edit("bfgs_update", " + rho * np.outer(step, step)", "")],
)
misconception(
    "bfgs-of-the-hessian",
    hint="Which matrix do you improve, the Hessian or its inverse? Which of them maps change to step?",
    edits=[
        edit("bfgs_update", "np.outer(step, change)", "np.outer(change, step)"),
        edit("bfgs_update", "np.outer(step, step)", "np.outer(change, change)"),
    ],
)
misconception(
    "bfgs-rho-inverted",
    hint="In which units is rho? Try a step that is twice as long.",
    edits=[edit("bfgs_update", "1 / (change @ step)", "change @ step")],
)


@misconception(
    "dfp-for-bfgs",
    hint="There are several formulas whose result maps change to step. Which one have you taken?",
)
def _():
    def bfgs_update(H, step, change):
        along = H @ change
        shown = np.outer(step, step) / (step @ change)
        return H - np.outer(along, along) / (change @ along) + shown


@misconception(
    "bfgs-overwrites-h",
    hint="After the call, is the caller's matrix what it was?",
)
def _():
    def bfgs_update(H, step, change):
        rho, along = 1 / (step @ change), H @ change
        H -= rho * (np.outer(along, step) + np.outer(step, along))
        H += rho * (1 + rho * (change @ along)) * np.outer(step, step)
        return H


misconception(
    "lbfgs-uphill",
    hint="Take the scalar product of your direction and the gradient. Which sign should it have?",
    edits=[edit("lbfgs_direction", "-gradient, []", "gradient.copy(), []")],
)
misconception(
    "lbfgs-pairs-in-wrong-order",
    hint="Which end of the lists is the newest pair, and which one does the first loop begin with?",
    edits=[
        edit("lbfgs_direction", "    direction, alphas =", "    pairs.reverse()\n    direction, alphas =")
    ],
)
misconception(
    "lbfgs-alphas-in-wrong-order",
    hint="In the second loop, does each pair get the alpha that it had in the first?",
    edits=[edit("lbfgs_direction", "zip(pairs, reversed(alphas), strict", "zip(pairs, alphas, strict")],
)
misconception(
    "lbfgs-second-loop-backwards",
    hint="The first loop goes from the newest pair to the oldest. And the second?",
    edits=[
        edit(
            "lbfgs_direction",
            "zip(pairs, reversed(alphas), strict=True)",
            "zip(reversed(pairs), alphas, strict=True)",
        )
    ],
)
misconception(
    "lbfgs-no-scaling",
    hint="What do you multiply by between the two loops?",
    edits=[edit("lbfgs_direction", "direction * (s @ y) / (y @ y)", "direction * 1.0")],
)
misconception(
    "lbfgs-scaling-inverted",
    hint="Try a bowl that is very steep. Should the first guess be large or small?",
    edits=[edit("lbfgs_direction", "(s @ y) / (y @ y)", "(y @ y) / (s @ y)")],
)
misconception(
    "lbfgs-scaling-by-steps",
    hint="There are two such quotients, with the steps squared or the changes. Which is asked for?",
    edits=[edit("lbfgs_direction", "(s @ y) / (y @ y)", "(s @ s) / (s @ y)")],
)
misconception(
    "lbfgs-scaling-by-oldest",
    hint="Which pair knows best what the loss is like here?",
    edits=[edit("lbfgs_direction", "s, y = pairs[-1]", "s, y = pairs[0]")],
)
misconception(
    "lbfgs-keeps-every-pair",
    hint="What does a pair do to H whose step and change have a negative scalar product?",
    edits=[edit("lbfgs_direction", f" {CURVED}", "")],
)
misconception(
    "lbfgs-keeps-level-pairs",
    hint="What do you divide by when the scalar product of step and change is 0?",
    edits=[edit("lbfgs_direction", "s @ y > 0", "s @ y >= 0")],
)
misconception(
    "lbfgs-drops-short-steps",
    hint="Near the minimum steps get short, and their products tiny. Do these still count?",
    edits=[edit("lbfgs_direction", "s @ y > 0", "s @ y > 1e-10")],
)
misconception(
    "lbfgs-scaling-by-a-bad-pair",
    hint="From which pair do you take H0? Is it one that counts?",
    edits=[edit("lbfgs_direction", "s, y = pairs[-1]", "s, y = steps[-1], changes[-1]")],
)


@misconception(
    "lbfgs-stops-at-a-bad-pair",
    hint="One pair is to be left out. What becomes of those that come before it?",
)
def _():
    def lbfgs_direction(gradient, steps, changes):
        pairs = []
        for s, y in zip(reversed(steps), reversed(changes), strict=True):
            if s @ y <= 0:
                break
            pairs.append((s, y, 1 / (s @ y)))
        q, alphas = gradient.copy(), []
        for s, y, rho in pairs:
            alphas.append(rho * (s @ q))
            q -= alphas[-1] * y
        if pairs:
            s, y, rho = pairs[0]
            q /= rho * (y @ y)
        for s, y, rho in reversed(pairs):
            q += (alphas.pop() - rho * (y @ q)) * s
        return -q


@misconception(
    "lbfgs-overwrites-the-gradient",
    hint="After the call, is the caller's gradient what it was?",
)
def _():
    def lbfgs_direction(gradient, steps, changes):
        pairs = [(s, y, 1 / (s @ y)) for s, y in zip(steps, changes, strict=True) if s @ y > 0]
        q, alphas = gradient, []
        for s, y, rho in pairs[::-1]:
            alphas.append(rho * (s @ q))
            q -= alphas[-1] * y
        if pairs:
            s, y, rho = pairs[-1]
            q /= rho * (y @ y)
        for s, y, rho in pairs:
            q += (alphas.pop() - rho * (y @ q)) * s
        return -q


# Averaging.

misconception(
    "polyak-shares-swapped",
    hint="With a decay of 0.99, should the mean move fast or slowly?",
    edits=[
        edit(
            "polyak_average",
            "return decay * average + (1 - decay) * w",
            "return (1 - decay) * average + decay * w",
        )
    ],
)
misconception(
    "polyak-decay-ignored",
    hint="The caller may ask for another decay. Do you use the one you were given?",
    edits=[
        edit("polyak_average", "return decay * average + (1 - decay) * w", "return 0.9 * average + 0.1 * w")
    ],
)
misconception(
    "polyak-does-not-forget",
    hint="If the weights stay the same for long, where does your mean end up?",
    edits=[edit("polyak_average", "return decay * average +", "return average +")],
)
misconception(
    "polyak-plain-mean",
    hint="Which weight do the two have in your mean?",
    edits=[edit("polyak_average", "return decay * average + (1 - decay) * w", "return (average + w) / 2")],
)


@misconception(
    "polyak-trains-on-the-mean",
    hint="After the call, are the caller's weights what they were? Training goes on from those.",
)
def _():
    def polyak_average(average, w, decay):
        w *= 1 - decay
        w += decay * average
        return w
