"""Item 12: files of the student's own that the module imports."""

from tests.door.row import Home, row
from tests.door.work import begun_with, edited, losses, with_head

_CLIP = "def clip(x):\n    return x\n"
_USES = edited(
    "l2_penalty", "strength * np.sum(W**2)", "strength * np.sum(clip(W) ** 2)", "from helpers import clip\n"
)
_BROKEN = "import numpy as np\n\n\ndef clip(x:\n    return x\n"

ROWS = [
    row("a helper handed in", 12, losses(_USES, helpers=_CLIP), notes=("helpers.py",)),
    row(
        "a helper left behind",
        12,
        losses(_USES),
        score=(85, 96),
        says=("your file helpers.py was not handed in",),
        never=("package",),
        step="hand in the helper too",
    ),
    row(
        "all of a helper left behind, used at the top",
        12,
        losses(with_head("import my_utils\n\nSEED = my_utils.seed()\n")),
        score=0,
        says=("your file my_utils.py was not handed in",),
        never=("package",),
        step="hand in the helper too",
    ),
    row("a helper left behind and not used", 12, losses(with_head("import helpers\n"))),
    row(
        "a helper left behind, guarded",
        12,
        losses(
            with_head(
                "try:\n    from helpers import clip\nexcept ImportError:\n    clip = np.asarray\nclip(1)\n"
            )
        ),
    ),
    row(
        "a helper in a folder",
        12,
        {**losses(_USES.replace("from helpers", "from utils.helpers")), "utils/helpers.py": _CLIP.encode()},
    ),
    row(
        "a helper of a folder left behind",
        12,
        losses(_USES.replace("from helpers", "from utils.helpers")),
        score=(85, 96),
        says=("utils", "not handed in"),
        never=("package",),
        step="hand in the helper too",
    ),
    row(
        "a helper that lies in another folder",
        12,
        {"src/losses.py": _USES.encode(), "lib/helpers.py": _CLIP.encode()},
        score=(85, 96),
        says=("helpers.py", "lib"),
        never=("not handed in",),
        step="put the helper beside losses.py",
    ),
    row(
        "an earlier topic's module, not handed in",
        12,
        losses(begun_with("l2_penalty", "from activations import relu_forward\nrelu_forward(W)")),
        score=(85, 96),
        says=("activations.py",),
        never=("package",),
        step="do without the other topic's module",
    ),
    row(
        "a helper that is no Python",
        12,
        losses(_USES, helpers=_BROKEN),
        score=0,
        says=("helpers.py", "line 4"),
        step="mend the helper",
    ),
    row(
        "a helper that uses a package that is absent",
        12,
        losses(_USES, helpers="import pandas as pd\n\n\ndef clip(x):\n    return pd.Series(x)\n"),
        score=(85, 96),
        says=("the package pandas can't be used", "helpers.py"),
        step="take the package out: it is absent",
    ),
    row(
        "a relative import",
        12,
        losses(_USES.replace("from helpers", "from .helpers"), helpers=_CLIP),
        score=0,
        says=("without the dot", "line"),
        step="import the helper by its name",
    ),
    row(
        "data left behind",
        12,
        losses(with_head("table = np.load('table.npy')\n")),
        score=0,
        says=("table.npy is not there", "hand it in", "line"),
        step="do without the data",
    ),
    row(
        "a helper named like NumPy",
        12,
        losses(with_head(""), numpy="raise SystemExit\n"),
        home=Home(says=("60 of the 60 public points",)),
    ),
]
