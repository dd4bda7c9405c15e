"""What is told, to whom, and that nobody is told twice."""

from __future__ import annotations

from checklist.verdict import Verdict
from notices.composing import queue
from tests.notices.ministry import (
    LIST,
    Make,
    at,
    book,
    centre,
    confirmed,
    days_before_close,
    in_doubt,
    tell,
    text_of,
    told,
    webmaster,
)
from tests.results.samples import in_review, missing, passing, unreachable

GOOD = [passing("O2"), passing("O12")]


def test_what_got_worse_and_was_confirmed_is_told_once(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(2))
    assert told(ministry.plan(at(9))) == {"centre": ["weekly/-/-/2023-W12"]}
    fallen = ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(3))
    plan = ministry.plan(at(9))
    assert told(plan)["web"] == [f"worse/surin/O2/{fallen}"]
    assert "O2 ข้อมูลผู้บริหาร (0.40 คะแนน) — จังหวัดสุรินทร์" in text_of(plan, "web")
    assert "เดิม “ครบถ้วน” ขณะนี้ “ขาดข้อมูล” ขาด: ไม่พบตัวชี้วัดของแผน" in text_of(plan, "web")
    assert "ต้องทำ: เพิ่มส่วนที่ขาด" in text_of(plan, "web")
    assert tell(ministry, 9)["web"]
    # It stays as it is: not a word more, tomorrow or after further scans.
    assert "web" not in tell(ministry, 9, days=1)
    ministry.scan({"surin": [missing("O2"), passing("O12")]}, at(2, days=2))
    assert "web" not in tell(ministry, 9, days=2)


def test_what_a_second_fetch_did_not_confirm_is_not_told(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(2))
    ministry.scan({"surin": [in_doubt(unreachable("O2")), passing("O12")]}, at(3))
    assert "web" not in told(ministry.plan(at(9)))


def test_what_is_good_again_is_told_to_those_who_were_told_it_is_worse(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(2))
    fallen = ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(3))
    tell(ministry, 9)
    ministry.scan({"surin": GOOD}, at(2, days=1))
    assert tell(ministry, 9, days=1) == {"web": [f"good_again/surin/O2/{fallen}"]}
    assert tell(ministry, 9, days=2) == {}
    # A new fall is news again.
    again = ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(3, days=3))
    assert tell(ministry, 9, days=3) == {"web": [f"worse/surin/O2/{again}"]}


def test_what_fell_and_rose_before_anybody_was_told_is_no_news(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(1))
    ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    ministry.scan({"surin": GOOD}, at(3))
    assert "web" not in told(ministry.plan(at(9)))


def test_an_item_that_only_lost_a_part_is_not_called_good_while_it_waits_for_a_look(
    make: Make,
) -> None:
    ministry = make()
    ministry.scan({"surin": [in_review("O2")]}, at(2))
    ministry.scan({"surin": [confirmed(in_review("O2"), before=Verdict.REVIEW)]}, at(3))
    assert len(tell(ministry, 9)["web"]) == 1
    ministry.scan({"surin": [in_review("O2")]}, at(2, days=1))
    assert tell(ministry, 9, days=1) == {}


def test_what_could_not_be_checked_twice_is_told_as_such_and_only_once(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(1))
    silent = [confirmed(unreachable("O2")), passing("O12")]
    first = ministry.scan({"surin": silent}, at(2))
    plan = ministry.plan(at(9))
    assert told(plan)["web"] == [f"unseen/surin/O2/{first}"]
    assert "ไม่ได้แปลว่าข้อมูลขาดหาย" in text_of(plan, "web")
    tell(ministry, 9)
    # It is fetched twice in vain every night, which is no news, even when the first night is
    # out of sight.
    for night in range(1, 6):
        ministry.scan({"surin": silent}, at(2, days=night))
        assert "web" not in tell(ministry, 9, days=night)
    far = ministry.scan({"surin": silent}, at(2, days=50))
    assert "web" not in tell(ministry, 9, days=50)
    # Nor is it news to somebody who joins after it is out of sight.
    joined = ministry.book
    ministry.book = book(people=[webmaster(), webmaster(id="new"), centre()])
    assert "new" not in told(ministry.plan(at(9, days=51)))
    ministry.book = joined
    # Seen to be missing at last: that is.
    ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(3, days=51))
    assert tell(ministry, 9, days=51)["web"] == [f"worse/surin/O2/{far + 1}"]


