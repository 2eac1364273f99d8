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
    hint="What is config when your optimizer is called without one? Which of the lines that were given "
    "sees to that?",
    edits=everywhere(f"    {GUARD}", ""),
)
misconception(
    "given-rate-ignored",
    hint="The caller may ask for another learning rate. Does your step use the one in config?",
    edits=everywhere(RATE, "1e-2"),
)
misconception(
    "default-rates-changed",
    hint="Which learning rate do you take when config has none? Compare with the docstring.",
    edits=[
        *everywhere('("learning_rate", 1e-2)', '("learning_rate", 1e-3)', FIRST_ORDER[:-1]),
        edit("adam", '("learning_rate", 1e-3)', '("learning_rate", 1e-2)'),
    ],
)
misconception(
    "gradients-clipped",
    hint="By how much should a gradient of a million move the weights according to the formula, and by "
    "how much does it in your code?",
    edits=everywhere(GUARD, GUARD + "    dw = np.clip(dw, -1e3, 1e3)\n"),
)
misconception(
    "dictionary-shared-by-all",
    hint="When is the default value of an argument made: at each call, or once? Which calls share your "
    "config?",
    edits=everywhere("config: Config | None = None", "config: Config = {}"),
)


@misconception(
    "defaults-for-none-only",
    hint="The caller may give some settings and leave others out. Where do yours get the missing ones from?",
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
    hint="A net has many arrays of weights. Which of them use the velocity that you keep outside config?",
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
    hint="Under which key does the next step find its velocity? Do you store the new one there?",
    edits=[
        edit("sgd_momentum", VELOCITY, VELOCITY.replace('config["velocity"] =', "v =")),
        edit("sgd_momentum", 'w + config["velocity"]', "w + v"),
    ],
)
misconception(
    "momentum-velocity-backwards",
    hint="With velocity 0 and a positive gradient, which sign does your new velocity have, and which in "
    "the docstring?",
    edits=[
        edit("sgd_momentum", VELOCITY, VELOCITY.replace(" - ", " + ")),
        edit("sgd_momentum", 'w + config["velocity"]', 'w - config["velocity"]'),
    ],
)
misconception(
    "momentum-rate-outside",
    hint="Some packages multiply by the learning rate only when the weights move. Where does the "
    "docstring have it?",
    edits=[
        edit("sgd_momentum", VELOCITY, 'config["velocity"] = config["momentum"] * config["velocity"] + dw'),
        edit("sgd_momentum", 'w + config["velocity"]', f'w - {RATE} * config["velocity"]'),
    ],
)
misconception(
    "momentum-damped",
    hint="With velocity 0, the first step is one of plain gradient descent. How long is yours in comparison?",
    edits=[edit("sgd_momentum", f"{RATE} * dw", f'(1 - config["momentum"]) * {RATE} * dw')],
)
misconception(
    "momentum-rate-twice",
    hint="If the learning rate is halved, by which factor does your first step shrink? By which should it?",
    edits=[edit("sgd_momentum", 'w + config["velocity"]', f'w + {RATE} * config["velocity"]')],
)
misconception(
    "momentum-rate-forgotten",
    hint="If the learning rate is halved, by which factor does your first step shrink? By which should it?",
    edits=[edit("sgd_momentum", f"{RATE} * dw", "dw")],
)
misconception(
    "momentum-mean-of-gradients",
    hint="With velocity 0, the first step is one of plain gradient descent. How long is yours in comparison?",
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
    hint="The caller may ask for another momentum. Does your step use the one in config?",
    edits=everywhere('config["momentum"]', "0.9", ("sgd_momentum", "nesterov_momentum")),
)
misconception(
    "momentum-late",
    hint="Do your weights move with the velocity from before this gradient, or with the one after it?",
    edits=[
        edit("sgd_momentum", VELOCITY, 'before = config["velocity"]\n    ' + VELOCITY),
        edit("sgd_momentum", 'w + config["velocity"]', "w + before"),
    ],
)
misconception(
    "nesterov-is-plain-momentum",
    hint="Compare your two steps with those of plain momentum. Are they the same? Should they be?",
    edits=[edit("nesterov_momentum", NESTEROV, 'w + config["velocity"]')],
)
misconception(
    "nesterov-looks-back",
    hint="Which of the two velocities does the formula subtract, and which does it add? What are the "
    "signs in yours?",
    edits=[
        edit("nesterov_momentum", NESTEROV, 'w + momentum * before + (1 - momentum) * config["velocity"]')
    ],
)
misconception(
    "nesterov-old-velocity-twice",
    hint="The formula has two velocities, v_old and v. Is each of yours in its place?",
    edits=[edit("nesterov_momentum", NESTEROV, "w - momentum * before + (1 + momentum) * before")],
)
misconception(
    "nesterov-without-the-one",
    hint="If momentum is 0, what is left of your step? Which optimizer should it be then?",
    edits=[edit("nesterov_momentum", "(1 + momentum) * config", "momentum * config")],
)
misconception(
    "nesterov-velocity-not-stored",
    hint="Under which key does the next step find its velocity? Do you store the new one there?",
    edits=[
        edit("nesterov_momentum", 'config["velocity"] = momentum', "v = momentum"),
        edit("nesterov_momentum", '(1 + momentum) * config["velocity"]', "(1 + momentum) * v"),
    ],
)

