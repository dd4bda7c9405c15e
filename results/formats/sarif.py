"""Gap reports as SARIF 2.1.0 for code scanning: a rule a reason, a result a lacking element.

All units stand in one run, because gates take one run a tool and upload. What a person decided
is a suppressed result with the person's reason; what passes is counted in `properties` only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from checklist.reasons import REASONS
from checklist.verdict import Verdict
from results.formats.advice import looked_at, things_to_do, why
from results.formats.element_rows import in_order, is_open
from results.formats.words import only_note
from results.group import Group
from results.links import ascii_address
from results.speech import _, spoken
from results.wording import reason_sentence, tidy

if TYPE_CHECKING:
    from results.parts import ReasonText
    from results.report import ElementText, GapReport, ItemFinding

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "oitElement/v1"
_LEVELS = {Verdict.FAIL: "error", Verdict.REVIEW: "warning", Verdict.ERROR: "note"}
DECIDED = frozenset({Group.WAIVED, Group.NOT_APPLICABLE, Group.VOUCHED})
_REPORTED = frozenset(
    {
        Group.MISSING,
        Group.OUTDATED,
        Group.REVIEW,
        Group.ERROR,
        *DECIDED,
    }
)


def sarif(reports: Iterable[GapReport], version: str = "") -> str:
    """The reports as one SARIF log; `version` is the checker's.

    A rule's id is a reason code, or the verdict where there is no reason.
    """
    results: list[dict[str, Any]] = []
    units: list[dict[str, object]] = []
    ends: list[datetime] = []
    for report in reports:
        results += _results(report)
        units.append(_unit(report))
        ends.append(report.checked_at)
    rules = sorted({result["ruleId"] for result in results})
    driver: dict[str, Any] = {"name": "OIT checker", "rules": [_rule(code) for code in rules]}
    if version:
        driver["version"] = version
    for result in results:
        result["ruleIndex"] = rules.index(result["ruleId"])
    run = {
        "tool": {"driver": driver},
        "language": spoken().value,
        "columnKind": "utf16CodeUnits",
        "invocations": [{"executionSuccessful": True, **_ended(ends)}],
        "results": results,
        "properties": {"units": units},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _ended(ends: Sequence[datetime]) -> dict[str, str]:
    if not ends:
        return {}
    last = max(ends).astimezone(UTC)
    return {"endTimeUtc": f"{last:%Y-%m-%dT%H:%M:%SZ}"}


def _unit(report: GapReport) -> dict[str, object]:
    return {
        "unit": tidy(report.unit.id),
        "name": tidy(report.unit.name),
        "checklist": report.checklist,
        "asOf": report.as_of.isoformat(),
        "scan": report.scan_id,
        "totals": report.totals.model_dump(),
        **({"only": list(report.only), "note": only_note(report.only)} if report.only else {}),
    }


def _rule(code: str) -> dict[str, Any]:
    known = REASONS.get(code)
    if known is None:
        return {"id": code, "shortDescription": {"text": code}}
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": reason_sentence(code)},
        "fullDescription": {"text": f"{known.th} / {known.en}"},
        "defaultConfiguration": {"level": _LEVELS.get(known.verdict, "note")},
        "properties": {"th": known.th, "en": known.en},
    }
    if known.remedy:
        rule["help"] = {"text": _(known.remedy)}
    return rule


def _results(report: GapReport) -> Iterator[dict[str, Any]]:
    for finding in in_order(report):
        if finding.group in _REPORTED:
            lacking = [element for element in finding.elements if is_open(element)]
            told = [element for element in lacking if element.state is not None]
            for element in told or (None,):
                yield _result(report, finding, element)


def _result(report: GapReport, finding: ItemFinding, element: ElementText | None) -> dict[str, Any]:
    decided = finding.group in DECIDED
    verdict = finding.waiver.verdict if decided and finding.waiver else finding.verdict
    reason = _reason(finding, element)
    place = f"{report.unit.id}/{report.checklist}/{finding.item}"
    mark = f"{place}/{element.id}" if element else place
    result: dict[str, Any] = {
        "ruleId": reason.code if reason else finding.group.value,
        "level": _LEVELS.get(verdict or Verdict.ERROR, "note"),
        "message": {"text": _message(report, finding, element)},
        "locations": [_location(report, finding, element, tidy(place))],
        "partialFingerprints": {
            FINGERPRINT: hashlib.sha256(mark.encode("utf-8", "replace")).hexdigest()
        },
        "properties": {
            "unit": tidy(report.unit.id),
            "item": finding.item,
            "group": finding.group.value,
            "element": element.id if element else "",
            "points": round(finding.points, 4),
            **({"decision": finding.waiver.line} if finding.waiver else {}),
            "owner": tidy(finding.owner),
            "remedy": list(things_to_do(finding)),
        },
    }
    if decided:
        result["suppressions"] = [_suppression(report, finding)]
    return result


def _reason(finding: ItemFinding, element: ElementText | None) -> ReasonText | None:
    if element and element.reason:
        return element.reason
    return finding.reasons[0] if finding.reasons else None


def _message(report: GapReport, finding: ItemFinding, element: ElementText | None) -> str:
    said = [f"{report.unit.name} {finding.item} {finding.title}: {finding.verdict_th}"]
    if element:
        said += [element.text, element.detail or (element.reason.th if element.reason else "")]
    else:
        said += [finding.summary or "; ".join(why(report, finding))]
    said += [finding.question] if finding.group is Group.REVIEW else []
    said += [finding.waiver.line] if finding.waiver and finding.group not in DECIDED else []
    return " · ".join(dict.fromkeys(line for line in map(tidy, said) if line))


def _location(
    report: GapReport, finding: ItemFinding, element: ElementText | None, place: str
) -> dict[str, Any]:
    quote = element.quotes[0] if element and element.quotes else None
    shown = (quote.final_url or quote.url) if quote else looked_at(finding)
    address = ascii_address(shown) or ascii_address(report.unit.main_site)
    named = {"name": finding.item, "fullyQualifiedName": place, "kind": "resource"}
    location: dict[str, Any] = {"logicalLocations": [named]}
    if address:
        location["physicalLocation"] = {"artifactLocation": {"uri": address}}
    return location


def _suppression(report: GapReport, finding: ItemFinding) -> Mapping[str, str]:
    justification = finding.waiver.line if finding.waiver else "; ".join(why(report, finding))
    return {
        "kind": "external",
        "status": "accepted",
        "justification": tidy(justification) or finding.verdict_th,
    }
