"""The registry in the browser: who may change what, two people at once, imports, approvals."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from accounts.audit import Audit, Sought
from registry import reading
from registry.importing import bring_in
from registry.reading import approval_state
from registry.records import Author
from registry.workbook import APPROVALS
from tests.web.seeds import HOSTILE
from units.registry import Unit
from web import probes
from web.pages import registry as registry_pages

if TYPE_CHECKING:
    import pytest
    from starlette.testclient import TestClient

    from tests.web.conftest import Client, Dashboard, Served

SITE = "https://www.surin.go.th"
BROWSED = Unit.model_validate(
    {
        "id": "browsed",
        "name": "หน่วยงานในเบราว์เซอร์",
        "type": "local",
        "main_site": "https://browsed.test",
    }
)
As = Callable[[str | None], "Client"]


def stands(dashboard: Dashboard, unit_id: str = "surin") -> Unit:
    found = reading.entry(dashboard.site.engine, unit_id)
    assert found is not None
    return found.unit


def number(dashboard: Dashboard, unit_id: str = "surin") -> int:
    found = reading.entry(dashboard.site.engine, unit_id)
    return found.number if found else 0


def form(dashboard: Dashboard, **fields: str) -> dict[str, str]:
    """What the form of `surin` would send with some fields changed."""
    unit = stands(dashboard)
    sent = {item: "\n".join(urls) for item, urls in unit.urls.items()}
    about = {
        "name": unit.name, "type": "province", "main_site": unit.main_site, "verified": "1",
        "owner_email": unit.owner_email, "aliases": "\n".join(unit.aliases), "status": "active",
    }  # fmt: skip
    return {**about, **sent, "revision": str(number(dashboard)), **fields}


def recorded(dashboard: Dashboard) -> list[tuple[str, str]]:
    newest = Audit(dashboard.site.engine).page(Sought(), 0, 5)
    return [(one.what, one.subject) for one in newest]


class TestWho:
    def test_a_webmaster_sees_and_finds_only_their_own(self, client: As) -> None:
        own = client("webmaster")
        assert "จังหวัดสุรินทร์" in own.get("/registry").text
        assert "จังหวัดน่าน" not in own.get("/registry?q=น่าน").text
        for path in ("/registry/nan", "/registry/nan/revisions", "/api/v1/registry/nan"):
            assert own.get(path).status_code == 404
        for path in ("/registry/nan", "/registry/nan/probe?item=O1"):
            assert own.post(path, data={"revision": "1"}).status_code == 404
        assert [one["id"] for one in own.get("/api/v1/registry").json()["units"]] == ["surin"]

    def test_a_long_list_goes_on(self, client: As, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(registry_pages, "SIZE", 4)
        admin = client("administrator")
        first = admin.get("/registry?approval=never").text
        assert 'href="/registry?approval=never&amp;page=2"' in first
        second = admin.get("/registry?approval=never&page=2").text
        assert "hostile" in second
        assert "จังหวัดน่าน" not in second

    def test_a_webmaster_changes_addresses_and_nothing_else(
        self, client: As, dashboard: Dashboard
    ) -> None:
        sent = form(dashboard, O3=f"{SITE}/o3", name="ชื่อใหม่", type="local", verified="")
        assert client("webmaster").post("/registry/surin", data=sent).status_code == 303
        now = stands(dashboard)
        assert now.urls["O3"] == (f"{SITE}/o3",)
        assert (now.name, now.verified, len(now.contacts)) == ("จังหวัดสุรินทร์", True, 1)
        assert recorded(dashboard)[0] == ("registry.changed", "unit:surin")

    def test_who_only_reads_saves_nothing(self, client: As, dashboard: Dashboard) -> None:
        sent = form(dashboard, O3=f"{SITE}/o3")
        for role, status in (("executive", 403), ("guest", 404)):
            assert client(role).post("/registry/surin", data=sent).status_code == status
        assert "O3" not in stands(dashboard).urls

    def test_an_address_inside_a_network_is_not_saved(
        self, client: As, dashboard: Dashboard
    ) -> None:
        before = stands(dashboard)
        sent = form(dashboard, O1="http://10.1.2.3/plan.pdf")
        answer = client("webmaster").post("/registry/surin", data=sent)
        assert answer.status_code == 422
        assert "ประชาชนเปิดไม่ได้" in answer.text
        assert stands(dashboard) == before

    def test_only_the_administrator_imports_adds_removes_and_restores(
        self, client: As, dashboard: Dashboard
    ) -> None:
        for person in map(client, ("reviewer", "webmaster", "executive", "guest")):
            for path in ("-/import", "-/new", "-/history", "-/template.xlsx"):
                assert person.get(f"/registry/{path}").status_code == 403
            for path in (
                "/registry/-/new", "/registry/surin/remove", "/registry/-/history/x/undo",
                "/registry/surin/revisions/1/restore", "/registry/-/import/x",
            ):  # fmt: skip
                assert person.post(path, data={"revision": "2"}).status_code == 403
            path = "/api/v1/registry/surin/revisions/1/restore"
            assert person.post(path, json={"revision": 2}).status_code == 403
        assert number(dashboard) == 2

    def test_only_an_executive_approves(self, client: As) -> None:
        for person in map(client, ("reviewer", "webmaster", "guest")):
            answer = person.post("/registry/surin/approvals", data={"revision": "2"})
            assert answer.status_code == 403
            path = "/api/v1/registry/surin/approvals"
            assert person.post(path, json={"revision": 2}).status_code == 403

    def test_guests_see_nothing_unless_switched_on(self, client: As, dashboard: Dashboard) -> None:
        assert client("guest").get("/registry").status_code == 403
        assert client("guest").get("/registry/-/export.csv").status_code == 403
        with dashboard.set_up(guests="read") as opened:
            assert "จังหวัดน่าน" in opened.client("guest").get("/registry").text


class TestForm:
    def test_a_mistake_is_shown_at_its_field_with_what_was_typed(
        self, client: As, dashboard: Dashboard
    ) -> None:
        sent = form(dashboard, O3="www.surin.go.th/o3", contacts="กองช่าง")
        answer = client("administrator").post("/registry/surin", data=sent)
        assert answer.status_code == 422
        assert "ให้เขียนเป็น “https://www.surin.go.th/o3”" in answer.text
        assert "“กองช่าง” ยังไม่มีอีเมลหรือรหัส LINE" in answer.text
        assert ">www.surin.go.th/o3</textarea>" in answer.text
        assert number(dashboard) == 2

    def test_the_second_of_two_sees_what_the_first_changed(
        self, client: As, dashboard: Dashboard
    ) -> None:
        late = form(dashboard, O3=f"{SITE}/late", O1=f"{SITE}/late1")
        early = form(dashboard, O4=f"{SITE}/early", O1=f"{SITE}/early1")
        assert client("webmaster").post("/registry/surin", data=early).status_code == 303
        second = client("administrator").post("/registry/surin", data=late)
        assert second.status_code == 409
        assert "ยังไม่ได้บันทึก มีผู้แก้ไขหน่วยงานนี้ไปแล้ว" in second.text
        assert f"อีกคนแก้ช่องนี้เป็น: {SITE}/early1" in second.text
        assert 'name="revision" value="3"' in second.text
        # Both people's changes stand in the form that is shown.
        for typed in ("early", "late", "late1"):
            assert f">{SITE}/{typed}</textarea>" in second.text
        assert "O3" not in stands(dashboard).urls

    def test_a_form_of_no_revision_is_refused(self, client: As, dashboard: Dashboard) -> None:
        for wrong in ("", "x", "999", "-1"):
            sent = form(dashboard, revision=wrong)
            assert client("administrator").post("/registry/surin", data=sent).status_code == 422

    def test_a_unit_is_added_once(self, client: As, dashboard: Dashboard) -> None:
        sent = {
            "id": "new",
            "name": "หน่วยงานใหม่",
            "type": "other",
            "main_site": "https://new.test/",
        }
        admin = client("administrator")
        assert (
            admin.post("/registry/-/new", data=sent).headers["location"]
            == "/registry/new?done=saved"
        )
        assert stands(dashboard, "new").main_site == "https://new.test/"
        assert "มีหน่วยงานรหัสนี้ในทะเบียนแล้ว" in admin.post("/registry/-/new", data=sent).text
        assert "ตัวพิมพ์ใหญ่เล็ก" in admin.post("/registry/-/new", data={**sent, "id": "NEW"}).text
        assert admin.post("/registry/-/new", data={**sent, "id": "a b"}).status_code == 422

    def test_taken_out_and_brought_back(self, client: As, dashboard: Dashboard) -> None:
        admin = client("administrator")
        assert admin.post("/registry/surin/remove", data={"revision": "2"}).status_code == 303
        assert admin.get("/registry/surin").status_code == 404
        assert "ไม่อยู่ในทะเบียนแล้ว" in admin.get("/registry/surin/revisions").text
        back = admin.post("/registry/surin/revisions/1/restore", data={"revision": "3"})
        assert back.status_code == 303
        assert "O13" in stands(dashboard).urls
        late = admin.post("/registry/surin/revisions/2/restore", data={"revision": "3"})
        assert late.status_code == 409


class TestApproval:
    def test_changes_since_are_shown_until_approved_again(
        self, client: As, dashboard: Dashboard
    ) -> None:
        boss = client("executive")
        shown = boss.get("/registry/surin").text
        assert "แก้ไขหลังอนุมัติ" in shown
        assert f"<ins>{SITE}/report-6-months</ins>" in shown
        assert f"<del>{SITE}/o13</del>" in shown
        said = {"revision": "2", "note": "<b>ตรวจแล้ว</b>"}
        assert boss.post("/registry/surin/approvals", data=said).status_code == 303
        shown = boss.get("/registry/surin").text
        assert "&lt;b&gt;ตรวจแล้ว&lt;/b&gt;" in shown
        assert "report-6-months</ins>" not in shown
        assert ("registry.approved", "unit:surin") in recorded(dashboard)

    def test_what_was_not_seen_is_not_approved(self, client: As, dashboard: Dashboard) -> None:
        assert client("executive").post(
            "/registry/surin/approvals", data={"revision": "1"}
        ).status_code == 409  # fmt: skip
        entry = reading.entry(dashboard.site.engine, "surin")
        assert entry is not None
        assert approval_state(entry) == "changed"

    def test_no_addresses_no_approval(self, client: As) -> None:
        answer = client("executive").post("/registry/nan/approvals", data={"revision": "1"})
        assert answer.status_code == 422
        assert "ยังไม่มี URL ให้อนุมัติ" in answer.text


def workbook(rows: list[list[Any]]) -> bytes:
    book, body = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(body)
    return body.getvalue()


HEAD: list[Any] = ["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท", "เว็บไซต์หลัก"]


class TestFiles:
    def upload(self, admin: TestClient, body: bytes, name: str = "ใหม่.xlsx", **form: str) -> Any:
        return admin.post("/registry/-/import", files={"file": (name, body)}, data=form)

    def test_a_preview_then_everything_at_once(self, client: As, dashboard: Dashboard) -> None:
        admin = client("administrator")
        rows = [
            HEAD,
            ["new", HOSTILE[0], "อปท.", None],
            ["nan", "จังหวัดน่านใหม่", "จังหวัด", "https://www.nan.go.th"],
        ]
        to = self.upload(admin, workbook(rows), "../../<b>ร้าย</b>.xlsx").headers["location"]
        shown = admin.get(to).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert "&lt;b&gt;ร้าย" not in shown or "../" not in shown
        assert "จังหวัดน่านใหม่" in shown
        assert stands(dashboard, "nan").name == "จังหวัดน่าน"
        seen = shown.partition('name="seen" value="')[2].partition('"')[0]
        assert admin.post(to, data={"seen": "other"}).status_code == 409
        assert client("reviewer").post(to, data={"seen": seen}).status_code == 403
        assert admin.post(to, data={"seen": seen}).status_code == 303
        assert stands(dashboard, "nan").name == "จังหวัดน่านใหม่"
        assert stands(dashboard, "new").name == HOSTILE[0]
        assert recorded(dashboard)[0] == ("registry.imported", "registry")
        history = admin.get("/registry/-/history").text
        batch = history.partition("/registry/-/history/")[2].partition("/undo")[0]
        assert admin.post(f"/registry/-/history/{batch}/undo").status_code == 303
        assert stands(dashboard, "nan").name == "จังหวัดน่าน"
        assert admin.get("/registry/new").status_code == 404

    def test_refused_rows_are_told_and_nothing_can_be_confirmed(
        self, client: As, dashboard: Dashboard
    ) -> None:
        admin = client("administrator")
        rows: list[list[Any]] = [
            HEAD,
            ["new", "ใหม่", "อปท.", None],
            ["bad", "=1+1", "อปท.", "ftp://x"],
        ]
        to = self.upload(admin, workbook(rows)).headers["location"]
        shown = admin.get(to).text
        assert "แถว 3 คอลัมน์ B (ชื่อหน่วยงาน): เป็นสูตร" in shown
        assert "ยืนยันนำเข้า" not in shown
        assert admin.post(to, data={"seen": ""}).status_code == 409
        assert reading.entry(dashboard.site.engine, "new") is None

    def test_a_whole_file_says_what_it_takes_out(self, client: As) -> None:
        admin = client("administrator")
        rows: list[list[Any]] = [HEAD, ["surin", "จังหวัดสุรินทร์", "จังหวัด", SITE]]
        to = self.upload(admin, workbook(rows), whole="1").headers["location"]
        assert "นำออก 5 หน่วยงาน" in admin.get(to).text

    def test_files_that_cannot_be_read(self, client: As) -> None:
        admin = client("administrator")
        for name, body, said in (
            ("a.exe", b"MZ", "เลือกแฟ้ม .xlsx .csv หรือ .yaml"),
            ("a.xlsx", b"not a workbook", "ไม่ใช่แฟ้ม Excel"),
            ("a.csv", b"", "แฟ้มว่างเปล่า"),
            ("a.yaml", b"units: [*x]", "ใช้ * (alias) ไม่ได้"),
            ("form.xlsx", admin.get("/registry/-/template.xlsx").content, "ไม่มีหน่วยงานในแฟ้มนี้"),
        ):
            answer = self.upload(admin, body, name)
            assert answer.status_code == 422, name
            assert said in answer.text

    def test_what_is_exported_changes_nothing_when_it_comes_back(self, client: As) -> None:
        admin = client("administrator")
        for kind in ("xlsx", "csv", "yaml"):
            body = admin.get(f"/registry/-/export.{kind}").content
            to = self.upload(admin, body, f"out.{kind}", whole="1").headers["location"]
            assert "แฟ้มตรงกับทะเบียนอยู่แล้ว" in admin.get(to).text

    def test_an_export_holds_what_one_sees_and_the_approval(self, client: As) -> None:
        body = client("webmaster").get("/registry/-/export.xlsx").content
        book = load_workbook(io.BytesIO(body))
        sheet = book[APPROVALS]
        assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["surin"]
        assert sheet["C2"].value == "แก้ไขหลังอนุมัติ"
        assert sheet["E2"].value == "3 เมษายน 2566 เวลา 09.00 น."


class TestApi:
    def test_what_is_got_can_be_put_back(self, client: As) -> None:
        admin = client("administrator")
        got = admin.get("/api/v1/registry/surin").json()
        assert got["approval"] == "changed"
        assert [one["field"] for one in got["changes_since_approval"]] == ["O12", "O13"]
        body = {
            key: value for key, value in got.items()
            if key not in ("id", "remarks", "approval", "approvals", "changes_since_approval")
        }  # fmt: skip
        assert admin.put("/api/v1/registry/surin", json=body).json()["revision"] == 2
        body["urls"]["O9"] = [f"{SITE}/o9"]
        assert admin.put("/api/v1/registry/surin", json=body).json()["revision"] == 3
        late = admin.put("/api/v1/registry/surin", json=body)
        assert (late.status_code, late.json()["error"]["code"]) == (409, "conflict")
        told = admin.get("/api/v1/registry/surin/revisions").json()
        assert told[0]["changes"] == [{"field": "O9", "before": [], "after": [f"{SITE}/o9"]}]
        approved = client("executive").post(
            "/api/v1/registry/surin/approvals", json={"revision": 3}
        )
        assert approved.json()["approval"] == "approved"
        back = admin.post("/api/v1/registry/surin/revisions/1/restore", json={"revision": 3})
        assert back.json() == {"revision": 4}

    def test_a_webmaster_puts_addresses_alone(self, client: As) -> None:
        own = client("webmaster")
        got = own.get("/api/v1/registry/surin").json()
        kept = ("revision", "name", "type", "main_site", "owner_email", "aliases", "urls",
                "explanation", "verified", "status", "contacts", "note")  # fmt: skip
        body = {key: got[key] for key in kept}
        body["urls"]["O9"] = [f"{SITE}/o9"]
        assert own.put("/api/v1/registry/surin", json={**body, "name": "ใหม่"}).status_code == 403
        assert own.put("/api/v1/registry/surin", json=body).status_code == 200
        assert own.put("/api/v1/registry/nan", json=body).status_code == 404

    def test_every_mistake_is_told_in_one_line(self, client: As) -> None:
        body = {"revision": 0, "name": "ใหม่", "type": "local", "urls": {"O99": ["x"], "O1": ["y"]}}
        answer = client("administrator").put("/api/v1/registry/new", json=body)
        assert answer.status_code == 422
        assert "urls.O99: ไม่มีข้อ “O99”" in answer.json()["error"]["message"]
        assert "urls.O1.0: “y” ไม่ใช่ URL" in answer.json()["error"]["message"]


def test_texts_of_the_registry_cannot_run(client: As) -> None:
    for path in (
        "/registry",
        "/registry/hostile",
        "/registry/hostile/revisions",
        "/registry/-/history",
    ):
        shown = client("administrator").get(path).text
        assert "<script>alert" not in shown
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt;" in client("executive").get("/registry/hostile").text
    )


def test_a_form_is_filled_an_address_looked_at_and_the_change_saved(
    served: Served, page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    bring_in(served.site.engine, [BROWSED], Author("admin", served.site.clock()), "เบราว์เซอร์.csv")
    page = page_as("administrator", width=390)
    page.goto("/registry?q=browsed")
    accessible(page)
    page.get_by_role("link", name="หน่วยงานในเบราว์เซอร์").click()
    page.get_by_label("O3 อำนาจหน้าที่").fill("http://127.0.0.1:9/secret")
    page.get_by_role("button", name="URL ของข้อ O3").click()
    seen = page.locator("#probed-O3")
    expect(seen).to_contain_text("ที่อยู่ภายในเครือข่าย ระบบไม่เปิดอ่าน", timeout=30_000)
    accessible(page)
    page.get_by_label("O3 อำนาจหน้าที่").fill("https://browsed.test/o3")
    page.get_by_label("ผู้รับผิดชอบรายข้อ").fill("กองช่าง")
    page.get_by_role("button", name="บันทึก", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("มีข้อมูลที่ต้องแก้ 1 ช่อง")
    accessible(page)
    page.get_by_label("ผู้รับผิดชอบรายข้อ").fill("กองช่าง | works@browsed.test | O3")
    page.get_by_role("button", name="บันทึก", exact=True).last.click()
    expect(page.get_by_role("status").first).to_contain_text("บันทึกแล้ว")
    expect(page.get_by_label("O3 อำนาจหน้าที่")).to_have_value("https://browsed.test/o3")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_file_is_looked_at_and_imported(
    served: Served, page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as("administrator")
    page.goto("/registry/-/import")
    accessible(page)
    body = workbook([HEAD, ["imported", f"นำเข้า {HOSTILE[2]}", "อปท.", None]])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("แฟ้ม Excel").set_input_files(
        {"name": "ใหม่.xlsx", "mimeType": kind, "buffer": body}
    )
    page.get_by_role("button", name="ดูก่อนนำเข้า").click()
    expect(page.get_by_role("listitem").filter(has_text=HOSTILE[2])).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="ยืนยันนำเข้า 1 หน่วยงาน").click()
    expect(page.get_by_role("status")).to_contain_text("นำเข้าแล้ว")
    for path in ("/registry/-/history", "/registry/-/new", "/registry/surin/revisions"):
        page.goto(path)
        accessible(page)
    assert reading.entry(served.site.engine, "imported") is not None


def test_too_many_looks_at_once_are_put_off(client: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "MOST_WAITING", 1)
    sent = {"O1": "https://a.test/1\nhttps://a.test/2"}
    answer = client("webmaster").post("/registry/surin/probe?item=O1", data=sent)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
