"""Documents kept on other people's hosts: how to get from a shared address to the real file.

One file a host. All of it is pure: an address or the bytes of an answer in, the next address,
the pages of a flip-book or a refusal out. Nothing here fetches.
"""

from __future__ import annotations

from crawler.hosted import dropbox, flipbooks, google, microsoft, viewers
from crawler.hosted.addresses import on_host, split
from crawler.hosted.flipbooks import Book, is_book, page_texts, read_book
from crawler.hosted.refusals import refusal, stopped

__all__ = [
    "Book",
    "direct",
    "embedded",
    "is_book",
    "is_file_address",
    "is_listing",
    "is_store",
    "onward",
    "page_texts",
    "read_book",
    "refusal",
    "shared_page",
    "stopped",
    "unwrapped",
]

_WRAPPINGS = 3
_STORES = (
    "drive.google.com", "docs.google.com", "googleusercontent.com", "drive.usercontent.google.com",
    "1drv.ms", "onedrive.live.com", "api.onedrive.com", "sharepoint.com", "dropbox.com",
    "dropboxusercontent.com", "anyflip.com", "pubhtml5.com", "fliphtml5.com",
)  # fmt: skip
_HOSTS = (google.direct, microsoft.direct, dropbox.direct, flipbooks.direct)
_PAGE_BYTES = 1_000_000


def unwrapped(url: str) -> str:
    """The document that a viewer's address shows (pdf.js, Google, Office), else `url` itself."""
    for _ in range(_WRAPPINGS):
        inner = viewers.shown(url)
        if inner is None:
            return url
        url = inner
    return url


def direct(url: str) -> str | None:
    """The address at which a hosted or wrapped document gives its bytes; `None` for others.

    A Drive folder gives the address of its public list, a flip-book that of its settings.
    """
    inner = unwrapped(url)
    found = next((target for host in _HOSTS if (target := host(inner)) is not None), None)
    return found or (inner if inner != url else None)


def shared_page(url: str) -> str | None:
    """The address at which a host shows a shared document to visitors; `None` for other pages.

    What robots.txt says of that address holds for the document, in whatever form it is had.
    """
    inner = unwrapped(url)
    if (page := google.page_of(inner)) is not None:
        return page
    known = any(host(inner) is not None for host in _HOSTS)
    return inner if known else None


def is_store(url: str) -> bool:
    """True on a host that keeps other people's documents."""
    parts = split(url)
    return parts is not None and on_host(parts, *_STORES)


def is_listing(url: str) -> bool:
    """True for a shared folder, which is but a list of documents."""
    return google.is_folder(url)


def is_file_address(url: str) -> bool:
    """True when a document or a folder of documents stands at the address, by its host alone."""
    return any(
        known(url)
        for known in (google.is_file, microsoft.is_file, dropbox.is_file, flipbooks.is_book)
    )


def onward(asked: str, final: str, body: bytes) -> str | None:
    """Where a host's page that stands before the file leads on; `None` for every other page.

    `asked` is the address as shared, `final` that of the page, `body` its bytes.
    """
    html = body[:_PAGE_BYTES].decode("utf-8", "replace")
    return google.onward(final, html) or microsoft.onward(asked, final, html)


def embedded(final: str, body: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Documents and page pictures that a page shows through scripts, as absolute addresses."""
    html = body[:_PAGE_BYTES].decode("utf-8", "replace")
    documents = (*google.embedded(final, html), *viewers.documents(final, html))
    return tuple(dict.fromkeys(documents)), viewers.pictures(final, html)
