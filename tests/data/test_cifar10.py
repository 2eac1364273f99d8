"""CIFAR-10's own batches: read as they are, and never trusted."""

import os
import pickle

import numpy as np
import pytest

from autograder.data import load_cifar10
from autograder.errors import UserError

BATCHES = [*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"]


def batch(rng, size=4):
    return {
        b"batch_label": b"a small batch",
        b"data": rng.integers(0, 256, (size, 3072), dtype=np.uint8),
        b"labels": rng.integers(0, 10, size).tolist(),
        b"filenames": [b"image.png"] * size,
    }


@pytest.fixture
def batches(tmp_path):
    """Six batches as the archive has them: pickles that name NumPy's old home."""
    rng = np.random.default_rng(0)
    contents = [batch(rng) for _ in BATCHES]
    for name, content in zip(BATCHES, contents, strict=True):
        raw = pickle.dumps(content, protocol=3).replace(b"numpy._core.multiarray", b"numpy.core.multiarray")
        (tmp_path / name).write_bytes(raw)
    return contents


def test_reads_all_batches_in_order(tmp_path, batches):
    train, test = load_cifar10(tmp_path)
    assert (train.images.shape, test.images.shape) == ((20, 3, 32, 32), (4, 3, 32, 32))
    assert train.images.dtype == np.uint8
    assert train.labels.tolist() == [label for content in batches[:5] for label in content[b"labels"]]
    # A row is 1024 red values, then green, then blue, each row by row.
    np.testing.assert_array_equal(test.images[1, 2, 3], batches[5][b"data"][1, 2048 + 96 : 2048 + 128])
    np.testing.assert_array_equal(train.images[8], batches[2][b"data"][0].reshape(3, 32, 32))


def test_reads_batches_written_by_a_newer_numpy(tmp_path, batches):
    (tmp_path / "test_batch").write_bytes(pickle.dumps(batches[0], protocol=4))
    assert load_cifar10(str(tmp_path))[1].labels.tolist() == batches[0][b"labels"]


class Trap:
    def __reduce__(self):
        return os.mkdir, ("trapped",)


@pytest.mark.usefixtures("batches")
def test_runs_nothing_that_a_pickle_asks_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data_batch_3").write_bytes(pickle.dumps({b"data": Trap(), b"labels": []}))
    with pytest.raises(UserError, match=r"data_batch_3 is not a batch of CIFAR-10: it asks for .*mkdir"):
        load_cifar10(tmp_path)
    assert not (tmp_path / "trapped").exists()


@pytest.mark.usefixtures("batches")
def test_names_the_batch_that_is_missing(tmp_path):
    (tmp_path / "data_batch_4").unlink()
    with pytest.raises(UserError, match=r"data_batch_4 .*cifar-10-batches-py"):
        load_cifar10(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content.pop(b"labels"), id="no labels"),
        pytest.param(lambda content: content[b"labels"].pop(), id="a label too few"),
        pytest.param(lambda content: content.update({b"data": np.zeros((4, 3072))}), id="not bytes"),
        pytest.param(lambda content: content.update({b"data": np.zeros((4, 9), np.uint8)}), id="too small"),
        pytest.param(
            lambda content: content.update({b"labels": [0.5] * 4}), id="labels that are not integers"
        ),
    ],
)
def test_refuses_what_is_not_a_batch(tmp_path, batches, damage):
    damage(batches[5])
    (tmp_path / "test_batch").write_bytes(pickle.dumps(batches[5], protocol=3))
    with pytest.raises(UserError, match="test_batch is not a batch"):
        load_cifar10(tmp_path)


@pytest.mark.usefixtures("batches")
@pytest.mark.parametrize("content", [b"", b"not a pickle", pickle.dumps([1, 2])])
def test_refuses_files_of_another_kind(tmp_path, content):
    (tmp_path / "data_batch_1").write_bytes(content)
    with pytest.raises(UserError, match="data_batch_1 is not a batch"):
        load_cifar10(tmp_path)
