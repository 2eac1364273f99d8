"""The digits that ship with the package, and the split that cannot be looked up."""

import numpy as np
import pytest
from sklearn import datasets
from sklearn.linear_model import RidgeClassifier

from autograder.data import load_digits, pixel_rows, split_digits, turned_digits


def test_digits_are_those_of_scikit_learn():
    ours, theirs = load_digits(), datasets.load_digits()
    np.testing.assert_array_equal(ours.images * 16, theirs.images)
    np.testing.assert_array_equal(ours.labels, theirs.target)
    assert (ours.images.dtype, ours.images.shape) == (np.float64, (1797, 8, 8))
    assert (ours.images.min(), ours.images.max()) == (0, 1)


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def nearest(images):
    """Index of the published digit closest to each image."""
    published = load_digits().images.reshape(1797, -1)
    flat = images.reshape(len(images), -1)
    distances = (published**2).sum(axis=1) - 2 * flat @ published.T
    return distances.argmin(axis=1)


def test_split_holds_every_digit_once_and_keeps_classes_together(rng):
    train, held_out = split_digits(rng)
    assert (len(train.images), len(held_out.images)) == (1500, 297)
    origin = nearest(np.concatenate([train.images, held_out.images]))
    assert sorted(origin) == list(range(1797))
    pairs = set(
        zip(load_digits().labels[origin], np.concatenate([train.labels, held_out.labels]), strict=True)
    )
    assert len(pairs) == 10
    assert len({old for old, _ in pairs}) == len({new for _, new in pairs}) == 10


def test_split_shuffles_renames_and_blurs_both_parts(rng):
    for part in split_digits(rng):
        origin = nearest(part.images)
        assert (np.diff(origin) != 1).mean() > 0.9
        assert (load_digits().labels[origin] != part.labels).mean() > 0.5
        assert (load_digits().images[origin] != part.images).any(axis=(1, 2)).all()
        assert (part.images.min(), part.images.max()) == (0, 1)


def test_split_depends_on_the_generator_alone():
    same = [split_digits(np.random.default_rng(1))[1] for _ in range(2)]
    np.testing.assert_array_equal(same[0].images, same[1].images)
    np.testing.assert_array_equal(same[0].labels, same[1].labels)
    other = split_digits(np.random.default_rng(2))[1]
    assert (other.labels != same[0].labels).any()
    assert (other.images != same[0].images).any()


def test_split_takes_the_sizes_asked_for(rng):
    train, held_out = split_digits(rng, held_out=1747, noise=0)
    assert (len(train.labels), len(held_out.labels)) == (50, 1747)
    np.testing.assert_array_equal(train.images, load_digits().images[nearest(train.images)])


@pytest.mark.parametrize("draw", [split_digits, turned_digits])
def test_a_generator_that_is_handed_over_later_tells_nothing_of_the_draw(draw):
    rng, untouched = np.random.default_rng(3), np.random.default_rng(3)
    draw(rng)
    assert rng.bit_generator.state == untouched.bit_generator.state


@pytest.fixture
def plain_and_turned():
    """The same digits as they are and turned, training and held-out ones together."""
    found = []
    for draw in (split_digits, turned_digits):
        parts = draw(np.random.default_rng(4))
        rows = np.concatenate([pixel_rows(part.images) for part in parts])
        found.append((rows, np.concatenate([part.labels for part in parts])))
    return found


def test_turned_digits_are_the_same_but_for_one_orthogonal_matrix(plain_and_turned):
    (plain, labels), (turned, same) = plain_and_turned
    np.testing.assert_array_equal(same, labels)
    angles = [(rows - 0.5) @ (rows - 0.5).T for rows in (plain, turned)]
    np.testing.assert_allclose(angles[1], angles[0], atol=1e-10)


def test_who_knows_the_published_digits_recognises_none_of_the_turned_ones(plain_and_turned):
    (plain, labels), (turned, _) = plain_and_turned
    published = load_digits().labels
    names = dict(zip(published[nearest(plain)], labels, strict=True))
    shares = [
        np.mean([names[digit] for digit in published[nearest(rows)]] == labels) for rows in (plain, turned)
    ]
    assert shares[0] == 1
    assert shares[1] < 0.2


def test_turned_digits_are_as_easy_to_learn():
    shares = []
    for draw in (split_digits, turned_digits):
        train, held_out = draw(np.random.default_rng(7))
        model = RidgeClassifier().fit(pixel_rows(train.images, -0.5, 0.5), train.labels)
        shares.append(model.score(pixel_rows(held_out.images, -0.5, 0.5), held_out.labels))
    assert shares[0] > 0.9
    assert shares[1] == pytest.approx(shares[0], abs=0.01)


@pytest.mark.parametrize(
    ("scale", "black", "white"), [((), 0, 1), ((-1, 1), -1, 1), ((-0.5, 0.5), -0.5, 0.5)]
)
def test_pixel_rows_keep_the_order_and_move_black_and_white(scale, black, white):
    images = np.zeros((2, 3, 4))
    images[1, 2, 0] = 1
    rows = pixel_rows(images, *scale)
    assert rows.shape == (2, 12)
    assert rows[1, 8] == white
    assert (np.delete(rows.ravel(), 12 + 8) == black).all()
