"""What is handed in of a topic: the module, its notebook, and the student's files that it imports."""

import ast
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.regions import PLACEHOLDER
from autograder.errors import UserError
from autograder.files import write_atomically, zipped
from autograder.home.child.job import Job
from autograder.home.session import Session
from autograder.submissions import read_submission


@dataclass(frozen=True)
class Packed:
    """What was packed.

    Attributes:
        archive: the file to upload.
        files: names of the files in it, and their sizes in bytes.
        code: the short form of their digest, which stands in the grade as well.
        refused: a sentence for each file in it that will not be read when it is graded.
    """

    archive: Path
    files: Mapping[str, int]
    code: str
    refused: tuple[str, ...]


def pack(module: Path) -> Packed:
    """Pack a topic's module and what belongs to it into `<topic>-hand-in.zip` beside it.

    Args:
        module: the student's file.

    Raises:
        UserError: it can't be executed with what would be packed, or another file has the zip's name. Nothing
            is written then.
    """
    archive = module.with_name(f"{module.stem}-hand-in.zip")
    if archive.exists() and not _is_ours(archive, module.name):
        raise UserError(f"{archive.name} was not made by `autograder pack`; give it another name")
    files = to_hand_in(module)
    content = zipped(files)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder, archive.name)
        trial.write_bytes(content)
        # As the grader reads it, so that its digest is the grade's.
        submission = read_submission(trial, module.stem)
        if submission.problem:
            raise UserError(f"it can't be handed in: {submission.problem}")
        _execute(module.name, submission.files)
    try:
        write_atomically(archive, content)
    except OSError as error:
        raise UserError(f"{archive.name} can't be written: {error.strerror}") from error
    sizes = {name: len(held) for name, held in files.items()}
    return Packed(archive, sizes, submission.code, submission.refused)


def to_hand_in(module: Path) -> dict[str, bytes]:
    """Return the module, its notebook where there is one, and the files there that it imports, by name."""
    notebook = module.with_suffix(".ipynb")
    try:
        found = {module, *([notebook] if notebook.is_file() else [])}
        waiting = [module]
        while waiting:
            new = set(_imported(waiting.pop(), module.parent)) - found
            found |= new
            waiting += new
        ordered = sorted(found, key=lambda path: (path != module, path))
        return {path.relative_to(module.parent).as_posix(): path.read_bytes() for path in ordered}
    except OSError as error:
        raise UserError(f"{error.filename} can't be read: {error.strerror}") from error


def not_written(module: Path) -> list[str]:
    """Return the functions, and methods as `Class.method`, in which the placeholder still stands."""
    tree, lines = ast.parse(module.read_bytes()), module.read_text(encoding="utf-8").splitlines()
    open_ = [number for number, line in enumerate(lines, start=1) if line.strip() == PLACEHOLDER]
    return [
        name
        for name, node in _functions(tree)
        if any(node.lineno <= number <= (node.end_lineno or 0) for number in open_)
    ]


def missing(module: Path, checks: Path) -> list[str]:
    """Return the names that the public checks ask a module for, and that do not occur in it."""
    tree = ast.parse(module.read_bytes())
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    bound = {alias.asname or alias.name for node in ast.walk(tree) for alias in _aliases(node)}
    known = used | bound | {name for name, _ in _functions(tree)}
    known |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    asked = (
        node.attr
        for node in ast.walk(ast.parse(checks.read_bytes()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "student"
    )
    return [] if "*" in bound else sorted(set(asked) - known)


def _execute(name: str, files: Mapping[str, bytes]) -> None:
    """Execute the module in a process of its own, with nothing beside it but what is packed.

    Raises:
        UserError: it can't be executed.
    """
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder).resolve()
        for file, content in files.items():
            path = alone / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        job = Job(str(alone / f"test_{name}"), only_load=True)
        problem = Session(job, lambda *_: None).run().unloadable
    if problem is not None:
        where = f"{name}, line {problem.place.line}," if problem.place.line else name
        packed = ", ".join(files)
        raise UserError(
            f"{where} can't be executed with what would be packed ({packed}): {problem.sentence} "
            "Nothing is packed; `autograder check` says more."
        )


def _is_ours(archive: Path, module: str) -> bool:
    if not zipfile.is_zipfile(archive):
        return False
    with zipfile.ZipFile(archive) as packed:
        return module in packed.namelist()


def _imported(file: Path, folder: Path) -> Iterator[Path]:
    """Yield the files in the folder that the imports of a file execute, guarded ones too."""
    if file.suffix != ".py":
        return
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError):  # the file is executed before anything is packed, and that says more
        return
    for node in ast.walk(tree):
        above = folder
        if isinstance(node, ast.ImportFrom) and node.level:
            above = file.parents[node.level - 1]
        for name in _modules(node):
            yield from _files_of(above, name)


def _modules(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a statement may import as modules."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (".".join(filter(None, [node.module, alias.name])) for alias in node.names)


def _files_of(above: Path, name: str) -> Iterator[Path]:
    for part in name.split("."):
        above = above / part
        yield from filter(Path.is_file, (above.with_name(f"{part}.py"), above / "__init__.py"))


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            methods = (m for m in node.body if isinstance(m, (ast.FunctionDef, ast.AsyncFunctionDef)))
            yield from ((f"{node.name}.{method.name}", method) for method in methods)


def _aliases(node: ast.AST) -> list[ast.alias]:
    return node.names if isinstance(node, (ast.Import, ast.ImportFrom)) else []
