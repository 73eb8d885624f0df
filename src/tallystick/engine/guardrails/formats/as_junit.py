"""A report as JUnit XML, which build servers show as tests."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.report import Report

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: Report) -> str:
    """
    Return one test case per guardrail; a guardrail with findings is a failed one.

    One whose findings are all waived is skipped.
    """
    failed = {found.code for found in report.findings if not found.waived}
    skipped = {found.code for found in report.findings} - failed
    counts = {"tests": str(len(report.guardrails)), "failures": str(len(failed)), "errors": "0"}
    whole = Element("testsuites", {"name": "tallystick", **counts})
    name = _legal(report.snapshot.id)
    marks = {"name": name, "skipped": str(len(skipped)), **counts}
    suite = SubElement(whole, "testsuite", marks)
    for guardrail in report.guardrails:
        _case(suite, guardrail, report)
    indent(whole)
    return f"{DECLARATION}\n{tostring(whole, encoding='unicode')}\n"


def _case(suite: Element, guardrail: Guardrail, report: Report) -> None:
    name = _legal(f"{guardrail.code} {guardrail.title}")
    case = SubElement(suite, "testcase", {"classname": _legal(report.snapshot.id), "name": name})
    found = [each for each in report.findings if each.code == guardrail.code]
    if not found:
        return
    open_ = [each for each in found if not each.waived]
    if not open_:
        why = "; ".join(
            f"waived until {each.waived_until}: {each.waived_because}" for each in found
        )
        SubElement(case, "skipped", {"message": _legal(why)})
        return
    found = open_
    summary = found[0].sentence if len(found) == 1 else f"{len(found)} findings"
    marks = {"type": guardrail.severity.value, "message": _legal(summary)}
    failure = SubElement(case, "failure", marks)
    failure.text = _legal(
        "\n".join(f"{each.place}: {each.sentence}{_stake(each)} {each.remedy}" for each in found)
    )


def _stake(found: Finding) -> str:
    return f" At stake: {found.at_stake}." if found.at_stake else ""


def _legal(text: str) -> str:
    """Return a text without the characters that XML 1.0 cannot carry."""
    return _NOT_IN_XML.sub("\ufffd", text)
