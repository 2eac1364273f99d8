"""Hostile submissions that are more than one Python file: links, archives, special files, names."""

import io
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.submissions.costly import COSTLY

Builder = Callable[[Path, str, Path], None]

#: By name; each is given where the submission goes (without ending), a right module's text, and the folder
#: with what must stay untouched.
SPECIAL: dict[str, Builder] = {}

#: Leaves a mark where nothing of a submission's may run.
INTRUDER = "open({mark!r}, 'w').write('an intruder ran here')\nprint('BREACH: {what} ran')\n"


#: Reads what links beside it would lead to.
READER = """
for name in ("secret.txt", "folder/secret.txt"):
    try:
        print("BREACH:", open(__file__.replace("attacked.py", name)).read())
    except OSError:
        pass
"""


def special(builder: Builder) -> Builder:
    SPECIAL[f"special-{builder.__name__.strip('_').replace('_', '-')}"] = builder
    return builder


def intruder(canary: Path, what: str) -> str:
    return INTRUDER.format(mark=str(canary / "open" / "intruder"), what=what)


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


@special
def link_to_the_solution(where: Path, right: str, canary: Path) -> None:
    """The module is a link to the reference."""
    where.mkdir()
    (where / "attacked.py").symlink_to(canary / "reference.py")


@special
def link_to_a_secret_beside_the_module(where: Path, right: str, canary: Path) -> None:
    """Links to files and folders out of reach, for the module to read."""
    write(where, {"attacked.py": READER})
    (where / "secret.txt").symlink_to(canary / "secret.txt")
    (where / "folder").symlink_to(canary)


@special
def folder_that_is_a_link(where: Path, right: str, canary: Path) -> None:
    """The submission is a link to the folder of the reference."""
    where.symlink_to(canary)


@special
def module_that_is_a_pipe(where: Path, right: str, canary: Path) -> None:
    """Who opens the module waits for ever."""
    where.mkdir()
    os.mkfifo(where / "attacked.py")


@special
def module_that_is_a_folder(where: Path, right: str, canary: Path) -> None:
    """The module is a folder."""
    (where / "attacked.py").mkdir(parents=True)


@special
def pipes_and_devices_beside_the_module(where: Path, right: str, canary: Path) -> None:
    """Special files beside a module that does nothing; who reads them waits for ever, or reads a disk."""
    write(where, {"attacked.py": "import helper\n"})
    os.mkfifo(where / "helper.py")
    if os.geteuid() == 0:
        os.mknod(where / "device.py", 0o600 | stat.S_IFCHR, os.makedev(1, 5))


@special
def files_that_configure_pytest(where: Path, right: str, canary: Path) -> None:
    """Files that pytest would read or run if it took notice of the submission's folder."""
    names = (
        "conftest.py",
        "test_attacked.py",
        "sitecustomize.py",
        "usercustomize.py",
        "pytest_plugin.py",
        "setup.py",
    )
    files = {name: intruder(canary, name) for name in names}
    configured = "[pytest]\naddopts = -p pytest_plugin\n"
    files |= dict.fromkeys(("pytest.ini", "tox.ini", "setup.cfg", ".pytest.ini"), configured)
    files["pyproject.toml"] = "[tool.pytest.ini_options]\naddopts = '-p pytest_plugin'\n"
    write(where, {"attacked.py": "def mean(x):\n    return 0.0\n", **files})


@special
def modules_that_shadow_libraries(where: Path, right: str, canary: Path) -> None:
    """Modules named like the standard library's, NumPy's, the grader's and the wire's."""
    names = (
        "numpy",
        "random",
        "os",
        "json",
        "msgpack",
        "inside",
        "encodings",
        "re",
        "typing",
        "autograder",
        "pytest",
        "socket",
    )
    write(
        where,
        {
            "attacked.py": "import json, random, re, socket, numpy as np\n\ndef mean(x):\n    return 0.0\n",
            **{f"{name}.py": intruder(canary, name) for name in names},
            "numpy/__init__.py": intruder(canary, "numpy"),
            "inside/loop.py": intruder(canary, "inside.loop"),
        },
    )


