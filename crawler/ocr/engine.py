"""Tesseract through tesserocr: a picture in, lines of symbols with their places out."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import tesserocr  # type: ignore[import-untyped]

from crawler.ocr.model import Symbol, TextLine

if TYPE_CHECKING:
    from PIL import Image

_log = logging.getLogger(__name__)
_LEVEL = tesserocr.RIL
_SYSTEM = "/usr/share/tesseract-ocr/*/tessdata"


class EngineMissingError(Exception):
    """No Thai data for Tesseract on this machine; the text says what to install."""


def find_tessdata(given: Path | None, languages: str) -> Path:
    """The folder that holds the data of every one of `languages` ("tha+eng").

    Looked for in `given`, else in TESSDATA_PREFIX, else among the system's packages.

    Raises:
        EngineMissingError: none has them all.
    """
    prefix = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(prefix), Path(prefix) / "tessdata"] if prefix else []
    folders += sorted(Path("/").glob(_SYSTEM.lstrip("/")), reverse=True)
    folders += [Path("/usr/share/tessdata"), Path("/usr/local/share/tessdata")]
    wanted = [f"{language}.traineddata" for language in languages.split("+")]
    for folder in [given] if given else folders:
        if all((folder / name).is_file() for name in wanted):
            return folder
    raise EngineMissingError(
        f"ไม่พบข้อมูลภาษาของ Tesseract ({', '.join(wanted)}) ติดตั้งด้วย apt install tesseract-ocr-tha"
    )


class Engine:
    """One Tesseract with its data loaded; used by one thread at a time."""

    def __init__(self, tessdata: Path, languages: str) -> None:
        """Load `languages` from the folder `tessdata`."""
        self._tessdata = tessdata
        # Leptonica tells stderr of every empty box it meets on a page.
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
        # Single column of lines of varying size: on Thai pages the full layout analysis takes
        # tone marks above a line for lines of their own.
        self._api = tesserocr.PyTessBaseAPI(
            path=f"{tessdata}/", lang=languages, psm=tesserocr.PSM.SINGLE_COLUMN
        )
        # Thai "words" are single letters to Tesseract; without this it parts them with spaces.
        self._api.SetVariable("preserve_interword_spaces", "1")

    def lines(self, picture: Image.Image, dpi: int) -> tuple[TextLine, ...]:
        """The lines of a grey `picture` in reading order, empty ones left out."""
        self._api.SetImage(picture)
        self._api.SetSourceResolution(dpi)
        try:
            if not self._api.Recognize():
                return ()
            return tuple(_lines(self._api.GetIterator()))
        finally:
            self._api.Clear()

    def remark(self) -> None:
        """Have Tesseract say something, of a file of settings that is not there."""
        self._api.ReadConfigFile(f"{self._tessdata}/none")

    def quarter_turns(self, picture: Image.Image) -> int | None:
        """How often `picture` must be turned left by 90 degrees to stand upright; None unsure."""
        if not (self._tessdata / "osd.traineddata").is_file():
            return None
        with tesserocr.PyTessBaseAPI(
            path=f"{self._tessdata}/", lang="osd", psm=tesserocr.PSM.OSD_ONLY
        ) as api:
            api.SetImage(picture)
            try:
                found = api.DetectOrientationScript()
            except RuntimeError as error:
                _log.info("orientation not found: %s", error)
                return None
        if not found or found["orient_conf"] < 1.0:
            return None
        return int(found["orient_deg"]) // 90 % 4


def _lines(iterator: tesserocr.PyResultIterator | None) -> Iterator[TextLine]:
    if iterator is None:
        return
    symbols: list[Symbol] = []
    box: tuple[int, int, int, int] | None = None
    sure_line = 0.0
    for place in tesserocr.iterate_level(iterator, _LEVEL.SYMBOL):
        if place.IsAtBeginningOf(_LEVEL.TEXTLINE):
            if box and symbols:
                yield TextLine(*box, tuple(symbols), sure_line)
            box, symbols = place.BoundingBox(_LEVEL.TEXTLINE), []
            sure_line = float(place.Confidence(_LEVEL.TEXTLINE))
        try:
            text = str(place.GetUTF8Text(_LEVEL.SYMBOL))
        except RuntimeError:
            continue
        found = place.BoundingBox(_LEVEL.SYMBOL)
        if not text.strip() or found is None:
            continue
        begins = place.IsAtBeginningOf(_LEVEL.WORD)
        spaced = bool(symbols and begins and place.BlanksBeforeWord() > 0)
        left, top, right, bottom = found
        sure = float(place.Confidence(_LEVEL.SYMBOL))
        symbols.append(Symbol(text, left, top, right, bottom, sure, spaced))
    if box and symbols:
        yield TextLine(*box, tuple(symbols), sure_line)


def make_ready(tessdata: Path | None, languages: str) -> None:
    """Load the process's engine and have it make a remark; without its data nothing is done.

    Tesseract opens the place for its remarks with the first one, and crashes where that is
    refused, as it is to a confined process.
    """
    with suppress(EngineMissingError):
        engine_for(tessdata, languages).remark()


@lru_cache(maxsize=1)
def engine_for(tessdata: Path | None, languages: str) -> Engine:
    """The process's engine, loaded once.

    Raises:
        EngineMissingError: the data is not installed.
    """
    return Engine(find_tessdata(tessdata, languages), languages)
