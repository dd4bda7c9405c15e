"""Addresses: what is one place, what is a document, what is a trap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import (
    clean,
    is_root,
    is_social,
    key,
    looks_like_file,
    pattern,
    same_site,
    trap,
)


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        (" https://www.a.go.th ", "https://www.a.go.th/"),
        ("https://a.go.th/x?utm_source=line&id=5&fbclid=z", "https://a.go.th/x?id=5"),
        ("https://a.go.th/x?PHPSESSID=9f&id=5#top", "https://a.go.th/x?id=5"),
        ("https://a.go.th/x;jsessionid=AB12?id=5", "https://a.go.th/x?id=5"),
        ("https://A.GO.TH/Path/File.PDF", "https://a.go.th/Path/File.PDF"),
        ("https://a.go.th/#/ita/o12", "https://a.go.th/#/ita/o12"),
        ("https://a.go.th/กฎ", "https://a.go.th/%E0%B8%81%E0%B8%8E"),
    ],
)  # fmt: skip
def test_clean(url: str, cleaned: str) -> None:
    assert clean(url) == cleaned


@pytest.mark.parametrize(
    "url", ["", "a.go.th", "ftp://a.go.th/x", "javascript:void(0)", "http://", "http://a:b:c/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        clean(url)


@given(st.text(max_size=60))
def test_key_never_fails_and_cleaning_is_idempotent(text: str) -> None:
    key(text)
    try:
        once = clean("https://a.go.th/" + text)
    except ValueError:
        return
    assert clean(once) == once


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.go.th/x", "https://www.a.go.th/x/", True),
        ("https://a.go.th/", "https://a.go.th/index.php", True),
        ("https://a.go.th/x?b=1&a=2", "https://a.go.th/x?a=2&b=1", True),
        ("https://a.go.th/X.pdf", "https://a.go.th/x.pdf", False),
        ("https://a.go.th/x?id=1", "https://a.go.th/x?id=2", False),
        (
            "https://drive.google.com/file/d/1AbcDefGhIjKl/view?usp=sharing",
            "https://drive.google.com/open?id=1AbcDefGhIjKl",
            True,
        ),
    ],
)
def test_two_addresses_of_one_place(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://ita.a.go.th/x", "https://www.a.go.th", True),
        ("https://a.go.th", "https://b.go.th", False),
        ("http://127.0.0.1:81/", "http://127.0.0.1:82/", False),
        ("http://127.0.0.1:81/x", "http://127.0.0.1:81/", True),
        ("https://drive.google.com/x", "https://a.go.th", False),
        ("https://b.moph.go.th/x", "https://a.moph.go.th/", False),
        ("https://a.go.th.evil.com/x", "https://a.go.th/", False),
        ("https://sites.google.com/view/a/ita", "https://sites.google.com/view/a/home", True),
        ("https://sites.google.com/view/b/ita", "https://sites.google.com/view/a/home", False),
        ("https://drive.google.com/x", "https://sites.google.com/view/a", False),
    ],
)
def test_same_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    ("url", "is_file"),
    [
        ("https://a.go.th/o12.pdf", True),
        ("https://a.go.th/O12.PDF?v=2", True),
        ("https://a.go.th/get.php?f=o12.docx", True),
        ("https://a.go.th/sdc_download/55/", True),
        ("https://a.go.th/index.php?option=com_x&task=download&id=5", True),
        ("https://drive.google.com/file/d/1AbcDefGhIjKl/view", True),
        ("https://a.go.th/news/5", False),
        ("https://a.go.th/o12.html", False),
        ("https://a.go.th/pdfinfo", False),
    ],
)
def test_looks_like_file(url: str, is_file: bool) -> None:
    assert looks_like_file(url) is is_file


@pytest.mark.parametrize(
    ("url", "social"),
    [
        ("https://www.facebook.com/unit", True),
        ("https://m.facebook.com/unit", True),
        ("https://line.me/R/ti/p/x", True),
        ("https://x.com/unit", True),
        ("https://notx.com/unit", False),
        ("https://www.facebook.com.a.go.th/", False),
    ],
)
def test_is_social(url: str, social: bool) -> None:
    assert is_social(url) is social


@pytest.mark.parametrize(
    ("url", "trapped"),
    [
        ("https://a.go.th/a/b/a/b/a/b/", True),
        ("https://a.go.th/calendar/2566/04", True),
        ("https://a.go.th/?month=4&year=2566", True),
        ("https://a.go.th/x?print=1", True),
        ("https://a.go.th/" + "x" * 2500, True),
        ("https://a.go.th/news?year=2566", False),
        ("https://a.go.th/2566/04/report", False),
    ],
)
def test_traps(url: str, trapped: bool) -> None:
    assert (trap(url) is not None) is trapped


def test_root_and_pattern() -> None:
    assert is_root("https://www.a.go.th/index.php")
    assert not is_root("https://www.a.go.th/index.php?id=5")
    assert pattern("https://a.go.th/news/15") == pattern("https://a.go.th/news/2041")
