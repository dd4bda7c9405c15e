"""The examples that are shipped: what is told to pass does pass the judge, the other does not."""

from __future__ import annotations

import re
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sweep
from checklist.examples import LINK, Example, examples_of
from checklist.loader import available, load
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import Verdict

if TYPE_CHECKING:
    from checklist.verdict import ItemVerdict

KEYS = available()
ITEMS = [(key, item) for key in KEYS for item in examples_of(key)]
UNIT = UnitProfile("sriphatthana", "จังหวัดศรีพัฒนา", UnitType.PROVINCE)
_FORM = re.compile(r"\[แบบฟอร์ม: ([^\]]+)\]")
_PICTURE = re.compile(r"\[ภาพ: ([^\]]+)\]")


def verdict_of(key: str, item: str, example: Example) -> ItemVerdict:
    """What the judge says of an example as a web page, at the end of the time to answer."""
    checklist = load(key)
    context = sweep.context_for(checklist, checklist.calendar.closes, UNIT)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.html"
        path.write_text(page_of(example), encoding="utf-8")
        documents = sweep.read_source(path)
    return sweep.check_documents(documents, [checklist.item(item)], context, None).verdicts[0]


def page_of(example: Example) -> str:
    """The example as an office would put it on the web."""
    parts = []
    for text, rows in example.blocks:
        if not rows:
            parts.append(f"<p>{_shown(text)}</p>")
            continue
        head, *body = rows
        cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
        lines = "".join(
            "<tr>" + "".join(f"<td>{_shown(cell)}</td>" for cell in row) + "</tr>" for row in body
        )
        parts.append(f"<table><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table>")
    title = escape(example.title)
    return (
        f"<!doctype html><html lang=th><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><main><h1>{title}</h1>{''.join(parts)}</main></body></html>"
    )


def _shown(text: str) -> str:
    linked = LINK.sub(r'<a href="\2">\1</a>', escape(text))
    linked = _FORM.sub(_form, linked)
    return _PICTURE.sub(r'<img src="/people/\1.jpg" width="240" height="300" alt="\1">', linked)


def _form(found: re.Match[str]) -> str:
    *fields, button = found[1].split(", ")
    asked = "".join(f'<label>{one} <input name="f{n}"></label>' for n, one in enumerate(fields))
    return (
        f'<form action="/send" method="post">{asked}<button type="submit">{button}</button></form>'
    )


@pytest.mark.parametrize(("key", "item"), ITEMS)
def test_what_is_told_to_pass_passes_and_the_other_does_not(key: str, item: str) -> None:
    both = examples_of(key)[item]
    assert verdict_of(key, item, both.good).verdict is Verdict.PASS
    assert verdict_of(key, item, both.bad).verdict is Verdict.FAIL


@pytest.mark.parametrize("key", KEYS)
def test_every_item_has_examples(key: str) -> None:
    assert set(examples_of(key)) == {item.id for item in load(key).items}


def test_what_is_alike_is_written_once_and_told_in_its_own_year() -> None:
    here, there = examples_of("oit-2566"), examples_of("oit-2565")
    assert "พ.ศ. 2566" in here["O11"].good.title
    assert there["O10"].good.title == here["O11"].good.title.replace("2566", "2565")
    # Years of laws are no years of the checklist.
    assert there["O6"] == here["O6"]
    assert "พ.ศ. 2540" in there["O6"].good.text
