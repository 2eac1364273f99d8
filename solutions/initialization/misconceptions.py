"""Wrong variants that students really write."""

from autograder.variants import edit, misconception

FAN_IN = "shape[0] if len(shape) == 2 else np.prod(shape[1:])"
SMALL = "scale * rng.standard_normal(shape)"
XAVIER = "rng.standard_normal(shape) / np.sqrt(fan_in)"
HE = "np.sqrt(2) * xavier_init(shape, rng)"
LAYER = "        x = nonlinearity(x @ w)\n        statistics.append((float(x.mean()), float(x.std())))"


def he_alone(weights, fan_in=FAN_IN):
    """He's initialization that does not call Xavier's: students mostly write both out."""
    return edit("he_init", f"return {HE}", f"fan_in = {fan_in}\n    return {weights}")


def every_draw(new):
    """The same change of how numbers are drawn in all functions."""
    return [
        *(edit(name, "rng.standard_normal(shape)", new) for name in ("small_random_init", "xavier_init")),
        he_alone(f"np.sqrt(2 / fan_in) * {new}"),
    ]


def fan_in_of(new):
    """The same change of what is counted as fan_in, in Xavier's initialization and in He's."""
    return [
        edit("xavier_init", FAN_IN, new),
        he_alone("np.sqrt(2 / fan_in) * rng.standard_normal(shape)", new),
    ]


def before_drawing(line):
    """The same line put before the draws of the two functions that draw in the reference."""
    return [
        edit("small_random_init", "    return", f"    {line}\n    return"),
        edit("xavier_init", "    return", f"    {line}\n    return"),
    ]


# Which numbers are drawn.

misconception(
    "weights-all-zero",
    hint="If all weights are equal, what tells one unit from another?",
    edits=every_draw("np.zeros(shape)"),
)
misconception(
    "weights-all-equal",
    hint="If all weights are equal, what tells one unit from another?",
    edits=every_draw("np.ones(shape)"),
)
misconception(
    "one-column-for-all-units",
    hint="Look at two columns of your weights side by side. How will their units ever become different?",
    edits=every_draw("np.broadcast_to(rng.standard_normal((shape[0],) + (1,) * (len(shape) - 1)), shape)"),
)
misconception(
    "uniform-between-zero-and-one",
    hint="How many of your weights are negative?",
    edits=every_draw("rng.random(shape)"),
)
misconception(
    "uniform-between-minus-one-and-one",
    hint="Which shape has a histogram of your weights, and what is the standard deviation of such numbers?",
    edits=every_draw("rng.uniform(-1, 1, shape)"),
)
misconception(
    "uniform-of-the-right-spread",
    hint="Your weights have the right spread. Which shape has their histogram, and how far does it reach?",
    edits=every_draw("rng.uniform(-np.sqrt(3), np.sqrt(3), shape)"),
)
misconception(
    "positive-weights-only",
    hint="How many of your weights are negative?",
    edits=every_draw("np.abs(rng.standard_normal(shape))"),
)
misconception(
    "tails-clipped",
    hint="A normal distribution has no end. Does yours?",
    edits=every_draw("np.clip(rng.standard_normal(shape), -2.5, 2.5)"),
)
misconception(
    "rng-ignored",
    hint="Run it twice with generators of the same seed. Do you get the same weights?",
    edits=every_draw("np.random.standard_normal(shape)"),
)
misconception(
    "seeded-anew-in-every-call",
    hint="Make two layers of the same shape, one after the other, and compare them.",
    edits=before_drawing("rng = np.random.default_rng(0)"),
)

# small_random_init.

