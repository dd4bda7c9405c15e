"""A text by any further service that Apprise knows: Telegram, Slack, Teams and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apprise import Apprise, AppriseAsset, NotifyFormat, PersistentStoreMode

from notices.notice import Later, Outcome, Sent

if TYPE_CHECKING:
    from notices.notice import Notice

TIMEOUT_S = 60.0


def service_of(url: str) -> str:
    """The name of the service that an Apprise address speaks to, "" when it knows none.

    It is all of the address that may be shown: the rest is a secret.
    """
    apprise = Apprise(asset=_asset())
    if not url or not apprise.add(url):
        return ""
    return str(apprise[0].service_name)


def send_extra(notice: Notice, url: str, timeout_s: float = TIMEOUT_S) -> Outcome:
    """Send one text. Apprise tells apart neither its failures, so each is tried again."""
    apprise = Apprise(asset=_asset())
    if not apprise.add(url):
        return Later("ที่อยู่ของ Apprise ใช้ไม่ได้ ตรวจตัวแปรที่ตั้งไว้ใน apprise_env")
    result = apprise.notify(
        notice.text, title=notice.subject, body_format=NotifyFormat.TEXT, timeout=timeout_s
    )
    return Sent() if result else Later(f"{notice.address} ไม่รับข้อความ หรือต่อไม่ได้")


def _asset() -> AppriseAsset:
    return AppriseAsset(
        app_id="OIT",
        async_mode=False,
        http_redirects=False,
        secure_logging=True,
        storage_mode=PersistentStoreMode.MEMORY,
    )