# AdaGrad and RMSProp.

misconception(
    "epsilon-in-the-root",
    hint="Is epsilon added to the root, or inside it? Compare your results for tiny gradients.",
    edits=[
        *everywhere(ROOT, 'np.sqrt(config["cache"] + config["epsilon"])', WITH_CACHE),
        edit("adam", ADAM_ROOT, 'np.sqrt(v_hat + config["epsilon"])'),
    ],
)
misconception(
    "given-epsilon-ignored",
    hint="Your epsilon is {value} whatever the caller asks for. Where does your code read the one in config?",
    edits=everywhere('config["epsilon"]', "{value}", (*WITH_CACHE, "adam")),
    values=("1e-8", "1e-7", "1e-6"),
)
misconception(
    "epsilon-forgotten",
    hint="What do you divide by for a weight whose gradient has always been 0?",
    edits=[
        *everywhere(ROOT, 'np.sqrt(config["cache"])', WITH_CACHE),
        edit("adam", ADAM_ROOT, "np.sqrt(v_hat)"),
    ],
)
misconception(
    "root-forgotten",
    hint="If all gradients are ten times as large, the steps should hardly change. Do yours? What do "
    "you divide by?",
    edits=[
        *everywhere('np.sqrt(config["cache"])', 'config["cache"]', WITH_CACHE),
        edit("adam", "np.sqrt(v_hat)", "v_hat"),
    ],
)
misconception(
    "cache-not-stored",
    hint="Where does the next step find the squared gradients of the steps before? What do you store there?",
    edits=[
        *everywhere('    config["cache"] =', "    cache =", WITH_CACHE),
        *everywhere('np.sqrt(config["cache"])', "np.sqrt(cache)", WITH_CACHE),
    ],
)
misconception(
    "cache-after-use",
    hint="In the first step, which cache do you divide by? Is this step's gradient in it?",
    edits=[
        edit("adagrad", ADAGRAD_CACHE, f'before = config["cache"]\n    {ADAGRAD_CACHE}'),
        edit("rmsprop", RMS_CACHE, f'before = config["cache"]\n    {RMS_CACHE}'),
        *everywhere('np.sqrt(config["cache"])', "np.sqrt(before)", WITH_CACHE),
    ],
)
misconception(
    "adagrad-forgets",
    hint="After a hundred steps, how many gradients are in your cache, and how many should be?",
    edits=[edit("adagrad", ADAGRAD_CACHE, 'config["cache"] = dw**2')],
)
misconception(
    "adagrad-cache-fades",
    hint="In the docstring's AdaGrad, does an old gradient ever fade from the cache? Does it in yours?",
    edits=[edit("adagrad", ADAGRAD_CACHE, 'config["cache"] = 0.99 * config["cache"] + 0.01 * dw**2')],
)
misconception(
    "adagrad-absolute-values",
    hint="What does the docstring add to the cache: the gradient's absolute value or its square?",
    edits=[edit("adagrad", "dw**2", "np.abs(dw)")],
)
misconception(
    "rmsprop-shares-swapped",
    hint="With a decay_rate of 0.99, how much of the old cache should be kept, and how much do you keep?",
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
    hint="If the gradient is always 1, its mean square is 1. Which value does your cache approach?",
    edits=[edit("rmsprop", "(1 - decay_rate) * dw**2", "dw**2")],
)
misconception(
    "rmsprop-given-decay-ignored",
    hint="The caller may ask for another decay_rate. Does your step use the one in config?",
    edits=[edit("rmsprop", 'decay_rate = config["decay_rate"]', "decay_rate = 0.99")],
)
misconception(
    "rmsprop-other-default",
    hint="Which decay_rate do you take when config has none? Compare with the docstring.",
    edits=[edit("rmsprop", '"decay_rate", 0.99', '"decay_rate", 0.9')],
)