def test_a_digest_that_nobody_tried_to_send_grows_with_what_comes(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(1))
    one = ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    queue(ministry.plan(at(3)), ministry.outbox)
    [first] = [n for n in ministry.outbox.notices() if n.person == "web"]
    assert first.due == at(8)
    assert "web" not in told(ministry.plan(at(4)))
    two = ministry.scan({"surin": [missing("O2"), confirmed(missing("O12"))]}, at(5))
    queue(ministry.plan(at(6)), ministry.outbox)
    [grown] = [n for n in ministry.outbox.notices() if n.person == "web"]
    assert grown.keys == (f"worse/{LIST}/surin/O12/{two}", f"worse/{LIST}/surin/O2/{one}")


def test_what_is_over_before_it_was_sent_is_taken_back(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(1))
    ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    queue(ministry.plan(at(3)), ministry.outbox)
    ministry.scan({"surin": GOOD}, at(5))
    queue(ministry.plan(at(6)), ministry.outbox)
    assert [n.person for n in ministry.outbox.notices()] == ["centre"]
    assert [one.person for one in ministry.outbox.told()] == ["centre"]


def test_a_second_digest_on_one_day_waits_for_the_next(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(1))
    ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    tell(ministry, 9)
    fallen = ministry.scan({"surin": [missing("O2"), confirmed(missing("O12"))]}, at(10))
    plan = ministry.plan(at(11))
    assert (told(plan), plan.postponed) == ({}, ("web",))
    assert tell(ministry, 9, days=1) == {"web": [f"worse/surin/O12/{fallen}"]}


def test_a_look_at_one_list_never_takes_back_what_another_look_queued(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(1))
    ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    queue(ministry.plan(at(3)), ministry.outbox)
    plan = ministry.plan(at(4), checklists=("moi-2566",))
    assert plan.planned == ()


def test_what_has_no_recipient_goes_to_the_units_own_address_or_to_the_centre(make: Make) -> None:
    ministry = make()
    ministry.scan({"trang": GOOD}, at(1))
    fallen = ministry.scan({"trang": [confirmed(missing("O2")), passing("O12")]}, at(2))
    key = f"worse/trang/O2/{fallen}"
    plan = ministry.plan(at(9))
    assert key in told(plan)["centre"]
    assert "แย่ลง ยืนยันด้วยการเปิดซ้ำแล้ว — ไม่มีผู้รับแจ้งของหน่วยงาน" in text_of(plan, "centre")
    ministry.mails = {"trang": "ita@trang.go.th"}
    plan = ministry.plan(at(9))
    assert told(plan)["unit:trang"] == [key]
    assert key not in told(plan)["centre"]
    tell(ministry, 9)
    ministry.scan({"trang": GOOD}, at(2, days=1))
    assert tell(ministry, 9, days=1) == {"unit:trang": [f"good_again/trang/O2/{fallen}"]}


def test_who_looks_at_all_units_does_not_keep_the_news_from_the_units_own_webmaster(
    make: Make,
) -> None:
    finance = webmaster(id="finance", mail="finance@moi.go.th", units="all", items=["O2"])
    ministry = make(book(people=[webmaster(), finance, centre()]))
    ministry.mails = {"surin": "owner@surin.go.th", "trang": "ita@trang.go.th"}
    ministry.scan({"surin": GOOD, "trang": GOOD}, at(1))
    worse = [confirmed(missing("O2")), passing("O12")]
    fallen = ministry.scan({"surin": worse, "trang": worse}, at(2))
    of_surin, of_trang = (f"worse/{unit}/O2/{fallen}" for unit in ("surin", "trang"))
    plan = ministry.plan(at(9))
    assert told(plan)["web"] == [of_surin]
    assert told(plan)["finance"] == [of_trang, of_surin]
    assert told(plan)["unit:trang"] == [of_trang]
    assert "unit:surin" not in told(plan)
    # The same address is not written to twice.
    ministry.mails = {"trang": "finance@moi.go.th"}
    assert "unit:trang" not in told(ministry.plan(at(9)))


