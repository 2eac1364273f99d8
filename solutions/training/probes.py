"""Inputs that tell a wrong mutant of `training.py` from an equivalent one, independent of the checks.

The functions are called as the docstrings allow, on shapes, scales and settings beyond those of the checks.
What is returned, and what becomes of models, is compared with the reference's answers by `autograder prove`.
"""

import numpy as np

from autograder.proof import equivalent

NORMALIZATIONS = (None, "batchnorm", "layernorm")

BETTER = "if self.val_acc_history[-1] > best:"
DROPS = "if self.dropout_keep_ratio != 1:"
NOTHING = "dropout that keeps everything changes nothing; `dropout_keep_ratio`: with 1 there is none"
SEED = "seed = None if self.seed is None else self.seed + layer"
ANY = "which entries a seed drops is left open; `seed`: the same entries in every call"
EQUIVALENT = [
    equivalent(
        "Solver", BETTER, BETTER.replace(">", ">="), "of several equally good epochs any may be the best one"
    ),
    *(
        equivalent("FullyConnectedNet", DROPS, DROPS.replace("self.dropout_keep_ratio != 1", other), NOTHING)
        for other in ("True", "self.dropout_keep_ratio != 2", "self.dropout_keep_ratio != 0")
    ),
    *(
        equivalent("FullyConnectedNet", SEED, SEED.replace("self.seed + layer", other), ANY)
        for other in (
            "(self.seed - layer)",
            "self.seed",
            "layer",
            "(self.seed + 2 * layer)",
            "(2 * self.seed + layer)",
        )
    ),
]


def model_with(student, rng, D, C):
    """The small model with random parameters."""
    model = student.LeastSquaresModel(D, C)
    model.params = {"W1": rng.standard_normal((D, C)), "b1": rng.standard_normal(C)}
    return model


def net_with(student, rng, sizes, normalization, **settings):
    """A net with random parameters, which do not depend on what it draws itself."""
    net = student.FullyConnectedNet(sizes[1:-1], sizes[0], sizes[-1], normalization=normalization, **settings)
    net.params = {name: rng.standard_normal(np.shape(value)) for name, value in sorted(net.params.items())}
    return net


def labels(rng, N, C):
    """Random labels."""
    return rng.integers(C, size=N)


def probe_small_model(student, rng):
    """LeastSquaresModel and sgd: shapes, images, configs."""
    for N, D, C in [(1, 1, 2), (5, 3, 4), (8, 12, 2)]:
        model = student.LeastSquaresModel(D, C)
        model.loss(rng.standard_normal((N, D)), labels(rng, N, C))
        model = model_with(student, rng, D, C)
        X = rng.standard_normal((N, D))
        model.loss(X)
        model.loss(X.reshape(N, 1, D), labels(rng, N, C))
    student.sgd(rng.standard_normal((2, 3)), rng.standard_normal((2, 3)), {"learning_rate": 0.3})
    for name in ("W1", "gamma12", "beta7", "b30"):
        student.layer_number(name)


def probe_centering(student, rng):
    """zero_center and standardize: shapes, bytes, constant features, further parts."""
    for shape in [(1,), (4,), (2, 3), (3, 2, 2)]:
        for N, M in [(2, 1), (9, 4)]:
            train, other = 5 + 2 * rng.standard_normal((N, *shape)), rng.standard_normal((M, *shape))
            for name in ("zero_center", "standardize"):
                getattr(student, name)(train)
                getattr(student, name)(train, other, other + 1)
            pixels = rng.integers(0, 256, (N, *shape)).astype(np.uint8)
            student.zero_center(pixels, pixels[:1])
            student.standardize(pixels, pixels[:1])
            pixels[:, 0] = 0
            student.standardize(pixels, pixels[:1] + 1)


def probe_pca(student, rng):
    """pca: shapes and ranks; the signs are taken out of what is compared."""
    for N, D, k in [(3, 2, 1), (20, 4, 4), (6, 9, 3), (8, 1, 1)]:
        X = rng.standard_normal((N, D)) * np.exp(-np.arange(D)) + 3
        student.pca(X, k)


def probe_whiten(student, rng):
    """whiten: shapes, eps, further parts."""
    for N, D in [(9, 1), (30, 3), (40, 6)]:
        train = rng.standard_normal((N, D)) * np.exp(-np.arange(D)) + 3
        for eps in (1e-8, 0.1, 10.0):
            student.whiten(train, eps)
            student.whiten(train, eps, train, rng.standard_normal((4, D)))