# Adam.

misconception(
    "adam-no-bias-correction",
    hint="m and v start at 0. What are they after the first step, and which lines of the docstring make "
    "up for that?",
    edits=[
        edit("adam", 'config["m"] / (1 - beta1 ** config["t"])', 'config["m"]'),
        edit("adam", 'config["v"] / (1 - beta2 ** config["t"])', 'config["v"]'),
    ],
)
misconception(
    "adam-corrects-first-moment-only",
    hint="Both m and v start at 0. Which of them do you correct for that?",
    edits=[edit("adam", 'config["v"] / (1 - beta2 ** config["t"])', 'config["v"]')],
)
misconception(
    "adam-t-raised-after-use",
    hint="What is t when your first step uses it, and what is 1 - beta1^t then?",
    edits=[
        edit("adam", '    config["t"] += 1\n', ""),
        edit("adam", "    return w -", '    config["t"] += 1\n    return w -'),
    ],
)
misconception(
    "adam-t-starts-at-one",
    hint="Which t does the first step use if the docstring's t starts at 0? Which one does yours use?",
    edits=[edit("adam", 'config.setdefault("t", 0)', 'config.setdefault("t", 1)')],
)
misconception(
    "adam-t-not-kept",
    hint="What is t in your tenth step? Where does the next step find it?",
    edits=[
        edit("adam", '    config["t"] += 1\n', '    t = config["t"] + 1\n'),
        edit("adam", 'beta1 ** config["t"]', "beta1**t"),
        edit("adam", 'beta2 ** config["t"]', "beta2**t"),
    ],
)
misconception(
    "adam-beta-times-t",
    hint="What should beta1^t approach for large t? What does your correction do then?",
    edits=[
        edit("adam", 'beta1 ** config["t"]', 'beta1 * config["t"]'),
        edit("adam", 'beta2 ** config["t"]', 'beta2 * config["t"]'),
    ],
)
misconception(
    "adam-beta-without-t",
    hint="Is your correction of m and v the same in the first step and in the tenth? Should it be?",
    edits=[
        edit("adam", 'beta1 ** config["t"]', "beta1"),
        edit("adam", 'beta2 ** config["t"]', "beta2"),
    ],
)
misconception(
    "adam-v-of-the-gradient",
    hint="Of which quantity is v the running mean? Can your v be negative?",
    edits=[
        edit("adam", "(1 - beta2) * dw**2", "(1 - beta2) * dw"),
        edit("adam", "np.sqrt(v_hat)", "np.sqrt(np.abs(v_hat))"),
    ],
)
misconception(
    "adam-stores-corrected-moments",
    hint="What does the docstring keep for the next step: m and v, or m_hat and v_hat? What do you keep?",
    edits=[edit("adam", "    return w -", '    config["m"], config["v"] = m_hat, v_hat\n    return w -')],
)
misconception(
    "adam-betas-swapped",
    hint="Which beta belongs to m, and which to v? Which of your two forgets faster?",
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
    hint="The caller may ask for another beta1. Does your step use the one in config?",
    edits=[edit("adam", 'beta1, beta2 = config["beta1"],', "beta1, beta2 = 0.9,")],
)
misconception(
    "adam-given-beta2-ignored",
    hint="The caller may ask for another beta2. Does your step use the one in config?",
    edits=[edit("adam", 'config["beta1"], config["beta2"]', 'config["beta1"], 0.999')],
)
misconception(
    "adam-is-adagrad-with-momentum",
    hint="If the gradient is always 1, its mean square is 1. Which value does your v approach?",
    edits=[
        edit("adam", SECOND_MOMENT, 'config["v"] = config["v"] + dw**2'),
        edit("adam", 'config["v"] / (1 - beta2 ** config["t"])', 'config["v"]'),
    ],
)
misconception(
    "adam-other-beta2",
    hint="Which beta2 do you take when config has none? Compare with the docstring.",
    edits=[edit("adam", '"beta2", 0.999', '"beta2", 0.99')],
)

