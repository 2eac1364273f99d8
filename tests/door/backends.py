"""Item 4: Matplotlib's back ends that a machine without a screen does not have."""

from tests.door.row import row
from tests.door.work import losses, with_head

_PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n"


def _uses(backend: str) -> str:
    return with_head(f"import matplotlib\nmatplotlib.use('{backend}')\n{_PLOT}")


ROWS = [
    *(
        row(f"matplotlib.use({name!r})", 4, losses(_uses(name)))
        for name in ("TkAgg", "QtAgg", "Qt5Agg", "MacOSX", "nbAgg", "WebAgg", "GTK3Agg")
    ),
    row(
        "matplotlib.use, forced",
        4,
        losses(with_head(f"import matplotlib as m\nm.use('TkAgg', force=True)\n{_PLOT}")),
    ),
    row(
        "plt.switch_backend('TkAgg')",
        4,
        losses(with_head(f"import matplotlib.pyplot as plt\nplt.switch_backend('TkAgg')\n{_PLOT}")),
    ),
    row(
        "the back end by rcParams",
        4,
        losses(with_head(f"import matplotlib\nmatplotlib.rcParams['backend'] = 'QtAgg'\n{_PLOT}")),
    ),
    row(
        "the back end by MPLBACKEND",
        4,
        losses(with_head(f"import os\nos.environ['MPLBACKEND'] = 'TkAgg'\n{_PLOT}")),
    ),
    row("the inline back end of notebooks", 4, losses(_uses("module://matplotlib_inline.backend_inline"))),
    row("plt.ion() and plt.pause()", 4, losses(with_head(f"{_PLOT}plt.ion()\nplt.pause(0.001)\n"))),
]
