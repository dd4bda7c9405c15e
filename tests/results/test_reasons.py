"""Every reason speaks Thai to the reader, English to the developer, and says what to do."""

from __future__ import annotations

import re

import pytest

from checklist.reasons import CRAWLER_NAME, REASONS, Reason, reason
from checklist.verdict import Verdict

THAI = re.compile(r"[ก-๛]")
FAIL = [
    "no_url",
    "not_found",
    "soft_404",
    "login_required",
    "access_request",
    "social_media_only",
    "empty_page",
    "index_only",
    "criteria_only",
    "home_page_only",
    "template_text",
    "outdated",
    "period_incomplete",
    "month_missing",
    "element_missing",
    "not_on_main_site",
    "wrong_unit",
    "whole_law",
    "general_complaint_form",
    "one_way_faq",
]
REVIEW = ["ocr_year", "weak_wording", "conflicting_years", "image_only", "unreadable"]
ERROR = [
    "dns",
    "timeout",
    "tls",
    "blocked_by_robots",
    "blocked_by_waf",
    "rate_limited",
    "server_error",
    "too_large",
    "extract_failed",
]


@pytest.mark.parametrize(
    ("code", "verdict"),
    [(code, Verdict.FAIL) for code in FAIL]
    + [(code, Verdict.REVIEW) for code in REVIEW]
    + [(code, Verdict.ERROR) for code in ERROR],
)
def test_every_promised_code_leads_to_its_verdict(code: str, verdict: Verdict) -> None:
    assert reason(code).verdict is verdict


@pytest.mark.parametrize("known", REASONS.values(), ids=REASONS)
def test_a_reason_is_worded_for_its_readers(known: Reason) -> None:
    assert REASONS[known.code] is known
    assert THAI.search(known.th)
    assert THAI.search(known.remedy)
    assert not THAI.search(known.en)
    assert known.en.endswith(".")
    assert not known.th.endswith(".")


@pytest.mark.parametrize(
    "code", ["blocked_by_robots", "blocked_by_waf", "rate_limited", "connection"]
)
def test_a_block_comes_with_the_name_to_allow(code: str) -> None:
    assert CRAWLER_NAME in reason(code).remedy


@pytest.mark.parametrize(
    ("typed", "said"), [("outdate", "«outdated»"), ("robots_blocked", "blocked"), ("zzz", "no_url")]
)
def test_an_unknown_code_names_the_nearest(typed: str, said: str) -> None:
    with pytest.raises(KeyError, match=re.escape(said)):
        reason(typed)
