"""A name that looks like a ministry's is another one's.

Tried: Cyrillic and Greek letters in the name of a site, linked from the main site or typed into the list.
Must: the name is asked and shown as it is on the wire (xn--…), and is never taken for the unit's own site.
"""

from __future__ import annotations

import pytest

from crawler.urls import clean, host_of, key, same_site


@pytest.mark.parametrize("host", ["www.mоi.go.th", "www.moi.gο.th", "www.moі.go.th"])
def test_the_look_alike_is_another_site(host: str) -> None:
    url = clean(f"https://{host}/o1")
    assert "xn--" in host_of(url)
    assert not same_site(url, "https://www.moi.go.th/")
    assert key(url) != key("https://www.moi.go.th/o1")


def test_a_thai_name_is_one_with_its_form_on_the_wire() -> None:
    assert (
        same_site(clean("https://เทศบาล.ไทย/o1"), clean("https://xn--12cay8bcz8f4bf7a.xn--o3cw4h/"))
        is False
    )
    assert clean("https://เทศบาล.ไทย/o1").startswith("https://xn--")
