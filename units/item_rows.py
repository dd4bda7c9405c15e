"""A sheet with one item a row: the addresses of the one unit that its file names."""

from __future__ import annotations

from collections.abc import Callable

from units.addresses import AddressError, check_url
from units.columns import ROW_URL, key_of, place_in
from units.items import ITEM_IDS, ITEMS_EN, ITEMS_TH
from units.problems import Place, Problem
from units.registry import Unit
from units.tables import Cell, Table

Found = list[tuple[Unit, Place]]
AddressesOf = Callable[[Cell, Place], tuple[list[str], list[Problem]]]


def with_item_rows(
    found: Found,
    table: Table,
    where: tuple[int, int, int],
    addresses_of: AddressesOf,
    *,
    whole: bool,
) -> tuple[Found, list[Problem]]:
    """`found` with the addresses of the sheet given to its one unit, and every mistake in it.

    `where` are the sheet's header row and its item and URL columns. With `whole` False other
    sheets hold mistakes, and a unit that is missing is not told of again.
    """
    head, item_at, url_at = where
    problems: list[Problem] = []
    urls: dict[str, tuple[str, ...]] = {}
    for number in range(head + 1, len(table.rows)):
        row = table.rows[number]
        place = place_in(table, number, url_at, ROW_URL)
        cells = [row[at] if at < len(row) else Cell() for at in (item_at, url_at)]
        if cells[1].empty:
            continue
        item_id = key_of(cells[0].text)
        given, wrong = _read(cells[1], place, addresses_of)
        problems += wrong
        if item_id not in ITEM_IDS:
            problems.append(_no_item(cells[0].text, place_in(table, number, item_at)))
        elif item_id in urls:
            problems.append(_twice(item_id, place_in(table, number, item_at)))
        else:
            urls[item_id] = tuple(given)
    if len(found) != 1:
        if whole:
            problems.append(_whose(len(found), place_in(table, head)))
        return found, problems
    [(unit, unit_place)] = found
    both = [item for item in urls if unit.urls.get(item) and unit.urls[item] != urls[item]]
    problems += [_in_two_sheets(item, place_in(table, head)) for item in both]
    if problems:
        return found, problems
    merged = {**unit.urls, **urls}
    given_urls = {item: merged[item] for item in ITEM_IDS if merged.get(item)}
    return [(unit.model_copy(update={"urls": given_urls}), unit_place)], problems


def _read(cell: Cell, place: Place, addresses_of: AddressesOf) -> tuple[list[str], list[Problem]]:
    if cell.formula:
        return [], [_formula(place)]
    addresses, problems = addresses_of(cell, place)
    checked = []
    for address in addresses:
        try:
            checked.append(check_url(address))
        except AddressError as error:
            problems.append(Problem(error.th, error.en, place))
    return checked, problems


def _formula(place: Place) -> Problem:
    return Problem(
        "เป็นสูตร ให้คัดลอกแล้ววางเฉพาะค่า (Paste Values)", "a formula; paste its value only", place
    )


def _no_item(text: str, place: Place) -> Problem:
    return Problem(
        f"ไม่มีข้อ “{text}” ใช้ได้ตั้งแต่ {ITEMS_TH}",
        f'there is no item "{text}"; items are {ITEMS_EN}',
        place,
    )


def _twice(item: str, place: Place) -> Problem:
    return Problem(
        f"ข้อ {item} มีสองแถว ให้รวม URL ไว้ในเซลล์เดียว บรรทัดละหนึ่ง URL",
        f"item {item} stands in two rows; put its URLs into one cell, one a line",
        place,
    )


def _whose(units: int, place: Place) -> Problem:
    return Problem(
        f"แผ่นงานนี้มี URL รายข้อ แต่แฟ้มมี {units} หน่วยงาน ให้มีแผ่นงานหน่วยงานที่มีหนึ่งแถว",
        f"this sheet lists URLs by item, but the file names {units} units; it must name one",
        place,
    )


def _in_two_sheets(item: str, place: Place) -> Problem:
    return Problem(
        f"URL ของข้อ {item} ในแผ่นงานนี้กับแผ่นงานหน่วยงานไม่ตรงกัน ให้เหลือที่เดียว",
        f"the URLs of item {item} differ between this sheet and the units' sheet; keep one",
        place,
    )
