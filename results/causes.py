"""Why items could not be checked, and a text ready to be sent to whoever can mend it. Pure.

What the provider must allow follows from the reason; the text names the addresses, when they
were opened and as whom the checker introduces itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from results.parts import Part, ReasonText
from results.speech import _

if TYPE_CHECKING:
    from results.report import ItemFinding

_LISTED = 10

ASK = {
    "dns": (
        "ขอให้ตรวจว่าโดเมนของเว็บไซต์ยังไม่หมดอายุ และระเบียน DNS (A, AAAA, CNAME) ชี้ไปยังเครื่องแม่ข่ายที่ถูกต้อง"
    ),
    "timeout": "ขอให้ตรวจความเร็วและภาระของเครื่องแม่ข่าย ให้ตอบคำขอหน้าเว็บได้ภายใน 30 วินาที",
    "connection": (
        "ขอให้ตรวจว่าเครื่องแม่ข่ายทำงานอยู่ เปิดพอร์ต 80 และ 443 ให้ประชาชนเข้าถึงได้จากภายนอก "
        "และไม่ได้ปิดกั้นที่อยู่ IP ของเครื่องที่ใช้ตรวจ"
    ),
    "tls": (
        "ขอให้ต่ออายุใบรับรอง HTTPS ให้ตรงกับชื่อเว็บไซต์ และติดตั้งใบรับรองกลาง (intermediate certificate) "
        "ให้ครบสายโซ่"
    ),
    "blocked_by_robots": (
        "ขอให้แก้ไฟล์ robots.txt ของเว็บไซต์ โดยเพิ่มบรรทัด “User-agent: {tool}” และ “Allow: /” "
        "เพื่อให้ระบบตรวจอ่านหน้าที่เปิดเผยต่อสาธารณะได้"
    ),
    "blocked_by_waf": (
        "ขอให้เพิ่มข้อยกเว้นในระบบป้องกันเว็บไซต์ (WAF/ไฟร์วอลล์/ระบบกันบอต) ให้คำขอที่ระบุ User-Agent "
        "“{agent}” อ่านหน้าเว็บได้ โดยไม่ต้องผ่านหน้ายืนยันตัวตนหรือ CAPTCHA ระบบตรวจอ่านอย่างเดียว "
        "ครั้งละหนึ่งคำขอ และไม่กรอกหรือส่งแบบฟอร์มใด"
    ),
    "rate_limited": (
        "ขอให้เพิ่มจำนวนคำขอที่ยอมรับ (rate limit) สำหรับ User-Agent “{agent}” ให้ได้อย่างน้อย 60 คำขอต่อนาที "
        "หรือยกเว้นการจำกัดให้ระบบตรวจ"
    ),
    "server_error": (
        "ขอให้ตรวจบันทึกข้อผิดพลาด (error log) ของเครื่องแม่ข่าย และแก้ให้หน้าตามรายการตอบด้วยรหัส HTTP 200"
    ),
    "http_error": "ขอให้ตรวจว่าหน้าตามรายการเปิดได้โดยไม่ต้องลงชื่อเข้าใช้ และตอบด้วยรหัส HTTP 200",
    "redirect_loop": "ขอให้แก้การส่งต่อ (redirect) ของหน้าตามรายการ ให้ถึงหน้าปลายทางโดยไม่วนซ้ำ",
    "render_failed": "ขอให้แก้ข้อผิดพลาดของสคริปต์ในหน้าตามรายการ หรือแสดงเนื้อหาสำคัญโดยไม่ต้องพึ่งสคริปต์",
}
"""What to ask of the site's provider; other reasons are the webmaster's own to mend."""


class CauseText(Part):
    """A reason and all the items it stopped; `points` of 100 hang on them.

    `letter` is a text to paste into a mail or a letter to the provider, "" where the unit's own
    webmaster mends the cause by what `reason.remedy` says.
    """

    reason: ReasonText | None
    items: tuple[str, ...]
    urls: tuple[str, ...]
    points: float
    letter: str


def causes(
    errors: Sequence[ItemFinding], unit: str, opened: str, agent: str
) -> tuple[CauseText, ...]:
    """The items that could not be checked, by their first reason, most points first.

    `unit` is the unit's name, `opened` when it was checked in words, `agent` the User-Agent.
    """
    by_code: dict[str, list[ItemFinding]] = {}
    for finding in errors:
        code = finding.reasons[0].code if finding.reasons else ""
        by_code.setdefault(code, []).append(finding)
    told = {"unit": unit, "opened": opened, "agent": agent, "tool": agent.split("/")[0].split()[0]}
    found = [_cause(code, findings, told) for code, findings in by_code.items()]
    return tuple(sorted(found, key=lambda cause: -cause.points))


def _cause(code: str, findings: Sequence[ItemFinding], told: Mapping[str, str]) -> CauseText:
    urls = tuple(dict.fromkeys(url for finding in findings for url in finding.urls))
    reason = findings[0].reasons[0] if code else None
    return CauseText(
        reason=reason,
        items=tuple(finding.item for finding in findings),
        urls=urls,
        points=sum(finding.points for finding in findings),
        letter=_letter(code, reason, urls, told) if code in ASK else "",
    )


def _letter(
    code: str, reason: ReasonText | None, urls: Sequence[str], told: Mapping[str, str]
) -> str:
    lines = [
        _("เรียน ผู้ให้บริการเว็บไซต์ของ{unit}", unit=told["unit"]),
        "",
        _(
            "ระบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) เปิดหน้าเว็บของ{unit} เมื่อ {opened} ไม่ได้ "
            "สาเหตุที่พบ: {cause}",
            unit=told["unit"],
            opened=told["opened"],
            cause=reason.th if reason else "",
        ),
        "",
        _(ASK[code], agent=told["agent"], tool=told["tool"]),
    ]
    if urls:
        lines += ["", _("หน้าที่เปิดไม่ได้:"), *(f"- {url}" for url in urls[:_LISTED])]
    if len(urls) > _LISTED:
        lines.append(_("และอีก {count} หน้า", count=len(urls) - _LISTED))
    lines += [
        "",
        _(
            "หน้าเหล่านี้ใช้ตอบแบบตรวจ OIT ของการประเมิน ITA หากผู้ประเมินเปิดไม่ได้ "
            "หน่วยงานจะไม่ได้คะแนน เมื่อแก้ไขแล้วโปรดแจ้งกลับเพื่อตรวจซ้ำ"
        ),
    ]
    return "\n".join(lines)
