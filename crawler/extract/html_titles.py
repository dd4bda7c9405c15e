"""Headings that are none in the markup: bold lines, accordion and tab headers, summaries."""

from __future__ import annotations

import re

from bs4 import Tag

from crawler.extract.html_facts import PageFacts, attribute, classes, toggle_target
from crawler.extract.text import collapse, has_words

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "caption",
    "option",
    "marquee",
    "frameset",
}
_TITLE_CLASSES = {
    "accordion-button",
    "card-header",
    "panel-title",
    "panel-heading",
    "accordion-title",
    "accordion-header",
    "elementor-tab-title",
    "vc_tta-panel-heading",
    "et_pb_toggle_title",
    "nav-link-tab",
    "ui-accordion-header",
    "toggle-title",
}
_NOT_IN_BOLD = {"a", "script", "input", "select", "iframe", *HEADINGS}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_PSEUDO_HEADING = 150
_NESTING = 100


def is_titled(tag: Tag) -> bool:
    """True for what frameworks mark as the header of a panel or a tab."""
    return bool(classes(tag) & _TITLE_CLASSES) or attribute(tag, "role") == "tab"


def is_pseudo_heading(tag: Tag) -> bool:
    """A summary, an accordion or tab header, or a paragraph that is bold throughout."""
    if tag.name == "summary" or is_titled(tag):
        if tag.find(["table", "ul", "ol", "p", "form", *HEADINGS]) is not None:
            return False
    elif not _is_bold(tag):
        return False
    text = collapse(tag.get_text(" "))
    return 0 < len(text) <= _PSEUDO_HEADING and has_words(text)


def opens_panel(tag: Tag, facts: PageFacts) -> bool:
    """True for the header of a panel that stands elsewhere: its label belongs above that one."""
    return tag.name not in HEADINGS and any(
        toggle_target(part) in facts.controlled
        for part in [tag, *tag.find_all(["a", "button", "span"], limit=5)]
    )


def _is_bold(tag: Tag) -> bool:
    """True when every word of a paragraph is bold and it is no link."""
    if tag.name not in {"p", "div", "center"}:
        return False
    return _only_bold(tag, bold=_BOLD_STYLE.search(attribute(tag, "style")) is not None)


def _only_bold(tag: Tag, *, bold: bool, depth: int = 0) -> bool:
    """True when no plain word, link or block stands in `tag`; stops at the first that does."""
    if depth > _NESTING:
        return False
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in BLOCKS or child.name in _NOT_IN_BOLD:
                return False
            strong = child.name in {"b", "strong"} or bool(
                _BOLD_STYLE.search(attribute(child, "style"))
            )
            if not _only_bold(child, bold=bold or strong, depth=depth + 1):
                return False
        elif not bold and str(child).strip():
            return False
    return True
