"""A message by mail: the server's certificate is verified, nothing goes in the clear by chance."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING

from notices.notice import Later, Never, Outcome, Sent
from notices.people import Security
from notices.plain_text import one_line

if TYPE_CHECKING:
    from notices.notice import Notice
    from notices.people import Mail

TIMEOUT_S = 30.0
_PERMANENT = range(500, 600)


def new_message_id(mail: Mail) -> str:
    """A Message-ID that no other message has."""
    return make_msgid(domain=mail.sender.rpartition("@")[2])


def send_mail(notice: Notice, mail: Mail, password: str, timeout_s: float = TIMEOUT_S) -> Outcome:
    """Send one message; every step waits at most `timeout_s` seconds for the server."""
    try:
        server = _connected(mail, password, timeout_s)
    except (smtplib.SMTPException, OSError) as error:
        return _no_connection(mail, error)
    try:
        server.send_message(message_of(notice, mail), mail.sender, [notice.address])
    except smtplib.SMTPRecipientsRefused as error:
        code, why = next(iter(error.recipients.values()), (0, b""))
        return _refused(f"เซิร์ฟเวอร์อีเมลไม่รับผู้รับ {notice.address}", code, why)
    except smtplib.SMTPSenderRefused as error:
        said = f"{error.smtp_code} {_said(error.smtp_error)}"
        return Later(f"เซิร์ฟเวอร์อีเมลไม่รับผู้ส่ง {mail.sender} ({said})", channel_down=True)
    except smtplib.SMTPResponseException as error:
        return _refused("เซิร์ฟเวอร์อีเมลไม่รับข้อความ", error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Later(f"การเชื่อมต่อกับเซิร์ฟเวอร์อีเมลขาดกลางคัน ({_why(error)})")
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()
    return Sent()


def message_of(notice: Notice, mail: Mail) -> EmailMessage:
    """The message itself: the same bytes at every attempt."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_said_plainly(mail.sender_name), addr_spec=mail.sender)
    message["To"] = Address(addr_spec=notice.address)
    message["Subject"] = _said_plainly(notice.subject)
    message["Date"] = format_datetime(notice.queued_at)
    message["Message-ID"] = notice.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.text, cte="base64")
    if notice.html:
        message.add_alternative(notice.html, subtype="html", cte="base64")
    return message


def _said_plainly(text: str) -> str:
    """`text` for a header: an encoded word in it would be decoded, its line ends with it."""
    return one_line(text).replace("=?", "= ?")


def _connected(mail: Mail, password: str, timeout_s: float) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=str(mail.ca_file) if mail.ca_file else None)
    server: smtplib.SMTP
    if mail.security is Security.SSL:
        server = smtplib.SMTP_SSL(mail.host, mail.port, timeout=timeout_s, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=timeout_s)
    try:
        if mail.security is Security.STARTTLS:
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, password)
    except BaseException:
        server.close()
        raise
    return server


def _no_connection(mail: Mail, error: Exception) -> Later:
    where = f"{mail.host}:{mail.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        said = f"ใบรับรอง TLS ของ {where} ตรวจสอบไม่ผ่าน ({error.verify_message})"
    elif isinstance(error, smtplib.SMTPAuthenticationError):
        said = f"เข้าใช้เซิร์ฟเวอร์อีเมล {where} ไม่ได้ ตรวจ user และรหัสผ่าน ({error.smtp_code})"
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        said = f"เซิร์ฟเวอร์อีเมล {where} ไม่มี STARTTLS หรือการเข้าใช้ที่ตั้งไว้ จึงไม่ส่งแบบไม่เข้ารหัส"
    else:
        said = f"ต่อเซิร์ฟเวอร์อีเมล {where} ไม่ได้ ({_why(error)})"
    return Later(said, channel_down=True)


def _refused(what: str, code: int, said: bytes | str) -> Outcome:
    error = f"{what} ({code} {_said(said)})"
    return Never(error) if code in _PERMANENT else Later(error)


def _said(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return one_line(text, 200)


def _why(error: Exception) -> str:
    return one_line(str(error), 200) or type(error).__name__
