"""What is known of a whole page before its elements are placed: style sheet and togglers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4 import Tag

from crawler.extract.html_styles import Sheet, sheet_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4 import BeautifulSoup

TOGGLER = re.compile(r"accordion|collaps|toggle|tab|panel|expand", re.IGNORECASE)
_TOGGLING_TAGS = ["a", "button", "div", "span", "li", "h2", "h3", "h4", "h5"]
MARK = "data-oit-sight"
"""What a browser writes at an element that it does not show: `closed` or `unseen`."""
MAX_ATTRIBUTE = 20_000
"""Letters read of an attribute: patterns are tried at each of them."""


def attribute(tag: Tag, name: str) -> str:
    """The attribute as one string, "" when the tag lacks it; at most `MAX_ATTRIBUTE` letters."""
    value = tag.get(name)
    if value is None:
        return ""
    return (value if isinstance(value, str) else " ".join(value))[:MAX_ATTRIBUTE]


def classes(tag: Tag) -> set[str]:
    """The class names of `tag`, lower case."""
    return set(attribute(tag, "class").lower().split())


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What must be known of the whole page before its elements can be placed.

    `controlled` maps the id of a panel to the label of the button or tab that opens it;
    `openable` holds the ids of all elements that a button opens, dialogs included;
    `sheet` is the page's own style sheet; `linked_sheets` that others stand beside it which are
    not known. With `marked` a browser's marks (`MARK`) tell what it did not show.
    """

    controlled: dict[str, str] = field(default_factory=dict)
    openable: frozenset[str] = frozenset()
    sheet: Sheet = field(default_factory=Sheet)
    has_main: bool = False
    linked_sheets: bool = False
    marked: bool = False


def page_facts(
    soup: BeautifulSoup, linked: Sequence[str] = (), *, marked: bool = False
) -> PageFacts:
    """Read the page once for its style sheet, its togglers and its main container.

    `linked` are the texts of linked style sheets that were fetched.
    """
    css = " ".join(style.get_text() for style in soup.find_all("style"))
    has_main = soup.find(lambda tag: isinstance(tag, Tag) and is_main(tag)) is not None
    unknown = soup.find("link", rel="stylesheet") is not None or "@import" in css
    return PageFacts(
        controlled=_controlled(soup),
        openable=_openable(soup),
        sheet=sheet_of(css, *linked),
        has_main=has_main,
        linked_sheets=unknown and not linked,
        marked=marked,
    )


def toggle_target(tag: Tag) -> str:
    """The id of the panel that a tab or accordion button opens, "" for other elements."""
    toggles = attribute(tag, "data-toggle") or attribute(tag, "data-bs-toggle")
    if toggles in {"modal", "dropdown", "tooltip", "popover", "offcanvas"}:
        return ""
    for name in ("aria-controls", "data-target", "data-bs-target"):
        if target := attribute(tag, name):
            return target.lstrip("#")
    is_tab = attribute(tag, "role") == "tab" or TOGGLER.search(attribute(tag, "class"))
    href = attribute(tag, "href")
    return href[1:] if (toggles or is_tab) and href.startswith("#") else ""


def _openable(soup: BeautifulSoup) -> frozenset[str]:
    names = ("aria-controls", "data-target", "data-bs-target", "href")
    buttons = [tag for tag in soup.find_all(_TOGGLING_TAGS) if _is_button(tag)]
    targets = {attribute(tag, name).lstrip("#") for tag in buttons for name in names}
    return frozenset(targets - {""})


def _is_button(tag: Tag) -> bool:
    return bool(tag.get("data-toggle") or tag.get("data-bs-toggle") or toggle_target(tag))


def _controlled(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all(_TOGGLING_TAGS):
        if target := toggle_target(tag):
            label = " ".join(tag.get_text(" ").split())
            if 0 < len(label) <= 200:
                found.setdefault(target, label)
    return found


def is_main(tag: Tag) -> bool:
    """True for the element that holds the page's own content."""
    if tag.name in {"main", "article"} or attribute(tag, "role") == "main":
        return True
    if tag.name not in {"div", "section", "td"}:
        return False
    own = {attribute(tag, "id").lower(), *classes(tag)}
    return bool(
        own
        & {
            "content",
            "main",
            "main-content",
            "entry-content",
            "maincontent",
            "page-content",
            "post-content",
            "article-content",
            "item-page",
        }
    )
