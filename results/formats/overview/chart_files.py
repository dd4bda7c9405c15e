"""A chart as SVG markup that may stand in a page, or as a PNG; no state outside the figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONTS = ("Laksaman", "Garuda", "Noto Sans Thai", "DejaVu Sans")
"""Fonts that hold Thai, best first; the last comes with matplotlib."""
PNG_DPI = 160
_HREF = "{http://www.w3.org/1999/xlink}href"
_SHAPES = frozenset({"g", "defs", "path", "use", "rect", "clipPath", "pattern"})
_ATTRIBUTES = frozenset(
    {"d", "x", "y", "width", "height", "transform", "style", "clip-path", "patternUnits", "fill"}
)
_LOCAL = re.compile(r"url\(#([\w.-]+)\)")
_LONG_NUMBER = re.compile(r"(-?\d+\.\d\d)\d+")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn figure. `name` is unique in a page; `alt` tells in a sentence what it shows."""

    name: str
    caption: str
    alt: str
    figure: Figure


@contextmanager
def drawing(name: str) -> Iterator[None]:
    """Draw and write figures in the block with the reports' fonts and reproducible ids.

    Text is taken as it is: a `$` in a unit's name is no formula.
    """
    from matplotlib import rc_context

    settings: dict[Any, Any] = {
        "font.family": list(_installed()),
        "font.size": 13,
        "axes.unicode_minus": False,
        "hatch.linewidth": 1.1,
        "text.parse_math": False,
        "svg.hashsalt": name,
        "svg.fonttype": "path",
    }
    with rc_context(settings):
        yield


@cache
def _installed() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    names = {font.name for font in fontManager.ttflist}
    return tuple(font for font in FONTS if font in names) or FONTS[-1:]


def settled(figure: Figure) -> Figure:
    """The figure with its parts fitted to the texts for good, so that every writing is alike."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    return figure


def png(chart: Chart, dpi: int = PNG_DPI) -> bytes:
    """The chart as a PNG picture for Word and Excel; the same chart gives the same bytes."""
    out = BytesIO()
    with drawing(chart.name):
        chart.figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()


def svg(chart: Chart) -> Markup:
    """The chart as one `<svg>` element: shapes only, ids of its own, named for screen readers.

    Letters are drawn as shapes, so that the page looks alike where the fonts are missing.
    """
    out = BytesIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with drawing(chart.name):
        chart.figure.savefig(out, format="svg", metadata=nothing)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    drawn = etree.fromstring(out.getvalue(), parser)
    inner = "".join(_markup(child, chart.name) for child in drawn)
    label, box = escape(chart.alt), drawn.get("viewBox", "")
    # Only numbers and shapes are left of what matplotlib wrote; the label is escaped.
    return Markup(  # nosec B704  # escaped part by part
        f'<svg class="chart" id="chart-{escape(chart.name)}" viewBox="{escape(box)}" '
        f'role="img" aria-label="{label}" '
        'stroke-linejoin="round" stroke-linecap="butt">'
        f"<title>{label}</title>{inner}</svg>"
    )


def _markup(element: etree._Element, name: str) -> str:
    """The element and what is in it, as far as it only draws."""
    tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if tag not in _SHAPES:
        return ""
    kept = {}
    for key, value in element.attrib.items():
        text = str(value)
        if key in (_HREF, "href"):
            if text.startswith("#"):
                kept["href"] = f"#{name}-{text[1:]}"
        elif key == "id":
            kept["id"] = f"{name}-{text}"
        elif key in _ATTRIBUTES and _harmless(text):
            short = _LONG_NUMBER.sub(r"\1", text) if key == "d" else text
            kept[str(key)] = _LOCAL.sub(rf"url(#{name}-\1)", short)
    attributes = "".join(f' {key}="{escape(text)}"' for key, text in kept.items())
    inner = "".join(_markup(child, name) for child in element)
    if tag == "g" and not inner:
        return ""
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _harmless(value: str) -> bool:
    return "url(" not in _LOCAL.sub("", value) and "expression" not in value