misconception(
    "adam-corrects-second-moment-only",
    hint="Both m and v start at 0. Which of them do you correct for that?",
    edits=[edit("adam", 'config["m"] / (1 - beta1 ** config["t"])', 'config["m"]')],
)
misconception(
    "adam-correction-multiplied",
    hint="Running means that start at 0 are too small at first. Does your correction make them larger "
    "or smaller?",
    edits=[
        edit("adam", 'config["m"] / (1 - beta1 ** config["t"])', 'config["m"] * (1 - beta1 ** config["t"])'),
        edit("adam", 'config["v"] / (1 - beta2 ** config["t"])', 'config["v"] * (1 - beta2 ** config["t"])'),
    ],
)
misconception(
    "adam-t-never-raised",
    hint="What is t when your first step uses it, and what is 1 - beta1^t then?",
    edits=[edit("adam", '    config["t"] += 1\n', "")],
)
misconception(
    "adam-beta-squared",
    hint="Is your correction of m and v the same in the first step and in the tenth? Should it be?",
    edits=[
        edit("adam", 'beta1 ** config["t"]', "beta1**2"),
        edit("adam", 'beta2 ** config["t"]', "beta2**2"),
    ],
)
misconception(
    "adam-v-not-squared",
    hint="Of which quantity is v the running mean? Can your v be negative, and what is its root then?",
    edits=[edit("adam", "(1 - beta2) * dw**2", "(1 - beta2) * dw")],
)
misconception(
    "adam-without-momentum",
    hint="What is the numerator of Adam's step: the gradient itself, or its running mean?",
    edits=[edit("adam", "* m_hat / (np", "* dw / (np")],
)
misconception(
    "adam-moments-not-stored",
    hint="Where does the next step find m and v? Do you store the new ones there?",
    edits=[
        edit("adam", 'config["m"] = beta1', "m = beta1"),
        edit("adam", 'config["v"] = beta2', "v = beta2"),
        edit("adam", 'm_hat = config["m"]', "m_hat = m"),
        edit("adam", 'v_hat = config["v"]', "v_hat = v"),
    ],
)


@misconception(
    "adam-t-in-a-global",
    hint="A net has many arrays of weights, each with a config of its own. Whose steps does your "
    "counter count?",
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
    hint="What goes into Adam's m and v in your code: the gradient alone, or the decay as well?",
    edits=[
        edit("adamw", "adam(w, dw, config)", 'adam(w, dw + config["weight_decay"] * w, config)'),
        edit("adamw", "moved - lost", "moved"),
    ],
)
misconception(
    "adamw-decays-in-both-places",
    hint="In how many places does your weight decay act: in the gradient, in the weights, or in both?",
    edits=[edit("adamw", "adam(w, dw, config)", 'adam(w, dw + config["weight_decay"] * w, config)')],
)
misconception(
    "adamw-decay-without-the-rate",
    hint="Which two numbers does the docstring multiply to get the share that a weight loses? Are both "
    "in yours?",
    edits=[edit("adamw", f'{RATE} * config["weight_decay"]', 'config["weight_decay"]')],
)
misconception(
    "adamw-decay-of-the-moved-weights",
    hint="Of which weights does the docstring take the share: those before Adam's step, or those after "
    "it? Which do you take?",
    edits=[
        edit("adamw", "    lost =", "    share ="),
        edit("adamw", ' * config["weight_decay"] * w', ' * config["weight_decay"]'),
        edit("adamw", "moved - lost", "(1 - share) * moved"),
    ],
)
misconception(
    "adamw-decay-of-twice-the-strength",
    hint="Differentiating w^2 gives a factor of 2. Is there one in the share that the docstring names?",
    edits=[edit("adamw", f"lost = {RATE}", f"lost = 2 * {RATE}")],
)
misconception(
    "adamw-decay-of-half-the-strength",
    hint="Some penalties have a factor of 1/2. Is there one in the share that the docstring names?",
    edits=[edit("adamw", f"lost = {RATE}", f"lost = 0.5 * {RATE}")],
)
misconception(
    "adamw-grows",
    hint="If all gradients are 0, what should happen to the weights, and what happens to yours?",
    edits=[edit("adamw", "moved - lost", "moved + lost")],
)
misconception(
    "adamw-is-adam",
    hint="If all gradients are 0, what should happen to the weights, and what happens to yours?",
    edits=[edit("adamw", "moved - lost", "moved")],
)
misconception(
    "adamw-other-default",
    hint="Which weight_decay do you take when config has none? Compare with the docstring.",
    edits=[edit("adamw", '"weight_decay", 1e-2', '"weight_decay", 0.0')],
)
misconception(
    "adamw-given-decay-ignored",
    hint="The caller may ask for another weight_decay. Does your step use the one in config?",
    edits=[edit("adamw", f'{RATE} * config["weight_decay"]', f"{RATE} * 1e-2")],
)
misconception(
    "adamw-state-not-kept",
    hint="Where does the next step find m, v and t? Are the new ones in the config that you return?",
    edits=[edit("adamw", "moved, config = adam(w, dw, config)", "moved, _ = adam(w, dw, dict(config))")],
)


