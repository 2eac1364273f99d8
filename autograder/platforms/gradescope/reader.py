"""Gradescope's export of all submissions to an assignment: a zip, or the folder it was unpacked to.

It holds a folder `submission_<id>` for each submission, and `submission_metadata.yml`, which says whose each
submission is and when it was handed in. A program in Ruby writes that file, so its keys are symbols such as
`:submitters:`. Students of a group share one submission. The export holds only the active submission; earlier
ones are listed under `:history:`.
"""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import yaml

from autograder.errors import UserError
from autograder.platforms.reader import Reader, collection
from autograder.submissions.download import Download, read_entries
from autograder.submissions.hand_in import Collection, Files, HandIn, Person
from autograder.submissions.rules import UnreadableError

_METADATA = "submission_metadata.yml"
#: What the metadata says of one submission.
_About = dict[str, object]


def _collect(source: Path, topic: str) -> Collection:
    download = Download(source)
    if _METADATA not in download.entries():
        download = download.unwrapped()
    entries = [entry for entry in download.entries() if entry != _METADATA]
    metadata = _metadata(source, download.read(_METADATA))
    unlisted = [entry for entry in entries if entry.startswith("submission_") and entry not in metadata]
    found: dict[str, HandIn] = {}
    for name in sorted([*metadata, *unlisted], key=lambda name: (_when(metadata.get(name, {})), name)):
        for hand_in in _hand_ins(download, name, metadata.get(name, {}), there=name in entries):
            before = found.get(hand_in.student)
            found[hand_in.student] = hand_in if before is None else hand_in.after(before)
    strange = [entry for entry in entries if entry not in metadata and entry not in unlisted]
    return collection(found.values(), strange)


def _recognizes(source: Path, topic: str) -> bool:
    download = Download(source)
    return _METADATA in download.entries() or _METADATA in download.unwrapped().entries()


def _hand_ins(download: Download, name: str, about: _About, there: bool) -> list[HandIn]:
    """Return the submission once for each of its students; if it has none, under the submission's name."""
    load = partial(read_entries, download, {name: ""}, {}) if there else partial(_not_there, name)
    people = [_person(who) for who in _dicts(about.get(":submitters"))]
    return [
        HandIn(
            person.email or person.sis_id or f"{person.full_name} ({name})".strip(),
            load,
            submitted=_when(about),
            attempt=len(_dicts(about.get(":history"))) + 1 if about else None,
            origin=name,
            person=person,
        )
        for person in people or [Person()]
    ]


def _not_there(name: str) -> Files:
    raise UnreadableError(f"the folder {name} is missing in the export; export the submissions again")


def _person(who: _About) -> Person:
    name, email, sid = (str(who.get(key) or "").strip() for key in (":name", ":email", ":sid"))
    return Person("gradescope", full_name=name, email=email, sis_id=sid)


def _when(about: _About) -> str:
    """Return the time of a submission in ISO 8601, in UTC if its time zone is known."""
    when = about.get(":created_at")
    if isinstance(when, datetime):
        return (when.astimezone(UTC) if when.tzinfo else when).isoformat()
    return str(when or "")


def _dicts(value: object) -> list[_About]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads plain data only; PyYAML's fast loader in C, if it has one."""


def _plain(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """Read a value with a tag of Ruby's as plain data."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_constructor(None, _plain)


def _metadata(source: Path, content: bytes | None) -> dict[str, _About]:
    if content is None:
        raise UserError(
            f"{source} is no Gradescope export: {_METADATA} is missing; "
            "use the zip of `Export Submissions` as it is, or the folder it was unpacked to"
        )
    try:
        read = yaml.load(content, _Loader)
    except Exception as error:  # malformed dates and keys raise many kinds
        line = " ".join(str(error).split())[:200]
        raise UserError(f"{_METADATA} in {source} can't be read ({line}); export it again") from error
    if not isinstance(read, dict) or not all(isinstance(about, dict) for about in read.values()):
        raise UserError(f"{_METADATA} in {source} is not what Gradescope writes; export it again")
    return {str(name): about for name, about in read.items()}


READER = Reader(_collect, recognizes=_recognizes)
