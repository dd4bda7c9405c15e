"""What can be wrong with a request, each with its status, code and Thai sentence."""

from __future__ import annotations


class Fault(Exception):  # noqa: N818  they are answers, not errors of the program
    """An answer other than the one asked for."""

    status = 500
    code = "failed"
    title = "ระบบทำงานไม่สำเร็จ"

    def __init__(self, thai: str, **headers: str) -> None:
        """Say in Thai what is wrong and how to mend it; `headers` go with the answer."""
        super().__init__(thai)
        self.thai = thai
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class BadInput(Fault):
    """What was typed or sent cannot be used."""

    status, code, title = 422, "bad_input", "ข้อมูลที่ส่งมาใช้ไม่ได้"


class NotSignedIn(Fault):
    """Nobody, or nobody any more: pages lead to the login, the API answers 401."""

    status, code, title = 401, "not_signed_in", "ยังไม่ได้ลงชื่อเข้าใช้"

    def __init__(self, thai: str = "กรุณาลงชื่อเข้าใช้ก่อน") -> None:
        """Ask for a login."""
        super().__init__(thai, WWW_Authenticate="Bearer")


class MustChange(Fault):
    """A one-time password opens nothing but the page to change it."""

    status, code, title = 403, "password_must_change", "ต้องเปลี่ยนรหัสผ่านก่อน"

    def __init__(self) -> None:
        """Ask for a new password."""
        super().__init__("รหัสผ่านที่ใช้เป็นรหัสผ่านชั่วคราว กรุณาตั้งรหัสผ่านของท่านเองก่อน")


class Refused(Fault):
    """Known, but not allowed."""

    status, code, title = 403, "refused", "ไม่มีสิทธิ์"

    def __init__(self, thai: str = "บัญชีของท่านไม่มีสิทธิ์ใช้ส่วนนี้ หากจำเป็นต้องใช้ ติดต่อผู้ดูแลระบบ") -> None:
        """Say what is not allowed."""
        super().__init__(thai)


class ForeignForm(Fault):
    """A form or script that did not come from our own page."""

    status, code, title = 403, "form_expired", "แบบฟอร์มหมดอายุ"

    def __init__(self) -> None:
        """Ask to open the page again."""
        super().__init__("แบบฟอร์มนี้หมดอายุหรือไม่ได้เปิดจากระบบนี้ กรุณาเปิดหน้าเดิมใหม่แล้วส่งอีกครั้ง")


class NotFound(Fault):
    """There is no such thing, or not for the one who asks."""

    status, code, title = 404, "not_found", "ไม่พบหน้าที่ขอ"

    def __init__(self, thai: str = "ไม่พบสิ่งที่ขอ อาจถูกย้าย ลบไปแล้ว หรือไม่ใช่ของหน่วยงานที่ท่านดูแล") -> None:
        """Say what is not there."""
        super().__init__(thai)


class TooMuch(Fault):
    """More was sent than is taken."""

    status, code, title = 413, "too_large", "ข้อมูลใหญ่เกินไป"


class TooSlow(Fault):
    """What is sent comes too slowly to wait for it."""

    status, code, title = 408, "too_slow", "ส่งข้อมูลช้าเกินไป"


class TooSoon(Fault):
    """Try again later."""

    status, code, title = 429, "too_soon", "กรุณารอสักครู่"


class Unavailable(Fault):
    """The database is not there or busy."""

    status, code, title = 503, "unavailable", "ระบบยังใช้งานไม่ได้ชั่วคราว"
