"""Addresses that nobody outside can open are refused before they stand in the registry.

A number (`10.1.2.3`, `127.0.0.1`, `localhost`) means the same everywhere and is refused, unless
it lies in a network that the operator lists. A name may mean something else to others: of one
that looks like an inner one `registry.remarks` warns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.address_policy import AddressPolicy, literal_address
from units.columns import TITLES
from units.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from units.importing import Examined
    from units.registry import Unit


def inner_addresses(unit: Unit, policy: AddressPolicy) -> Iterator[tuple[str, Problem]]:
    """The unit's addresses that lie inside a network: the column, and what is wrong."""
    named = [("main_site", unit.main_site)]
    named += [(item, url) for item, urls in unit.urls.items() for url in urls]
    for column, url in named:
        host = _host_of(url)
        number = "127.0.0.1" if _is_this_machine(host) else literal_address(host)
        if number is not None and not policy.allows(number):
            yield column, _refusal(url, host)


def without_inner(read: Examined, policy: AddressPolicy) -> Examined:
    """What a units file holds, each address inside a network a problem with its place."""
    found = [
        replace(problem, place=_place(unit, column))
        for unit in read.units
        for column, problem in inner_addresses(unit, policy)
    ]
    return replace(read, problems=(*read.problems, *found)) if found else read


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_this_machine(host: str) -> bool:
    name = host.rstrip(".")
    return name == "localhost" or name.endswith((".localhost", ".localdomain"))


def _refusal(url: str, host: str) -> Problem:
    return Problem(
        f"“{url[:200]}” เป็นที่อยู่ภายในเครือข่าย ({host}) ประชาชนเปิดไม่ได้ "
        "ให้ใช้ URL ของเว็บไซต์สาธารณะที่เปิดได้จากโทรศัพท์นอกสำนักงาน",
        f'"{url[:200]}" lies inside a network ({host}); give the address that the public can open',
    )


def _place(unit: Unit, column: str) -> Place:
    title = TITLES.get(column, column)
    return Place(f"หน่วยงาน {unit.id} ช่อง “{title}”", f'unit {unit.id}, column "{title}"')
