"""Settings that would make the checker a nuisance.

Tried: no pause at all, endless pauses, no contact, a contact that reaches nobody or carries a header.
Must: a host on the internet gets half a second at least; what makes no sense is refused in one line.
"""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from crawler.manners import LEAST_PAUSE_S, Manners
from crawler.settings import CrawlSettings


@pytest.mark.parametrize(
    ("url", "least"),
    [
        ("https://www.a.go.th/", LEAST_PAUSE_S),
        ("https://203.0.113.5/", LEAST_PAUSE_S),
        ("http://127.0.0.1:8000/", 0.0),
        ("http://localhost:8000/", 0.0),
        ("http://docs.example.com/", 0.0),
    ],
)
def test_no_pause_is_only_for_ones_own_servers(url: str, least: float) -> None:
    settings = CrawlSettings(
        delay_s=0, allow_networks=("127.0.0.0/8",),
        resolve={"docs.example.com": "http://127.0.0.9:8000"},
    )  # fmt: skip
    assert Manners(settings).pause(url) == least


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("delay_s", -1), ("delay_s", 86_400), ("delay_s", "nan"), ("delay_s", "inf"),
        ("max_delay_s", 86_400), ("max_delay_s", "inf"),
        ("contact", ""), ("contact", "  "), ("contact", "admin"), ("contact", "ศปท.มท."),
        ("contact", "a@b.go.th\r\nX-Evil: 1"), ("contact", "ftp://a"),
        ("contact", "https://" + "a" * 300), ("contact", "javascript:alert(1)"),
        ("user_agent", ""), ("user_agent", "OIT\r\nX: y"), ("user_agent", "ตัวตรวจ"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError):
        CrawlSettings.model_validate({name: value})


@pytest.mark.parametrize("contact", ["https://www.moi.go.th/", "oit@moi.go.th", "mailto@a.go.th"])
def test_a_contact_stands_in_every_user_agent(contact: str) -> None:
    assert CrawlSettings(contact=contact).full_user_agent == f"OITChecker/1.0 (+{contact})"
