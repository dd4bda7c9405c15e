"""The checklists, for programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel

from checklist.examples import Examples, examples_of
from checklist.loader import available, load
from checklist.schema import Checklist, Item
from results.score import points_at_stake
from web.items.differing import of_item
from web.items.wording import part_notes, shape, year_rule, year_rule_short
from web.pages.checklist import known, known_item, readers, year_before

router = APIRouter(
    prefix="/api/v1/checklists", tags=["checklists"], dependencies=[Depends(readers)]
)
_Key = Annotated[str, Path(max_length=40)]


class Brief(BaseModel):
    """A checklist by its key; `year` is B.E."""

    key: str
    year: int
    title: str
    items: int


class Checklists(BaseModel):
    """All that are shipped."""

    checklists: list[Brief]


class ItemLine(BaseModel):
    """An item in a list; `points` of the checklist's `weight` hang on it."""

    item: str
    title: str
    indicator: str
    owner: str
    year_rule: str
    year_rule_th: str
    points: float


class Whole(Brief):
    """A checklist with its items in their order."""

    weight: float
    lines: list[ItemLine]


class PartOfItem(BaseModel):
    """An element; `notes` say what is special about it."""

    id: str
    text: str
    role: str
    required: bool
    notes: list[str]


class SinceBefore(BaseModel):
    """What became of an item since the checklist `than`."""

    than: str
    move: str
    move_th: str
    before: list[str]
    added: list[str]
    dropped: list[str]


class ItemWhole(ItemLine):
    """An item with its elements, what to do, examples, and what changed since the year before."""

    checklist: str
    shape_th: str
    elements: list[PartOfItem]
    remedy: str
    find: list[str]
    source: str
    examples: Examples | None
    change: SinceBefore | None


@router.get("", summary="รายการตรวจที่มี")
def checklists() -> Checklists:
    """All checklists."""
    return Checklists(checklists=[_brief(load(key)) for key in available()])


@router.get("/{key}", summary="รายการตรวจหนึ่ง พร้อมทุกข้อ")
def checklist(key: _Key) -> Whole:
    """One checklist."""
    one = known(key)
    lines = [_line(one, item) for item in one.items]
    return Whole(**_brief(one).model_dump(), weight=one.scoring.weight, lines=lines)


@router.get("/{key}/items/{item}", summary="ข้อหนึ่งของรายการตรวจ: องค์ประกอบ สิ่งที่ต้องทำ ตัวอย่าง")
def item(key: _Key, item: Annotated[str, Path(max_length=20)]) -> ItemWhole:
    """One item."""
    shown = known(key)
    one = known_item(shown, item)
    return ItemWhole(
        **_line(shown, one, whole=True).model_dump(),
        checklist=key,
        shape_th=shape(one),
        elements=[
            PartOfItem(
                id=part.id,
                text=part.text,
                role=part.role.value,
                required=part.required,
                notes=list(part_notes(part)),
            )
            for part in one.elements
        ],
        remedy=one.remedy,
        find=list(one.find),
        source=one.source,
        examples=examples_of(key).get(one.id),
        change=_change(shown, one),
    )


def _change(shown: Checklist, one: Item) -> SinceBefore | None:
    before = year_before(shown)
    found = of_item(before, shown, one.id) if before else None
    if before is None or found is None:
        return None
    return SinceBefore(
        than=before.key,
        move=found.move.value,
        move_th=found.word,
        before=[origin.id for origin in found.before],
        added=list(found.added),
        dropped=list(found.dropped),
    )


def _brief(one: Checklist) -> Brief:
    return Brief(key=one.key, year=one.year, title=one.title, items=len(one.items))


def _line(one: Checklist, item: Item, *, whole: bool = False) -> ItemLine:
    return ItemLine(
        item=item.id,
        title=item.title,
        indicator=item.indicator,
        owner=item.owner,
        year_rule=item.year_rule.value,
        year_rule_th=(year_rule if whole else year_rule_short)(one, item),
        points=points_at_stake(one, item.id),
    )
