"""Why items could not be checked, and the letter that asks the provider to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.reasons import REASONS
from checklist.verdict import Verdict
from results.gap import build_report
from tests.results.samples import SITE, result_of, small_checklist, unreachable

if TYPE_CHECKING:
    from results.causes import CauseText

ERRORS = sorted(code for code, reason in REASONS.items() if reason.verdict is Verdict.ERROR)
THE_WEBMASTERS_OWN = {
    "bad_address", "extract_failed", "inner_address", "not_checked", "too_large",
    "unsupported_type",
}  # fmt: skip


def cause_of(code: str) -> CauseText:
    report = build_report(
        small_checklist(), result_of([unreachable("O5", code)]), agent="OITChecker/1.0"
    )
    (cause,) = report.causes
    return cause


@pytest.mark.parametrize("code", ERRORS)
def test_every_cause_has_a_letter_or_is_the_webmasters_to_mend(code: str) -> None:
    cause = cause_of(code)
    assert cause.reason is not None
    assert cause.reason.remedy
    assert bool(cause.letter) is (code not in THE_WEBMASTERS_OWN)


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("blocked_by_waf", "User-Agent “OITChecker/1.0” อ่านหน้าเว็บได้"),
        ("blocked_by_robots", "“User-agent: OITChecker” และ “Allow: /”"),
        ("tls", "ใบรับรองกลาง"),
        ("dns", "DNS"),
    ],
)
def test_the_letter_says_what_must_be_allowed(code: str, asks: str) -> None:
    letter = cause_of(code).letter
    assert asks in letter
    assert letter.startswith("เรียน ผู้ให้บริการเว็บไซต์ของจังหวัดภูสวน\n")
    assert "5 เมษายน 2566 เวลา 14.05 น." in letter
    assert f"- {SITE}/service" in letter


def test_the_causes_come_dearest_first_with_all_their_items() -> None:
    verdicts = [unreachable("O1", "dns"), unreachable("O2"), unreachable("O3", "dns")]
    verdicts.append(unreachable("O6"))
    report = build_report(small_checklist(), result_of(verdicts))
    assert [(c.reason.code, c.items) for c in report.causes if c.reason] == [
        ("blocked_by_waf", ("O6", "O2")),
        ("dns", ("O1", "O3")),
    ]
    assert sum(cause.points for cause in report.causes) == pytest.approx(
        sum(finding.points for finding in report.errors)
    )


def test_a_long_list_of_addresses_is_cut_and_counted() -> None:
    verdicts = [unreachable("O5")]
    urls = tuple(f"{SITE}/{n}" for n in range(13))
    verdicts[0] = type(verdicts[0])("O5", Verdict.ERROR, reasons=("dns",), urls=urls)
    (cause,) = build_report(small_checklist(), result_of(verdicts)).causes
    assert cause.urls == urls
    assert "และอีก 3 หน้า" in cause.letter
