"""Item 2: environments, data and caches that came along with right work."""

from tests.door.row import Files, row, unreadable
from tests.door.work import RIGHT, losses, zipped

_MB = 2**20
#: No file of a folder or zip has to be read to the end to see that it is nothing of the topic's.
_IMAGE = b"\x89PNG\r\n\x1a\n"


def _environment(folder: str, files: int = 1200) -> Files:
    """A virtual environment, with a package in it that has a module of the topic's name."""
    packages = f"{folder}/lib/python3.12/site-packages"
    return {
        f"{folder}/pyvenv.cfg": b"home = /usr/bin\n",
        f"{folder}/bin/python": b"\x7fELF",
        f"{packages}/keras/losses.py": b"raise SystemExit('not the student')\n",
        **{f"{packages}/package{i % 40}/module{i}.py": b"x = 1\n" for i in range(files)},
    }


def _images() -> Files:
    return {f"images/{i:04}.png": _IMAGE for i in range(1100)}


def _data() -> Files:
    return {f"data/batch_{i}.npy": bytes(9 * _MB) for i in range(6)}


ROWS = [
    row("a folder .venv", 2, lambda: {**losses(), **_environment(".venv")}),
    row("a folder by the name of venv", 2, lambda: {**losses(), **_environment("venv")}),
    row("an environment by the name of myenv", 2, lambda: {**losses(), **_environment("myenv")}),
    row("a folder venv, in a zip", 2, lambda: {"losses.zip": zipped({**losses(), **_environment("venv")})}),
    row(
        "a folder venv above the work, with keras/losses.py in it",
        2,
        lambda: {"hw/week/one/part/two/code/losses.py": RIGHT.encode(), **_environment("hw/venv", 5)},
    ),
    row("a folder .git", 2, lambda: {**losses(), **{f".git/objects/{i:04x}": b"x" for i in range(1200)}}),
    row(
        "a folder node_modules",
        2,
        lambda: {**losses(), **{f"node_modules/p{i}/index.js": b"1" for i in range(1200)}},
    ),
    row(
        "a folder __pycache__",
        2,
        lambda: {**losses(), **{f"__pycache__/losses.{i}.pyc": b"\xa7\r\r\n" for i in range(1200)}},
    ),
    row("1,100 images", 2, lambda: {**losses(), **_images()}),
    row("1,100 images, in a zip", 2, lambda: {"hw.zip": zipped({**losses(), **_images()})}),
    row("six times 9 MB of data", 2, lambda: {**losses(), **_data()}),
    row("six times 9 MB of data, in a zip", 2, lambda: {"hw.zip": zipped({**losses(), **_data()})}),
    row("a file of 64 MB", 2, lambda: {**losses(), "model.pkl": bytes(64 * _MB)}),
    row("forty small modules of its own", 2, losses(**{f"part{i}": "x = 1\n" for i in range(40)})),
    row(
        "what notebooks and editors keep",
        2,
        {
            **losses(),
            ".ipynb_checkpoints/losses-checkpoint.py": b"raise SystemExit\n",
            ".ipynb_checkpoints/losses.py": b"raise SystemExit\n",
            ".vscode/settings.json": b"{}",
            "losses.py~": b"raise SystemExit\n",
            "#losses.py#": b"raise SystemExit\n",
            ".DS_Store": b"\0\0\0\1Bud1",
            "Thumbs.db": b"\xd0\xcf",
            "desktop.ini": b"[.ShellClassInfo]",
        },
    ),
    row(
        "a bomb beside right work, in a zip",
        2,
        lambda: {"hw.zip": zipped({**losses(), "bomb.py": bytes(64 * _MB)})},
        says=("bomb.py",),
    ),
    unreadable(
        "a module of 11 MB",
        2,
        lambda: losses(RIGHT + "#" * (11 * _MB)),
        says=("losses.py", "larger than 10 MB"),
        step="hand in a smaller losses.py",
    ),
    unreadable(
        "10,000 modules",
        2,
        lambda: {"hw.zip": zipped(losses(**{f"m{i}": "" for i in range(10_000)}))},
        says=("more than",),
        step="hand in less",
    ),
]