def probe_affine_relu(student, rng):
    """The layers affine and relu."""
    for shape, M in [((1, 2), 3), ((5, 2, 3), 4), ((4, 1, 2, 2), 1)]:
        D = int(np.prod(shape[1:]))
        x = rng.standard_normal(shape)
        _, cache = student.affine_forward(x, rng.standard_normal((D, M)), rng.standard_normal(M))
        student.affine_backward(rng.standard_normal((shape[0], M)), cache)
        _, cache = student.relu_forward(x)
        student.relu_backward(rng.standard_normal(shape), cache)


def probe_normalizations(student, rng):
    """The layers batchnorm and layernorm."""
    for shape in [(1, 3), (6, 1), (9, 4)]:
        for name in ("batchnorm", "layernorm"):
            param = {"mode": "train"}
            scale, shift = rng.standard_normal(shape[1]), rng.standard_normal(shape[1])
            for spread in (1.0, 0.01, 30.0):
                x = spread * rng.standard_normal(shape) + 1
                _, cache = getattr(student, f"{name}_forward")(x, scale, shift, param)
                getattr(student, f"{name}_backward")(rng.standard_normal(shape), cache)
            for param_then in ({**param, "mode": "test"}, {"mode": "test"}):
                getattr(student, f"{name}_forward")(x, scale, shift, param_then)


def probe_dropout(student, rng):
    """The layer dropout."""
    for p in (0.2, 0.9):
        for param in ({"p": p, "mode": "train", "seed": 5}, {"p": p, "mode": "test"}):
            _, cache = student.dropout_forward(rng.standard_normal((7, 5)), param)
            student.dropout_backward(rng.standard_normal((7, 5)), cache)


def probe_softmax_loss(student, rng):
    """The softmax loss."""
    for N, C in [(1, 2), (6, 5)]:
        for shift in (0.0, 3000.0):
            student.softmax_loss(rng.normal(scale=3, size=(N, C)) + shift, labels(rng, N, C))


def probe_two_layer_net(student, rng):
    """TwoLayerNet: first parameters, then losses, gradients and scores, for tables and images."""
    for sizes, scale in [((6, 5, 4), ()), ((3, 1, 2), (0.3,)), ((4, 7, 3), (2.0,))]:
        for reg in (0.0, 1.7):
            net = student.TwoLayerNet(*sizes, *scale, reg=reg)
            net.params = {name: rng.standard_normal(np.shape(value)) for name, value in net.params.items()}
            X = rng.standard_normal((5, sizes[0]))
            net.loss(X, labels(rng, 5, sizes[-1]))
            net.loss(X[:, :, None])
            net.params  # noqa: B018 - reading it is what is compared
        student.TwoLayerNet(*sizes, *scale).params  # noqa: B018


def probe_first_parameters(student, rng):
    """FullyConnectedNet: first parameters."""
    for normalization in NORMALIZATIONS:
        for hidden in ([], [5], [4, 4, 3]):
            net = student.FullyConnectedNet(hidden, 6, 4, 1, normalization, 0.0, 0.3)
            net.params  # noqa: B018 - reading it is what is compared
    student.FullyConnectedNet([2]).params  # noqa: B018
    student.FullyConnectedNet([2], 3, 4, dtype=np.float16).params  # noqa: B018


def probe_nets(student, rng):
    """FullyConnectedNet: losses, gradients and scores, from call to call."""
    for normalization in NORMALIZATIONS:
        for sizes in ([3, 2], [4, 6, 3], [5, 4, 6, 3]):
            for reg, keep in [(0.0, 1), (2.5, 1), (0.1, 0.6)]:
                net = net_with(student, rng, sizes, normalization, reg=reg, dropout_keep_ratio=keep, seed=9)
                for N in (7, 4):
                    X = rng.standard_normal((N, sizes[0]))
                    net.loss(X, labels(rng, N, sizes[-1]))
                    net.loss(X[:, None, :])


def probe_unseeded_dropout(student, rng):
    """FullyConnectedNet: dropout without a seed draws from NumPy's own numbers, which are fixed here."""
    net = net_with(student, rng, [3, 20, 2], None, dropout_keep_ratio=0.5)
    net.loss(rng.standard_normal((4, 3)), labels(rng, 4, 2))


