"""Mistakes in initialization, as students make them."""

from tests.real_mistakes.mistake import edit, mistake

MISTAKES = [
    mistake(
        "scale-handed-over-as-variance",
        ["scale-as-variance"],
        source="""
def small_random_init(shape, rng, scale=0.01):
    sigma = np.sqrt(scale)
    W = rng.normal(loc=0.0, scale=sigma, size=shape)
    return W
""",
    ),
    mistake(
        "randn-as-in-the-slides",
        ["rng-ignored"],
        source="""
def small_random_init(shape, rng, scale=0.01):
    # W = 0.01 * np.random.randn(D, H), from the lecture
    W = scale * np.random.randn(*shape)
    return W
""",
    ),
    mistake(
        "glorot-of-most-libraries",
        ["mean-of-fan-in-and-fan-out"],
        source="""
def get_fans(shape):
    if len(shape) == 2:
        return shape[0], shape[1]
    F, C, HH, WW = shape
    receptive_field = HH * WW
    return C * receptive_field, F * receptive_field


def xavier_init(shape, rng):
    fan_in, fan_out = get_fans(shape)
    std = np.sqrt(2.0 / (fan_in + fan_out))
    return rng.standard_normal(shape) * std
""",
    ),
    mistake(
        "uniform-with-the-deviation-as-its-limit",
        ["uniform-between-minus-one-and-one"],
        source="""
def xavier_init(shape, rng):
    n_in = shape[0] if len(shape) == 2 else shape[1] * shape[2] * shape[3]
    limit = 1.0 / np.sqrt(n_in)
    return rng.uniform(-limit, limit, size=shape)
""",
    ),
    mistake(
        "filters-measured-by-their-first-axis",
        ["filters-by-their-number"],
        source="""
def he_init(shape, rng):
    n = shape[0]
    return rng.standard_normal(shape) * np.sqrt(2.0 / n)
""",
    ),
    mistake(
        "root-over-the-denominator-only",
        ["he-two-outside-the-root"],
        source="""
def he_init(shape, rng):
    fan_in = 1
    if len(shape) == 2:
        fan_in = shape[0]
    else:
        for s in shape[1:]:
            fan_in *= s
    std = 2 / np.sqrt(fan_in)
    return rng.normal(0, std, shape)
""",
    ),
    mistake(
        "statistics-of-the-sums-that-go-in",
        ["statistics-before-the-nonlinearity"],
        source="""
def activation_statistics(x, weights, nonlinearity):
    result = []
    h = x
    for W in weights:
        z = h.dot(W)
        result.append((np.mean(z), np.std(z)))
        h = nonlinearity(z)
    return result
""",
    ),
    mistake(
        "allclose-with-its-defaults",
        ["absolute-tolerance"],
        source="""
def symmetry_broken(dw):
    D, M = dw.shape
    for j in range(1, M):
        if not np.allclose(dw[:, j], dw[:, 0]):
            return True
    return False
""",
    ),
    mistake(
        "variance-for-spread",
        ["variance-for-standard-deviation"],
        edits=[edit("activation_statistics", "float(x.std())", "float(x.var())")],
    ),
    mistake(
        "two-at-once-no-root-for-he-and-first-two-columns",
        {"he_init": ["variance-passed-as-std"], "symmetry_broken": ["first-two-columns-only"]},
        source="""
def he_init(shape, rng):
    fan_in = int(np.prod(shape)) // (shape[1] if len(shape) == 2 else shape[0])
    return rng.standard_normal(shape) * (2.0 / fan_in)


def symmetry_broken(dw):
    if dw.shape[1] == 1:
        return False
    first, second = dw[:, 0], dw[:, 1]
    biggest = np.max(np.abs(dw))
    return bool(np.max(np.abs(first - second)) > 1e-9 * biggest)
""",
    ),
    mistake(
        "xavier-with-channels-alone",
        ["filters-by-channels-alone"],
        source="""
def xavier_init(shape, rng):
    if len(shape) == 2:
        fan_in, fan_out = shape
    else:
        fan_out, fan_in, _, _ = shape
    W = rng.standard_normal(shape)
    W /= np.sqrt(fan_in)
    return W
""",
    ),
]
