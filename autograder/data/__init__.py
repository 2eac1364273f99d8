"""Real images to learn from: small handwritten digits that ship with the package, and CIFAR-10."""

from autograder.data.cifar10 import load_cifar10
from autograder.data.dataset import Dataset, pixel_rows
from autograder.data.digits import load_digits, split_digits, turned_digits

__all__ = ["Dataset", "load_cifar10", "load_digits", "pixel_rows", "split_digits", "turned_digits"]
