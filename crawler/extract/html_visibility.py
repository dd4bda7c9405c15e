"""Can a visitor see an element? Hidden text is recorded and never counts as published.

Text behind a click that the page itself offers (accordion, tab, dialog, `<details>`) is
published text.
"""

from __future__ import annotations

import re

from bs4 import Tag

from crawler.extract.html_colours import Colour, alike, colour_of
from crawler.extract.html_facts import MARK, TOGGLER, PageFacts, attribute, classes
from crawler.extract.html_styles import Sheet, Sight, shows, sight_of

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
_COLOR = re.compile(r"(?<![\w-])(?:color|-webkit-text-fill-color)\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?<![\w-])background(?:-color|-image)?\s*:\s*([^;!]+)", re.IGNORECASE)
_PAINTED = re.compile(r"background-clip\s*:\s*text", re.IGNORECASE)
_WHITE: Colour = (255, 255, 255)


def is_hidden(tag: Tag, facts: PageFacts) -> bool:
    """True when a visitor cannot see the element and the page offers no way to open it."""
    own = classes(tag) if tag.attrs else set()
    style = facts.sheet.plain(attribute(tag, "style")) if tag.attrs else ""
    sheet = _sheet_style(tag, facts)
    inline, ruled = sight_of(style) if style else Sight.SEEN, Sight.SEEN
    if sheet:
        ruled = sight_of(sheet)
        if shows(style):
            ruled &= ~Sight.CLOSED
    mark = attribute(tag, MARK) if facts.marked else ""
    if (inline | ruled) & Sight.UNSEEN or mark == "unseen":
        return True
    closes = (
        mark == "closed"
        or bool((inline | ruled) & Sight.CLOSED)
        or (tag.get("hidden") is not None and attribute(tag, "hidden") != "until-found")
        or _hidden_by_name(own)
        or attribute(tag, "aria-hidden") == "true"
        or (tag.name == "dialog" and tag.get("open") is None)
    )
    if closes:
        return not _can_be_opened(tag, own, facts)
    return _inked(tag, style, sheet) and _melts_into_background(tag, style or sheet, facts)


def may_hide(sheet: Sheet, html: str) -> bool:
    """False when no rule of `sheet` can keep a visitor of the page `html` from a text."""
    styles = [rule.style for rules in sheet.rules.values() for rule in rules]
    if any(sight_of(style) is not Sight.SEEN for style in styles):
        return True
    inks = {colour_of(ink) for style in styles for ink in _COLOR.findall(style)} - {None}
    own = html.lower()
    if inks and ("clear" in inks or "background" in own or "bgcolor" in own):
        return True
    papers = {colour_of(paper) for style in styles for paper in _BACKGROUND.findall(style)}
    return any(alike(ink, paper) for ink in inks for paper in (_WHITE, *papers))


def _sheet_style(tag: Tag, facts: PageFacts) -> str:
    if not facts.sheet.rules or tag.name in {"html", "body"}:
        return ""
    names = [f".{name}" for name in attribute(tag, "class").split()]
    if identity := attribute(tag, "id"):
        names.append(f"#{identity}")
    return facts.sheet.of(tag, [tag.name, *names])


def _inked(tag: Tag, style: str, sheet: str) -> bool:
    return bool(tag.get("color")) or _COLOR.search(f"{style};{sheet}") is not None


def _hidden_by_name(own: set[str]) -> bool:
    """Hidden by a framework's class, unless another class shows it on wider screens."""
    shown_wider = any(":" in name or re.fullmatch(r"d-(sm|md|lg|xl|xxl)-\w+", name) for name in own)
    return bool(own & _HIDING_CLASSES) and not shown_wider


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


def _melts_into_background(tag: Tag, style: str, facts: PageFacts) -> bool:
    """Text in the colour of its background, as far as the page's own attributes and sheets tell."""
    sheet = _sheet_style(tag, facts)
    ink = colour_of(_last(_COLOR, style) or attribute(tag, "color") or _last(_COLOR, sheet))
    if ink is None or _PAINTED.search(f"{style};{sheet}"):
        return False
    if ink == "clear":
        return True
    holder: Tag | None = tag
    while holder is not None:
        paper = _paper(holder, facts)
        if paper:
            return alike(ink, colour_of(paper))
        if holder.get("background") or (holder.get("class") and facts.linked_sheets):
            return False
        holder = holder.parent
    return alike(ink, _WHITE) and not facts.linked_sheets


def _paper(tag: Tag, facts: PageFacts) -> str:
    """What an element says of its background, "" when it says nothing."""
    own = _last(_BACKGROUND, facts.sheet.plain(attribute(tag, "style"))) or attribute(
        tag, "bgcolor"
    )
    if own or not facts.sheet.rules:
        return own
    names = [f".{name}" for name in attribute(tag, "class").split()]
    found = facts.sheet.of(tag, [tag.name, *names, f"#{attribute(tag, 'id')}"])
    return _last(_BACKGROUND, found)


def _last(pattern: re.Pattern[str], style: str) -> str:
    """What the last declaration of a property says, "" when none does; `none` says nothing."""
    found = [value.strip() for value in pattern.findall(style)] if style else []
    told = [value for value in found if value.lower() not in {"none", "inherit", "transparent"}]
    clear = pattern is _COLOR and "transparent" in found[-1:]
    return "transparent" if clear else (told[-1] if told else "")
