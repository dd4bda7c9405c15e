"""The templates' surroundings: everything escaped, links only to http(s), Thai words at hand."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from checklist.verdict import ElementState
from results import wording
from results.first_steps import first_step, short
from results.formats.unbroken import unbroken
from results.formats.words import document_name, only_note, purpose
from results.links import safe_link, shown_url
from results.speech import _, moment_text
from results.wording import tidy

if TYPE_CHECKING:
    from results.report import ItemFinding, PictureText

SYMBOLS = {
    "pass": "✓",  # nosec B105  # a sign for a verdict
    "missing": "✕",
    "outdated": "↻",
    "review": "?",
    "error": "!",
    "not_applicable": "–",
    "waived": "○",
    "vouched": "☑",
    "unchecked": "·",
}
STATE_GROUPS = {"present": "pass", "absent": "missing", "outdated": "outdated", "unsure": "review"}
INLINE_BYTES = 150 * 1024
"""Larger pictures stay files beside the report."""
_PICTURE_KINDS = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


def points(value: float) -> str:
    """A score or weight with two decimals: `22.88`."""
    return f"{value:.2f}"


def plain(value: float) -> str:
    """A weight without needless zeros: `40`."""
    return f"{value:g}"


def nothing_seen(finding: ItemFinding) -> bool:
    """True when no element has anything of its own to tell, so that a plain list will do."""
    return not any(
        element.quotes or element.detail or element.state not in (None, ElementState.ABSENT)
        for element in finding.elements
        if element.required
    )


def evidence_urls(finding: ItemFinding) -> tuple[str, ...]:
    """The addresses where a finding's shown quotes stand, each once."""
    quotes = (element.quotes[0] for element in finding.elements if element.quotes)
    return tuple(dict.fromkeys(quote.final_url or quote.url for quote in quotes))


def inline_picture(picture: PictureText, limit: int = INLINE_BYTES) -> str:
    """A `data:` address of a picture of at most `limit` bytes, "" for a larger one."""
    if not picture.content or len(picture.content) > limit:
        return ""
    kind = _PICTURE_KINDS[picture.file.rpartition(".")[2]]
    return f"data:{kind};base64,{b64encode(picture.content).decode('ascii')}"


def signed(value: float) -> str:
    """A difference with its sign: `+1.25`, `−0.40`, `0.00`."""
    rounded = round(value, 2)
    if not rounded:
        return "0.00"
    return f"+{rounded:.2f}" if rounded > 0 else f"−{-rounded:.2f}"


def page_counter() -> Markup:
    """The CSS content that numbers the sheets, `หน้า 3 จาก 12`."""
    said = _("หน้า {page} จาก {pages}")
    for name, counter in (("{page}", '" counter(page) "'), ("{pages}", '" counter(pages) "')):
        said = said.replace(name, counter)
    return Markup(f'"{said}"')  # nosec B704  # our own words


@cache
def templates() -> Environment:
    """The environment of every HTML template; unknown names are errors, all text is escaped."""
    environment = Environment(
        loader=PackageLoader("results.formats", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        safe_link=safe_link,
        shown_url=shown_url,
        points=points,
        plain=plain,
        nothing_seen=nothing_seen,
        evidence_urls=evidence_urls,
        signed=signed,
        first_step=first_step,
        short=short,
        inline_picture=inline_picture,
        clip=tidy,
        moment=moment_text,
        duration=wording.duration_text,
        size=wording.size,
        unbroken=unbroken,
        document_name=document_name,
        only_note=only_note,
        purpose=purpose,
    )
    environment.globals.update(
        _=_,
        page_counter=page_counter,
        symbols=SYMBOLS,
        group_words=wording.GROUPS,
        state_groups=STATE_GROUPS,
        tier_words=wording.TIERS,
        kept_in_thai=wording.kept_in_thai,
    )
    return environment
