"""What a person should look at in a unit's row, though it can be saved as it is. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from units.addresses import is_inner_name, same_address
from units.items import items_text

if TYPE_CHECKING:
    from units.registry import Unit

_SHARED_BY = 4


def remarks(unit: Unit) -> tuple[str, ...]:
    """What is missing or looks wrong, a Thai sentence each, most serious first."""
    found: list[str] = []
    if not unit.main_site and not unit.urls:
        found.append("ยังไม่มีเว็บไซต์หลักและ URL จึงตรวจหน่วยงานนี้ไม่ได้")
    elif not unit.main_site:
        found.append("ยังไม่มีเว็บไซต์หลัก ข้อที่ไม่ได้ใส่ URL ไว้จึงค้นหาให้ไม่ได้")
    elif not unit.verified:
        found.append("ยังไม่มีผู้ยืนยันว่าเว็บไซต์หลักถูกต้อง")
    found += _inner(unit)
    found += _front_page(unit)
    found += _shared(unit)
    if not unit.owner_email and not unit.contacts:
        found.append("ยังไม่มีผู้รับผิดชอบ เมื่อผลแย่ลงจึงแจ้งใครไม่ได้นอกจาก ศปท.มท.")
    return tuple(found)


def _inner(unit: Unit) -> list[str]:
    """Names that look like machines of an office's own network; elsewhere they may be others."""
    urls = dict.fromkeys((unit.main_site, *(url for of in unit.urls.values() for url in of)))
    hosts = dict.fromkeys(urlsplit(url).hostname or "" for url in urls if url)
    inner = [host for host in hosts if ":" not in host and is_inner_name(host)]
    return [
        f"“{host}” เป็นชื่อเครื่องภายในเครือข่าย ประชาชนอาจเปิดไม่ได้ ควรใช้ URL ของเว็บไซต์สาธารณะ"
        for host in inner
    ]


def _front_page(unit: Unit) -> list[str]:
    if not unit.main_site:
        return []
    items = [
        item for item, urls in unit.urls.items()
        if any(same_address(url, unit.main_site) for url in urls)
    ]  # fmt: skip
    said = f"ข้อ {items_text(items)} ใช้หน้าแรกของเว็บไซต์เป็น URL ควรใส่หน้าที่มีข้อมูลโดยตรง"
    return [said] if items else []


def _shared(unit: Unit) -> list[str]:
    items: defaultdict[str, list[str]] = defaultdict(list)
    for item, urls in unit.urls.items():
        for url in urls:
            items[url].append(item)
    return [
        f"URL เดียวกันอยู่ในข้อ {items_text(of)}: {url[:120]}"
        for url, of in items.items()
        if len(of) >= _SHARED_BY and not same_address(url, unit.main_site)
    ]
