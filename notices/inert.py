"""A digest whose words came from websites, made fit for programs that act on words. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notices.plain_text import inert

if TYPE_CHECKING:
    from notices.digest import Digest
    from notices.news import Gap, News
    from notices.weekly import Weekly


def inert_digest(digest: Digest) -> Digest:
    """The same to read; only its own addresses (`url`, `report`, `link`) can become links."""
    sections = (
        replace(section, news=tuple(map(_news, section.news))) for section in digest.sections
    )
    return replace(digest, sections=tuple(sections))


def _news(one: News) -> News:
    return replace(
        one,
        unit_name=inert(one.unit_name),
        title=inert(one.title),
        owner=inert(one.owner),
        said=inert(one.said),
        step=inert(one.step),
        gaps=tuple(map(_gap, one.gaps)),
        weekly=_weekly(one.weekly) if one.weekly else None,
    )


def _gap(one: Gap) -> Gap:
    return replace(one, title=inert(one.title), owner=inert(one.owner), step=inert(one.step))


def _weekly(one: Weekly) -> Weekly:
    units = (replace(unit, name=inert(unit.name)) for unit in one.weak_units)
    return replace(one, weak_units=tuple(units))
