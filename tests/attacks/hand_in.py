"""What an attack hands in: `attacked.py`, and its accomplice where it has one."""

import shutil
from pathlib import Path

HERE = Path(__file__).parent
_ACCOMPLICE = HERE / "beside" / "accomplice.py"


def write_hand_in(folder: Path, source: str) -> None:
    """Write the files of a submission into a folder that is there."""
    (folder / "attacked.py").write_text(source)
    if f"from {_ACCOMPLICE.stem} import" in source:
        shutil.copy(_ACCOMPLICE, folder)
