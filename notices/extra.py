"""A text by any further service that Apprise knows: Telegram, Slack, Teams and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notices.notice import Later, Outcome, Sent

if TYPE_CHECKING:
    from apprise import Apprise

    from notices.notice import Notice

TIMEOUT_S = 60.0


def service_of(url: str) -> str:
    """The name of the service that an Apprise address speaks to, "" when it knows none.

    It is all of the address that may be shown: the rest is a secret.
    """
    apprise = _opened(url)
    return str(apprise[0].service_name) if apprise else ""


def send_extra(notice: Notice, url: str, timeout_s: float = TIMEOUT_S) -> Outcome:
    """Send one text. Apprise does not tell failures apart, so each is tried again."""
    from apprise import NotifyFormat

    apprise = _opened(url)
    if apprise is None:
        return Later("ที่อยู่ของ Apprise ใช้ไม่ได้ ตรวจตัวแปรที่ตั้งไว้ใน apprise_env")
    result = apprise.notify(
        notice.text, title=notice.subject, body_format=NotifyFormat.TEXT, timeout=timeout_s
    )
    return Sent() if result else Later(f"{notice.address} ไม่รับข้อความ หรือต่อไม่ได้")


def _opened(url: str) -> Apprise | None:
    # Loaded here: it brings all its services along, which no other command needs.
    from apprise import Apprise, AppriseAsset, PersistentStoreMode

    asset = AppriseAsset(
        app_id="OIT",
        async_mode=False,
        http_redirects=False,
        secure_logging=True,
        storage_mode=PersistentStoreMode.MEMORY,
    )
    apprise = Apprise(asset=asset)
    return apprise if url and apprise.add(url) else None