@misconception(
    "adamw-decay-divided-by-the-root",
    hint="What do you divide by the root in your step: m_hat alone, or the decay as well?",
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
    hint="Plot your learning rate. Is it constant for `every` steps, or does it fall with each one?",
    edits=[edit("step_decay", STEP_DECAY, "drop ** (step / every)")],
)
misconception(
    "step-decay-once",
    hint="How often does your learning rate drop in 3 * `every` steps? How often should it?",
    edits=[edit("step_decay", STEP_DECAY, "(drop if step >= every else 1)")],
)
misconception(
    "step-decay-length-ignored",
    hint="The caller says after how many steps the rate drops. Do you use the number that you were given?",
    edits=[edit("step_decay", STEP_DECAY, "drop ** (step // 10)")],
)
misconception(
    "step-decay-early",
    hint="Steps are counted from 0. Which step is the first with the lower rate in yours, and which in "
    "the docstring?",
    edits=[edit("step_decay", "step // every", "(step + 1) // every")],
)
misconception(
    "step-decay-late",
    hint="Steps are counted from 0. Which step is the first with the lower rate in yours, and which in "
    "the docstring?",
    edits=[edit("step_decay", "step // every", "max(step - 1, 0) // every")],
)
misconception(
    "step-decay-takes-drop-off",
    hint="Is drop what the learning rate is multiplied by, or the share that it loses? Try a drop of 0.1.",
    edits=[edit("step_decay", STEP_DECAY, "(1 - drop) ** (step // every)")],
)
misconception(
    "exponential-decay-of-base-k",
    hint="Which number is raised to which power in the formula? What does a k of 0 give there, and in yours?",
    edits=[edit("exponential_decay", "np.exp(-k * step)", "k**step")],
)
misconception(
    "exponential-decay-grows",
    hint="Is your learning rate after a thousand steps lower than at the start? Which sign has the exponent?",
    edits=[edit("exponential_decay", "np.exp(-k", "np.exp(k")],
)
misconception(
    "inverse-time-compounds",
    hint="What does your formula do with the step: multiply k by it, or raise something to its power? "
    "Which does the docstring?",
    edits=[edit("inverse_time_decay", "return lr0 / (1 + k * step)", "return lr0 / (1 + k) ** step")],
)
misconception(
    "inverse-time-with-a-root",
    hint="When k * step is 3, which share of the learning rate is left by the formula, and which by yours?",
    edits=[edit("inverse_time_decay", "return lr0 / (1 + k * step)", "return lr0 / np.sqrt(1 + k * step)")],
)
misconception(
    "inverse-time-brackets-forgotten",
    hint="In which order does Python evaluate your formula? What does it divide lr0 by?",
    edits=[edit("inverse_time_decay", "return lr0 / (1 + k * step)", "return lr0 / 1 + k * step")],
)
misconception(
    "cosine-without-half",
    hint="What is your learning rate at step 0? It should be lr0: which factor is missing?",
    edits=[edit("cosine_decay", "np.cos(np.pi * step / total)) / 2", "np.cos(np.pi * step / total))")],
)
misconception(
    "cosine-quarter-wave",
    hint="What is left of lr0 at half of total in the formula, and in yours? Over which range does your "
    "angle run?",
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
    hint="What is the cosine taken of? Does your angle run from 0 to pi as step runs from 0 to total?",
    edits=[edit("cosine_decay", "np.cos(np.pi * step / total)", "np.cos(np.pi * step) / total")],
)
misconception(
    "cosine-half-of-the-wave-alone",
    hint="What is your learning rate at step 0? Which part of the bracket is divided by 2?",
    edits=[
        edit(
            "cosine_decay", "(1 + np.cos(np.pi * step / total)) / 2", "(1 + np.cos(np.pi * step / total) / 2)"
        )
    ],
)
misconception(
    "cosine-rises",
    hint="What are your learning rates at step 0 and at step total? Which sign has the cosine?",
    edits=[edit("cosine_decay", "1 + np.cos", "1 - np.cos")],
)
misconception(
    "cosine-whole-wave",
    hint="What is your learning rate at step total? Over which range does your angle run?",
    edits=[edit("cosine_decay", "np.pi * step", "2 * np.pi * step")],
)

