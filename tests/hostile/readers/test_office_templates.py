"""An office's own template that tries to compute, to read files or to run programs.

Tried: A memo's template or a mail's template, taken from somewhere, reaches for Python's insides,
includes files, loops for ever, or names what does not exist.
Must: The memo's template is refused in one Thai line; the mail's template runs in a sandbox and is
refused in one Thai line too; nothing is read, run or sent.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from notices.letters import LetterError, Letters
from results.papers.memo_docx import MemoTemplate
from results.papers.template_package import TemplateError
from tests.notices.test_letters import digest
from tests.results.papers.papers_samples import template_of

REACHING = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ digest.__class__.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ (lambda: 1)() }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% for x in range(10**9) %}ก{% endfor %}",
)


@pytest.mark.parametrize("attack", REACHING)
def test_a_memos_template_can_do_nothing_but_name_fields(attack: str) -> None:
    with pytest.raises(TemplateError) as refused:
        MemoTemplate(template_of(attack))
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("attack", REACHING)
def test_a_mails_template_runs_in_a_sandbox(tmp_path: Path, attack: str) -> None:
    (tmp_path / "mail.txt.j2").write_text(attack, encoding="utf-8")
    with pytest.raises(LetterError) as refused:
        Letters(tmp_path).letter(digest())
    assert len(str(refused.value).splitlines()) == 1
