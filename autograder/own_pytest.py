"""The pytest that runs checks, at home and when grading: with our own settings, and nobody else's."""

from pathlib import Path

#: Plugins of pytest's own that write files or reports, catch what is logged here (never what the student's
#: code logs), or collect garbage after every test. Those that checks may use (monkeypatch, tmp_path, recwarn,
#: capsys) stay.
_UNUSED_PLUGINS = (
    "cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "legacypath", "logging",
    "pastebin", "setuponly", "setupplan", "stepwise", "terminal", "threadexception", "unraisableexception",
)  # fmt: skip


def own_settings(folder: Path) -> list[str]:
    """Return pytest's options for checks in a folder.

    The variables PYTEST_ADDOPTS and PYTEST_PLUGINS must not be set beside them.
    """
    return [
        *("-c", str(Path(__file__).with_name("own_pytest.ini"))),
        *("--rootdir", str(folder)),
        "--import-mode=importlib",
        *(f"-pno:{name}" for name in _UNUSED_PLUGINS),
    ]