misconception(
    "scale-ignored",
    hint="The caller may ask for another scale. Do you use the one you were given?",
    edits=[edit("small_random_init", SMALL, "0.01 * rng.standard_normal(shape)")],
)
misconception(
    "scale-as-variance",
    hint="Is scale the standard deviation or the variance? What do you multiply by?",
    edits=[edit("small_random_init", SMALL, "np.sqrt(scale) * rng.standard_normal(shape)")],
)
misconception(
    "scale-squared",
    hint="Is scale the standard deviation or the variance? What do you multiply by?",
    edits=[edit("small_random_init", SMALL, "scale**2 * rng.standard_normal(shape)")],
)
misconception(
    "scale-as-mean",
    hint="What is the first argument of rng.normal? Print the mean of your weights.",
    edits=[edit("small_random_init", SMALL, "rng.normal(scale, size=shape)")],
)
misconception(
    "small-weights-by-fan-in",
    hint="Does the spread of your small weights change with the shape? Should it?",
    edits=[edit("small_random_init", SMALL, "scale * rng.standard_normal(shape) / np.sqrt(shape[0])")],
)
misconception(
    "other-default-scale",
    hint="Which scale do you take when the caller names none? Look at the signature.",
    edits=[edit("small_random_init", "scale: float = 0.01", "scale: float = 0.001")],
)

# Xavier and He.

misconception(
    "fan-out-for-fan-in",
    hint="How many numbers does one output sum up? Which axis of the weights is that?",
    edits=fan_in_of("shape[1] if len(shape) == 2 else shape[0] * np.prod(shape[2:])"),
)
misconception(
    "mean-of-fan-in-and-fan-out",
    hint="This course's form looks at the forward direction alone. Does the number of outputs enter yours?",
    edits=fan_in_of("(shape[0] + shape[1]) / 2 if len(shape) == 2 else np.prod(shape[1:])"),
)
misconception(
    "sum-without-brackets",
    hint="Work your formula out by hand for a layer of 100 inputs and 50 outputs. In which order is it done?",
    edits=[
        edit(
            "xavier_init",
            XAVIER,
            "rng.standard_normal(shape) * np.sqrt(2 / shape[0] + shape[1])",
        )
    ],
)
misconception(
    "uniform-limit-for-std",
    hint="sqrt(6 / (a + b)) is how far a uniform distribution reaches. What is its standard deviation?",
    edits=[
        edit("xavier_init", XAVIER, "rng.standard_normal(shape) * np.sqrt(6 / (fan_in + shape[-1]))"),
    ],
)
misconception(
    "he-like-xavier",
    hint="A ReLU sets half of its inputs to zero. What makes up for that?",
    edits=[edit("he_init", HE, "xavier_init(shape, rng)")],
)
misconception(
    "he-two-outside-the-root",
    hint="Is the 2 under the root or beside it?",
    edits=[edit("he_init", HE, "2 * xavier_init(shape, rng)")],
)
misconception(
    "he-root-of-two-alone",
    hint="What is under the root in your code, and what in the formula?",
    edits=[
        edit(
            "he_init",
            f"return {HE}",
            "fan_in = shape[0] if len(shape) == 2 else np.prod(shape[1:])\n"
            "    return rng.standard_normal(shape) * np.sqrt(2) / fan_in",
        )
    ],
)
misconception(
    "multiplied-by-the-root",
    hint="Should a unit that sums up more numbers have larger weights, or smaller ones?",
    edits=[
        edit("xavier_init", XAVIER, "rng.standard_normal(shape) * np.sqrt(fan_in)"),
        he_alone("np.sqrt(2 * fan_in) * rng.standard_normal(shape)"),
    ],
)
misconception(
    "he-half-instead-of-two",
    hint="After a ReLU less is left of the signal. Should the weights be larger or smaller than Xavier's?",
    edits=[edit("he_init", HE, "xavier_init(shape, rng) / np.sqrt(2)")],
)
misconception(
    "variance-passed-as-std",
    hint="1 / fan_in is the variance. Which number has to stand before standard normal draws?",
    edits=[
        edit("xavier_init", "np.sqrt(fan_in)", "fan_in"),
        he_alone("2 / fan_in * rng.standard_normal(shape)"),
    ],
)
misconception(
    "xavier-and-he-swapped",
    hint="Which of the two makes up for a ReLU that sets half of its inputs to zero?",
    edits=[
        edit("xavier_init", XAVIER, "rng.standard_normal(shape) * np.sqrt(2 / fan_in)"),
        edit("he_init", HE, "xavier_init(shape, rng) / np.sqrt(2)"),
    ],
)
misconception(
    "filters-by-channels-alone",
    hint="How many numbers does one output of a convolution sum up? Count the pixels, too.",
    edits=fan_in_of("shape[0] if len(shape) == 2 else shape[1]"),
)
misconception(
    "filters-by-pixels-alone",
    hint="How many numbers does one output of a convolution sum up? Count the channels, too.",
    edits=fan_in_of("shape[0] if len(shape) == 2 else np.prod(shape[2:])"),
)
misconception(
    "filters-by-their-number",
    hint="Which axis of a convolution's weights counts the filters? Do they all add up to one output?",
    edits=fan_in_of("shape[0]"),
)
misconception(
    "filters-by-all-weights",
    hint="Does one output of a convolution sum up over all filters?",
    edits=fan_in_of("shape[0] if len(shape) == 2 else np.prod(shape)"),
)
misconception(
    "filters-taken-for-square",
    hint="Is a filter always as wide as it is high?",
    edits=fan_in_of("shape[0] if len(shape) == 2 else shape[1] * shape[2] ** 2"),
)

