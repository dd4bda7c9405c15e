"""Self-check in the dashboard: one's own checks only, slips told in one line, nothing left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from accounts.audit import Audit, Sought
from accounts.roles import Right
from results.self_check import SelfCheckReport
from tests.self_check.asked import awaited, report_of
from tests.web.self_checks import UNIT, Here, send
from web.limits import LARGE

if TYPE_CHECKING:
    from tests.web.conftest import Client


def endless() -> Iterator[bytes]:
    """A form that does not say how long it is."""
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    for _ in range(100):
        yield bytes(10_000)


def test_from_a_file_to_a_kept_answer_and_back_to_nothing(
    here: Here, client: Callable[[str], Client]
) -> None:
    person = client("webmaster")
    sent = send(person)
    assert sent.status_code == 303
    address = sent.headers["location"]

    news = person.get(f"{address}/events")
    assert news.headers["content-type"].startswith("text/event-stream")
    names = [line[7:] for line in news.text.splitlines() if line.startswith("event: ")]
    assert names == ["place", "step", "step", "end"]

    answer = person.get(address).text
    assert "ใช้ตอบได้ครบถ้วน 1 ข้อ: O11" in answer
    assert "แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2566" in answer, "the quote"
    assert "สิ่งที่ต้องทำ" in answer
    assert answer.index("item-O11") < answer.index("item-O12"), "best first"
    assert "http-equiv" not in answer
    assert here.files() == []

    kept = person.post(f"{address}/keep").headers["location"]
    assert here.files() == ["report.html", "result.json"]
    assert "ใช้ตอบได้ครบถ้วน" in person.get(kept).text
    stored = person.get(f"{kept}/result.json")
    assert SelfCheckReport.model_validate(stored.json()["report"]) == report_of()
    paper = person.get(f"{kept}/report.html")
    assert "attachment" in paper.headers["content-disposition"]
    assert "ใช้ตอบได้ครบถ้วน" in paper.text
    assert kept in person.get("/self-check").text

    assert person.post(f"{kept}/delete").status_code == 303
    assert person.post(f"{address}/delete").status_code == 303
    assert here.files() == []
    assert person.get(kept).status_code == person.get(address).status_code == 404


def test_without_script_the_page_opens_itself_anew_until_the_end(
    here: Here, client: Callable[[str], Client]
) -> None:
    person = client("webmaster")
    address = send(person, name="hang").headers["location"]
    waiting = person.get(address).text
    assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in waiting
    assert "ยกเลิกการตรวจ" in waiting
    assert person.post(f"{address}/keep").status_code == 422
    person.post(f"{address}/cancel")
    awaited(here.job("webmaster"))
    assert "ยกเลิกแล้ว" in person.get(address).text
    assert here.files() == []


@pytest.mark.parametrize("role", ["administrator", "reviewer", "executive"])
def test_anothers_check_does_not_exist_for_anybody(
    here: Here, client: Callable[[str], Client], role: str
) -> None:
    owner, other = client("webmaster"), client(role)
    address = send(owner).headers["location"]
    awaited(here.job("webmaster"))
    kept = owner.post(f"{address}/keep").headers["location"]
    number = address.rpartition("/")[2]
    asked = [
        other.get(address),
        other.get(f"{address}/events"),
        *(other.post(f"{address}/{what}") for what in ("cancel", "delete", "keep")),
        other.get(kept),
        other.get(f"{kept}/result.json"),
        other.post(f"{kept}/delete"),
        other.get(f"/api/v1/self-checks/{number}"),
        other.delete(f"/api/v1/self-checks/{number}"),
    ]
    assert {answer.status_code for answer in asked} == {404}
    assert owner.get(address).status_code == owner.get(kept).status_code == 200


def test_a_guest_starts_nothing(here: Here, client: Callable[[str], Client]) -> None:
    guest = client("guest")
    assert guest.get("/self-check").status_code == 403
    assert send(guest).status_code == 403
    assert guest.post("/api/v1/self-checks", json={}).status_code == 403
    assert here.desks == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "ยังไม่ได้ใส่ URL หรือเลือกไฟล์"),
        ({"url": "www.surin.go.th/plan"}, "“https://www.surin.go.th/plan”"),
        ({"url": "http://192.168.1.1/"}, "เครือข่ายภายใน"),
        ({"url": "http://[::ffff:127.0.0.1]/"}, "เครือข่ายภายใน"),
        ({"url": "file:///etc/passwd"}, "ใช้ได้เฉพาะ URL ที่ขึ้นต้นด้วย"),
        ({"url": "https://a.go.th/", "items": "O99"}, "ไม่มีข้อ «O99» มีข้อ O1 ถึง O43"),
        ({"url": "https://a.go.th/", "as_of": "31/2/2566"}, "ให้เขียนเช่น 30/4/2566"),
        ({"url": "https://a.go.th/", "as_of": "1/1/2569"}, "อยู่นอกปีของรายการตรวจนี้"),
        ({"url": "https://a.go.th/", "checklist": "../../etc"}, "ไม่มีรายการตรวจ"),
        ({"url": "https://a.go.th/", "unit": "nan"}, "ไม่พบหน่วยงาน «nan»"),
    ],
    ids=str,
)
def test_a_slip_is_told_and_what_was_typed_stays(
    here: Here, client: Callable[[str], Client], fields: dict[str, str], sentence: str
) -> None:
    person = client("webmaster")
    answer = person.post("/self-check", data=UNIT | fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert fields.get("url", "") in answer.text
    assert here.desks[0].of("webmaster") == []
    told = person.post("/api/v1/self-checks", json=UNIT | fields)
    assert told.status_code == 422
    assert sentence in told.json()["error"]["message"]


def test_a_unit_is_found_by_name_and_only_when_it_is_the_only_one(
    here: Here, client: Callable[[str], Client]
) -> None:
    person = client("reviewer")
    assert "จังหวัดสุรินทร์" in person.get("/self-check/units", params={"unit": "สุริน"}).text
    assert "มีหลายหน่วยงาน" in send(person, unit="จังหวัด").text
    assert "ยังไม่ได้เลือกหน่วยงาน" in send(person, unit="").text
    assert send(person, unit="จังหวัดสุรินทร์").status_code == 303
    assert here.job("reviewer").request.unit.id == "surin"


def test_an_empty_file_and_a_large_one_are_refused_and_not_kept(
    here: Here, client: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIT_SELF_CHECK_MAX_MB", "1")
    person = client("webmaster")
    assert "ว่างเปล่า (0 ไบต์)" in send(person, b"").text
    large = send(person, bytes(1024 * 1024 + 1))
    assert (large.status_code, "ใหญ่เกิน 1 MB" in large.text) == (413, True)
    said = {"Content-Length": str(10**9), "Content-Type": "multipart/form-data; boundary=x"}
    assert person.post("/self-check", content=b"", headers=said).status_code == 413
    lying = {"Content-Type": "multipart/form-data; boundary=x"}
    monkeypatch.setitem(LARGE, "/self-check", (100_000, Right.SELF_CHECK))
    assert person.post("/self-check", content=endless(), headers=lying).status_code == 413
    monkeypatch.undo()
    both = person.post(
        "/self-check", files={"file": ("a", b"x")}, data=UNIT | {"url": "https://a.go.th/"}
    )
    assert "อย่างใดอย่างหนึ่ง" in both.text
    two = person.post(
        "/self-check", files=[("file", ("a", b"x")), ("file", ("b", b"x"))], data=UNIT
    )
    assert "ส่งได้ครั้งละหนึ่งไฟล์" in two.text
    assert here.files() == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\แผน.docx", "แผน.docx"),
        ("<script>alert(1)<b>.pdf", "&lt;script&gt;alert(1)&lt;b&gt;.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("..", "ไฟล์ที่ส่งมา"),
        ("x" * 400 + ".pdf", "x" * 40),
    ],
    ids=lambda one: one[:12],
)
def test_a_files_name_is_shown_and_never_a_place(
    here: Here, client: Callable[[str], Client], name: str, shown: str
) -> None:
    person = client("webmaster")
    sent = send(person, name=name)
    job = here.job("webmaster")
    assert job.request.file is not None
    assert job.request.file.name == "upload"
    assert here.desks[0].folders.path in job.request.file.parents
    text = person.get(sent.headers["location"]).text
    assert shown in text
    assert "<script>alert" not in text


def test_what_was_read_cannot_run_script(here: Here, client: Callable[[str], Client]) -> None:
    hostile = report_of("javascript:alert(1)", "<img src=x onerror=alert(1)>")
    person = client("webmaster")
    address = send(person, hostile.model_dump_json().encode()).headers["location"]
    awaited(here.job("webmaster"))
    kept = person.post(f"{address}/keep").headers["location"]
    for text in (person.get(address).text, person.get(f"{kept}/report.html").text):
        assert "<img" not in text
        assert "&lt;img src=x" in text
        assert 'href="javascript' not in text


def test_a_person_with_too_many_is_told_to_wait(
    here: Here, client: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIT_SELF_CHECK_WAITING_EACH", "1")
    person = client("webmaster")
    send(person, name="hang")
    second = send(person, name="hang").headers["location"]
    assert "รอคิว ลำดับที่ 1" in person.get(second).text
    third = send(person, name="hang")
    assert third.status_code == 429
    assert third.headers["retry-after"] == "30"
    assert "รอให้เสร็จหรือยกเลิกบางรายการก่อน" in third.text
    assert len(here.desks[0].of("webmaster")) == 2


def test_a_disk_that_is_nearly_full_takes_nothing(
    here: Here, client: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=10**8))
    answer = send(client("webmaster"))
    assert (answer.status_code, "เนื้อที่ดิสก์" in answer.text) == (503, True)
    assert here.files() == []


def test_the_log_tells_who_checked_for_whom_and_no_more(
    here: Here, client: Callable[[str], Client]
) -> None:
    person = client("webmaster")
    send(person, name="ลับ.pdf")
    person.post("/self-check", data=UNIT | {"url": "http://10.0.0.1.invalid/secret?key=1"})
    log = Audit(here.dashboard.site.engine).page(Sought(what="self_check.started"), 0, 10)
    told = [(one.who, one.what, one.subject, dict(one.detail)) for one in log][::-1]
    assert told == [
        ("webmaster", "self_check.started", "unit:surin", {"kind": "file"}),
        (
            "webmaster",
            "self_check.started",
            "unit:surin",
            {"kind": "url", "host": "10.0.0.1.invalid"},
        ),
    ]
