"""Words of a template language in crawled titles and in names.

Tried: A page is titled `{{7*7}}` or `{% for … %}`, a unit calls itself `{{ self.__init__ }}`, a
decision's reason holds `${…}`, `<%= … %>` and `{#`.
Must: They are printed as they stand in the memo made with docxtpl, in the report, and in mails.
"""

from __future__ import annotations

import pytest

from notices.letters import Letters
from results.formats.html import unit_html
from results.papers.memo import memo_values
from results.papers.memo_docx import MemoTemplate
from results.papers.memo_template import memo_template
from tests.notices.test_letters import digest, news
from tests.results.pages import read
from tests.results.papers.papers_samples import text_of
from tests.results.papers.test_memo import LETTER, OFFICE
from tests.results.sheets import report_saying

WORDS = (
    "{{7*7}}",
    "{% for x in range(9**9) %}ก{% endfor %}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{# หายไป #}{%- raw -%}",
    "${7*7} <%= 7*7 %> #{7*7}",
    "{%p if x %}{%tr for y in z %}{{r x }}",
)


@pytest.mark.parametrize("text", WORDS)
def test_it_is_printed_as_it_stands(text: str) -> None:
    report = report_saying(text)
    memo = MemoTemplate(memo_template()).filled(memo_values(report, OFFICE, LETTER))
    said = text.replace("7*7", "").replace("9**9", "")
    assert "49" not in said
    assert text[:4] in text_of(memo).replace("๗", "7").replace("๙", "9")
    assert text in read(unit_html(report)).get_text()
    letter = Letters().letter(digest(news(unit_name=text, said=text)))
    assert text[:4] in letter.text.replace("\u200b", "")
