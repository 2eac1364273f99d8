"""Matplotlib without a screen: what would open a window draws into memory instead, as `Agg` does."""

from functools import wraps
from typing import Any

#: Back ends that need no screen and no further package.
_DRAWING = {"agg", "pdf", "pgf", "ps", "svg", "template"}
#: Names by which other packages add theirs, those of notebooks above all.
_ADDED = {"inline", "ipympl", "widget"}


def draw_without_screen() -> None:
    """Have Matplotlib use `Agg` wherever it is told to use a back end that can't be there."""
    from matplotlib import RcParams, pyplot, rcsetup

    validate, switch = rcsetup.validate_backend, pyplot.switch_backend

    @wraps(validate)
    def there(backend: Any) -> Any:
        if not isinstance(backend, str):
            return validate(backend)
        if backend.startswith("module://") or backend.lower() in _ADDED:
            return "agg"
        return backend if validate(backend).lower() in _DRAWING else "agg"

    @wraps(switch)
    def switch_backend(newbackend: Any) -> None:
        switch(there(newbackend))

    vars(rcsetup)["validate_backend"] = there
    RcParams.validate["backend"] = there
    vars(pyplot)["switch_backend"] = switch_backend
