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
    hint="If all weights start equal, how will two units of a layer ever become different?",
    edits=every_draw("np.zeros(shape)"),
)
misconception(
    "weights-all-equal",
    hint="If all weights start equal, how will two units of a layer ever become different?",
    edits=every_draw("np.ones(shape)"),
)
misconception(
    "one-column-for-all-units",
    hint="Compare two columns of your weights: are they equal? How will their units ever become different?",
    edits=every_draw("np.broadcast_to(rng.standard_normal((shape[0],) + (1,) * (len(shape) - 1)), shape)"),
)
misconception(
    "uniform-between-zero-and-one",
    hint="Which share of your weights is negative, and which should be?",
    edits=every_draw("rng.random(shape)"),
)
misconception(
    "uniform-between-minus-one-and-one",
    hint="Plot a histogram of your weights. Is it bell-shaped? What is the standard deviation of "
    "numbers between -1 and 1?",
    edits=every_draw("rng.uniform(-1, 1, shape)"),
)
misconception(
    "uniform-of-the-right-spread",
    hint="Your weights have the right standard deviation. Is their histogram bell-shaped, and how far "
    "out does it reach?",
    edits=every_draw("rng.uniform(-np.sqrt(3), np.sqrt(3), shape)"),
)
misconception(
    "positive-weights-only",
    hint="Which share of your weights is negative, and which should be?",
    edits=every_draw("np.abs(rng.standard_normal(shape))"),
)
misconception(
    "tails-clipped",
    hint="Normal numbers have no largest value. How large can yours become?",
    edits=every_draw("np.clip(rng.standard_normal(shape), -2.5, 2.5)"),
)
misconception(
    "rng-ignored",
    hint="Run it twice, each time with a generator of the same seed. Are the weights equal? Which "
    "generator do you draw from?",
    edits=every_draw("np.random.standard_normal(shape)"),
)
misconception(
    "seeded-anew-in-every-call",
    hint="Make two layers of the same shape with the same rng. Are their weights equal? Where does your "
    "generator come from?",
    edits=before_drawing("rng = np.random.default_rng(0)"),
)

# small_random_init.

misconception(
    "scale-ignored",
    hint="The caller may ask for another scale. Where does your code use it?",
    edits=[edit("small_random_init", SMALL, "0.01 * rng.standard_normal(shape)")],
)
misconception(
    "scale-as-variance",
    hint="Is scale a standard deviation or a variance? By what do you multiply the standard normal numbers?",
    edits=[edit("small_random_init", SMALL, "np.sqrt(scale) * rng.standard_normal(shape)")],
)
misconception(
    "scale-squared",
    hint="Is scale a standard deviation or a variance? By what do you multiply the standard normal numbers?",
    edits=[edit("small_random_init", SMALL, "scale**2 * rng.standard_normal(shape)")],
)
misconception(
    "scale-as-mean",
    hint="What is the mean of your weights? Which argument of rng.normal comes first?",
    edits=[edit("small_random_init", SMALL, "rng.normal(scale, size=shape)")],
)
misconception(
    "small-weights-by-fan-in",
    hint="Does the standard deviation of your small weights depend on the shape? What does the "
    "docstring say?",
    edits=[edit("small_random_init", SMALL, "scale * rng.standard_normal(shape) / np.sqrt(shape[0])")],
)
misconception(
    "other-default-scale",
    hint="Which scale do you take when the caller gives none? Compare with the signature as handed out.",
    edits=[edit("small_random_init", "scale: float = 0.01", "scale: float = 0.001")],
)

# Xavier and He.