def test_a_summary_asked_for_on_its_day_does_not_come_again_by_itself(make: Make) -> None:
    ministry = make()
    ministry.scan({"surin": GOOD}, at(2))
    assert tell(ministry, 9, weekly=True) == {"centre": ["weekly/-/-/2023-W12 2023-03-20"]}
    assert tell(ministry, 9, days=1) == {}
    # Asked for before its day, the week's own still comes.
    ministry.book = book(weekly_day=4)
    assert tell(ministry, 9, days=8, weekly=True)["centre"]
    assert tell(ministry, 9, days=10) == {"centre": ["weekly/-/-/2023-W13"]}


def test_who_had_the_weekly_summary_today_is_said_to_get_the_rest_tomorrow(make: Make) -> None:
    ministry = make(book(people=[centre(get=["weekly", "worse"])]))
    ministry.scan({"surin": GOOD}, at(2))
    tell(ministry, 9)
    fallen = ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(10))
    plan = ministry.plan(at(11))
    assert (told(plan), plan.postponed) == ({}, ("centre",))
    assert tell(ministry, 9, days=1) == {"centre": [f"worse/surin/O2/{fallen}"]}


def test_people_get_only_their_items_and_offices(make: Make) -> None:
    people = [
        webmaster(id="buyer", items=["O19"]),
        webmaster(id="staff", owners=["กลุ่มงานบริหารทรัพยากรบุคคล สำนักงานจังหวัด"]),
        centre(get=[]),
    ]
    ministry = make(book(people=people))
    ministry.scan({"surin": [passing("O2"), passing("O19"), passing("O12")]}, at(1))
    worse = [confirmed(missing(item)) for item in ("O2", "O19", "O12")]
    scan_id = ministry.scan({"surin": worse}, at(2))
    assert told(ministry.plan(at(9))) == {
        "buyer": [f"worse/surin/O19/{scan_id}"],
        "staff": [f"worse/surin/O2/{scan_id}"],
        "centre": [f"worse/surin/O12/{scan_id}"],
    }
    reminder = ministry.plan(days_before_close(7))
    assert "O19" in text_of(reminder, "buyer")
    assert "O2 " not in text_of(reminder, "buyer")


def test_the_week_is_told_once_to_those_who_want_it(make: Make) -> None:
    ministry = make(book(people=[centre()]))
    ministry.scan({"surin": [passing("O2"), missing("O12")], "trang": GOOD}, at(2, days=-7))
    now = {"surin": [confirmed(missing("O2")), passing("O12")], "trang": [unreachable("O2")]}
    ministry.scan(now, at(2))
    plan = ministry.plan(at(9))
    text = text_of(plan, "centre")
    assert "OIT 2566: 2 หน่วยงาน" in text
    assert "ดีขึ้น 1 ข้อ แย่ลง 1 ข้อ เทียบกับ 13 มีนาคม 2566" in text
    assert "ต้องแก้ไข 1 ข้อ รอเจ้าหน้าที่ตรวจ 0 ข้อ ตรวจไม่ได้ 1 ข้อ ใน 1 หน่วยงาน" in text
    assert "- O2 ข้อมูลผู้บริหาร: 1 หน่วยงาน" in text
    tell(ministry, 9)
    assert tell(ministry, 9, days=1) == {}
    assert tell(ministry, 9, days=7) == {"centre": ["weekly/-/-/2023-W13"]}


def test_a_sweep_of_one_unit_hides_nothing_of_the_others(make: Make) -> None:
    ministry = make(book(people=[webmaster(), webmaster(id="trang", units=["trang"]), centre()]))
    ministry.scan({"surin": GOOD, "trang": GOOD}, at(1))
    worse = [confirmed(missing("O2")), passing("O12")]
    ministry.scan({"surin": worse, "trang": worse}, at(2))
    ministry.scan({"trang": [missing("O2"), passing("O12")]}, at(3))
    assert {"web", "trang"} <= told(ministry.plan(at(9))).keys()