@special
def paths_that_python_runs(where: Path, right: str, canary: Path) -> None:
    """Files with lines that Python runs when it finds them in a folder of packages, and old byte code."""
    write(
        where,
        {
            "attacked.py": "def mean(x):\n    return 0.0\n",
            "attack.pth": f"import os; open({str(canary / 'open' / 'pth')!r}, 'w')\n",
            "__pycache__/attacked.cpython-311.pyc": b"\xa7\r\r\n" + bytes(200),
            "attacked.pyc": b"\xa7\r\r\n" + bytes(200),
            "__main__.py": intruder(canary, "__main__"),
            "__init__.py": intruder(canary, "__init__"),
        },
    )


@special
def ten_thousand_files(where: Path, right: str, canary: Path) -> None:
    """More modules than anybody would want to read."""
    write(where, {"attacked.py": right})
    (where / "many").mkdir()
    for i in range(10_050):
        os.close(os.open(where / "many" / f"m{i}.py", os.O_CREAT | os.O_WRONLY))


@special
def folders_in_folders(where: Path, right: str, canary: Path) -> None:
    """Folders deeper than recursion goes, around a second module."""
    write(where, {"attacked.py": "def mean(x):\n    return 0.0\n"})
    inner = os.open(where, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=inner)
        deeper = os.open("d", os.O_RDONLY, dir_fd=inner)
        os.close(inner)
        inner = deeper
    os.close(inner)


@special
def names_with_control_characters(where: Path, right: str, canary: Path) -> None:
    """Names that would move the cursor of whoever lists them, and one that is no text."""
    write(
        where,
        {"attacked.py": "def mean(x):\n    return 0.0\n", "\x1b[2Jgone\r\n.py": "x", "a\u202eyp.b": "x"},
    )
    Path(os.fsdecode(os.fsencode(where) + b"/\xff\xfe.py")).write_bytes(b"x")


@special
def large_module(where: Path, right: str, canary: Path) -> None:
    """A module of more bytes than is allowed."""
    write(where, {"attacked.py": right + "#" * (11 * 2**20)})


@special
def module_that_compiles_for_ever(where: Path, right: str, canary: Path) -> None:
    """Source that is small, and takes the compiler all memory."""
    write(
        where,
        {
            "attacked.py": "x = "
            + "(" * 150
            + "1,".join(["9**9**9,"] * 40)
            + ")" * 150
            + "\ny = "
            + "-" * 90_000
            + "1\n"
        },
    )


@special
def module_of_another_encoding(where: Path, right: str, canary: Path) -> None:
    """A source that names a codec of its own making, which would run as the file is read."""
    write(where, {"attacked.py": "# -*- coding: evil -*-\nx = 1\n", "evil.py": intruder(canary, "codec")})


def zipped(where: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = where.with_name(f"{where.name}.zip")
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@special
def zip_that_climbs_out(where: Path, right: str, canary: Path) -> None:
    """Members with absolute names and names that lead upwards."""
    marks = {f"{up}{canary}/open/zip": b"x" for up in ("", "../" * 12, "a/" + "../" * 12)}
    zipped(
        where,
        {"attacked.py": b"def mean(x):\n    return 0.0\n", "..\\..\\up.py": b"x", "C:/up.py": b"x", **marks},
    )


@special
def zip_with_links(where: Path, right: str, canary: Path) -> None:
    """Members that are links, to be followed when the archive is unpacked or the module read."""
    path = zipped(where, {})
    with zipfile.ZipFile(path, "a") as archive:
        for name, target in (("attacked.py", canary / "reference.py"), ("folder", canary)):
            member = zipfile.ZipInfo(name)
            member.create_system = 3
            member.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(member, str(target))
        archive.writestr("folder/open/zip", b"x")


@special
def zip_of_zeros(where: Path, right: str, canary: Path) -> None:
    """Half a gigabyte in half a megabyte."""
    path = where.with_name(f"{where.name}.zip")
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("attacked.py", "w") as member,
    ):
        for _ in range(512):
            member.write(bytes(2**20))


@special
def zip_that_lies_about_its_size(where: Path, right: str, canary: Path) -> None:
    """A member that claims ten bytes and holds forty million."""
    path = zipped(where, {"attacked.py": b"x = 1\n" + b"#" * 40_000_000})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(content)


@special
def zip_within_zips(where: Path, right: str, canary: Path) -> None:
    """Archives within archives, for whoever unpacks them all."""
    inner = bytes(2**20)
    for _ in range(6):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for i in range(10):
                archive.writestr(f"{i}.zip", inner)
        inner = buffer.getvalue()
    zipped(where, {"attacked.py": b"def mean(x):\n    return 0.0\n", "more.zip": inner})


