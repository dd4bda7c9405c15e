"""What was done, in Thai; a code that is not here is shown as it is."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "login.done": "ลงชื่อเข้าใช้",
    "login.failed": "ลงชื่อเข้าใช้ไม่สำเร็จ",
    "login.too_soon": "ลงชื่อเข้าใช้ถี่เกินไป",
    "login.outside": "ลงชื่อเข้าใช้ผ่านระบบภายนอก",
    "login.outside_refused": "ระบบภายนอกลงชื่อให้ไม่สำเร็จ",
    "logout": "ออกจากระบบ",
    "password.changed": "เปลี่ยนรหัสผ่าน",
    "password.refused": "เปลี่ยนรหัสผ่านไม่สำเร็จ",
    "sessions.ended": "ออกจากระบบในอุปกรณ์อื่น",
    "session.ended": "ออกจากระบบในอุปกรณ์หนึ่ง",
    "token.made": "สร้างโทเคน",
    "token.revoked": "ยกเลิกโทเคน",
    "user.added": "เพิ่มผู้ใช้",
    "user.changed": "แก้ไขผู้ใช้",
    "user.disabled": "ระงับผู้ใช้",
    "user.enabled": "เปิดใช้ผู้ใช้อีกครั้ง",
    "user.password_reset": "ออกรหัสผ่านชั่วคราว",
    "registry.added": "เพิ่มหน่วยงานในทะเบียน",
    "registry.changed": "แก้ไขทะเบียนของหน่วยงาน",
    "registry.removed": "นำหน่วยงานออกจากทะเบียน",
    "registry.restored": "ย้อนทะเบียนเป็นฉบับก่อน",
    "registry.approved": "อนุมัติชุด URL",
    "registry.imported": "นำเข้าทะเบียน",
    "registry.import_dropped": "ยกเลิกแฟ้มที่รอนำเข้า",
    "registry.import_undone": "ย้อนการนำเข้าทะเบียน",
    "scan.asked": "สั่งตรวจ",
    "scan.resumed": "สั่งทำการตรวจต่อ",
    "scan.stopped": "สั่งหยุดการตรวจ",
    "unit.check_asked": "สั่งตรวจหน่วยงานซ้ำ",
    "review.decided": "พิจารณาข้อที่ต้องให้เจ้าหน้าที่ตรวจ",
    "review.undone": "ถอนคืนผลการพิจารณา",
    "self_check.started": "ตรวจด้วยตนเอง",
    "self_check.kept": "เก็บผลตรวจด้วยตนเอง",
    "self_check.deleted": "ลบผลตรวจด้วยตนเองที่เก็บไว้",
    "audit.exported": "ส่งออกบันทึกการใช้งาน",
    "evidence.exported": "ออกชุดหลักฐานสำหรับชี้แจง",
}
"""By the code that `record` is given; each subject adds its own."""


def words_of(what: str) -> str:
    """What was done, in Thai where it is known."""
    return WORDS.get(what, what)
