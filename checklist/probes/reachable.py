"""A path of links from the unit's main site to the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from checklist.evidence import Document, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.verdict import Quote
from checklist.whereabouts import Reach


class ReachableProbe(Probe):
    """A path of links from the unit's main site to the evidence.

    When only one page or file was asked about there is no main site to look at; then the
    element is taken as given and the detail says so.
    """

    kind: Literal["reachable"]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Absent only when the whole main site was read and has no link; else unsure."""
        known = [d for d in documents if d.trail.on_main_site is not None]
        if not known:
            quote = _address(documents[0])
            if context.unit and context.unit.main_site:
                question = "เปิดเว็บไซต์หลักได้ไม่ครบ จึงยังไม่รู้ว่ามีลิงก์มายังหน้านี้หรือไม่"
                return unsure(question, quote, reason="main_site_unclear")
            return present(quote, detail="ตรวจเฉพาะหน้านี้ ไม่ได้ตรวจเส้นทางจากเว็บไซต์หลัก")
        on_site = [d for d in known if d.trail.on_main_site]
        if on_site:
            return present(_address(on_site[0]))
        missing = "ไม่พบลิงก์จากเว็บไซต์หลักมายังหน้านี้"
        if any(_searched_in_part(document) for document in known):
            question = f"{missing} แต่ยังอ่านไม่ทั่วเว็บไซต์"
            return unsure(question, _address(known[0]), reason="main_site_unclear")
        return absent(missing, _address(known[0]), reason="not_on_main_site")


def _searched_in_part(document: Document) -> bool:
    """True when pages of the main site were left unread, so that a link may stand on them."""
    where = document.trail.whereabouts
    return where is not None and where.reach is Reach.UNKNOWN


def _address(document: Document) -> Quote:
    trail, fetch = document.trail, document.fetch
    text = trail.link_text or document.title or fetch.final_url
    return Quote.of(document, Passage(f"{text} ({fetch.final_url})", Region.MAIN))
