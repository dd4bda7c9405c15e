"""Pictures of a document's pages: PDF pages rendered, frames of a picture scaled to about 200 dpi.

Sizes are checked before anything is decoded; a picture too large for the limit is refused.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from PIL import Image

from crawler.picture_formats import FORMATS

_POINTS = 72
_A4_LONG_INCHES = 11.7
_MOST_ENLARGED = 2.5
_PAPER_INCHES = 17.0
_SHOWN = 13.0


class PageTooLargeError(Exception):
    """The picture would need more pixels than allowed."""


class PageDamagedError(Exception):
    """The page or picture cannot be decoded."""


@contextmanager
def opened(body: bytes) -> Iterator[PageSource]:
    """The pages of a PDF or of a picture.

    Raises:
        PageDamagedError: neither a PDF nor a picture that can be opened.
    """
    source: PageSource
    if body.lstrip()[:5] == b"%PDF-" or b"%PDF-" in body[:1024]:
        source = _PdfPages(body)
    else:
        source = _Frames(body)
    try:
        yield source
    finally:
        source.close()


class PageSource:
    """Pages counted from 1."""

    count: int = 0

    def picture(self, page: int, dpi: int, max_pixels: int) -> Image.Image:
        """The grey picture of `page` at about `dpi`.

        Raises:
            PageTooLargeError: it would exceed `max_pixels`.
            PageDamagedError: it cannot be decoded.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Free the file."""
        raise NotImplementedError


class _PdfPages(PageSource):
    def __init__(self, body: bytes) -> None:
        try:
            self._file = pdfium.PdfDocument(body)
        except pdfium.PdfiumError as error:
            raise PageDamagedError(str(error)) from error
        self.count = len(self._file)

    def picture(self, page: int, dpi: int, max_pixels: int) -> Image.Image:
        """The page rendered; one larger than A3 as if it were a little larger than A4.

        Scanners that note no resolution make such pages; their print is that of an A4 sheet.
        """
        try:
            sheet = self._file[page - 1]
            try:
                long_side = max(*sheet.get_size(), 1.0)
                inches = long_side / _POINTS
                scale = dpi / _POINTS * (1.0 if inches <= _PAPER_INCHES else _SHOWN / inches)
                width, height = (side * scale for side in sheet.get_size())
                if width * height > max_pixels:
                    raise PageTooLargeError
                bitmap = sheet.render(scale=scale, grayscale=True)
                try:
                    picture: Image.Image = bitmap.to_pil().convert("L")
                    return picture.copy()
                finally:
                    bitmap.close()
            finally:
                sheet.close()
        except (pdfium.PdfiumError, IndexError, ValueError) as error:
            raise PageDamagedError(str(error)) from error

    def close(self) -> None:
        self._file.close()


class _Frames(PageSource):
    def __init__(self, body: bytes) -> None:
        try:
            with _quiet():
                self._file = Image.open(io.BytesIO(body), formats=FORMATS)
            many = self._file.format == "TIFF"
            self.count = int(getattr(self._file, "n_frames", 1)) if many else 1
        except Image.DecompressionBombError as error:
            raise PageTooLargeError from error
        except (OSError, ValueError, SyntaxError) as error:
            raise PageDamagedError(str(error)) from error

    def picture(self, page: int, dpi: int, max_pixels: int) -> Image.Image:
        """The frame scaled as if its longer side were that of an A4 sheet."""
        try:
            with _quiet():
                if self.count > 1:
                    self._file.seek(page - 1)
                target = dpi * _A4_LONG_INCHES
                if self._file.format == "JPEG":
                    self._file.draft("L", (int(target), int(target)))
                if self._file.width * self._file.height > max_pixels:
                    raise PageTooLargeError
                return _scaled(_grey(self._file), target)
        except Image.DecompressionBombError as error:
            raise PageTooLargeError from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise PageDamagedError(str(error)) from error

    def close(self) -> None:
        self._file.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Pillow's warning about large pictures is left to our own limit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        yield


def _grey(picture: Image.Image) -> Image.Image:
    """Grey on white: transparent parts are paper."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("L")
    return picture.convert("L")


def _scaled(picture: Image.Image, target: float) -> Image.Image:
    longer = max(picture.size)
    scale = min(target / longer, _MOST_ENLARGED)
    if 0.8 <= scale <= 1.0 or longer < 8:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def chosen(pages: list[int], most: int) -> list[int]:
    """At most `most` of `pages`, in page order: first six, last two, then the rest in order."""
    ordered = sorted(set(pages))
    wanted = [*ordered[:6], *ordered[6:][-2:], *ordered[6:]]
    return sorted(list(dict.fromkeys(wanted))[:most])
