"""All files of the bench, each with the text it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.read import office, printed, scans
from bench.read.faults import FAULTS, hand_made
from bench.read.sample import Family, Sample
from bench.read.truetype import load
from bench.read.wording import paper, sound_paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.Image import Image

    from bench.read.sample import Paper

HAND_FONTS = ("Garuda", "Norasi", "Loma", "Laksaman", "Kinnari", "Sawasdee", "Waree", "Umpush")
SCAN_FONTS = ("Garuda", "Laksaman", "Norasi", "Loma", "Waree", "Kinnari")
BOLD = ("Garuda", "Laksaman", "Norasi", "Waree")
NARROW = ("Garuda", "Laksaman")
FILES_A_FAULT = 2
_SCAN_POINTS = 13


def font_file(family: str) -> Path:
    """Where the upright cut of a family lies."""
    return printed.FONT_FOLDER / f"{family.replace(' ', '')}.ttf"


def faulty() -> Iterator[Sample]:
    """Hand-made PDFs: each fault in two fonts and two papers.

    Without a ToUnicode map a page is a picture to a reader, so the aims are those of a scan.
    """
    for index, fault in enumerate(FAULTS):
        for turn in range(FILES_A_FAULT):
            number = FILES_A_FAULT * index + turn
            font = HAND_FONTS[number % len(HAND_FONTS)]
            text = paper(number)
            body = hand_made(text, load(font_file(font)), fault)
            family = Family.FAULT if fault.mapped else Family.CLEAN_SCAN
            yield Sample(f"{fault.name}-{font}.pdf", family, fault.thai, body, text)


def by_chromium() -> Iterator[Sample]:
    """PDFs printed by Chromium in every family, some also in bold.

    Raises:
        printed.MissingProgramError: no Chromium or no fonts.
    """
    cuts = [(font, 400) for font in printed.families()] + [(font, 700) for font in BOLD]
    papers = [paper(number) for number in range(len(cuts))]
    pages = [
        printed.as_html(text, font, weight=weight)
        for text, (font, weight) in zip(papers, cuts, strict=True)
    ]
    for text, (font, weight), body in zip(papers, cuts, printed.by_chromium(pages), strict=True):
        name = f"chromium-{font}{'-bold' if weight == 700 else ''}.pdf"
        yield Sample(name, Family.TEXT_PDF, "พิมพ์จาก Chromium", body, text)


def by_libreoffice() -> Iterator[Sample]:
    """PDFs printed by LibreOffice in every family.

    Raises:
        printed.MissingProgramError: no LibreOffice or no fonts.
    """
    papers = {font: paper(number) for number, font in enumerate(printed.families())}
    for font, body in printed.by_libreoffice(papers).items():
        name = f"libreoffice-{font}.pdf"
        yield Sample(name, Family.TEXT_PDF, "พิมพ์จาก LibreOffice", body, papers[font])
    narrow = {font: papers[font] for font in NARROW}
    for font, body in printed.by_libreoffice(narrow, narrow=True).items():
        name = f"libreoffice-{font}-narrow.pdf"
        yield Sample(name, Family.TEXT_PDF, "LibreOffice ตารางช่องแคบ", body, papers[font])


def sound() -> Iterator[Sample]:
    """Wording that only resembles broken text, in forms that are all sound.

    Raises:
        printed.MissingProgramError: no Chromium or no fonts.
    """
    text = sound_paper()
    group = "ถ้อยคำปกติที่ดูคล้ายเสีย"
    font = load(font_file("Garuda"))
    forms = {
        "txt": text.text.encode(),
        "docx": office.word_file(text),
        "pdf": hand_made(text, font, FAULTS[0]),
        "chromium.pdf": printed.by_chromium([printed.as_html(text, "Laksaman")])[0],
    }
    for suffix, body in forms.items():
        yield Sample(f"sound.{suffix}", Family.SOUND, group, body, text)


def office_files() -> Iterator[Sample]:
    """Twins of one paper a format."""
    writers = {
        "docx": office.word_file,
        "xlsx": office.spreadsheet,
        "pptx": office.slides,
        "odt": office.open_document,
    }
    for number, (suffix, write) in enumerate(writers.items()):
        for text in (paper(number), paper(number + 3)):
            name = f"paper-{text.number}.{suffix}"
            yield Sample(name, Family.OFFICE, suffix.upper(), write(text), text)


def scanned() -> Iterator[Sample]:
    """Scans at 200 dpi: clean ones, worn ones, clean ones below a false text layer.

    Raises:
        printed.MissingProgramError: no Chromium or no fonts.
    """
    papers = [paper(number) for number in range(len(SCAN_FONTS))]
    pages = [
        printed.as_html(text, font, points=_SCAN_POINTS)
        for text, font in zip(papers, SCAN_FONTS, strict=True)
    ]
    for index, body in enumerate(printed.by_chromium(pages)):
        yield from _scans_of(index, papers[index], scans.render(body))


def _scans_of(index: int, text: Paper, pictures: list[Image]) -> Iterator[Sample]:
    font = SCAN_FONTS[index]
    clean = scans.as_pdf(pictures)
    yield Sample(f"scan-{font}.pdf", Family.CLEAN_SCAN, "ภาพสแกนสะอาด", clean, text)
    if index < len(scans.WEAR):
        wear = scans.WEAR[index]
        worn = [scans.worn(picture, wear, seed=index) for picture in pictures]
        body = scans.as_pdf(worn, jpeg=wear.quality)
        yield Sample(f"worn-{font}.pdf", Family.POOR_SCAN, "ภาพสแกนเอียงและมีจุดรบกวน", body, text)
    if index >= len(SCAN_FONTS) - 2:
        body = scans.as_pdf(pictures, false_text=True)
        group = "ภาพสแกนใต้ข้อความลวง"
        yield Sample(f"false-layer-{font}.pdf", Family.CLEAN_SCAN, group, body, text)
