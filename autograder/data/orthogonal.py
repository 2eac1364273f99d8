"""Random orthogonal matrices, which turn and mirror a space."""

import numpy as np
from numpy.typing import NDArray


def random_orthogonal(size: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return an orthogonal matrix (size, size), all of them equally likely (Haar's measure).

    It is the Q of a normal matrix, made unique by a positive diagonal of R.

    Source: Mezzadri, "How to generate random matrices from the classical compact groups" (2007).
    """
    q, r = np.linalg.qr(rng.standard_normal((size, size)))
    turn: NDArray[np.float64] = q * np.sign(np.diagonal(r))
    return turn
