"""Headers of a mail forged by a unit's name.

Tried: Unit names and item titles hold CRLF with `Bcc:`, NEL and U+2028, encoded words, and addresses
with line ends; a sender's name too.
Must: The message that leaves has exactly our headers, one To and no Bcc; addresses that are none
are refused where they are typed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from notices.letters import Letters
from notices.mail import message_of
from notices.notice import Channel, Notice
from notices.people import Mail
from tests.notices.test_letters import digest, news
from units.addresses import AddressError, check_email

NAMES = ("ก\r\nBcc: all@example.com", "ก\nTo: x@example.com\n\nเนื้อความปลอม", "ก\u2028Bcc: x@example.com",
         "ก\x85Bcc: x@example.com", "=?utf-8?q?a=0D=0ABcc:_x@example.com?=", "ก\x00\x1b")  # fmt: skip
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
           "Content-Type"}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_has_our_headers_and_no_other(name: str) -> None:
    letter = Letters().letter(digest(news(unit_name=name, title=name, said=name)))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    notice = Notice("web", Channel.MAIL, "web@surin.go.th", letter.subject, letter.text,
                    letter.html, "<1@oit.example>", (), now, now)  # fmt: skip
    mail = Mail(host="127.0.0.1", sender="oit@moi.go.th", sender_name=name)
    for one in (notice, replace(notice, subject=name)):
        sent = message_from_bytes(message_of(one, mail).as_bytes(), policy=default)
        assert set(sent.keys()) == HEADERS
        assert sent.get_all("To") == ["web@surin.go.th"]


@pytest.mark.parametrize("address", ["a@x.go.th\r\nBcc: b@x.go.th", "a@x.go.th,b@x.go.th",
                                     "<a@x.go.th>", "a@x.go.th\x00", '"a\n"@x.go.th'])  # fmt: skip
def test_no_such_address_is_ever_kept(address: str) -> None:
    with pytest.raises(AddressError):
        check_email(address)
