"""All operations of the benchmark."""

from tests.benchmarks.gradients.operation import Operation
from tests.benchmarks.gradients.operations import activations, images, linear, losses, noise, normalization

OPERATIONS: tuple[Operation, ...] = (
    *linear.OPERATIONS,
    *activations.OPERATIONS,
    *normalization.OPERATIONS,
    *noise.OPERATIONS,
    *images.OPERATIONS,
    *losses.OPERATIONS,
)
