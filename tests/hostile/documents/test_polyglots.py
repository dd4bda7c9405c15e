"""One file that is two formats at once, harmless to a checker and harmful to a visitor.

Tried: a PDF with an archive behind it, a page that begins as a PDF, a script in a GIF's comment.
Must: it is read as one format only, and nothing of the other becomes text that could pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.evidence import TextSource
from tests.crawler.extract.hand_pdf import line, pdf
from tests.hostile.documents.packing import docx

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

PDF = pdf([line("Annual plan of the office")])


def test_a_pdf_with_an_archive_behind_it_is_a_pdf(reader: Reader) -> None:
    document = reader.read(PDF + docx("แผนปี 2567"), "plan.docx")
    assert document.source is TextSource.PDF
    assert [p.text for p in document.passages] == ["Annual plan of the office"]


def test_a_page_with_a_pdf_in_it_is_one_of_the_two(reader: Reader) -> None:
    document = reader.read(b"<html><body><p>Page</p><!--" + PDF + b"--></body></html>", "a.pdf")
    assert [p.text for p in document.passages] == ["Page"]


def test_a_script_in_a_picture_is_a_picture(reader: Reader) -> None:
    script = b"GIF89a/*" + bytes(40) + b"*/=1;document.write('<p>2567</p>')"
    document = reader.read(script, "a.gif", "text/html")
    assert document.passages == ()
