"""Random orthogonal matrices are those of Haar's measure."""

import numpy as np
import pytest
from scipy import stats

from autograder.data.orthogonal import random_orthogonal


@pytest.mark.parametrize("size", [1, 2, 7, 64])
def test_it_is_orthogonal(size: int) -> None:
    found = random_orthogonal(size, np.random.default_rng(size))
    np.testing.assert_allclose(found @ found.T, np.eye(size), atol=1e-12)


def test_none_is_likelier_than_others() -> None:
    """Corners and traces are distributed as SciPy's are; without the signs of R they lean to one side."""
    rng = np.random.default_rng(8)
    ours = np.stack([random_orthogonal(3, rng) for _ in range(2000)])
    theirs = stats.ortho_group.rvs(3, size=2000, random_state=9)
    for one, other in [
        (ours[:, 0, 0], theirs[:, 0, 0]),
        (np.einsum("nii->n", ours), np.einsum("nii->n", theirs)),
    ]:
        assert stats.ks_2samp(one, other).pvalue > 1e-3
