"""Links from the site to the unit's own social network pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import urlsplit

from checklist.evidence import Document, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present
from checklist.reading import HTML_SOURCES
from checklist.verdict import Quote

Network = Literal["facebook", "x", "instagram", "youtube", "line", "tiktok"]

_HOSTS: dict[str, Network] = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.me": "facebook",
    "twitter.com": "x",
    "x.com": "x",
    "instagram.com": "instagram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "line.me": "line",
    "lin.ee": "line",
    "tiktok.com": "tiktok",
}
_NOT_ACCOUNTS = (
    "sharer",
    "share",
    "intent",
    "plugins",
    "dialog",
    "hashtag",
    "watch",
    "embed",
    "login",
    "policies",
    "lineit",
    "home",
    "messages",
    "wordpress",
    "wix",
    "joomla",
)


def network_of(url: str) -> Network | None:
    """The social network whose account page `url` is, or None (share buttons are none)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("th-th.")
    network = next(
        (name for known, name in _HOSTS.items() if host == known or host.endswith("." + known)),
        None,
    )
    path = parts.path.strip("/").lower()
    first = path.split("/")[0].removesuffix(".php")
    if network is None or (not path and not parts.query):
        return None
    if first in _NOT_ACCOUNTS:
        return None
    return network


class SocialProbe(Probe):
    """Links from the site to the unit's own social network pages, of any of `networks`."""

    kind: Literal["social"]
    networks: tuple[Network, ...] = ()

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with a quote for every account; share buttons and bare hosts do not count."""
        quotes: dict[Network, Quote] = {}
        for document in filter(_is_page, documents):
            for url, quote in _accounts(document):
                network = network_of(url)
                if network and (not self.networks or network in self.networks):
                    quotes.setdefault(network, quote)
        if quotes:
            return present(*quotes.values())
        return absent("ไม่พบลิงก์ไปยังบัญชีเครือข่ายสังคมออนไลน์ของหน่วยงาน")


def _is_page(document: Document) -> bool:
    """A page of the site, or the account itself; a link inside a PDF is no place on the site."""
    return document.source in HTML_SOURCES or not document.readable


def _accounts(document: Document) -> Iterator[tuple[str, Quote]]:
    yield (
        document.fetch.final_url,
        Quote.of(document, Passage(document.title or document.fetch.final_url)),
    )
    for link in document.links:
        if link.region is not Region.HIDDEN:
            text = f"{link.text} → {link.url}".strip()
            yield link.url, Quote.of(document, Passage(text, link.region, link.heading_path))
    for embed in document.embeds:
        text = f"{embed.title} → {embed.url}".strip()
        yield embed.url, Quote.of(document, Passage(text, Region.MAIN, embed.heading_path))
