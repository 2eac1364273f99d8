"""The notebook of `training`, where the files of CIFAR-10 lie beside it."""

import pickle
import re
from pathlib import Path

import numpy as np
import pytest

from .running import execute, pictures_and_text, solve, students_folder

pytestmark = pytest.mark.unmeasured


def write_cifar10(folder: Path) -> None:
    """Files of CIFAR-10's format, with images that tell their class by a patch of colour."""
    folder.mkdir()
    rng = np.random.default_rng(0)
    for name in (*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"):
        labels = rng.integers(10, size=60)
        images = rng.integers(100, 156, (60, 3, 32, 32))
        for image, label in zip(images, labels, strict=True):
            image[label % 3, 3 * label : 3 * label + 3] = 255
        content = {b"data": images.astype(np.uint8).reshape(60, -1), b"labels": labels.tolist()}
        (folder / name).write_bytes(pickle.dumps(content))


@pytest.mark.long
def test_it_runs_from_top_to_bottom_with_the_reference(tmp_path: Path):
    folder = students_folder("training", tmp_path)
    solve(folder)
    write_cifar10(folder / "cifar-10-batches-py")
    pictures, printed = pictures_and_text(execute(folder))
    assert pictures >= 11
    assert "50 images by heart: 100%" in printed
    assert printed.count("reached") == 2
    assert re.search(r"(?<![\d.])([\d.]+) of the \1 public points", printed)
