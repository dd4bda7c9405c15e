"""Words that mail and chat programs act upon.

Tried: Unit names, titles and what a page said hold bare addresses with a tempting preview, Markdown
links, `@all`, `@everyone`, `<!channel>`, HTML and script addresses.
Must: In mail and LINE nobody is mentioned and nothing of it becomes a link: only the page that was
checked and our report are links; the words read the same, and a webhook gets them unchanged.
"""

from __future__ import annotations

import json
import re

import pytest

from notices.letters import Letters
from tests.hostile.readers.attacks import ADDRESSES, MARKUP
from tests.hostile.readers.test_markup_in_the_report import acting
from tests.notices.test_letters import digest, news

WORDS = (
    "ดูผลที่ https://evil.example/login",
    "www.evil.example/ผลตรวจ",
    "evil.example/oit",
    "[เข้าสู่ระบบ](http://evil.example)",
    "@all @everyone @here",
    "<!channel> <@U123> <http://evil.example|คลิก>",
    "javascript:alert(1)",
)
ACTS = re.compile(r"://[\w]|evil\.example|\]\(|(?<![\w.])@\w|<[!@#]|<http")


@pytest.mark.parametrize("text", WORDS)
def test_only_our_own_addresses_can_be_clicked(text: str) -> None:
    page = "https://www.surin.go.th/plan.pdf"
    letter = Letters().letter(digest(news(unit_name=text, said=text, step=text, url=page)))
    ours = (page, "https://oit.example.go.th/gap-surin.html")
    for said in (letter.text, letter.line):
        for address in ours:
            assert address in said
            said = said.replace(address, "")
        assert not ACTS.search(said)
        assert text in said.replace("\u200b", "")
    links = re.findall(r'href="([^"]*)"', letter.html)
    assert set(links) <= set(ours)
    assert text in json.dumps(json.loads(letter.data), ensure_ascii=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_is_no_web_page_is_not_named_as_one(address: str) -> None:
    letter = Letters().letter(digest(news(url=address)))
    assert "หน้าที่ตรวจ" not in letter.html + letter.text + letter.line


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text_in_a_mail(text: str) -> None:
    letter = Letters().letter(digest(news(unit_name=text, said=text, step=text, title=text)))
    assert acting(letter.html) == []
