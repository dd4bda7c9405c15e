"""JUnit XML and SARIF: what a gate counts, shows and follows from scan to scan."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from junitparser import JUnitXml

from checklist.verdict import Verdict
from results.formats.junit import junit
from results.formats.sarif import FINGERPRINT, sarif
from results.gap import build_report
from results.links import ascii_address
from results.wording import tidy
from tests.results.samples import (
    UNIT,
    excused,
    missing,
    outdated,
    result_of,
    small_checklist,
)
from tests.results.sheets import decided_report, empty_report, mixed_report, report_saying

if TYPE_CHECKING:
    from results.report import GapReport

HOSTILE = '=1+1 <b>&"\x00\x0b\x1b\ufffe \ud800]]> \u202eชั่วร้าย'
URI = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?")


def cases(report: GapReport, **options: Any) -> dict[str, Any]:
    document: Any = JUnitXml.fromstring(junit([report], **options).encode())
    return {case.name.split()[0]: case for suite in document for case in suite}


def test_a_case_is_an_item_of_its_sub_indicator() -> None:
    found = cases(mixed_report())
    assert list(found) == ["O1", "O2", "O3", "O4", "O5", "O6"]
    assert found["O4"].name == "O4 แผนปฏิบัติราชการประจำปี"
    assert found["O4"].classname == "oit-2566.9.2"


@pytest.mark.parametrize(
    ("item", "kind", "type_"),
    [
        ("O1", None, ""),
        ("O2", "failure", "missing"),
        ("O3", "skipped", "waived"),
        ("O4", "failure", "outdated"),
        ("O5", "error", "error"),
        ("O6", "failure", "review"),
    ],
)
def test_a_verdict_is_what_a_gate_reads_it_as(item: str, kind: str | None, type_: str) -> None:
    result = cases(mixed_report())[item].result
    assert [(r._tag, r.type) for r in result] == ([(kind, type_)] if kind else [])


@pytest.mark.parametrize("fail_on", [{Verdict.FAIL}, {Verdict.FAIL, Verdict.ERROR}, set()])
def test_what_the_gate_lets_through_is_skipped_and_shown_never_passed(
    fail_on: set[Verdict],
) -> None:
    found = cases(mixed_report(), fail_on=fail_on)
    assert [item for item, case in found.items() if not case.result] == ["O1"]
    review = found["O6"]
    assert [r._tag for r in review.result] == ["skipped"]
    assert "เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่" in review.result[0].message
    assert "เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่" in review.system_out
    failing = {
        item for item, case in found.items() if case.result and case.result[0]._tag != "skipped"
    }
    assert failing == ({"O2", "O4"} if fail_on else set()) | (
        {"O5"} if Verdict.ERROR in fail_on else set()
    )


def test_a_failure_tells_element_quote_address_and_remedy() -> None:
    text = cases(mixed_report())["O4"].result[0].text
    assert "[ไม่ใช่ปีที่ประเมิน] มีข้อมูลตามที่กำหนด: เอกสารระบุปีงบประมาณ 2565" in text
    assert "“แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2565”" in text
    assert "URL: https://www.phusuan.go.th/plan.pdf" in text
    assert "สิ่งที่ต้องทำ: เผยแพร่แผนปฏิบัติราชการประจำปีฉบับปัจจุบัน" in text


def test_decisions_are_told_in_both() -> None:
    found = cases(decided_report())
    assert "รอย้ายเว็บไซต์ใหม่" in found["O2"].result[0].message
    assert "‼ สิ้นสุดแล้ว เพราะพ้นกำหนด" in found["O4"].result[0].text


def test_a_sweep_is_one_file_with_a_suite_a_unit() -> None:
    document: Any = JUnitXml.fromstring(junit([mixed_report(), empty_report()]).encode())
    assert [suite.tests for suite in document] == [6, 6]
    assert (document.tests, document.failures, document.errors) == (12, 3, 7)


def log(*reports: GapReport) -> Any:
    return json.loads(sarif(reports, "0.1.0"))


def must_keep_to_the_schema(written: Any) -> None:
    """The rules of SARIF 2.1.0 that readers insist upon."""
    assert written["version"] == "2.1.0"
    assert written["$schema"].startswith("https://")
    for run in written["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"]
        assert re.fullmatch(r"[a-z]{2}", run["language"])
        ids = [rule["id"] for rule in driver["rules"]]
        assert len(ids) == len(set(ids))
        assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
        for result in run["results"]:
            assert ids[result["ruleIndex"]] == result["ruleId"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert result["message"]["text"]
            assert result["partialFingerprints"][FINGERPRINT]
            for location in result["locations"]:
                assert location["logicalLocations"][0]["fullyQualifiedName"]
                if physical := location.get("physicalLocation"):
                    assert URI.fullmatch(physical["artifactLocation"]["uri"])
            for suppressed in result.get("suppressions", ()):
                assert suppressed["kind"] in ("inSource", "external")
                assert suppressed["status"] in ("accepted", "underReview", "rejected")
                assert suppressed["justification"]


@pytest.mark.parametrize("make", [mixed_report, decided_report, empty_report])
def test_the_log_keeps_to_the_schema(make: Any) -> None:
    must_keep_to_the_schema(log(make()))
    must_keep_to_the_schema(log(make(), mixed_report()))


def test_levels_follow_the_verdicts() -> None:
    results = log(mixed_report())["runs"][0]["results"]
    assert {r["properties"]["item"]: r["level"] for r in results} == {
        "O2": "error",
        "O4": "error",
        "O6": "warning",
        "O5": "note",
        "O3": "note",
    }


def test_a_decision_is_a_suppressed_result_with_its_reason() -> None:
    results = log(decided_report())["runs"][0]["results"]
    decided = {
        r["properties"]["item"]: r["suppressions"][0] for r in results if "suppressions" in r
    }
    assert set(decided) == {"O2", "O3"}
    assert "รอย้ายเว็บไซต์ใหม่ (โดย นางสาวมาลี ใจดี" in decided["O2"]["justification"]


def test_a_gap_is_known_again_in_the_next_scan() -> None:
    def marks(*verdicts: Any, scan: int, unit: Any = UNIT) -> dict[str, str]:
        report = build_report(small_checklist(), result_of(verdicts, unit, scan_id=scan))
        results = log(report)["runs"][0]["results"]
        return {r["properties"]["item"]: r["partialFingerprints"][FINGERPRINT] for r in results}

    first = marks(missing("O1"), outdated("O2"), scan=7)
    later = marks(outdated("O1"), missing("O2", "อย่างอื่น"), excused("O3"), scan=9)
    assert later["O1"] == first["O1"]
    assert later["O2"] == first["O2"]
    assert len(set(later.values())) == 3


def test_the_same_gap_of_another_unit_is_another() -> None:
    results = log(mixed_report(), report_saying("ข"))["runs"][0]["results"]
    marks = [r["partialFingerprints"][FINGERPRINT] for r in results]
    other = mixed_report().model_copy(
        update={"unit": mixed_report().unit.model_copy(update={"id": "surin"})}
    )
    elsewhere = [r["partialFingerprints"][FINGERPRINT] for r in log(other)["runs"][0]["results"]]
    assert not set(marks) & set(elsewhere)


@pytest.mark.parametrize("text", [HOSTILE, "x" * 40_000, "ก" * 5_000])
@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x/ก ข\x00<>", "https://[::1", ""])
def test_hostile_text_breaks_neither(text: str, url: str) -> None:
    report = report_saying(text, url)
    found = cases(report)
    assert len(found) == 6
    assert all("javascript:" not in r.message for c in found.values() for r in c.result)
    written = log(report)
    must_keep_to_the_schema(written)
    assert "\\u0000" not in json.dumps(written)
    told = written["runs"][0]["results"][0]["message"]["text"]
    assert tidy(told) == told


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://www.phusuan.go.th/a?b=1#c", "https://www.phusuan.go.th/a?b=1#c"),
        ("https://www.phusuan.go.th/แผน", "https://www.phusuan.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99"),
        ("https://x.go.th/%E0%B8%81", "https://x.go.th/%E0%B8%81"),
        ("https://x.go.th/100%จริง", "https://x.go.th/100%25%E0%B8%88%E0%B8%A3%E0%B8%B4%E0%B8%87"),
        ("https://ภูสวน.ไทย/", "https://xn--q3cnvl8e.xn--o3cw4h/"),
        ('https://x.go.th/a"<b>', "https://x.go.th/a%22%3Cb%3E"),
        ("https://x.go.th:8080/a", "https://x.go.th:8080/a"),
        ("https://x.go.th:99999/a", ""),
        ("https://user:secret@x.go.th/a", ""),
        ("https://[::1]/a", "https://[::1]/a"),
        ("javascript:alert(1)", ""),
        ("ftp://x.go.th/a", ""),
        ("https://" + "ก" * 80 + "/", ""),
        ("", ""),
    ],
)
def test_an_address_becomes_a_valid_uri(url: str, written: str) -> None:
    assert ascii_address(url) == written