misconception(
    "single-input-taken-for-a-vector",
    hint="A layer with a single input: how many numbers does one of its units sum up?",
    edits=fan_in_of("(shape[0] if shape[0] > 1 else shape[1]) if len(shape) == 2 else np.prod(shape[1:])"),
)
misconception(
    "square-layers-as-the-identity",
    hint="Two layers of the same square shape: should they start with the same numbers?",
    edits=[
        edit(
            "he_init",
            "    return",
            "    if len(shape) == 2 and shape[0] == shape[1]:\n        return np.eye(shape[0])\n    return",
        )
    ],
)

# activation_statistics.

misconception(
    "mean-of-squares-less-square-of-mean",
    hint="Two huge numbers that are nearly equal differ in few digits. Which numbers do you subtract?",
    edits=[edit("activation_statistics", "x.std()", "np.sqrt(np.abs((x**2).mean() - x.mean() ** 2))")],
)
misconception(
    "statistics-of-the-first-layer-only",
    hint="What is the input of the second layer?",
    edits=[
        edit(
            "activation_statistics",
            LAYER,
            "        h = nonlinearity(x @ weights[0])\n"
            "        statistics.append((float(h.mean()), float(h.std())))",
        )
    ],
)
misconception(
    "statistics-before-the-nonlinearity",
    hint="Do you take the statistics before or after the nonlinearity?",
    edits=[
        edit(
            "activation_statistics",
            LAYER,
            "        x = x @ w\n        statistics.append((float(x.mean()), float(x.std())))\n"
            "        x = nonlinearity(x)",
        )
    ],
)
misconception(
    "next-layer-without-the-nonlinearity",
    hint="What does the second layer receive: the first one's activations, or what these were made from?",
    edits=[
        edit(
            "activation_statistics",
            LAYER,
            "        x = x @ w\n        h = nonlinearity(x)\n"
            "        statistics.append((float(h.mean()), float(h.std())))",
        )
    ],
)
misconception(
    "last-layer-without-the-nonlinearity",
    hint="Is your last layer treated like all others?",
    edits=[
        edit(
            "activation_statistics",
            "        x = nonlinearity(x @ w)\n",
            "        x = x @ w if w is weights[-1] else nonlinearity(x @ w)\n",
        )
    ],
)
misconception(
    "statistics-of-a-relu-only",
    hint="The caller says which nonlinearity the net has. Do you call it?",
    edits=[edit("activation_statistics", "x = nonlinearity(x @ w)", "x = np.maximum(0, x @ w)")],
)
misconception(
    "variance-for-standard-deviation",
    hint="If all activations are doubled, what happens to your second number?",
    edits=[edit("activation_statistics", "x.std()", "x.var()")],
)
misconception(
    "statistics-swapped",
    hint="In which order are the two numbers of a pair to be?",
    edits=[
        edit(
            "activation_statistics", "(float(x.mean()), float(x.std()))", "(float(x.std()), float(x.mean()))"
        )
    ],
)
misconception(
    "standard-deviation-of-a-sample",
    hint="Do you divide by the number of entries, or by one less?",
    edits=[edit("activation_statistics", "x.std()", "x.std(ddof=1)")],
)
misconception(
    "spread-of-each-unit-averaged",
    hint="The standard deviation is that of all entries together. Is it the mean of those of the columns?",
    edits=[edit("activation_statistics", "x.std()", "x.std(axis=0).mean()")],
)
misconception(
    "spread-around-zero",
    hint="From where do you measure how far the activations are spread?",
    edits=[edit("activation_statistics", "x.std()", "np.sqrt((x**2).mean())")],
)
misconception(
    "statistics-of-the-last-layer-alone",
    hint="How many pairs do you return for a net of three layers?",
    edits=[edit("activation_statistics", "return statistics", "return statistics[-1:]")],
)
misconception(
    "statistics-with-the-input",
    hint="How many pairs do you return for a net of three layers?",
    edits=[
        edit(
            "activation_statistics",
            "    statistics = []\n",
            "    statistics = [(float(x.mean()), float(x.std()))]\n",
        )
    ],
)
misconception(
    "list-of-weights-consumed",
    hint="After the call, what is left of the list that the caller gave you?",
    edits=[
        edit(
            "activation_statistics",
            "    for w in weights:\n",
            "    while len(weights):\n        w = weights.pop(0)\n",
        )
    ],
)
misconception(
    "input-centred-in-place",
    hint="After the call, does the caller's x still hold what it held?",
    edits=[
        edit(
            "activation_statistics",
            "    statistics = []\n",
            "    statistics = []\n    x -= x.mean()\n",
        )
    ],
)