# Second order.

misconception(
    "newton-goes-backwards",
    hint="Take one step for the loss w^2 from w = 1. Where should it end, and where does yours?",
    edits=[edit("newton_step", "return w - np", "return w + np")],
)
misconception(
    "newton-multiplies",
    hint="Where the curvature is larger, should the step be longer or shorter? What do you do with the "
    "Hessian?",
    edits=[edit("newton_step", SOLVE, "w - hessian @ gradient")],
)
misconception(
    "newton-entry-by-entry",
    hint="What does NumPy's * do with a matrix and a vector? Which shape does your step have?",
    edits=[edit("newton_step", SOLVE, "w - np.linalg.inv(hessian) * gradient")],
)
misconception(
    "newton-diagonal-only",
    hint="Which entries of the Hessian does your step use? What about those off the diagonal?",
    edits=[edit("newton_step", SOLVE, "w - gradient / np.diag(hessian)")],
)


@misconception(
    "newton-always-downhill",
    hint="The docstring's step goes to the stationary point, even if that is a saddle. What do you do "
    "with negative eigenvalues?",
)
def _():
    def newton_step(w, gradient, hessian):
        values, axes = np.linalg.eigh(hessian)
        return w - axes @ ((axes.T @ gradient) / np.abs(values))


misconception(
    "bfgs-factors-swapped",
    hint="The new H should map change to step. Does yours? Compare the factors to the left and right of "
    "H with the formula.",
    edits=[edit("bfgs_update", "left @ H @ left.T", "left.T @ H @ left")],
)
misconception(
    "bfgs-one-factor",
    hint="Is your new H symmetric? What stands to the right of the old H in the formula?",
    edits=[edit("bfgs_update", "left @ H @ left.T", "left @ H")],
)
misconception(
    "bfgs-without-the-step",
    hint="The new H should map change to step. Does yours? Which term of the formula has step in it twice?",
    edits=[edit("bfgs_update", " + rho * np.outer(step, step)", "")],
)
misconception(
    "bfgs-of-the-hessian",
    hint="Is H the Hessian or its inverse here? Should the new one map change to step, or step to change?",
    edits=[
        edit("bfgs_update", "np.outer(step, change)", "np.outer(change, step)"),
        edit("bfgs_update", "np.outer(step, step)", "np.outer(change, change)"),
    ],
)
misconception(
    "bfgs-rho-inverted",
    hint="Is rho the scalar product of change and step, or 1 divided by it?",
    edits=[edit("bfgs_update", "1 / (change @ step)", "change @ step")],
)


@misconception(
    "dfp-for-bfgs",
    hint="Several formulas give an H that maps change to step. Is yours the one in the docstring?",
)
def _():
    def bfgs_update(H, step, change):
        along = H @ change
        shown = np.outer(step, step) / (step @ change)
        return H - np.outer(along, along) / (change @ along) + shown


@misconception(
    "bfgs-overwrites-h",
    hint="After the call, is the caller's H what it was? Which line changes the array itself?",
)
def _():
    def bfgs_update(H, step, change):
        rho, along = 1 / (step @ change), H @ change
        H -= rho * (np.outer(along, step) + np.outer(step, along))
        H += rho * (1 + rho * (change @ along)) * np.outer(step, step)
        return H


