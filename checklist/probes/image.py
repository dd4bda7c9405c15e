"""A picture (a chart, a photograph) under a heading or with wording that names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document, Image, Passage, Region, TextSource
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.thai import contains, match_form
from checklist.verdict import Quote

Term = Annotated[str, StringConstraints(min_length=1)]

_DECORATION = (
    "logo", "icon", "banner", "spacer", "button", "arrow", "bullet", "sprite", "avatar",
    "loading", "w3c", "counter", "favicon", "โลโก้", "ไอคอน", "แบนเนอร์",
)  # fmt: skip
_SMALLEST = 80


def is_content(image: Image) -> bool:
    """True for a picture of the page's own content: not a logo, icon, banner or tiny one."""
    if image.region in (Region.NAV, Region.FOOTER, Region.HIDDEN):
        return False
    if any(0 < (side or 0) < _SMALLEST for side in (image.width, image.height)):
        return False
    name = f"{image.url.rsplit('/', 1)[-1]} {image.alt}".lower()
    return not any(word in name for word in _DECORATION)


class ImageProbe(Probe):
    """A picture (a chart, a photograph) under a heading or with wording that names it."""

    kind: Literal["image"]
    about: Annotated[tuple[Term, ...], Field(min_length=1)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the picture's address; unsure when pictures stand there unnamed."""
        unnamed: Quote | None = None
        for document in documents:
            if document.source is TextSource.IMAGE:
                unnamed = unnamed or _quote(document, document.file_name, ())
            for image in filter(is_content, document.images):
                quote = _quote(document, f"[ภาพ] {image.alt} {image.url}", image.heading_path)
                if self._names(image, document):
                    return present(quote)
                unnamed = unnamed or quote
        if unnamed:
            return unsure("มีภาพแต่ไม่มีข้อความบอกว่าเป็นภาพอะไร", unnamed, reason="image_only")
        return absent("ไม่พบภาพ " + " หรือ ".join(f"«{term}»" for term in self.about))

    def _names(self, image: Image, document: Document) -> bool:
        words = (image.alt, image.context, *image.heading_path, document.title)
        forms = [match_form(word) for word in words if word]
        return any(contains(form, term) for form in forms for term in self.about)


def _quote(document: Document, text: str, path: tuple[str, ...]) -> Quote:
    return Quote.of(document, Passage(" ".join(text.split()), Region.ATTRIBUTE, path))
