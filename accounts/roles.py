"""What each role may do. Pure."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is to the dashboard; each person has one."""

    ADMINISTRATOR = "administrator"
    REVIEWER = "reviewer"
    EXECUTIVE = "executive"
    WEBMASTER = "webmaster"
    GUEST = "guest"


class Right(StrEnum):
    """What a handler asks for before it does its work."""

    READ_ALL = "read_all"
    READ_OWN = "read_own"
    CHECK = "check"
    SELF_CHECK = "self_check"
    REVIEW = "review"
    EDIT_URLS = "edit_urls"
    EDIT_UNITS = "edit_units"
    APPROVE = "approve"
    RUN_SCANS = "run_scans"
    ADMINISTER = "administer"
    READ_AUDIT = "read_audit"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.REVIEWER: frozenset(
        {
            Right.READ_ALL,
            Right.CHECK,
            Right.SELF_CHECK,
            Right.REVIEW,
            Right.EDIT_URLS,
            Right.RUN_SCANS,
        }
    ),
    Role.EXECUTIVE: frozenset({Right.READ_ALL, Right.APPROVE, Right.SELF_CHECK, Right.READ_AUDIT}),
    Role.WEBMASTER: frozenset({Right.READ_OWN, Right.CHECK, Right.SELF_CHECK, Right.EDIT_URLS}),
    Role.GUEST: frozenset(),
}

ROLE_NAMES: dict[Role, str] = {
    Role.ADMINISTRATOR: "ผู้ดูแลระบบ (ศปท.มท.)",
    Role.REVIEWER: "เจ้าหน้าที่ผู้ตรวจทาน",
    Role.EXECUTIVE: "ผู้บริหาร",
    Role.WEBMASTER: "ผู้ดูแลเว็บไซต์ของหน่วยงาน",
    Role.GUEST: "ผู้เยี่ยมชม",
}

ROLE_DUTIES: dict[Role, str] = {
    Role.ADMINISTRATOR: "ทำได้ทุกอย่าง รวมทั้งจัดการผู้ใช้และดูบันทึกการใช้งาน",
    Role.REVIEWER: "ดูทุกหน่วยงาน ตัดสินข้อที่ต้องให้เจ้าหน้าที่ตรวจ แก้ URL และสั่งตรวจ",
    Role.EXECUTIVE: "ดูทุกหน่วยงาน รับรองชุด URL ของหน่วยงาน และดูบันทึกการใช้งาน",
    Role.WEBMASTER: "ดู แก้ URL และสั่งตรวจได้เฉพาะหน่วยงานที่กำหนดให้",
    Role.GUEST: "ไม่เห็นข้อมูลใด จนกว่าผู้ดูแลระบบจะเปิดให้อ่านด้วย OIT_WEB_GUESTS=read",
}


def rights_of(role: Role, *, guests_read: bool = False) -> frozenset[Right]:
    """The rights of a role; `guests_read` lets guests read everything."""
    if role is Role.GUEST and guests_read:
        return frozenset({Right.READ_ALL})
    return RIGHTS[role]