misconception(
    "lbfgs-uphill",
    hint="Which sign has the scalar product of your direction and the gradient? Which should it have?",
    edits=[edit("lbfgs_direction", "-gradient, []", "gradient.copy(), []")],
)
misconception(
    "lbfgs-pairs-in-wrong-order",
    hint="At which end of the lists is the newest pair, and with which pair does your first loop begin?",
    edits=[
        edit("lbfgs_direction", "    direction, alphas =", "    pairs.reverse()\n    direction, alphas =")
    ],
)
misconception(
    "lbfgs-alphas-in-wrong-order",
    hint="In your second loop, does each pair get the alpha that it had in the first?",
    edits=[edit("lbfgs_direction", "zip(pairs, reversed(alphas), strict", "zip(pairs, alphas, strict")],
)
misconception(
    "lbfgs-second-loop-backwards",
    hint="The first loop goes from the newest pair to the oldest. In which order does your second one go?",
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
    hint="What is H0 in the docstring? Where do you multiply by it, between the two loops?",
    edits=[edit("lbfgs_direction", "direction * (s @ y) / (y @ y)", "direction * 1.0")],
)
misconception(
    "lbfgs-scaling-inverted",
    hint="Which scalar product is the numerator of H0's factor in the docstring, and which the "
    "denominator? Are they so in yours?",
    edits=[edit("lbfgs_direction", "(s @ y) / (y @ y)", "(y @ y) / (s @ y)")],
)
misconception(
    "lbfgs-scaling-by-steps",
    hint="Which two scalar products does the docstring's H0 have: does (step . step) occur in it?",
    edits=[edit("lbfgs_direction", "(s @ y) / (y @ y)", "(s @ s) / (s @ y)")],
)
misconception(
    "lbfgs-scaling-by-oldest",
    hint="Which pair does the docstring take H0 from, the newest or the oldest? At which end of the "
    "lists is it?",
    edits=[edit("lbfgs_direction", "s, y = pairs[-1]", "s, y = pairs[0]")],
)
misconception(
    "lbfgs-keeps-every-pair",
    hint="What is the scalar product of step and change for each of your pairs? What does the docstring "
    "say of those below 0?",
    edits=[edit("lbfgs_direction", f" {CURVED}", "")],
)
misconception(
    "lbfgs-keeps-level-pairs",
    hint="What do you divide by if the scalar product of step and change is exactly 0? Does such a pair "
    "count?",
    edits=[edit("lbfgs_direction", "s @ y > 0", "s @ y >= 0")],
)
misconception(
    "lbfgs-drops-short-steps",
    hint="Near the minimum, steps are short and their scalar products tiny but above 0. Do you leave "
    "such pairs out?",
    edits=[edit("lbfgs_direction", "s @ y > 0", "s @ y > 1e-10")],
)
misconception(
    "lbfgs-scaling-by-a-bad-pair",
    hint="Which pair do you take H0 from? Is it always one that was not left out?",
    edits=[edit("lbfgs_direction", "s, y = pairs[-1]", "s, y = steps[-1], changes[-1]")],
)


@misconception(
    "lbfgs-stops-at-a-bad-pair",
    hint="If one pair is left out, what becomes of the older ones in your code?",
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
    hint="After the call, is the caller's gradient what it was? Which line changes the array itself?",
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
    hint="With a decay of 0.99, how much of the old average should be kept, and how much do you keep?",
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
    hint="The caller may ask for another decay. Which share of the average do you keep?",
    edits=[
        edit("polyak_average", "return decay * average + (1 - decay) * w", "return 0.9 * average + 0.1 * w")
    ],
)
misconception(
    "polyak-does-not-forget",
    hint="If the weights stay at 1 for long, which value does your average approach?",
    edits=[edit("polyak_average", "return decay * average +", "return average +")],
)
misconception(
    "polyak-plain-mean",
    hint="How much does the old average count in your mean, and how much does w? Where does decay come in?",
    edits=[edit("polyak_average", "return decay * average + (1 - decay) * w", "return (average + w) / 2")],
)


@misconception(
    "polyak-trains-on-the-mean",
    hint="Training goes on from w. After the call, is the caller's w what it was? Which line changes "
    "the array itself?",
)
def _():
    def polyak_average(average, w, decay):
        w *= 1 - decay
        w += decay * average
        return w
