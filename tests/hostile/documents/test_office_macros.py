"""Word and Excel files with macros.

Tried: a .docm and an .xlsm whose VBA project would run when the file is opened.
Must: the text is read as of any other file, the macro is never looked into, nothing of it is text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.documents.packing import cell, docx, xlsx

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

MACRO = b'Sub AutoOpen()\nShell "calc.exe"\nEnd Sub'


def test_the_text_of_a_docm_is_read(reader: Reader) -> None:
    body = docx("รายงานผล 2567", more={"word/vbaProject.bin": MACRO})
    assert reader.texts(body, "report.docm") == ["รายงานผล 2567"]


def test_the_text_of_an_xlsm_is_read(reader: Reader) -> None:
    body = xlsx(cell("รายงานผล 2567"), more={"xl/vbaProject.bin": MACRO})
    texts = reader.texts(body, "report.xlsm")
    assert "รายงานผล 2567" in texts
    assert not any("calc" in text for text in texts)
