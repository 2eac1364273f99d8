"""Item 17: state that is shared where each should have its own; in the topic `training`."""

from tests.door.row import Row, row
from tests.door.work import reference

_TRAINING = reference("training")
_HISTORIES = """\
        self.loss_history: list[float] = []
        self.train_acc_history: list[float] = []
        self.val_acc_history: list[float] = []
"""
_CONFIGS = "configs = {name: dict(self.optim_config) for name in self.model.params}"
_DECAY = "for config in configs.values():"
_INIT = "    def __init__("
_RULE = "self.update_rule(w, gradient, configs[name])"
_GIVEN = '{"learning_rate": 1e-2} if optim_config is None else optim_config'
_LAST = "        self.model.params = self.best_params\n"


def _solver(what: str, *changes: tuple[str, str], step: str) -> Row:
    """A Solver with another text in these places."""
    return _changed(what, "Solver", *changes, step=step)


def _changed(what: str, name: str, *changes: tuple[str, str], step: str) -> Row:
    text = _TRAINING.text_of(name)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    source = _TRAINING.with_parts({name: text}, preamble="")
    return row(what, 17, {"training.py": source.encode()}, topic="training", score=(0, 99), step=step)


ROWS = [
    row("right work in training", 17, {"training.py": _TRAINING.source.encode()}, topic="training"),
    _solver(
        "one optim_config for all parameters",
        (_CONFIGS, "configs = dict.fromkeys(self.model.params, dict(self.optim_config))"),
        (_DECAY, "for config in {id(config): config for config in configs.values()}.values():"),
        step="give each parameter a config of its own",
    ),
    _solver(
        "a rule's state in place is lost",
        (
            "self.update_rule(w, gradient, configs[name])",
            "self.update_rule(w, gradient, dict(configs[name]))",
        ),
        ("self.model.params[name], configs[name] = ", "self.model.params[name], _ = "),
        step="keep what the rule returns",
    ),
    _solver(
        "histories shared by all solvers",
        (_HISTORIES, ""),
        (
            _INIT,
            "    loss_history, train_acc_history, val_acc_history = [], [], []\n\n    def __init__(",
        ),
        step="give each solver histories of its own",
    ),
    _solver(
        "the default optim_config shared by all solvers",
        (_INIT, '    default = {"learning_rate": 1e-2}\n\n    def __init__('),
        (_GIVEN, "self.default if optim_config is None else dict(optim_config)"),
        (
            _LAST,
            _LAST + '        self.optim_config["learning_rate"] *= self.lr_decay**self.num_epochs\n',
        ),
        step="leave the default alone",
    ),
    _solver(
        "the best parameters are the model's own arrays",
        ("{name: value.copy() for name, value in self.model.params.items()}", "dict(self.model.params)"),
        (
            f"self.model.params[name], configs[name] = {_RULE}",
            f"after, configs[name] = {_RULE}\n            w[...] = after",
        ),
        step="copy the best parameters",
    ),
    _changed(
        "running statistics shared by all layers",
        "FullyConnectedNet",
        ("[{} for _ in sizes]", "[{}] * len(sizes)"),
        step="give each layer running statistics of its own",
    ),
    _changed(
        "running statistics shared by all nets",
        "FullyConnectedNet",
        ("        self.norm_params: list[Settings] = [{} for _ in sizes]\n", ""),
        (_INIT, "    norm_params = [{} for _ in range(9)]\n\n    def __init__("),
        step="give each net running statistics of its own",
    ),
]
