"""A digest as JSON to another program, signed so that it can trust the sender."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from notices.notice import Later, Never, Outcome, Sent
from notices.plain_text import one_line
from notices.posting import TIMEOUT_S, PostError, post

if TYPE_CHECKING:
    from notices.notice import Notice
    from notices.people import Webhook

SIGNATURE = "X-OIT-Signature"
_ACCEPTED_BEFORE = 409
_TRY_AGAIN = (408, 429)


def signature(secret: str, body: bytes) -> str:
    """`sha256=` and the hex HMAC-SHA256 of the body under the shared secret."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def send_webhook(
    notice: Notice, webhook: Webhook, secret: str, timeout_s: float = TIMEOUT_S
) -> Outcome:
    """Post one digest; 2xx says it was taken, 409 that it had been taken before."""
    body = notice.text.encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": notice.message_id,
    }
    if secret:
        headers[SIGNATURE] = signature(secret, body)
    try:
        reply = post(webhook.url, body, headers, timeout_s)
    except PostError as error:
        return Later(f"ต่อ webhook {notice.address} ไม่ได้ ({one_line(str(error), 200)})")
    where = f"webhook {notice.address}"
    if reply.status // 100 == 2 or reply.status == _ACCEPTED_BEFORE:
        return Sent()
    if reply.status in _TRY_AGAIN or reply.status >= 500:
        return Later(f"{where} ขัดข้องชั่วคราว (HTTP {reply.status})", reply.after)
    if reply.status // 100 == 3:
        return Never(f"{where} ส่งต่อไปที่อยู่อื่น (HTTP {reply.status}) แก้ url ให้เป็นที่อยู่สุดท้าย")
    return Never(f"{where} ไม่รับ (HTTP {reply.status})")