misconception(
    "fan-out-for-fan-in",
    hint="How many numbers are summed up to give one output? Which axes of the weights are these, and "
    "which do you count?",
    edits=fan_in_of("shape[1] if len(shape) == 2 else shape[0] * np.prod(shape[2:])"),
)
misconception(
    "mean-of-fan-in-and-fan-out",
    hint="The docstring's form looks at the forward direction alone. Does fan_out have a part in yours?",
    edits=fan_in_of("(shape[0] + shape[1]) / 2 if len(shape) == 2 else np.prod(shape[1:])"),
)
misconception(
    "sum-without-brackets",
    hint="Evaluate your formula by hand for 100 inputs and 50 outputs. What does Python divide 2 by?",
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
    hint="sqrt(6 / (a + b)) is the limit of a uniform distribution. Is it the standard deviation the "
    "docstring asks for?",
    edits=[
        edit("xavier_init", XAVIER, "rng.standard_normal(shape) * np.sqrt(6 / (fan_in + shape[-1]))"),
    ],
)
misconception(
    "he-like-xavier",
    hint="A ReLU sets about half of its inputs to zero. Which factor makes up for that in the "
    "docstring, and where is it in yours?",
    edits=[edit("he_init", HE, "xavier_init(shape, rng)")],
)
misconception(
    "he-two-outside-the-root",
    hint="In the docstring's formula, is the 2 inside the root or outside? Where is it in yours?",
    edits=[edit("he_init", HE, "2 * xavier_init(shape, rng)")],
)
misconception(
    "he-root-of-two-alone",
    hint="What stands under the root in the docstring's formula, and what in yours?",
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
    hint="If a unit sums up more numbers, should its weights be larger or smaller? Which are they in yours?",
    edits=[
        edit("xavier_init", XAVIER, "rng.standard_normal(shape) * np.sqrt(fan_in)"),
        he_alone("np.sqrt(2 * fan_in) * rng.standard_normal(shape)"),
    ],
)
misconception(
    "he-half-instead-of-two",
    hint="A ReLU sets about half of its inputs to zero. Should He's weights be larger or smaller than "
    "Xavier's? Which are yours?",
    edits=[edit("he_init", HE, "xavier_init(shape, rng) / np.sqrt(2)")],
)
misconception(
    "variance-passed-as-std",
    hint="By what do you multiply the standard normal numbers: by a standard deviation or by a variance?",
    edits=[
        edit("xavier_init", "np.sqrt(fan_in)", "fan_in"),
        he_alone("2 / fan_in * rng.standard_normal(shape)"),
    ],
)
misconception(
    "xavier-and-he-swapped",
    hint="Which of the two makes up for a ReLU that sets about half of its inputs to zero? In which of "
    "yours is the factor 2?",
    edits=[
        edit("xavier_init", XAVIER, "rng.standard_normal(shape) * np.sqrt(2 / fan_in)"),
        edit("he_init", HE, "xavier_init(shape, rng) / np.sqrt(2)"),
    ],
)
misconception(
    "filters-by-channels-alone",
    hint="How many numbers does one output of a convolution sum up? You count the channels: what about "
    "the pixels?",
    edits=fan_in_of("shape[0] if len(shape) == 2 else shape[1]"),
)
misconception(
    "filters-by-pixels-alone",
    hint="How many numbers does one output of a convolution sum up? You count the pixels: what about "
    "the channels?",
    edits=fan_in_of("shape[0] if len(shape) == 2 else np.prod(shape[2:])"),
)
misconception(
    "filters-by-their-number",
    hint="Which axis of (F, C, HH, WW) counts the filters? Does one output sum up over it?",
    edits=fan_in_of("shape[0]"),
)
misconception(
    "filters-by-all-weights",
    hint="Does one output of a convolution sum up over all filters? Which axes of (F, C, HH, WW) do you "
    "multiply?",
    edits=fan_in_of("shape[0] if len(shape) == 2 else np.prod(shape)"),
)
misconception(
    "filters-taken-for-square",
    hint="A filter need not be as wide as it is high. Where does your code use its width?",
    edits=fan_in_of("shape[0] if len(shape) == 2 else shape[1] * shape[2] ** 2"),
)

