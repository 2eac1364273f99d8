"""What became of the checks, for other programs: as JSON, and as JUnit's XML, which editors and CI can show.

JUnit's form has no schema of its own; this is what pytest's `--junitxml` writes of it.
"""

from collections.abc import Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from autograder.home.events import Ended
from autograder.home.finding import Finding
from autograder.home.outcome import Checked
from autograder.printable import as_json, printable
from autograder.verdicts import CheckVerdict

#: JUnit tells a check that is wrong from code that breaks down.
_FAILURE, _ERROR, _SKIPPED = "failure", "error", "skipped"


def to_json(findings: Sequence[Finding]) -> str:
    """Return all of it as JSON: a list of topics, each with its checks, each with its cases."""
    return as_json({"topics": [_topic(finding) for finding in findings]})


def _topic(finding: Finding) -> dict[str, Any]:
    outcome, unloadable = finding.outcome, finding.outcome.unloadable
    return {
        "topic": finding.topic,
        "file": str(finding.job.module),
        "cannot_run": {**asdict(unloadable.place), "why": unloadable.sentence} if unloadable else None,
        "interrupted": outcome.interrupted,
        "cases_left": outcome.left,
        "points": _figure(finding.earned),
        "points_of_what_ran": _figure(finding.ran),
        "public_points": _figure(finding.public),
        "checks": [_check(check) for check in finding.checked],
    }


def _check(checked: Checked) -> dict[str, Any]:
    return {
        "check": checked.id,
        "title": checked.title,
        "verdict": checked.verdict,
        "points": _figure(checked.points),
        "points_of_what_ran": _figure(checked.share * len(checked.cases)),
        "cases": [asdict(case) for case in checked.cases],
    }


def to_junit(findings: Sequence[Finding]) -> str:
    """Return all of it as JUnit's XML: a suite for each topic, a test for each case."""
    root = Xml.Element("testsuites", name="autograder check")
    for finding in findings:
        suite = Xml.SubElement(root, "testsuite", name=finding.topic)
        if finding.outcome.unloadable is not None:
            place, why = finding.outcome.unloadable.place, finding.outcome.unloadable.sentence
            test = _test(suite, finding.topic, finding.job.module, place.line)
            _add(test, _ERROR, why, place.source)
        for checked in finding.checked:
            for case in checked.cases:
                _add_case(suite, finding.job.module, case)
        _count(suite)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add_case(suite: Xml.Element, module: Path, case: Ended) -> None:
    test = _test(suite, case.case.rpartition("::")[2], module, case.place.line if case.place else 0)
    if case.verdict == CheckVerdict.NOT_STARTED:
        _add(test, _SKIPPED, f"{case.function} is not written yet", "")
    elif case.verdict != CheckVerdict.PASSED:
        kind = _FAILURE if case.verdict == CheckVerdict.FAILED else _ERROR
        told = [case.sentence, case.place.source if case.place else "", case.call, case.paste]
        _add(test, kind, case.sentence.partition("\n")[0], "\n".join(filter(None, told)))
    if case.printed:
        Xml.SubElement(test, "system-out").text = _plain(case.printed)


def _test(suite: Xml.Element, name: str, module: Path, line: int) -> Xml.Element:
    test = Xml.SubElement(suite, "testcase", name=_plain(name), classname=module.stem, file=str(module))
    if line:
        test.set("line", str(line))
    return test


def _add(test: Xml.Element, kind: str, message: str, text: str) -> None:
    Xml.SubElement(test, kind, message=_plain(message)).text = _plain(text)


def _count(suite: Xml.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for kind, name in ((_FAILURE, "failures"), (_ERROR, "errors"), (_SKIPPED, "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{kind}"))))


def _plain(text: str) -> str:
    """Return text without the control codes that XML can't hold."""
    return "\n".join(map(printable, text.split("\n")))


def _figure(points: Fraction) -> float:
    return round(float(points), 4)
