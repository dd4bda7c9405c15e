"""A text to a person or a group by the LINE Messaging API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from notices.notice import Later, Never, Outcome, Sent
from notices.plain_text import one_line
from notices.posting import TIMEOUT_S, PostError, post

if TYPE_CHECKING:
    from notices.notice import Notice
    from notices.people import Line
    from notices.posting import Reply

_PUSH = "/v2/bot/message/push"
_ACCEPTED_BEFORE = 409
_TOKEN_REFUSED = (401, 403)
_TRY_AGAIN = (408, 429)


def send_line(notice: Notice, line: Line, token: str, timeout_s: float = TIMEOUT_S) -> Outcome:
    """Push one text; its retry key lets LINE recognise a repetition for 24 hours."""
    body = {"to": notice.address, "messages": [{"type": "text", "text": notice.text}]}
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "X-Line-Retry-Key": notice.message_id,
    }
    try:
        reply = post(
            line.base_url.rstrip("/") + _PUSH,
            json.dumps(body, ensure_ascii=False).encode(),
            headers,
            timeout_s,
        )
    except PostError as error:
        return Later(f"ต่อ LINE ไม่ได้ ({one_line(str(error), 200)})", channel_down=True)
    return _outcome(reply)


def _outcome(reply: Reply) -> Outcome:
    said = f"{reply.status} {_message(reply.body)}".strip()
    if reply.status // 100 == 2 or reply.status == _ACCEPTED_BEFORE:
        return Sent()
    if reply.status in _TOKEN_REFUSED:
        return Later(f"LINE ไม่รับ channel access token ให้ออกใหม่ ({said})", channel_down=True)
    if reply.status == 429:
        return Later(f"LINE: ส่งเกินโควตาของเดือนหรือถี่เกินไป ({said})", reply.after, True)
    if reply.status in _TRY_AGAIN or reply.status >= 500:
        return Later(f"LINE ขัดข้องชั่วคราว ({said})", reply.after)
    return Never(f"LINE ไม่รับข้อความ ตรวจรหัสผู้รับหรือกลุ่ม ({said})")


def _message(body: str) -> str:
    try:
        return one_line(str(json.loads(body).get("message", "")), 200)
    except (ValueError, AttributeError):
        return ""
