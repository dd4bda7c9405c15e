"""The outbox under failure: nothing is lost, nothing goes twice, nobody holds up the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from database.engine import StoreError
from notices.channels import Sender
from notices.composing import queue
from notices.notice import Channel, Later, Never, Notice, Outcome, Sent, State
from notices.outbox import LEASE, QueueError
from notices.sending import Tally, send_due
from notices.told import Event, Key, Told
from tests.notices.dying import dying
from tests.notices.ministry import Ministry, at, book, centre, confirmed, told, webmaster
from tests.notices.servers import HttpServer, Mailbox, smtp_server, status
from tests.results.samples import missing, passing

if TYPE_CHECKING:
    from notices.people import Book

# Apprise loads all its services, one of which loads a module on its way out.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

GOOD = [passing("O2"), passing("O12")]


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Ministry]:
    made = Ministry(tmp_path, book())
    yield made
    made.close()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with smtp_server() as served:
        yield served


def over(box: Mailbox, *people: dict[str, Any], **channels: Any) -> Book:
    """A book whose mail goes to the server of the test."""
    mail = {"host": "127.0.0.1", "port": box.port, "security": "none", "sender": "oit@moi.go.th"}
    return book(channels={"mail": mail, **channels}, people=[*people, centre()])


def put(ministry: Ministry, person: str, due: datetime, **more: Any) -> Notice:
    """Queue one message that tells one thing."""
    values: dict[str, Any] = {
        "channel": Channel.MAIL, "address": f"{person}@surin.go.th", "subject": "OIT",
        "text": "เรียน", "html": "", "message_id": f"<{person}@moi.go.th>", "keys": ("k",),
        "queued_at": due, "due": due, "digest": person, "slot": "2023-03-20", **more,
    }  # fmt: skip
    notice = Notice(person, **values)
    key = Key(Event.WORSE, "1", "oit-2566", "surin", "O2")
    ministry.outbox.queue([notice], [Told(person, key, person)])
    return notice


def send(ministry: Ministry, now: datetime, by: Any = None) -> Tally:
    quiet = ministry.book.quiet_hours
    return send_due(ministry.outbox, by or Sender(ministry.book, 5), lambda: now, quiet)


def states(ministry: Ministry) -> dict[str, State]:
    return {one.person: one.state for one in ministry.outbox.notices()}


def test_one_bad_recipient_holds_up_nobody(ministry: Ministry, box: Mailbox) -> None:
    ministry.book = over(box)
    box.refuse = {"bad@surin.go.th": "550 no such user", "busy@surin.go.th": "450 busy"}
    for person in ("bad", "busy", "good"):
        put(ministry, person, at(9))
    tally = send(ministry, at(9))
    assert (tally.sent, tally.failed, tally.given_up) == (1, 1, 1)
    assert states(ministry) == {
        "bad": State.GIVEN_UP, "busy": State.FAILED, "good": State.SENT,
    }  # fmt: skip
    # The temporary one is kept until its time has come, then goes with the same id.
    assert send(ministry, at(9)).sent == 0
    box.refuse = {}
    assert send(ministry, at(9, 2)).sent == 1
    assert box.ids == ["<good@moi.go.th>", "<busy@moi.go.th>"]


def test_a_channel_that_is_down_is_asked_once_a_run_and_nothing_is_lost(ministry: Ministry) -> None:
    asked: list[str] = []

    def down(notice: Notice) -> Outcome:
        asked.append(notice.person)
        if notice.channel is Channel.MAIL:
            return Later("ต่อไม่ได้", channel_down=True)
        return Sent()

    for person in ("a", "b", "c"):
        put(ministry, person, at(9))
    put(ministry, "d", at(9), channel=Channel.LINE)
    tally = send(ministry, at(9), down)
    assert asked == ["a", "d"]
    assert (tally.sent, tally.failed, tally.waiting) == (1, 1, 2)
    assert send(ministry, at(9, 30), lambda _: Sent()).sent == 3


def test_failures_are_tried_again_for_a_day_and_then_told_to_the_centre(ministry: Ministry) -> None:
    put(ministry, "web", at(9))
    now, tries = at(9), 0
    while states(ministry)["web"] is not State.GIVEN_UP:
        tries += send(ministry, now, lambda _: Later("เซิร์ฟเวอร์ไม่ตอบ")).failed
        now = max(now, ministry.outbox.notices()[0].due)
        assert tries < 20
    [given_up] = ministry.outbox.notices(State.GIVEN_UP)
    assert given_up.attempts == 12
    plan = ministry.plan(now)
    [one] = [p for p in plan.planned if p.person == "centre"]
    assert [n.key.event for n in one.digest.news] == [Event.UNDELIVERED]  # type: ignore[union-attr]
    assert "web ทางอีเมล web@surin.go.th: เซิร์ฟเวอร์ไม่ตอบ" in one.notices[0].text
    assert "oit notify retry 1" in one.notices[0].text
    queue(plan, ministry.outbox)
    send(ministry, now + timedelta(days=1), lambda _: Sent())
    assert told(ministry.plan(now + timedelta(days=2))) == {}


def test_nothing_goes_in_the_quiet_hours(ministry: Ministry) -> None:
    put(ministry, "web", at(9))
    assert send(ministry, at(23), lambda _: Sent()).sent == 0
    assert send(ministry, at(6, 59, days=1), lambda _: Sent()).sent == 0
    assert send(ministry, at(7, days=1), lambda _: Sent()).sent == 1


def test_what_was_queued_before_its_hour_waits(ministry: Ministry) -> None:
    put(ministry, "web", at(12))
    tally = send(ministry, at(9), lambda _: Sent())
    assert (tally.sent, tally.waiting, tally.later) == (0, 0, 1)


def test_telling_and_queueing_happen_both_or_neither(ministry: Ministry) -> None:
    put(ministry, "web", at(9))
    with pytest.raises(QueueError):
        put(ministry, "web", at(9), slot="2023-03-21", digest="second")
    assert len(ministry.outbox.notices()) == 1
    assert len(ministry.outbox.told()) == 1


def test_a_message_that_somebody_is_sending_is_not_replaced(ministry: Ministry) -> None:
    put(ministry, "web", at(9))
    [there] = ministry.outbox.notices()
    ministry.outbox.claim(at(9))
    with pytest.raises(QueueError):
        ministry.outbox.queue([], [], [there])
    assert len(ministry.outbox.told()) == 1


def test_two_planners_at_once_queue_a_person_once(ministry: Ministry) -> None:
    ministry.scan({"surin": GOOD}, at(1))
    ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    one, other = ministry.plan(at(9)), ministry.plan(at(9))
    assert queue(one, ministry.outbox) == 2
    assert queue(other, ministry.outbox) == 0
    assert len(ministry.outbox.notices()) == 2


def test_two_senders_at_once_send_each_message_once(ministry: Ministry) -> None:
    for number in range(12):
        put(ministry, f"p{number}", at(9))
    sent: list[str] = []
    start = threading.Barrier(3)

    def note(notice: Notice) -> Outcome:
        sent.append(notice.person)
        return Sent()

    def work() -> None:
        start.wait()
        send(ministry, at(9), note)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(sent) == sorted(f"p{number}" for number in range(12))


def test_a_claim_that_passed_to_another_is_not_settled_by_the_first(ministry: Ministry) -> None:
    put(ministry, "web", at(9))
    first = ministry.outbox.claim(at(9))
    assert first is not None
    assert ministry.outbox.claim(at(9, 10)) is None
    assert ministry.outbox.waiting(at(9, 10)) == (0, 0)
    second = ministry.outbox.claim(at(9, 1) + LEASE)
    assert second is not None
    assert not ministry.outbox.settle(first, State.FAILED, error="late")
    assert ministry.outbox.settle(second, State.SENT, sent_at=at(9, 17))
    assert states(ministry) == {"web": State.SENT}


def test_killed_between_sending_and_marking_the_repetition_carries_the_same_id(
    ministry: Ministry, box: Mailbox
) -> None:
    put(ministry, "web", at(9))
    process = dying(ministry, box.port, "http://127.0.0.1:1")
    box.kill = process.pid
    process.communicate("\n", timeout=30)
    assert process.returncode == -9
    assert states(ministry) == {"web": State.SENDING}
    ministry.book = over(box)
    assert send(ministry, at(9, 10)).sent == 0
    assert send(ministry, at(9, 1) + LEASE).sent == 1
    assert box.ids == ["<web@moi.go.th>"] * 2


def test_killed_between_sending_and_marking_line_recognises_the_repetition(
    ministry: Ministry,
) -> None:
    put(ministry, "web", at(9), channel=Channel.LINE, message_id="11-22")
    with HttpServer() as api:
        process = dying(ministry, 1, api.url)

        def die(_: Any) -> None:
            process.kill()
            process.wait()

        api.answers = [die, status(409)]
        process.communicate("\n", timeout=30)
        channels = {"line": {"token_env": "HOME", "base_url": api.url}}
        ministry.book = book(channels=channels, people=[centre(mail=None, line="C" + "0" * 32)])
        assert send(ministry, at(9, 1) + LEASE).sent == 1
    assert [r.headers["X-Line-Retry-Key"] for r in api.requests] == ["11-22", "11-22"]


def test_a_message_goes_by_every_channel_of_its_person(
    ministry: Ministry, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIT_TOKEN", "t0k3n")
    ministry.scan({"surin": GOOD}, at(1))
    ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    with HttpServer(status(200)) as api:
        monkeypatch.setenv("OIT_EXTRA", api.url.replace("http://", "json://") + "/s3cr3t")
        everywhere = webmaster(line="C" + "0" * 32, webhook="board", apprise_env="OIT_EXTRA")
        ministry.book = over(
            box, everywhere, line={"token_env": "OIT_TOKEN", "base_url": api.url},
            webhooks={"board": {"url": f"{api.url}/board"}},
        )  # fmt: skip
        queue(ministry.plan(at(9)), ministry.outbox)
        assert send(ministry, at(9)).sent == 5
    assert sorted(request.path for request in api.requests) == [
        "/board", "/s3cr3t", "/v2/bot/message/push",
    ]  # fmt: skip
    mine = [one for one in ministry.outbox.notices() if one.person == "web"]
    assert len({one.digest for one in mine}) == 1
    assert not [one for one in mine if "s3cr3t" in repr(one)]


def test_a_message_whose_channel_left_the_file_is_given_up(ministry: Ministry) -> None:
    put(ministry, "web", at(9), channel=Channel.WEBHOOK, address="gone")
    assert send(ministry, at(9)).given_up == 1
    [one] = ministry.outbox.notices()
    assert "ไม่มีในแฟ้มผู้รับแจ้งแล้ว" in one.error


def test_only_what_failed_can_be_sent_again(ministry: Ministry) -> None:
    put(ministry, "web", at(9))
    with pytest.raises(StoreError, match="notice 1 is queued"):
        ministry.outbox.requeue(1, "", at(9))
    with pytest.raises(StoreError, match="no notice 9"):
        ministry.outbox.requeue(9, "", at(9))
    send(ministry, at(9), lambda _: Never("ไม่รับ"))
    again = ministry.outbox.requeue(1, "new@surin.go.th", at(9))
    assert (again.address, again.message_id) == ("new@surin.go.th", "<web@moi.go.th>")
    assert send(ministry, at(9), lambda _: Sent()).sent == 1