misconception(
    "single-input-taken-for-a-vector",
    hint="In a layer with a single input, how many numbers does one unit sum up? What is fan_in in your "
    "code then?",
    edits=fan_in_of("(shape[0] if shape[0] > 1 else shape[1]) if len(shape) == 2 else np.prod(shape[1:])"),
)
misconception(
    "square-layers-as-the-identity",
    hint="Make two layers of the same square shape. Are their weights equal? Are they drawn at all?",
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
    hint="If the mean is a million times the standard deviation, how many digits are left when you "
    "subtract two squares of that size?",
    edits=[edit("activation_statistics", "x.std()", "np.sqrt(np.abs((x**2).mean() - x.mean() ** 2))")],
)
misconception(
    "statistics-of-the-first-layer-only",
    hint="What is the input of the second layer? Which array do you multiply by its weights?",
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
    hint="What does the second layer receive in your code: the first one's activations, or what goes "
    "into its nonlinearity?",
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
    hint="Does your last layer have its nonlinearity, like all others?",
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
    hint="The caller says which nonlinearity the net has. Do you call that one, or always the same one?",
    edits=[edit("activation_statistics", "x = nonlinearity(x @ w)", "x = np.maximum(0, x @ w)")],
)
misconception(
    "variance-for-standard-deviation",
    hint="If all activations are doubled, the standard deviation doubles. Does your second number?",
    edits=[edit("activation_statistics", "x.std()", "x.var()")],
)
misconception(
    "statistics-swapped",
    hint="In which order does the docstring want the two numbers of a pair, and in which do you return them?",
    edits=[
        edit(
            "activation_statistics", "(float(x.mean()), float(x.std()))", "(float(x.std()), float(x.mean()))"
        )
    ],
)
misconception(
    "standard-deviation-of-a-sample",
    hint="For the standard deviation, do you divide by the number of entries, or by one less?",
    edits=[edit("activation_statistics", "x.std()", "x.std(ddof=1)")],
)
misconception(
    "spread-of-each-unit-averaged",
    hint="Is your standard deviation that of all entries together, or the mean of those of the columns?",
    edits=[edit("activation_statistics", "x.std()", "x.std(axis=0).mean()")],
)
misconception(
    "spread-around-zero",
    hint="Does your standard deviation change if all activations grow by 1? From where do you measure "
    "the distances?",
    edits=[edit("activation_statistics", "x.std()", "np.sqrt((x**2).mean())")],
)
misconception(
    "statistics-of-the-last-layer-alone",
    hint="How many pairs do you return for a net of three layers, and for which layers?",
    edits=[edit("activation_statistics", "return statistics", "return statistics[-1:]")],
)
misconception(
    "statistics-with-the-input",
    hint="How many pairs do you return for a net of three layers, and for which layers?",
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
    hint="After the call, what is left of the caller's list of weights? Which line takes them out?",
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
    hint="After the call, is the caller's x what it was? Which line changes the array itself?",
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
    hint="What do you return if all columns are equal? Is the symmetry broken then?",
    edits=[edit("symmetry_broken", "spread.max() > ", "spread.max() <= ")],
)
misconception(
    "first-two-columns-only",
    hint="Which columns do you compare? Where may the one stand that differs?",
    edits=[edit("symmetry_broken", "np.ptp(dw, axis=1)", "np.ptp(dw[:, :2], axis=1)")],
)
misconception(
    "rows-for-columns",
    hint="Do you compare columns or rows of dw? Which of them belong to the units?",
    edits=[edit("symmetry_broken", "np.ptp(dw, axis=1)", "np.ptp(dw, axis=0)")],
)
misconception(
    "all-entries-alike",
    hint="Entries of one column may differ while all columns are the same. What do you return then?",
    edits=[edit("symmetry_broken", "np.ptp(dw, axis=1)", "np.ptp(dw)")],
)
misconception(
    "every-pair-must-differ",
    hint="Must all columns differ from each other, or is one pair that differs enough? Which does your "
    "code check?",
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
    hint="A gradient may be other than zero and still the same for all units. What do you return then?",
    edits=[edit("symmetry_broken", "spread.max() >", "np.abs(dw).max() >")],
)
misconception(
    "sums-of-columns",
    hint="Can two different columns have the same sum? What do you return then?",
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
    hint="A difference has a sign. What does your code say if the first column is the larger one?",
    edits=[edit("symmetry_broken", "np.ptp(dw, axis=1)", "(dw - dw[:, :1])")],
)
misconception(
    "gradient-scaled-in-place",
    hint="After the call, is the caller's dw what it was? Which line changes the array itself?",
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
    hint="From which difference on do two entries count as different in your code? What if all entries "
    "are around 1e-12?",
    edits=[
        edit(
            "symmetry_broken",
            "bool(spread.max() > 1e-9 * np.abs(dw).max())",
            "not np.allclose(dw, dw[:, :1])",
        )
    ],
)
