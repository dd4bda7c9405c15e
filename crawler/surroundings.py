"""What belongs to a page though it stands at addresses of its own: frames and pictures. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from checklist.evidence import Document, EmbedKind, Image, Link, Region, TextSource
from checklist.probes.image import ImageProbe, is_content
from checklist.schema import EvidenceShape, Item
from crawler.follow import holds_probe
from crawler.urls import key, same_site, trap

THIN_CHARS = 300
SMALLEST_PX = 300
_CAPTION_CHARS = 200
_DRAWINGS = (".svg", ".ico", ".cur")
_OWN_TEXT = (Region.MAIN, Region.TABLE)


def is_page(document: Document) -> bool:
    """True for a web page that may be judged."""
    return document.readable and document.source in (TextSource.HTML, TextSource.RENDERED)


def is_thin(page: Document) -> bool:
    """True when a page says so little itself that its content must stand elsewhere."""
    return sum(len(p.text) for p in page.passages if p.region in _OWN_TEXT) < THIN_CHARS


def frames_of(page: Document, most: int) -> list[Link]:
    """Frames of the page's own site, as links that carry the page's title; at most `most`."""
    here = page.fetch.final_url
    seen = {key(here), key(page.fetch.url)}
    found: list[Link] = []
    for embed in page.embeds:
        own = embed.kind is EmbedKind.OTHER and same_site(embed.url, here)
        if own and key(embed.url) not in seen and not trap(embed.url):
            seen.add(key(embed.url))
            found.append(
                Link(embed.url, embed.title or page.title, Region.MAIN, embed.heading_path)
            )
    return found[:most]


def asks_for_picture(item: Item) -> bool:
    """True when an element of the item is a chart or photograph."""
    return holds_probe(item, ImageProbe)


def pictures_of(page: Document, item: Item, most: int) -> list[Link]:
    """Pictures that may carry the content of the item's page; at most `most`, in page order.

    They are looked for when the item asks for a picture or the page says little itself; never
    for items that are functions of a page. The link's text is the picture's caption.
    """
    wanted = asks_for_picture(item)
    if not wanted and (item.evidence is EvidenceShape.PAGE or not is_thin(page)):
        return []
    found: dict[str, Link] = {}
    for image in page.images:
        if _may_carry_content(image):
            caption = " ".join((image.alt or image.context).split())[:_CAPTION_CHARS]
            link = Link(image.url, caption, Region.MAIN, image.heading_path, image.context)
            found.setdefault(key(image.url), link)
    return list(found.values())[:most]


def _may_carry_content(image: Image) -> bool:
    if not image.url.startswith(("http://", "https://")) or not is_content(image):
        return False
    small = any(side is not None and side < SMALLEST_PX for side in (image.width, image.height))
    return not small and not urlsplit(image.url).path.lower().endswith(_DRAWINGS)


def is_large_picture(document: Document) -> bool:
    """True for a picture that was read and is not known to be small."""
    if not document.readable or document.source is not TextSource.IMAGE:
        return False
    sides = [side for image in document.images[:1] for side in (image.width, image.height)]
    return not any(side is not None and side < SMALLEST_PX for side in sides)
