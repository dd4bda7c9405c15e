"""From the operator's file to the ways out: addresses of a person, secrets, and who sends."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notices.extra import send_extra, service_of
from notices.line import send_line
from notices.mail import new_message_id, send_mail
from notices.notice import Channel, Later, Never, Notice, Outcome
from notices.people_file import BookError
from notices.webhook import send_webhook

if TYPE_CHECKING:
    from notices.people import Book, Person


def addresses(person: Person) -> Iterator[tuple[Channel, str]]:
    """The channels by which a person is told, with an address that may be shown."""
    if person.mail:
        yield Channel.MAIL, person.mail
    if person.line:
        yield Channel.LINE, person.line
    if person.webhook:
        yield Channel.WEBHOOK, person.webhook
    if person.apprise_env:
        url = os.environ.get(person.apprise_env, "")
        yield Channel.APPRISE, service_of(url) or f"${person.apprise_env}"


def new_id(channel: Channel, book: Book) -> str:
    """The id that a message keeps for good, in the form that its channel recognises."""
    if channel is Channel.MAIL and book.channels.mail is not None:
        return new_message_id(book.channels.mail)
    return str(uuid.uuid4())


def check_secrets(book: Book) -> None:
    """Raises `BookError` when a password, token or secret that the file names is not there."""
    mail, line = book.channels.mail, book.channels.line
    if mail is not None and mail.user:
        secret(mail.password_env, mail.password_file)
    if line is not None:
        secret(line.token_env, line.token_file)
    for webhook in book.channels.webhooks.values():
        if webhook.secret_env or webhook.secret_file:
            secret(webhook.secret_env, webhook.secret_file)
    for person in book.people:
        if person.apprise_env and not service_of(secret(person.apprise_env, None)):
            raise BookError(
                f"ค่าของตัวแปร {person.apprise_env} ไม่ใช่ที่อยู่ที่ Apprise รู้จัก",
                f"the value of {person.apprise_env} is no address that Apprise knows",
            )


def secret(variable: str | None, file: Path | None) -> str:
    """The secret from the environment or the file; raises `BookError`, which never shows it."""
    if variable and os.environ.get(variable, "").strip():
        return os.environ[variable].strip()
    if file is not None:
        try:
            found = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            found = ""
        if found:
            return found
    where = variable or str(file)
    raise BookError(
        f"ยังไม่ได้ตั้งค่า {where} ที่แฟ้มผู้รับแจ้งอ้างถึง", f"{where}, named by the file of people, is not set"
    )


class Sender:
    """Sends a message by the channel it was queued for, with the file's present settings."""

    def __init__(self, book: Book, timeout_s: float = 30.0) -> None:
        """`timeout_s` bounds each wait for a server."""
        self._book = book
        self._timeout_s = timeout_s

    def __call__(self, notice: Notice) -> Outcome:
        """What came of it; a missing secret counts as the channel being down."""
        try:
            return self._send(notice)
        except BookError as error:
            return Later(str(error), channel_down=True)

    def _send(self, notice: Notice) -> Outcome:
        channels, wait = self._book.channels, self._timeout_s
        if notice.channel is Channel.MAIL and channels.mail is not None:
            mail = channels.mail
            password = secret(mail.password_env, mail.password_file) if mail.user else ""
            return send_mail(notice, mail, password, wait)
        if notice.channel is Channel.LINE and channels.line is not None:
            line = channels.line
            return send_line(notice, line, secret(line.token_env, line.token_file), wait)
        if notice.channel is Channel.WEBHOOK and notice.address in channels.webhooks:
            hook = channels.webhooks[notice.address]
            signed = hook.secret_env or hook.secret_file
            key = secret(hook.secret_env, hook.secret_file) if signed else ""
            return send_webhook(notice, hook, key, wait)
        if notice.channel is Channel.APPRISE:
            for person in self._book.people:
                if person.id == notice.person and person.apprise_env:
                    return send_extra(notice, secret(person.apprise_env, None), wait)
        return Never(f"ช่องทาง {notice.channel.value} ของ {notice.person} ไม่มีในแฟ้มผู้รับแจ้งแล้ว")
