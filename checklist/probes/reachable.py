"""A path of links from the unit's main site to the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from checklist.evidence import Document, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present
from checklist.verdict import Quote


class ReachableProbe(Probe):
    """A path of links from the unit's main site to the evidence.

    When only one page or file was asked about, no main site was looked at; then the element is
    taken as given and the detail says so.
    """

    kind: Literal["reachable"]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Absent with `not_on_main_site` only when the main site was read and has no link."""
        on_site = [d for d in documents if d.trail.on_main_site]
        unknown = [d for d in documents if d.trail.on_main_site is None]
        if on_site:
            return present(_address(on_site[0]))
        if unknown:
            return present(_address(unknown[0]), detail="ตรวจเฉพาะหน้านี้ ไม่ได้ตรวจเส้นทางจากเว็บไซต์หลัก")
        return absent(
            "ไม่พบลิงก์จากเว็บไซต์หลักมายังหน้านี้", _address(documents[0]), reason="not_on_main_site"
        )


def _address(document: Document) -> Quote:
    trail, fetch = document.trail, document.fetch
    text = trail.link_text or document.title or fetch.final_url
    return Quote.of(document, Passage(f"{text} ({fetch.final_url})", Region.MAIN))