def probe_steps(student, rng):
    """descend, model_accuracy and overfit_small_data."""
    for N, D, C in [(1, 2, 2), (9, 3, 4)]:
        X, y = rng.standard_normal((N, D)), labels(rng, N, C)
        model = model_with(student, rng, D, C)
        for rate in (0.0, 0.02, 0.3):
            student.descend(model, X, y, rate)
            model.params  # noqa: B018
            student.model_accuracy(model, X, y)
        for steps in (1, 5):
            student.overfit_small_data(model, X, y, 0.01, steps)
            model.params  # noqa: B018


def probe_solver(student, rng):
    """Solver: sizes of data and batches, rules, decays; defaults."""

    def heavy(w, dw, config):
        speed = 0.5 * config.get("speed", 0 * w) - config["learning_rate"] * dw
        return w + speed, {**config, "speed": speed}

    for N, batch_size, epochs in [(20, 5, 3), (7, 3, 4), (3, 8, 2)]:
        X, y = rng.standard_normal((N, 4)), labels(rng, N, 3)
        data = {
            "X_train": X, "y_train": y,
            "X_val": rng.standard_normal((30, 4)), "y_val": labels(rng, 30, 3),
        }  # fmt: skip
        for rule, config, decay in [
            (student.sgd, {"learning_rate": 0.1}, 0.5),
            (heavy, {"learning_rate": 0.03}, 1.0),
            (student.sgd, {"learning_rate": 0.05}, 20.0),
        ]:
            model = model_with(student, rng, 4, 3)
            solver = student.Solver(model, data, rule, config, decay, epochs, batch_size, rng)
            solver.train()
            read_solver(solver, model)
        model = model_with(student, rng, 4, 3)
        solver = student.Solver(model, data, optim_config={"learning_rate": 0.02}, batch_size=4, rng=rng)
        solver.train()
        read_solver(solver, model)


def probe_solver_defaults(student, rng):
    """Solver: what is left out, where no random number matters."""
    X, y = np.tile(rng.standard_normal(3), (250, 1)), np.full(250, 1)
    model = model_with(student, rng, 3, 2)
    solver = student.Solver(model, {"X_train": X, "y_train": y, "X_val": X[:5], "y_val": y[:5]})
    solver.train()
    read_solver(solver, model)


def read_solver(solver, model):
    """Read all that a training leaves."""
    solver.loss_history  # noqa: B018
    solver.train_acc_history  # noqa: B018
    solver.val_acc_history  # noqa: B018
    solver.best_params  # noqa: B018
    model.params  # noqa: B018


class Fixed:
    """A model with a fixed loss."""

    def __init__(self, loss, C):
        self.value, self.C = loss, C

    def loss(self, X, y=None):
        """Scores of 0, or the loss."""
        return np.zeros((len(X), self.C)) if y is None else (self.value, {})


def probe_initial_loss(student, rng):
    """initial_loss_ok: losses around the expected one, tolerances."""
    X, y = rng.standard_normal((6, 2)), np.array([0, 1, 0, 1, 0, 1])
    for C in (2, 10, 1000):
        for share in (0.5, 0.85, 0.95, 1.0, 1.05, 1.15, 1.5, np.nan, np.inf):
            for tolerance in ((), (0.2,), (0.03,)):
                student.initial_loss_ok(Fixed(share * np.log(C), C), X, y, *tolerance)


