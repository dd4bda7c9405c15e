"""Each channel against a real server: what counts as sent, as a failure for now, and for good."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from notices.extra import send_extra, service_of
from notices.line import send_line
from notices.mail import send_mail
from notices.notice import Channel, Later, Never, Notice, Sent
from notices.people import Line, Mail, Webhook
from notices.webhook import send_webhook
from tests.notices.ministry import DAY
from tests.notices.servers import Answer, HttpServer, Mailbox, hang, reset, smtp_server, status

# Apprise loads all its services, one of which loads a module on its way out.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

MAIL = Notice(
    "web", Channel.MAIL, "web@surin.go.th", "OIT: แย่ลง 1 ข้อ", "เรียน ผู้ดูแลเว็บ\nบรรทัดสอง",
    "<p>เรียน</p>", "<one@example.go.th>", (), DAY, DAY,
)  # fmt: skip
PUSH = replace(MAIL, channel=Channel.LINE, address="C" + "0" * 32, message_id="11-22")
HOOK = replace(MAIL, channel=Channel.WEBHOOK, address="board", text='{"a": "ก"}', message_id="7")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with smtp_server() as served:
        yield served


def server(box: Mailbox, **more: object) -> Mail:
    settings = {"host": "127.0.0.1", "port": box.port, "security": "none"}
    return Mail.model_validate({**settings, "sender": "oit@example.go.th", **more})


def test_a_mail_arrives_whole_and_carries_its_id(box: Mailbox) -> None:
    assert send_mail(MAIL, server(box), "", 5) == Sent()
    [message] = box.messages
    assert message["Message-ID"] == "<one@example.go.th>"
    assert message["Subject"] == "OIT: แย่ลง 1 ข้อ"
    assert str(make_header(decode_header(box.raw[0]["From"]))) == (
        "ระบบตรวจการเปิดเผยข้อมูล OIT <oit@example.go.th>"
    )
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines()[:2] == ["เรียน ผู้ดูแลเว็บ", "บรรทัดสอง"]
    assert html.get_content().strip() == "<p>เรียน</p>"


def test_a_subject_cannot_bring_in_a_header(box: Mailbox) -> None:
    evil = replace(MAIL, subject="OIT\r\nBcc: victim@example.com\n\nbody")
    assert send_mail(evil, server(box, sender_name="ก\nBcc: b@c.th"), "", 5) == Sent()
    [message] = box.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "OIT Bcc: victim@example.com body"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("550 no such user", Never), ("553 bad", Never), ("450 mailbox busy", Later),
     ("421 try later", Later)],
)  # fmt: skip
def test_a_refused_recipient_is_tried_again_only_where_the_server_says_so(
    box: Mailbox, answer: str, kind: type
) -> None:
    box.refuse["web@surin.go.th"] = answer
    outcome = send_mail(MAIL, server(box), "", 5)
    assert isinstance(outcome, kind)
    assert not isinstance(outcome, Sent)
    assert answer[:3] in outcome.error


def test_a_server_that_hangs_up_in_the_middle_is_tried_again(box: Mailbox) -> None:
    box.drop = 1
    outcome = send_mail(MAIL, server(box), "", 5)
    assert isinstance(outcome, Later)
    assert "ขาดกลางคัน" in outcome.error
    assert send_mail(MAIL, server(box), "", 5) == Sent()
    assert box.ids == ["<one@example.go.th>"]


def test_a_server_that_is_not_there_is_named_and_stops_the_channel() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outcome = send_mail(MAIL, server(Mailbox(port=port)), "", 5)
    assert isinstance(outcome, Later)
    assert outcome.channel_down
    assert f"ต่อเซิร์ฟเวอร์อีเมล 127.0.0.1:{port} ไม่ได้" in outcome.error


def test_a_server_that_never_answers_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        outcome = send_mail(MAIL, server(Mailbox(port=silent.getsockname()[1])), "", 0.2)
    assert isinstance(outcome, Later)


def test_a_server_without_starttls_gets_nothing_in_the_clear(box: Mailbox) -> None:
    outcome = send_mail(MAIL, server(box, security="starttls"), "", 5)
    assert isinstance(outcome, Later)
    assert "STARTTLS" in outcome.error
    assert box.messages == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", path, "-out", path.with_suffix(".crt"), "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


def test_starttls_is_used_and_the_certificate_verified(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.with_suffix(".crt"), certificate)
    with smtp_server(tls=context) as box:
        known = server(
            box, host="localhost", security="starttls", ca_file=str(certificate.with_suffix(".crt"))
        )
        assert send_mail(MAIL, known, "", 5) == Sent()
        unknown = send_mail(MAIL, server(box, host="localhost", security="starttls"), "", 5)
    assert isinstance(unknown, Later)
    assert "ใบรับรอง TLS" in unknown.error
    assert len(box.messages) == 1


def push(*answers: Answer) -> tuple[object, HttpServer]:
    with HttpServer(*answers) as api:
        return send_line(PUSH, Line(token_env="X", base_url=api.url), "t0k3n", 0.5), api


def test_line_gets_one_text_with_token_and_retry_key() -> None:
    outcome, api = push(status(200))
    assert outcome == Sent()
    [request] = api.requests
    assert request.path == "/v2/bot/message/push"
    assert request.headers["Authorization"] == "Bearer t0k3n"
    assert request.headers["X-Line-Retry-Key"] == "11-22"
    assert json.loads(request.body) == {
        "to": PUSH.address,
        "messages": [{"type": "text", "text": PUSH.text}],
    }


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (status(409, '{"message": "accepted already"}'), Sent),
        (status(400, '{"message": "The property, \'to\', is invalid"}'), Never),
        (status(404), Never),
        (status(302, Location="http://127.0.0.1:1/"), Never),
        (status(401), Later),
        (status(408), Later),
        (status(429, '{"message": "monthly limit"}'), Later),
        (status(500), Later),
        (reset, Later),
        (hang(1.5), Later),
    ],
    ids=["409", "400", "404", "302", "401", "408", "429", "500", "reset", "hang"],
)
def test_what_line_answers(answer: Answer, outcome: type) -> None:
    found, api = push(answer)
    assert isinstance(found, outcome)
    # The token goes to one address only, whatever it answers.
    assert len(api.requests) == 1
    assert "t0k3n" not in repr(found)


def test_the_monthly_limit_of_line_rests_the_channel_as_long_as_it_asks() -> None:
    found, _ = push(status(429, '{"message": "monthly limit"}', Retry_After="3600"))
    assert isinstance(found, Later)
    assert found.channel_down
    assert found.after is not None
    assert found.after.total_seconds() == 3600
    assert "monthly limit" in found.error


def hook(*answers: Answer, secret: str = "") -> tuple[object, HttpServer]:
    with HttpServer(*answers) as api:
        return send_webhook(HOOK, Webhook(url=f"{api.url}/oit"), secret, 0.5), api


def test_a_webhook_is_signed_and_carries_its_key() -> None:
    outcome, api = hook(status(204), secret="s3cr3t")
    assert outcome == Sent()
    [request] = api.requests
    assert (request.path, request.headers["Idempotency-Key"]) == ("/oit", "7")
    wanted = hmac.new(b"s3cr3t", request.body, hashlib.sha256).hexdigest()
    assert request.headers["X-OIT-Signature"] == f"sha256={wanted}"
    assert json.loads(request.body) == {"a": "ก"}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (status(409), Sent), (status(400), Never), (status(403), Never), (status(410), Never),
        (status(307, Location="http://127.0.0.1:1/"), Never), (status(408), Later),
        (status(429, Retry_After="60"), Later), (status(503), Later), (reset, Later),
        (hang(1.5), Later),
    ],
)  # fmt: skip
def test_what_a_webhook_answers(answer: Answer, outcome: type) -> None:
    found, api = hook(answer)
    assert isinstance(found, outcome)
    assert len(api.requests) == 1
    assert "X-OIT-Signature" not in api.requests[0].headers


def test_further_services_go_by_apprise_and_never_follow_a_redirect() -> None:
    with HttpServer(status(200), status(302, Location="/else"), status(500)) as api:
        url = api.url.replace("http://", "json://")
        extra = replace(HOOK, channel=Channel.APPRISE, address=service_of(url), text="*ดูที่นี่*")
        assert extra.address == "JSON"
        assert send_extra(extra, url, 5) == Sent()
        assert isinstance(send_extra(extra, url, 5), Later)
        assert isinstance(send_extra(extra, url, 5), Later)
    assert "*ดูที่นี่*" in json.loads(api.requests[0].body)["message"]
    assert len(api.requests) == 3
    assert service_of("nosuch://x") == ""
