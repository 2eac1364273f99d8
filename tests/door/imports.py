"""Item 1: imports of packages that are absent or forbidden, guarded and not."""

from tests.door.row import Home, row
from tests.door.work import RIGHT, begun_with, edited, line_of, losses, numpy_by, with_end, with_head

_ALL = Home(says=("60 of the 60 public points",))

_TQDM = "from tqdm import tqdm\n"
_WITH_BAR = edited(
    "LinearClassifier", "for _ in range(num_iters):", "for _ in tqdm(range(num_iters)):", _TQDM
)
_BY_PANDAS = edited(
    "color_histogram",
    "counts = np.empty((N, channels, bins))",
    "counts = np.empty((N, channels, bins)) * pd.Series([1.0]).sum()",
    "import pandas as pd\n",
)
_LOGSUMEXP = edited(
    "softmax_loss",
    "np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
    "logsumexp(shifted, axis=1, keepdims=True)",
    "from scipy.special import logsumexp\n",
)

GUARDED = [
    row(
        "cupy as np, else numpy as np",
        1,
        losses(
            numpy_by("""
            try:
                import cupy as np
            except ImportError:
                import numpy as np
        """)
        ),
        home=_ALL,
    ),
    row(
        "cupy guarded by ModuleNotFoundError",
        1,
        losses(
            with_head("""
            try:
                import cupy as xp
            except ModuleNotFoundError:
                xp = np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "cupy guarded by except Exception",
        1,
        losses(
            with_head("""
            try:
                import cupy as xp
            except Exception:
                xp = np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "cupy guarded by a bare except",
        1,
        losses(
            with_head("""
            try:
                import cupy as xp
            except:
                xp = np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "cupy guarded by a tuple of exceptions",
        1,
        losses(
            with_head("""
            try:
                import cupy as xp
            except (AttributeError, ImportError):
                xp = np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "cupy in contextlib.suppress",
        1,
        losses(
            with_head("""
            import contextlib

            xp = np
            with contextlib.suppress(ImportError):
                import cupy as xp
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "cupy by find_spec",
        1,
        losses(
            with_head("""
            import importlib.util

            if importlib.util.find_spec("cupy") is not None:
                import cupy as xp
            else:
                xp = np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "cupy by import_module, guarded",
        1,
        losses(
            with_head("""
            import importlib

            try:
                xp = importlib.import_module("cupy")
            except ImportError:
                xp = np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "cupy by __import__, guarded",
        1,
        losses(
            with_head("""
            try:
                xp = __import__("cupy")
            except ImportError:
                xp = np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "cupy guarded in an outer try",
        1,
        losses(
            with_head("""
            try:
                try:
                    import cupy as xp
                finally:
                    tried = True
            except ImportError:
                xp = np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "numba's njit, else a decorator of one's own",
        1,
        losses(
            edited(
                "relative_error",
                "def relative_error",
                "@njit\ndef relative_error",
                """
                try:
                    from numba import njit
                except ImportError:
                    def njit(function):
                        return function
                """,
            )
        ),
        home=_ALL,
    ),
    row(
        "tqdm, else no bar",
        1,
        losses(
            edited(
                "LinearClassifier",
                "for _ in range(num_iters):",
                "for _ in tqdm(range(num_iters)):",
                """
                try:
                    from tqdm import tqdm
                except ImportError:
                    def tqdm(steps):
                        return steps
                """,
            )
        ),
        home=_ALL,
    ),
    row(
        "cupy guarded within a function",
        1,
        losses(
            begun_with(
                "l2_penalty",
                """
                try:
                    import cupy as xp
                except ImportError:
                    xp = np
                W = xp.asarray(W)
                """,
            )
        ),
    ),
    row(
        "cupy in an own file whose import is guarded",
        1,
        losses(
            with_head("""
                try:
                    from on_gpu import xp
                except ImportError:
                    xp = np
                zeros = xp.zeros(3)
            """),
            on_gpu="import cupy as xp\n",
        ),
    ),
    row(
        "torch, forbidden, else None",
        1,
        losses(
            with_head("""
            try:
                import torch
            except ImportError:
                torch = None
            if torch is not None:
                torch.manual_seed(0)
        """)
        ),
        home=_ALL,
    ),
    row(
        "scipy's logsumexp, forbidden, else one's own",
        1,
        losses(
            edited(
                "softmax_loss",
                "np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
                "logsumexp(shifted, axis=1, keepdims=True)",
                """
                try:
                    from scipy.special import logsumexp
                except ImportError:
                    def logsumexp(a, axis, keepdims):
                        return np.log(np.exp(a).sum(axis=axis, keepdims=keepdims))
                """,
            )
        ),
        home=_ALL,
    ),
    row(
        "an own scipy.py beside it, guarded",
        1,
        losses(
            with_head("""
                try:
                    import scipy as sp
                except ImportError:
                    sp = np
                zeros = sp.zeros(3)
            """),
            scipy="from numpy import *\n",
        ),
    ),
]

NOT_GUARDED = [
    row("right work, nothing else", 1, losses(RIGHT), home=_ALL),
    row("seaborn imported and not used", 1, losses(with_head("import seaborn as sns\n"))),
    row("sklearn, forbidden, imported and not used", 1, losses(with_head("from sklearn import metrics\n"))),
    row(
        "torch for type hints only",
        1,
        losses(
            with_head("""
            from typing import TYPE_CHECKING

            if TYPE_CHECKING:
                import torch
        """)
        ),
    ),
    row(
        "seaborn in a try that doesn't take ImportError",
        1,
        losses(
            with_head("""
            try:
                import seaborn
            except ValueError:
                seaborn = None
        """)
        ),
    ),
    row(
        "no stand-in is found in sys.modules",
        1,
        losses(
            with_head("""
            import sys

            import cupy

            xp = cupy if "cupy" in sys.modules else np
            zeros = xp.zeros(3)
        """)
        ),
    ),
    row(
        "matplotlib, which itself tries many packages",
        1,
        losses(
            with_end("""
            import matplotlib.pyplot as plt

            plt.plot([1, 2], label="loss")
            plt.legend()
            plt.savefig("losses.png")
        """)
        ),
        home=_ALL,
    ),
    row(
        "a bar of tqdm's around the training",
        1,
        losses(_WITH_BAR),
        score=(80, 95),
        says=("the package tqdm can't be used", f"line {line_of(_WITH_BAR, 'tqdm(range')}"),
        step="take the package out: it is absent",
        home=Home(says=("tqdm", "graded")),
    ),
    row(
        "seaborn's style set at the top",
        1,
        losses(with_head("\nimport seaborn as sns\n\nsns.set_theme()\n")),
        score=0,
        says=("the package seaborn can't be used", "line 20"),
        step="take the package out: it is absent",
        home=Home(says=("seaborn",)),
    ),
    row(
        "pandas, which is installed at home",
        1,
        losses(_BY_PANDAS),
        score=(90, 96),
        says=("the package pandas can't be used", f"line {line_of(_BY_PANDAS, 'pd.Series')}"),
        step="take the package out: it is absent",
        home=Home(says=("pandas", "graded")),
    ),
    row(
        "scipy's logsumexp, forbidden",
        1,
        losses(_LOGSUMEXP),
        score=(65, 75),
        says=("scipy may not be used in this assignment",),
        step="write it without the forbidden package",
        home=Home(says=("scipy may not be used in this assignment",)),
    ),
    row(
        "scipy's logsumexp by an own scipy folder",
        1,
        {
            **losses(_LOGSUMEXP),
            "scipy/__init__.py": b"",
            "scipy/special.py": b"import numpy as np\n\n\ndef logsumexp(a, axis, keepdims):\n"
            b"    return np.log(np.exp(a).sum(axis=axis, keepdims=keepdims))\n",
        },
        score=(65, 75),
        says=("scipy may not be used in this assignment",),
        step="write it without the forbidden package",
    ),
]
