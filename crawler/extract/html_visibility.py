"""Can a visitor see an element? Hidden text is recorded and never counts as published.

Text behind a click that the page itself offers (accordion, tab, dialog, `<details>`) is
published text.
"""

from __future__ import annotations

import re

from bs4 import Tag

from crawler.extract.html_facts import HIDING_STYLE, TOGGLER, PageFacts, attribute, classes

_PANEL_NAMES = {
    "collapse",
    "collapsing",
    "tab-pane",
    "tabcontent",
    "tab-content",
    "panel-collapse",
    "accordion",
    "accordion-content",
    "accordion-collapse",
    "accordion-body",
    "accordion-panel",
    "ui-tabs-panel",
    "ui-accordion-content",
    "elementor-tab-content",
    "toggle-content",
    "vc_tta-panel-body",
    "et_pb_toggle_content",
    "slick-slide",
    "swiper-slide",
    "owl-item",
    "carousel-item",
    "wow",
    "aos-init",
    "animated",
    "elementor-invisible",
    "panel",
}
_HIDING_CLASSES = {"sr-only", "visually-hidden", "screen-reader-text", "d-none", "hidden", "hide"}
_COLOR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)\D+(\d+)\D+(\d+)")


def is_hidden(tag: Tag, facts: PageFacts) -> bool:
    """True when a visitor cannot see the element and the page offers no way to open it."""
    if not tag.attrs:
        return tag.name == "dialog"
    style = attribute(tag, "style")
    own = classes(tag)
    hides = (
        (tag.get("hidden") is not None and attribute(tag, "hidden") != "until-found")
        or (bool(style) and HIDING_STYLE.search(style) is not None)
        or _hidden_by_name(own)
        or attribute(tag, "aria-hidden") == "true"
        or (tag.name == "dialog" and tag.get("open") is None)
        or _hidden_by_sheet(tag, facts)
    )
    if hides:
        return not _can_be_opened(tag, own, facts)
    return bool(style or tag.get("color")) and _melts_into_background(tag, facts)


def _hidden_by_name(own: set[str]) -> bool:
    """Hidden by a framework's class, unless another class shows it on wider screens."""
    shown_wider = any(":" in name or re.fullmatch(r"d-(sm|md|lg|xl|xxl)-\w+", name) for name in own)
    return bool(own & _HIDING_CLASSES) and not shown_wider


def _hidden_by_sheet(tag: Tag, facts: PageFacts) -> bool:
    if not facts.hiding:
        return False
    names = {f".{name}" for name in attribute(tag, "class").split()}
    return bool(names & facts.hiding) or f"#{attribute(tag, 'id')}" in facts.hiding


def _can_be_opened(tag: Tag, own: set[str], facts: PageFacts) -> bool:
    if own & _PANEL_NAMES or attribute(tag, "role") == "tabpanel":
        return True
    if attribute(tag, "id") in facts.openable:
        return True
    before = tag.find_previous_sibling()
    if not isinstance(before, Tag):
        return False
    return before.name in {"summary", "button"} or bool(
        TOGGLER.search(attribute(before, "class")) or before.get("onclick")
    )


def _melts_into_background(tag: Tag, facts: PageFacts) -> bool:
    """Text in the colour of its background, as far as the page's own attributes tell."""
    ink = _COLOR.search(attribute(tag, "style"))
    color = _rgb(ink.group(1) if ink else attribute(tag, "color"))
    if color is None:
        return False
    holder: Tag | None = tag
    while holder is not None:
        found = _BACKGROUND.search(attribute(holder, "style"))
        paper = found.group(1) if found else attribute(holder, "bgcolor")
        if paper:
            return _rgb(paper) == color
        if holder.get("background") or (holder.get("class") and facts.styled_background):
            return False
        holder = holder.parent
    return color == (255, 255, 255) and not facts.styled_background


def _rgb(value: str) -> tuple[int, int, int] | None:
    plain = value.strip().lower()
    if plain in {"white", "black"}:
        return (255, 255, 255) if plain == "white" else (0, 0, 0)
    if found := _RGB.match(plain):
        return int(found[1]), int(found[2]), int(found[3])
    digits = plain.split()[0].lstrip("#") if plain else ""
    if re.fullmatch(r"[0-9a-f]{3}", digits):
        digits = "".join(char * 2 for char in digits)
    if not re.fullmatch(r"[0-9a-f]{6}", digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