# symmetry_broken.

misconception(
    "answer-inverted",
    hint="What is your answer for columns that are all equal? Is their symmetry broken?",
    edits=[edit("symmetry_broken", "spread.max() > ", "spread.max() <= ")],
)
misconception(
    "first-two-columns-only",
    hint="Where in the gradient may the column stand that differs from the others?",
    edits=[edit("symmetry_broken", "np.ptp(dw, axis=1)", "np.ptp(dw[:, :2], axis=1)")],
)
misconception(
    "rows-for-columns",
    hint="Which axis do the units of a layer lie along?",
    edits=[edit("symmetry_broken", "np.ptp(dw, axis=1)", "np.ptp(dw, axis=0)")],
)
misconception(
    "all-entries-alike",
    hint="May the entries of one column differ, if all columns are the same?",
    edits=[edit("symmetry_broken", "np.ptp(dw, axis=1)", "np.ptp(dw)")],
)
misconception(
    "every-pair-must-differ",
    hint="How many pairs of columns must differ? Read the first line again.",
    edits=[
        edit(
            "symmetry_broken",
            "bool(spread.max() > 1e-9 * np.abs(dw).max())",
            "spread.max() > 0 and np.unique(dw, axis=1).shape == dw.shape",
        )
    ],
)
misconception(
    "any-gradient-at-all",
    hint="Can a gradient be other than zero and still treat all units alike?",
    edits=[edit("symmetry_broken", "spread.max() >", "np.abs(dw).max() >")],
)
misconception(
    "sums-of-columns",
    hint="Can two different columns have the same sum?",
    edits=[
        edit(
            "symmetry_broken",
            "np.ptp(dw, axis=1)",
            "np.ptp(dw.sum(axis=0))",
        )
    ],
)
misconception(
    "larger-than-the-first-only",
    hint="A difference has a sign. What if the first column is the larger one?",
    edits=[edit("symmetry_broken", "np.ptp(dw, axis=1)", "(dw - dw[:, :1])")],
)
misconception(
    "gradient-scaled-in-place",
    hint="After the call, does the caller's dw still hold what it held?",
    edits=[
        edit(
            "symmetry_broken",
            "    spread = np.ptp(dw, axis=1)\n",
            "    dw /= max(np.abs(dw).max(), 1e-300)\n    spread = np.ptp(dw, axis=1)\n",
        )
    ],
)
misconception(
    "absolute-tolerance",
    hint="How large are the entries, and from which difference on do you call two of them different?",
    edits=[
        edit(
            "symmetry_broken",
            "bool(spread.max() > 1e-9 * np.abs(dw).max())",
            "not np.allclose(dw, dw[:, :1])",
        )
    ],
)
