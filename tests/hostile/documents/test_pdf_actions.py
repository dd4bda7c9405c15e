"""PDFs that act when they are opened.

Tried: JavaScript and a program on opening, links of other schemes, an attached program.
Must: nothing is run, the text is read, only web and mail links are kept, the program is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.crawler.extract.hand_pdf import assembled, line, stream

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader


def link(uri: bytes, number: int) -> bytes:
    place = b"/Rect[10 %d 90 %d]" % (10 * number, 10 * number + 9)
    return b"<</Type/Annot/Subtype/Link%s/A<</S/URI/URI(%s)>>>>" % (place, uri)


URIS = (b"javascript:alert(1)", b"file:///etc/passwd", b"data:text/html,x", b"https://a.go.th/plan")
FILE = assembled([
    b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R/AA<</WC 7 0 R>>/Names<</EmbeddedFiles<</Names[(run.exe) 8 0 R]>>>>>>",
    b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>/Annots[%s]>>"
    % b"".join(link(uri, number) for number, uri in enumerate(URIS)),
    stream(line("Annual plan of the office")),
    b"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.2:9/'\\))>>",
    b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>",
    b"<</Type/Filespec/F(run.exe)/UF(run.exe)/EF<</F 9 0 R>>>>",
    stream(b"MZ\x90\0" + bytes(300), b"/Type/EmbeddedFile"),
])  # fmt: skip


def test_only_text_and_web_links_come_of_it(reader: Reader) -> None:
    document = reader.read(FILE, "plan.pdf")
    assert [p.text for p in document.passages] == ["Annual plan of the office"]
    assert [found.url for found in document.links] == ["https://a.go.th/plan"]
    assert document.metadata["attachments"] == "run.exe"
