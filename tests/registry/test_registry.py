"""The registry in the database: revisions, conflicts, undoing, approvals, and finding a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from registry import reading, writing
from registry.changes import changes, joined, url_changes
from registry.reading import ApprovalState, Wanted, approval_state
from registry.records import ConflictError, How, RegistryError, UnknownRevisionError
from registry.remarks import remarks
from tests.registry.conftest import SITE, SUAN, SURIN, by, with_urls
from units.registry import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

pytestmark = pytest.mark.usefixtures("on_each_database")


MORE = with_urls(SURIN, O1=[f"{SITE}new"], O2=[f"{SITE}o2"])


def listed(engine: Engine, **wanted: object) -> list[str]:
    found = reading.listed(engine, Wanted(**wanted))  # type: ignore[arg-type]
    assert len(found.entries) <= found.total
    return [one.unit.id for one in found.entries]


class TestRevisions:
    def test_every_change_says_who_when_how_and_what(self, filled: Engine) -> None:
        assert writing.save(filled, MORE, 1, by("somsri", 2), How.FORM) == 2
        newest, first = reading.revisions(filled, "surin")
        assert (newest.number, newest.by, newest.at, newest.how) == (
            2, "somsri", by("somsri", 2).at, How.FORM,
        )  # fmt: skip
        assert (first.how, first.note) == (How.IMPORT, "แรก.xlsx")
        told = [(c.key, c.removed, c.added) for c in changes(first.unit, newest.unit)]
        assert told == [("O1", (f"{SITE}o1",), (f"{SITE}new",)), ("O2", (), (f"{SITE}o2",))]

    def test_saving_what_is_there_already_makes_no_revision(self, filled: Engine) -> None:
        assert writing.save(filled, SURIN, 1, by(), How.FORM) == 1
        assert len(reading.revisions(filled, "surin")) == 1

    def test_any_revision_can_be_made_the_newest_again(self, filled: Engine) -> None:
        writing.save(filled, MORE, 1, by(), How.FORM)
        assert writing.restore(filled, "surin", 1, 2, by("boss")) == 3
        now = reading.entry(filled, "surin")
        assert now is not None
        assert (now.unit, now.number) == (SURIN, 3)
        assert [r.number for r in reading.revisions(filled, "surin")] == [3, 2, 1]
        assert reading.revisions(filled, "surin")[0].note == "ย้อนกลับเป็นฉบับที่ 1"

    def test_a_unit_that_was_taken_out_can_be_brought_back(self, filled: Engine) -> None:
        assert writing.remove(filled, "suan", 1, by()) == 2
        assert reading.entry(filled, "suan") is None
        assert "suan" not in reading.units(filled)
        assert writing.restore(filled, "suan", 1, 2, by()) == 3
        assert reading.units(filled).get("suan") == SUAN

    def test_a_revision_that_never_was_is_refused(self, filled: Engine) -> None:
        with pytest.raises(UnknownRevisionError, match="ไม่มีฉบับที่ 9"):
            writing.restore(filled, "surin", 9, 1, by())
        with pytest.raises(UnknownRevisionError, match="ไม่มีหน่วยงานรหัส “nobody”"):
            writing.remove(filled, "nobody", 1, by())

    def test_an_id_that_differs_in_case_alone_is_refused(self, filled: Engine) -> None:
        alike = SURIN.model_copy(update={"id": "SURIN"})
        with pytest.raises(RegistryError, match="ต่างจาก “surin” ที่มีอยู่แล้วเพียงตัวพิมพ์ใหญ่เล็ก"):
            writing.save(filled, alike, 0, by(), How.FORM)
        assert len(reading.units(filled)) == 3


class TestTwoPeople:
    def test_the_second_is_told_and_nothing_is_written(self, filled: Engine) -> None:
        writing.save(filled, MORE, 1, by("first"), How.FORM)
        with pytest.raises(ConflictError) as told:
            writing.save(filled, SURIN, 1, by("second"), How.FORM)
        assert (told.value.seen, told.value.current) == (1, 2)
        assert reading.units(filled).get("surin") == MORE

    @pytest.mark.parametrize(
        "act",
        [
            lambda engine: writing.remove(engine, "surin", 1, by()),
            lambda engine: writing.restore(engine, "surin", 1, 1, by()),
            lambda engine: writing.approve(engine, "surin", 1, by(), "ผู้บริหาร"),
        ],
        ids=["remove", "restore", "approve"],
    )
    def test_nobody_acts_on_what_they_have_not_seen(
        self, filled: Engine, act: Callable[[Engine], object]
    ) -> None:
        writing.save(filled, MORE, 1, by(), How.FORM)
        with pytest.raises(ConflictError):
            act(filled)

    def test_a_unit_made_anew_by_two_is_made_once(self, engine: Engine) -> None:
        assert writing.save(engine, SUAN, 0, by("first"), How.FORM) == 1
        with pytest.raises(ConflictError):
            writing.save(engine, SUAN, 0, by("second"), How.FORM)

    def test_a_unit_taken_out_meanwhile_is_a_conflict_too(self, filled: Engine) -> None:
        writing.remove(filled, "surin", 1, by())
        with pytest.raises(ConflictError):
            writing.save(filled, MORE, 1, by(), How.FORM)

    def test_changes_of_different_items_go_together(self) -> None:
        theirs = with_urls(SURIN, O2=[f"{SITE}theirs"])
        mine = with_urls(SURIN, O3=[f"{SITE}mine"])
        both = joined(SURIN, theirs, mine)
        assert both.unit.urls["O2"] == (f"{SITE}theirs",)
        assert both.unit.urls["O3"] == (f"{SITE}mine",)
        assert both.clashes == ()

    def test_where_both_changed_the_same_the_first_ones_words_are_shown(self) -> None:
        theirs = with_urls(SURIN, O1=[f"{SITE}theirs"])
        mine = with_urls(SURIN, O1=[f"{SITE}mine"])
        both = joined(SURIN, theirs, mine)
        assert both.unit.urls["O1"] == (f"{SITE}mine",)
        assert [(c.key, c.before) for c in both.clashes] == [("O1", (f"{SITE}theirs",))]


class TestApproval:
    def state(self, engine: Engine) -> tuple[ApprovalState, int]:
        entry = reading.entry(engine, "surin")
        assert entry is not None
        return approval_state(entry), entry.changed

    def test_what_changed_since_is_counted_until_it_is_approved_again(self, filled: Engine) -> None:
        assert self.state(filled) == (ApprovalState.NEVER, 0)
        writing.approve(filled, "surin", 1, by("boss"), "ผู้ว่าราชการจังหวัด", "ครบถ้วน")
        assert self.state(filled) == (ApprovalState.APPROVED, 0)
        writing.save(filled, MORE, 1, by(), How.FORM)
        assert self.state(filled) == (ApprovalState.CHANGED, 2)
        writing.approve(filled, "surin", 2, by("boss", 1), "ผู้ว่าราชการจังหวัด")
        assert self.state(filled) == (ApprovalState.APPROVED, 0)
        assert [(a.number, a.note) for a in reading.approvals(filled, "surin")] == [
            (2, ""), (1, "ครบถ้วน"),
        ]  # fmt: skip

    def test_going_back_to_what_was_approved_is_approved(self, filled: Engine) -> None:
        writing.approve(filled, "surin", 1, by(), "ผู้บริหาร")
        writing.save(filled, MORE, 1, by(), How.FORM)
        writing.restore(filled, "surin", 1, 2, by())
        assert self.state(filled) == (ApprovalState.APPROVED, 0)

    def test_a_new_name_leaves_the_addresses_approved(self, filled: Engine) -> None:
        writing.approve(filled, "surin", 1, by(), "ผู้บริหาร")
        named = SURIN.model_copy(update={"name": "จังหวัดสุรินทร์ใหม่"})
        writing.save(filled, named, 1, by(), How.FORM)
        assert self.state(filled) == (ApprovalState.APPROVED, 0)

    def test_an_approval_outlives_the_unit(self, filled: Engine) -> None:
        writing.approve(filled, "surin", 1, by(), "ผู้บริหาร")
        writing.remove(filled, "surin", 1, by())
        writing.save(filled, MORE, 2, by(), How.FORM)
        assert self.state(filled) == (ApprovalState.CHANGED, 2)

    def test_another_order_of_addresses_is_a_change(self) -> None:
        turned = with_urls(SURIN, O12=list(reversed(SURIN.urls["O12"])))
        (change,) = url_changes(SURIN, turned)
        assert (change.reordered, change.added, change.removed) == (True, (), ())


class TestList:
    def test_units_are_found_by_id_name_alias_and_site(self, filled: Engine) -> None:
        assert listed(filled, search="SURIN") == ["surin"]
        assert listed(filled, search="ศาลากลาง สุรินทร์") == ["surin"]
        assert listed(filled, search="klang.test") == ["klang"]
        assert listed(filled, search="%") == []

    def test_filters_and_pages(self, filled: Engine) -> None:
        writing.approve(filled, "surin", 1, by(), "ผู้บริหาร")
        assert listed(filled, type="local") == ["suan"]
        assert listed(filled, approval="approved") == ["surin"]
        assert listed(filled, approval="never") == ["suan", "klang"]
        assert listed(filled, approval="changed") == []
        assert listed(filled, problems=True) == ["suan", "klang"]
        assert listed(filled, start=1, most=1) == ["suan"]
        assert listed(filled, among={"klang", "elsewhere"}) == ["klang"]
        assert listed(filled, among=frozenset()) == []


def test_a_unit_comes_back_as_it_was_saved(engine: Engine) -> None:
    full = Unit.model_validate(
        {
            **SURIN.model_dump(),
            "status": "paused",
            "contacts": [{"name": "กองคลัง", "mail": "f@surin.test", "items": ["O1"]}],
            "explanation": "บรรทัด\nที่สอง",
            "note": "หมายเหตุ",
        }
    )
    for unit in (full, SUAN):
        writing.save(engine, unit, 0, by(), How.FORM)
        found = reading.entry(engine, unit.id)
        assert found is not None
        assert found.unit == unit
        assert Unit.model_validate(found.unit.model_dump()) == unit


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (SURIN, ""),
        (SUAN, "ตรวจหน่วยงานนี้ไม่ได้"),
        (SURIN.model_copy(update={"main_site": ""}), "ยังไม่มีเว็บไซต์หลัก"),
        (SURIN.model_copy(update={"verified": False}), "ยังไม่มีผู้ยืนยัน"),
        (SURIN.model_copy(update={"owner_email": ""}), "ยังไม่มีผู้รับผิดชอบ"),
        (with_urls(SURIN, O5=["https://www.surin.test"]), "ข้อ O5 ใช้หน้าแรก"),
        (with_urls(SURIN, **{f"O{n}": [f"{SITE}all"] for n in (20, 21, 22, 23)}), "ข้อ O20-O23"),
    ],
)
def test_what_a_person_should_look_at(unit: Unit, said: str) -> None:
    found = remarks(unit)
    assert any(said in remark for remark in found) if said else found == ()