def probe_diagnosis(student, rng):
    """diagnose_loss_curve: curves of many kinds and lengths."""
    for n in (20, 21, 35, 99, 1000):
        steps = np.arange(n) / n
        for start in (0.1, 2.3, 500.0):
            noise = 1 + 0.1 * rng.uniform(-1, 1, n)
            for curve in (
                1 - 0.3 * steps,
                1 - 0.7 * steps,
                np.exp(-6 * steps),
                0.7 + 0.3 * np.exp(-30 * steps),
            ):
                student.diagnose_loss_curve(start * curve * noise)
            student.diagnose_loss_curve(start * np.exp(steps) * noise)
            for low, high in rng.uniform(0.3, 1.2, (20, 2)):
                curve = np.where(steps < 0.2, 1, np.where(steps < 0.8, low, high))
                student.diagnose_loss_curve(start * curve)
        for ragged in rng.uniform(0.1, 1.5, (100, n)):
            student.diagnose_loss_curve(ragged)
        for place in (0, n // 3, n - 1):
            curve = 2 - steps
            curve[place] = rng.choice([np.nan, np.inf])
            student.diagnose_loss_curve(curve)


def probe_searches(student, rng):
    """grid_search, random_search, coarse_to_fine: names, numbers of trials, either sign."""
    for sign in (1.0, -1.0):

        def score(settings, sign=sign):
            return sign * sum(np.log(value) * i for i, value in enumerate(settings.values(), 1))

        for lengths in [(1,), (4,), (2, 3), (2, 1, 3)]:
            grid = {f"h{i}": list(rng.uniform(1, 5, n)) for i, n in enumerate(lengths)}
            student.grid_search(score, grid)
            ranges = {name: (10 ** rng.uniform(-4, 0), 10 ** rng.uniform(0.1, 3)) for name in grid}
            for trials in (1, 8):
                student.random_search(score, ranges, trials, rng)
                for rounds, shrink in [(1, ()), (3, ()), (3, (0.9,)), (2, (0.1,))]:
                    student.coarse_to_fine(score, ranges, trials, rounds, rng, *shrink)


def probe_cross_validate(student, rng):
    """cross_validate: numbers of samples and folds."""

    def score(X_train, y_train, X_held_out, y_held_out):
        return float(X_train.sum() - 3 * (y_train**2).sum() + 10 * X_held_out.sum() - (y_held_out**3).sum())

    for N, k in [(4, 2), (7, 3), (6, 6), (25, 4), (5, 1)]:
        student.cross_validate(score, rng.standard_normal((N, 2)), np.arange(N), k, rng)


def probe_snapshots(student, rng):
    """snapshot_ensemble and snapshot_predict: cycles, steps, batches."""
    for N, D, C in [(6, 2, 3), (15, 4, 2)]:
        X, y = rng.standard_normal((N, D)), labels(rng, N, C)
        for cycles, steps, batch_size in [(1, 1, 2), (3, 4, 5), (2, 7, 1)]:
            model = model_with(student, rng, D, C)
            snapshots = student.snapshot_ensemble(model, X, y, 0.05, cycles, steps, batch_size, rng)
            model.params  # noqa: B018
            student.snapshot_predict(model, snapshots, rng.standard_normal((30, D)))
            others = [{"W1": rng.standard_normal((D, C)), "b1": rng.standard_normal(C)} for _ in range(4)]
            student.snapshot_predict(model, others, rng.standard_normal((200, D)))
            model.params  # noqa: B018
        large = [{n: 400 * v for n, v in s.items()} for s in snapshots]
        student.snapshot_predict(model, large, rng.standard_normal((30, D)) + 1)


def probe_freeze(student, rng):
    """freeze: one name after the other."""
    X, y = rng.standard_normal((6, 3)), labels(rng, 6, 2)
    net = net_with(student, rng, [3, 4, 2], "layernorm", reg=0.4)
    for names in (["W1", "beta1"], [], ["b2"], ["W2", "gamma1"]):
        student.freeze(net, names)
        net.loss(X, y)
        net.loss(X)


def probe_freeze_unknown(student, rng):
    """freeze: a name that no parameter has."""
    student.freeze(model_with(student, rng, 2, 2), ["W1", "W2"])


def probe_heads(student, rng):
    """replace_head: layers, classes, scales."""
    for depth in (1, 2, 10):
        sizes = [*rng.integers(2, 6, depth), 4]
        model = student.LeastSquaresModel(2, 2)
        model.params = {}
        model.params = {
            **{f"W{i + 1}": rng.standard_normal((sizes[i], sizes[i + 1])) for i in range(depth)},
            **{f"b{i + 1}": rng.standard_normal(sizes[i + 1]) for i in range(depth)},
        }
        for arguments in ((), (0.5,)):
            student.replace_head(model, int(rng.integers(2, 7)), rng, *arguments)
            model.params  # noqa: B018


def probe_fine_tune(student, rng):
    """fine_tune: layers to retrain, numbers of steps."""
    for retrain in (1, 2, 3):
        for normalization in NORMALIZATIONS:
            net = net_with(student, rng, [4, 5, 3, 6], normalization)
            X, y = rng.standard_normal((12, 4)), labels(rng, 12, 3)
            student.fine_tune(net, X, y, 3, retrain, 0.05, 4, 5, rng)
            net.params  # noqa: B018
            net.loss(X)


def probe_what_to_retrain(student, rng):
    """what_to_retrain: the four cases."""
    for data in ("little", "much"):
        for similarity in ("similar", "different"):
            student.what_to_retrain(data, similarity)
