"""Reading takes a bounded time and room, whatever is handed in: the command itself does it too."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.submissions.costly import COSTLY

pytestmark = pytest.mark.unmeasured

#: CPU seconds, on a busy machine too, and megabytes.
MOST_SECONDS, MOST_MEGABYTES = 15.0, 400
#: `make test` runs these, `make test-long` the others too, most of which take long to write.
SAMPLE = {
    "tar_of_a_long_name",
    "zip_of_deep_names",
    "zip_of_empty_extras",
    "zip_that_shares_its_content",
}
SCRIPT = """
import resource, sys, time
from pathlib import Path
from autograder.submissions import read_submission
before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
read_submission(Path(sys.argv[1]), "attacked")
taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
print(time.process_time() - started, taken)
"""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in SAMPLE else [pytest.mark.long]) for name in COSTLY]
)
def test_reading_takes_bounded_time_and_room(name: str, tmp_path: Path) -> None:
    path = COSTLY[name](tmp_path / "ada")
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, check=True
    )
    seconds, megabytes = map(float, said.stdout.split())
    print(f"{name}: {path.stat().st_size} bytes, {seconds:.1f} s, {megabytes:.0f} MB")
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES
