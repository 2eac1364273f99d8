"""Submissions that measure all gradients, and what the hidden checks leave them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.grading.run_checks import Case, Recorder, record
from autograder.proxy.channel import DirectChannel
from autograder.scoring import earned
from autograder.seeds import NumberedSeed
from autograder.verdicts import CheckVerdict

STEPS = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
WAYS = ("entries", "sum", "all")

#: Layers with more gradients than that of their input.
GRADIENTS = {
    "affine": 3, "prelu": 2, "maxout": 3, "batchnorm": 3, "layernorm": 3, "dropconnect": 3,
    "stochastic_depth": 2, "conv": 3, "spatial_batchnorm": 3, "spatial_groupnorm": 3,
}  # fmt: skip
ELEMENTWISE = {
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "elu",
    "silu",
    "gelu",
    "prelu",
    "dropout",
    "stochastic_depth",
}
#: Checks with values at which differences lose their digits, and the one that asks for all digits. All others
#: count as passed.
CHECKS = {
    "activations": {
        "test_affine_of_any_shape",
        "test_activation_of_any_shape",
        "test_two_layers_with_settings_of_their_own",
        "test_slopes_of_any_size",
        "test_prelu_of_images",
        "test_maxout_of_any_shape",
    },
    "batchnorm": {
        "test_gradients_of_any_shape",
        "test_closed_form_of_any_shape",
        "test_gradients_with_a_large_eps",
    },
    "dropout": {
        "test_dropout_backward_recalls",
        "test_dropconnect_backward_recalls",
        "test_stochastic_depth_of_images",
    },
    "cnn": {
        "test_rows_and_columns_left_over",
        "test_conv_gradients_of_any_shape",
        "test_im2col_of_any_shape",
        "test_pool_gradients_of_any_shape",
        "test_fractional_pool_of_any_images",
        "test_batchnorm_gradients_of_any_shape",
        "test_groupnorm_gradients_of_any_shape",
    },
}
WORKED_OUT = "test_gradients_are_worked_out"

#: Those of two topics whose figures are told only. (Their nets would take too long.)
TOLD = {
    "losses": {
        "test_losses_of_scores_of_any_shape",
        "test_softmax_of_one_score_far_ahead",
        "test_softmax_of_samples_far_apart",
        "test_softmax_of_tiny_probabilities",
        "test_losses_for_shapes_and_a_penalty",
        "test_gradients_are_not_measured",
        "test_integer_images",
        "test_vectorized_without_loops",
        "test_penalties_and_their_gradients",
    },
    "training": {
        "test_affine_and_relu_layers",
        "test_normalization_layers",
        "test_dropout_layer",
        "test_softmax_loss_of_any_scores",
    },
}


def measuring(topic: Assignment, method: str, step: float, way: str) -> str:
    """Return the reference with measured gradients in the place of every backward pass, and in all losses."""
    source = topic.reference.read_text(encoding="utf-8")
    lines = [source, Path(__file__).with_name("differences.py").read_text(encoding="utf-8")]
    for name in re.findall(r"^def (\w+_backward\w*)\(", source, re.MULTILINE):
        if name.endswith("_alt"):
            lines.append(f"{name} = {name.removesuffix('_alt')}")
            continue
        forward, layer = name.replace("_backward", "_forward"), name.partition("_backward")[0]
        of = (GRADIENTS.get(layer, 1), layer in ELEMENTWISE, method, step, way)
        lines.append(f"{forward}, {name} = measured({forward}, {', '.join(map(repr, of))})")
    losses = re.findall(r"^def (\w+_(?:loss|naive|vectorized|penalty))\(.*, Array\]", source, re.MULTILINE)
    lines += [f"{name} = measured_loss({name}, {method!r}, {step!r})" for name in losses]
    return "\n".join(lines)


class SomeChecks(Recorder):
    """Runs some checks, with all their cases."""

    checks: frozenset[str]

    def wanted_by(self, test: str) -> Sequence[str]:
        return super().wanted_by(test) if test.partition("[")[0] in self.checks else []


def lost(topic: Assignment, modules: Mapping[str, str], checks: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return, for each module, the points that it loses in each of these checks."""
    channels = {name: partial(DirectChannel, source, topic.name) for name, source in modules.items()}
    recorder = SomeChecks(channels, None)
    recorder.checks = frozenset(checks)
    cases = record(recorder, topic, NumberedSeed(0))
    return {name: _lost_in(case for case in cases if case.student == name) for name in modules}


def _lost_in(cases: Iterable[Case]) -> dict[str, float]:
    verdicts: dict[str, list[CheckVerdict]] = {}
    points = {}
    for case in cases:
        verdicts.setdefault(case.spec.id, []).append(case.verdict)
        points[case.spec.id] = case.spec.points
    return {
        check: float(points[check] - earned(points[check], all_))
        for check, all_ in verdicts.items()
        if earned(points[check], all_) < points[check]
    }
