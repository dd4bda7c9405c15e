"""`oit check`: one URL, file or folder against one item, or against all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.table import Table
from rich.text import Text

import sweep
from checklist.profile import UnitProfile, UnitType
from checklist.reasons import REASONS
from checklist.schema import Checklist
from checklist.verdict import ElementVerdict, ItemVerdict, Kind, Quote, Verdict
from commands import options, unit_lists
from commands.gates import FailOnOption, exit_code, gate
from commands.language import Lang, out, refuse, refusing, spoken, words
from commands.progress import crawl_progress
from commands.screen import show_json
from commands.wording import state_name, verdict_name
from results.places import placement_text
from results.placing_rows import placement_json
from units.addresses import AddressError, check_url
from units.checking import parse_type
from units.registry import TYPE_NAMES, UnknownUnitError

MARKS = {
    Verdict.PASS: "✓",
    Verdict.FAIL: "✗",
    Verdict.REVIEW: "?",
    Verdict.ERROR: "!",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.WAIVED: "–",
    Verdict.VOUCHED: "☑",
}


def check(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="URL ไฟล์ หรือโฟลเดอร์")],
    item: options.ItemOption = None,
    checklist: options.ChecklistOption = options.LATEST,
    as_of: options.AsOfOption = "",
    unit_type: Annotated[
        str,
        typer.Option(
            "--unit-type", metavar="ประเภท", help="ส่วนกลาง จังหวัด อปท. หรือ อื่น ๆ (เทศบาล กรม ก็ได้)"
        ),
    ] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="รหัส", help="หน่วยงานในทะเบียน")] = "",
    units: options.UnitsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")] = False,
    fail_on: FailOnOption = "review",
    ocr: options.OcrOption = True,
    allow_network: options.NetworkOption = None,
    browser_path: options.BrowserOption = "",
) -> None:
    """ตรวจ URL ไฟล์ หรือโฟลเดอร์เดียว ว่าผ่านข้อใด และขาดอะไร

    ไม่ระบุ --item จะตรวจทุกข้อ ("ไฟล์นี้ใช้ตอบข้อใดได้บ้าง")

    ตัวอย่าง:
      oit check https://www.example.go.th/plan66 --item O11
      oit check รายงาน6เดือน.pdf --item O12 --unit-type local
      oit check แผน.docx --json
    """
    gates = gate(fail_on)
    year = options.checklist_of(checklist)
    items = options.items_of(year, item)
    profile = _profile(unit, units, _unit_type(unit_type))
    context = sweep.context_for(year, options.as_of_day(as_of, year), profile)
    if _is_address(source):
        with refusing(AddressError):
            url = check_url(source)
        settings = options.crawl_settings(allow_network, browser_path)
        with crawl_progress(1) as on_event:
            unit_asked = profile or UnitProfile("check", "")
            reading = options.ocr_settings(ocr)
            result = sweep.check_url(url, items, context, settings, unit_asked, on_event, reading)
    else:
        with refusing(sweep.SourceError):
            reading = options.ocr_settings(ocr)
            result = sweep.check_files(Path(source), items, context, reading)
    if as_json:
        show_json(json.dumps(as_data(source, year, context.as_of.isoformat(), result.verdicts),
                              ensure_ascii=False, indent=2))  # fmt: skip
    else:
        _show(year, result.verdicts, chosen=bool(item))
    raise typer.Exit(exit_code((v.verdict for v in result.verdicts), gates))


def as_data(
    source: str, checklist: Checklist, as_of: str, verdicts: tuple[ItemVerdict, ...]
) -> dict[str, Any]:
    """The object that `--json` prints; `as_of` is an ISO date."""
    return {
        "checklist": options.name_of(checklist),
        "as_of": as_of,
        "source": source,
        "items": [verdict_data(verdict) for verdict in verdicts],
    }


def verdict_data(verdict: ItemVerdict) -> dict[str, Any]:
    """One item verdict as plain JSON values."""
    return {
        "item": verdict.item,
        "verdict": verdict.verdict.value,
        "kind": verdict.kind.value,
        "reasons": list(verdict.reasons),
        "question": verdict.question,
        "urls": list(verdict.urls),
        "elements": [
            {
                "id": element.id,
                "text": element.text,
                "verdict": element.state.value,
                "required": element.required,
                "reason": element.reason,
                "detail": element.detail,
                "quotes": [_quote_data(quote) for quote in element.quotes],
            }
            for element in verdict.elements
        ],
        "placements": [{**placement_json(one), "clicks": one.clicks} for one in verdict.placements],
    }


def _quote_data(quote: Quote) -> dict[str, Any]:
    return {
        "url": quote.url,
        "final_url": quote.final_url,
        "status": quote.status,
        "sha256": quote.sha256,
        "fetched_at": quote.fetched_at.isoformat() if quote.fetched_at else None,
        "page": quote.page,
        "heading_path": list(quote.heading_path),
        "region": quote.region.value,
        "source": quote.source.value,
        "tier": quote.tier.value,
        "text": quote.text,
    }


def _is_address(source: str) -> bool:
    if Path(source).exists():
        return False
    parts = urlsplit(source)
    if parts.scheme in ("http", "https"):
        return True
    looks_like_host = "." in source.split("/")[0] and source.split("/")[0].count(" ") == 0
    if source.startswith("www.") or (looks_like_host and ".go.th" in source):
        refuse(
            f"URL ต้องขึ้นต้นด้วย https:// หรือ http:// เช่น https://{source}",
            f"a URL starts with https:// or http://, such as https://{source}",
        )
    if "://" in source:
        refuse(
            f"เปิดได้เฉพาะ http และ https ไม่ใช่ {parts.scheme}", f"cannot open {parts.scheme}: URLs"
        )
    return False


def _profile(unit_id: str, units: Path | None, unit_type: UnitType | None) -> UnitProfile | None:
    if unit_id:
        with refusing(UnknownUnitError):
            return unit_lists.registry_of(units).get(unit_id).profile
    return UnitProfile("check", "", unit_type) if unit_type else None


def _unit_type(text: str) -> UnitType | None:
    if not text.strip():
        return None
    try:
        return parse_type(text)
    except KeyError:
        known_th, known_en = ", ".join(TYPE_NAMES.values()), ", ".join(UnitType)
        refuse(
            f"ไม่รู้จักประเภทหน่วยงาน «{text}» ใช้ {known_th}",
            f"unknown unit type «{text}»; use one of {known_en}",
        )


def _show(checklist: Checklist, verdicts: tuple[ItemVerdict, ...], *, chosen: bool) -> None:
    shown = [v for v in verdicts if chosen or v.kind is not Kind.NONE or v.verdict is Verdict.PASS]
    shown.sort(key=lambda v: (v.verdict is not Verdict.PASS, v.kind is not Kind.MATCH))
    if not shown:
        out.print(words("ไม่ตรงกับข้อใดในรายการตรวจ", "serves none of the items"))
    for verdict in shown:
        _show_item(checklist, verdict)
    if not chosen and shown:
        hidden = len(verdicts) - len(shown)
        out.print(
            words(f"อีก {hidden} ข้อ: ไม่ใช่เอกสารประเภทนั้น", f"{hidden} more items: not this kind")
        )


def _show_item(checklist: Checklist, verdict: ItemVerdict) -> None:
    item = checklist.item(verdict.item)
    name = verdict_name(verdict.verdict)
    out.print(
        f"{MARKS[verdict.verdict]} {item.id} {item.title}: {name}", markup=False, style="bold"
    )
    for code in verdict.reasons:
        reason = REASONS[code]
        out.print(f"   {reason.en if spoken() is Lang.EN else reason.th}", markup=False)
    if verdict.verdict is not Verdict.ERROR:
        # Where nothing could be read, "absent" would say too much of every element.
        out.print(_element_table(verdict.elements))
    for placement in verdict.placements[:1]:
        if placement.clicks is not None and spoken() is Lang.TH:
            out.print(f"   ตำแหน่ง: {placement_text(placement).line}", markup=False)
    if verdict.verdict is Verdict.REVIEW and verdict.question:
        out.print("   " + words("โปรดดู: ", "please look: ") + verdict.question, markup=False)
    if verdict.verdict is Verdict.FAIL:
        out.print("   " + words("สิ่งที่ต้องทำ: ", "what to do: ") + item.remedy, markup=False)


def _element_table(elements: tuple[ElementVerdict, ...]) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 1), expand=False)
    for element in elements:
        cells = ("  ", state_name(element.state), element.id, element.text, _because(element))
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _because(element: ElementVerdict) -> str:
    if element.detail or not element.quotes:
        return element.detail
    quote = element.quotes[0]
    page = words(f" (หน้า {quote.page})", f" (page {quote.page})") if quote.page else ""
    return f"“{quote.text[:120]}”{page}"
