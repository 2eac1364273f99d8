"""What `autograder check` says of packages that are there at home, and not when the work is graded."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.home.absent import absent_when_graded

USES = "\ntqdm.tqdm([])\n"


def found(folder: Path, source: str, **beside: str) -> list[tuple[str, str, int]]:
    for name, text in {"work": source, **beside}.items():
        (folder / f"{name}.py").write_text(text)
    return [tuple(absent) for absent in absent_when_graded(folder / "work.py")]


@pytest.mark.parametrize(
    "source",
    [
        f"import tqdm{USES}",
        "from tqdm import tqdm\n\ndef f():\n    return tqdm([])\n",
        "import tqdm.auto as bars\nbars.tqdm([])\n",
        "from tqdm import *\n",
        f"try:\n    import tqdm\nexcept ValueError:\n    pass{USES}",
        f"try:\n    import tqdm\nexcept ImportError:\n    raise SystemExit('install tqdm'){USES}",
    ],
)
def test_a_package_that_is_used_and_not_guarded(tmp_path: Path, source: str) -> None:
    ((package, file, _),) = found(tmp_path, source)
    assert (package, file) == ("tqdm", "work.py")


@pytest.mark.parametrize(
    "source",
    [
        "import tqdm\n",
        f"try:\n    import tqdm\nexcept ImportError:\n    tqdm = None{USES}",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import tqdm\ndef f(x: tqdm.tqdm): pass\n",
        "import json\nimport numpy as np\nimport PIL.Image\njson.dumps(np.pi)\nPIL.Image.new\n",
        "from . import tqdm\ntqdm.tqdm([])\n",
        "FORBIDDEN = ('torch',)\nimport torch\ntorch.nn\n",
        "this is no Python",
    ],
)
def test_nothing_is_said_where_nothing_will_be_lost(tmp_path: Path, source: str) -> None:
    assert found(tmp_path, source) == []


def test_what_lies_beside_the_module_is_looked_at_where_it_is_imported(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "deeper.py").write_text("import torch\ntorch.nn\n")
    (tmp_path / "more" / "deep.py").write_text(
        "import pandas\npandas.Series()\nimport work\nfrom more import deeper\ndeeper.x\n"
    )
    said = found(
        tmp_path,
        "import mine\nmine.x\n",
        mine=f"import tqdm, more.deep{USES}",
        unused="import wx\nwx.App()\n",
    )
    assert said == [("pandas", "deep.py", 1), ("torch", "deeper.py", 1), ("tqdm", "mine.py", 1)]


def test_it_is_printed_below_the_points(tmp_path: Path) -> None:
    (tmp_path / "test_work.py").write_text(
        'import pytest\n\n@pytest.mark.points(1)\ndef test_it(student):\n    """It"""\n    student.it()\n'
    )
    (tmp_path / "work.py").write_text("import scipy\n\ndef it():\n    return scipy.__version__\n")
    command = [sys.executable, "-m", "autograder", "check", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    _, _, below = " ".join(ran.stdout.split()).partition("1 of the 1 public points")
    assert "work.py, line 1: the package scipy is not there when your work is graded" in below