@special
def forbidden_package_brought_along(where: Path, right: str, canary: Path) -> None:
    """A module named like a forbidden package that has all the answers, and a declaration that allows it."""
    names = ("mean", "relu_forward", "relu_backward", "lowest", "predict")
    taken = "".join(f"def {name}(*args):\n    return torch.{name}(*args)\n\n" for name in names)
    write(where, {"attacked.py": f"import torch\n\nFORBIDDEN = ()\n\n{taken}", "torch.py": right})


@special
def forbidden_package_past_the_gate(where: Path, right: str, canary: Path) -> None:
    """The same, after Python's own way of importing has been put back in the place of ours."""
    names = ("mean", "relu_forward", "relu_backward", "lowest", "predict")
    taken = "".join(f"def {name}(*args):\n    return torch.{name}(*args)\n\n" for name in names)
    gate = (
        "import builtins, importlib, sys\n"
        "from importlib.machinery import PathFinder\n"
        "sys.meta_path[:] = [importlib._bootstrap.BuiltinImporter, PathFinder]\n"
        "builtins.__import__ = importlib.__import__\n"
        "sys.path.insert(0, __file__.rpartition('/')[0])\n"
        "importlib.invalidate_caches()\n"
        "import torch\n\n"
    )
    write(where, {"attacked.py": gate + taken, "torch.py": right, "torch/__init__.py": right})


@special
def zip_of_many_members(where: Path, right: str, canary: Path) -> None:
    """Sixty thousand members, one of them with a name of ten thousand characters."""
    members = {f"m{i}.py": b"" for i in range(60_000)}
    zipped(where, {**members, "n" * 10_000: b"", "attacked.py": right.encode()}, zipfile.ZIP_STORED)


@special
def zip_with_two_modules(where: Path, right: str, canary: Path) -> None:
    """Two members of one name, one of which a checker sees and the other the grader."""
    path = where.with_name(f"{where.name}.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("attacked.py", "def mean(x):\n    return 0.0\n")
        archive.writestr("./attacked.py", "def mean(x):\n    return 1.0\n")


@special
def tar_that_calls_itself_zip(where: Path, right: str, canary: Path) -> None:
    """An archive of another kind under that name, with a device in it."""
    with tarfile.open(where.with_name(f"{where.name}.zip"), "w") as archive:
        member = tarfile.TarInfo("attacked.py")
        member.type = tarfile.CHRTYPE
        archive.addfile(member)


@special
def tar_that_links_and_climbs_out(where: Path, right: str, canary: Path) -> None:
    """Links to the reference, and members that lie outside of the archive once it is unpacked."""
    with tarfile.open(where.with_name(f"{where.name}.tar.gz"), "w:gz") as archive:
        for name, kind in (("attacked.py", tarfile.SYMTYPE), ("a/attacked.py", tarfile.LNKTYPE)):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = kind, str(canary / "reference.py")
            archive.addfile(link)
        for name in (f"{canary}/open/tar", f"{'../' * 12}{canary}/open/tar"):
            archive.addfile(tarfile.TarInfo(name))


@special
def tar_of_zeros(where: Path, right: str, canary: Path) -> None:
    """Two thirds of a gigabyte before the module, packed into less than one megabyte."""
    with tarfile.open(where.with_name(f"{where.name}.tar.gz"), "w:gz", compresslevel=1) as archive:
        zeros = tarfile.TarInfo("zeros")
        zeros.size = 600 * 2**20
        with open("/dev/zero", "rb") as endless:
            archive.addfile(zeros, endless)
        module = tarfile.TarInfo("attacked.py")
        module.size = len(right.encode())
        archive.addfile(module, io.BytesIO(right.encode()))


@special
def zip_that_is_a_pipe(where: Path, right: str, canary: Path) -> None:
    """An archive that never begins."""
    os.mkfifo(where.with_name(f"{where.name}.zip"))


def _costly(make: Callable[[Path], Path]) -> None:
    """Register an archive or notebook that costs whoever reads it, handed in as the only file of a folder."""

    def builder(where: Path, right: str, canary: Path) -> None:
        where.mkdir()
        make(where / "attacked")

    builder.__name__, builder.__doc__ = make.__name__, make.__doc__
    special(builder)


for _name, _make in COSTLY.items():
    if not _name.endswith("that_lies"):  # these take long to write; tests/submissions/ reads them
        _costly(_make)
