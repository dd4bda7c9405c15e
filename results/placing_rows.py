"""Placements as the plain JSON that the database keeps, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklist.whereabouts import Placement, Reach, Step


def placement_json(placement: Placement) -> dict[str, Any]:
    """A placement as plain JSON values."""
    return {
        "url": placement.url,
        "direct": placement.direct,
        "reach": placement.reach.value,
        "path": [_step_json(step) for step in placement.path],
        "named": placement.named,
        "wording": placement.wording,
        "own_site": placement.own_site,
        "pages_read": placement.pages_read,
    }


def placement_from(value: Mapping[str, Any]) -> Placement:
    """The placement that `placement_json` wrote."""
    return Placement(
        url=value["url"],
        direct=value["direct"],
        reach=Reach(value["reach"]),
        path=tuple(_step_from(step) for step in value["path"]),
        named=value["named"],
        wording=value["wording"],
        own_site=value["own_site"],
        pages_read=value["pages_read"],
    )


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "page_url": step.page_url,
        "page_title": step.page_title,
        "text": step.text,
        "context": step.context,
        "heading_path": list(step.heading_path),
    }


def _step_from(value: Mapping[str, Any]) -> Step:
    return Step(
        page_url=value["page_url"],
        page_title=value["page_title"],
        text=value["text"],
        context=value["context"],
        heading_path=tuple(value["heading_path"]),
    )
