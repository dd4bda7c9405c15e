"""A checklist's texts for people in English, read from `english/`; what the judge reads stays Thai.

`english/oit-2566.yaml` holds the titles, element texts, remedies, bands and windows of the
checklist of that key, `english/owners.yaml` the names of the offices that must act. What a report
does not show (sources, notes, what a checklist leaves out) has no English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import StringConstraints, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from checklist.loader import ChecklistError
from checklist.schema import Calendar, Checklist, Indicator, Item, Measure, Scoring, Strict
from checklist.yaml_quick import quick_values

SHIPPED = Path(__file__).parent / "english"
English = Annotated[
    str, StringConstraints(min_length=1, strip_whitespace=True, pattern=r"^[^\u0e00-\u0e7f]+$")
]
T = TypeVar("T")


class ItemTexts(Strict):
    """An item's texts; `elements` by the id of the element."""

    title: English
    remedy: English
    elements: dict[str, English]


class ShareTexts(Strict):
    """What a share is called, and what it is and is not."""

    title: English
    notice: English


class ChecklistTexts(Strict):
    """A checklist's texts; bands and windows by their Thai names, the rest by id.

    Windows are those of the ITAS year and the monthly report. `scoring` belongs to a checklist
    whose standing is a share.
    """

    title: English
    subject: English
    short: English
    scoring: ShareTexts | None = None
    bands: dict[str, English]
    windows: dict[str, English]
    indicators: dict[str, English]
    sub_indicators: dict[str, English]
    items: dict[str, ItemTexts]


@dataclass(frozen=True, slots=True)
class _Source:
    """A part of a file, and where it stands for the error's line."""

    path: Path
    place: str

    def of(self, texts: Mapping[str, T], keys: Iterable[str]) -> Mapping[str, T]:
        """`texts` when they are those of `keys`, no more and no fewer."""
        wanted = list(dict.fromkeys(keys))
        for key in texts:
            if key not in wanted:
                raise ChecklistError(f"{self.path}: {self.place}.{key}: the checklist has no such")
        for key in wanted:
            if key not in texts:
                raise ChecklistError(f"{self.path}: {self.place}.{key}: the English is missing")
        return texts


def translated(checklist: Checklist, folder: Path = SHIPPED) -> Checklist:
    """`checklist` with its texts for people in English; ids, probes and words to find untouched.

    Texts come from the file named after its key and owners.yaml of `folder`. Raises
    `ChecklistError` naming file and key where a text is missing or belongs to nothing.
    """
    path = folder / f"{checklist.key}.yaml"
    texts, owners = _checklist_texts(path), _owners(folder / "owners.yaml")
    items = _Source(path, "items").of(texts.items, (item.id for item in checklist.items))
    bands = _Source(path, "bands").of(texts.bands, (band.name for band in checklist.bands))
    return checklist.model_copy(
        update={
            "title": texts.title,
            "subject": texts.subject,
            "short": texts.short,
            "scoring": _scoring(checklist.scoring, texts.scoring, path),
            "bands": tuple(
                band.model_copy(update={"name": bands[band.name]}) for band in checklist.bands
            ),
            "calendar": _calendar(checklist.calendar, texts, path),
            "indicators": _indicators(checklist.indicators, texts, path),
            "items": tuple(_item(item, items[item.id], owners, path) for item in checklist.items),
            "owners_elsewhere": {
                unit_type: {
                    _owner(owner, owners, path): _owner(other, owners, path)
                    for owner, other in named.items()
                }
                for unit_type, named in checklist.owners_elsewhere.items()
            },
        }
    )


def _item(item: Item, texts: ItemTexts, owners: Mapping[str, str], path: Path) -> Item:
    source = _Source(path, f"items.{item.id}.elements")
    elements = source.of(texts.elements, (element.id for element in item.elements))
    return item.model_copy(
        update={
            "title": texts.title,
            "remedy": texts.remedy,
            "owner": _owner(item.owner, owners, path),
            "elements": tuple(
                element.model_copy(update={"text": elements[element.id]})
                for element in item.elements
            ),
        }
    )


def _owner(thai: str, owners: Mapping[str, str], path: Path) -> str:
    if thai not in owners:
        raise ChecklistError(f"{path.parent / 'owners.yaml'}: {thai}: the English is missing")
    return owners[thai]


def _scoring(scoring: Scoring, texts: ShareTexts | None, path: Path) -> Scoring:
    if scoring.measure is Measure.POINTS:
        if texts is not None:
            raise ChecklistError(f"{path}: scoring: the checklist has no such")
        return scoring
    if texts is None:
        raise ChecklistError(f"{path}: scoring: the English is missing")
    return scoring.model_copy(update={"title": texts.title, "notice": texts.notice})


def _calendar(calendar: Calendar, texts: ChecklistTexts, path: Path) -> Calendar:
    entries = (calendar.oit_entry, calendar.monthly, *calendar.windows)
    named = [one.name for one in entries if one is not None]
    names = _Source(path, "windows").of(texts.windows, named)
    entry, monthly, *others = (
        one.model_copy(update={"name": names[one.name]}) if one else None for one in entries
    )
    return calendar.model_copy(
        update={"oit_entry": entry, "monthly": monthly, "windows": tuple(others)}
    )


def _indicators(
    indicators: tuple[Indicator, ...], texts: ChecklistTexts, path: Path
) -> tuple[Indicator, ...]:
    titles = _Source(path, "indicators").of(texts.indicators, (one.id for one in indicators))
    every_sub = (sub.id for one in indicators for sub in one.sub_indicators)
    sub_titles = _Source(path, "sub_indicators").of(texts.sub_indicators, every_sub)
    return tuple(
        indicator.model_copy(
            update={
                "title": titles[indicator.id],
                "sub_indicators": tuple(
                    sub.model_copy(update={"title": sub_titles[sub.id]})
                    for sub in indicator.sub_indicators
                ),
            }
        )
        for indicator in indicators
    )


@cache
def _checklist_texts(path: Path) -> ChecklistTexts:
    return _validated(path, TypeAdapter(ChecklistTexts))


@cache
def _owners(path: Path) -> Mapping[str, str]:
    return _validated(path, TypeAdapter(dict[str, English]))


def _validated(path: Path, adapter: TypeAdapter[T]) -> T:
    try:
        return adapter.validate_python(_read(path))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "(whole file)"
        said = {
            "extra_forbidden": "unknown key",
            "missing": "the English is missing",
            "string_pattern_mismatch": "this is not English: it holds Thai letters",
        }.get(first["type"], first["msg"])
        raise ChecklistError(f"{path}: {key}: {said}") from None


def _read(path: Path) -> Any:
    with suppress(OSError, ValueError):
        return quick_values(path.read_text(encoding="utf-8"))
    try:
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ChecklistError(f"{path}: file not found") from None
    except (YAMLError, OSError, ValueError) as error:
        said = " ".join(str(error).split())
        raise ChecklistError(f"{path}: not readable as YAML: {said}") from None
