"""Channel: a form or chat that an outsider can really use, and what only looks like one."""

from __future__ import annotations

import pytest

from checklist.probes.channel import ChannelProbe
from checklist.verdict import ElementState
from tests.checklist.pages import CONTEXT, page

ASK = ChannelProbe(kind="channel", purpose="ask")
SERVICE = ChannelProbe(kind="channel", purpose="service")
COMPLAINT = ChannelProbe(kind="channel", purpose="complaint", separate=True)
OPINION = ChannelProbe(kind="channel", purpose="opinion")
FIELDS = '<input name="who" type="text"><textarea name="text"></textarea><button>ส่ง</button>'
FAQ = "<h1>คำถามที่พบบ่อย (FAQ)</h1><p>ถาม: เปิดกี่โมง</p><p>ตอบ: 08.30 น.</p>"


@pytest.mark.parametrize(
    ("probe", "body", "state", "reason"),
    [
        (ASK, f"<h2>กระดานถาม-ตอบ</h2><form action='/ask'>{FIELDS}</form>", "present", None),
        (ASK, '<h1>Q&amp;A</h1><a href="https://m.me/bansuanmali">แชทกับเรา</a>', "present", None),
        (ASK, "<h1>ถาม-ตอบ (Q&amp;A)</h1><form method='post'><label>คำถามของท่าน <textarea name='q'></textarea></label></form>", "present", None),
        (ASK, FAQ, "absent", "one_way_faq"),
        (ASK, "<h1>ติดต่อสอบถาม</h1><p>โทร. 0 4212 3456</p>", "absent", "element_missing"),
        (ASK, "<h1>ถาม-ตอบ</h1><form action='/search'><input name='q'></form>", "absent", "element_missing"),
        (ASK, f"<h1>เว็บบอร์ดถาม-ตอบ</h1><p>ขณะนี้ปิดรับคำถาม</p><form>{FIELDS}</form>", "unsure", "weak_wording"),
        (ASK, "<h1>ถามน้องดี</h1><form action='/chat'><input name='q' type='text' placeholder='พิมพ์คำถามที่นี่'><button>ถาม</button></form>", "present", None),
        (ASK, "<h1>ถาม-ตอบ</h1><form action='/s'><input name='q' type='text' placeholder='ค้นหาคำถาม'></form>", "absent", "element_missing"),
        (ASK, f"<h1>ฝากข้อความ</h1><form action='/mail'>{FIELDS}</form>", "unsure", "weak_wording"),
        (ASK, f"<h1>ติดต่อ สอบถาม</h1><form action='/mail'>{FIELDS}</form>", "unsure", "weak_wording"),
        (ASK, f"<h1>ติดต่อ สอบถาม</h1><form action='/mail'>อีเมลของท่าน {FIELDS}</form>", "present", None),
        (ASK, f"<h1>ติดต่อ สอบถาม</h1><form action='/mail'>{FIELDS}</form><p>ตอบภายใน 3 วัน</p>", "present", None),
        (ASK, f"<h1>แบบสอบถามความพึงพอใจ</h1><form action='/mail'>{FIELDS}</form>", "absent", "element_missing"),
        (ASK, "<h1>เว็บบอร์ด</h1><p>ขอถามเรื่องภาษี ผู้ตอบ: กองคลัง</p><a href='/new.php'>ตั้งกระทู้ใหม่</a>", "present", None),
        (ASK, "<h1>เว็บบอร์ด</h1><p>ยินดีต้อนรับ</p><a href='/new.php'>ตั้งกระทู้ใหม่</a>", "unsure", "weak_wording"),
        (ASK, "<h1>ถาม-ตอบ Q&amp;A</h1><img src='/pic1.png' width='300'>", "unsure", "image_only"),
        (SERVICE, f"<h1>ยื่นคำขอออนไลน์</h1><form action='/apply'>{FIELDS}</form>", "present", None),
        (SERVICE, "<h1>แบบคำขอ</h1><a href='/form.pdf'>ดาวน์โหลดแบบคำร้อง</a>", "absent", "element_missing"),
        (COMPLAINT, f"<h1>แจ้งเรื่องร้องเรียนการทุจริต</h1><form>{FIELDS}</form>", "present", None),
        (COMPLAINT, f"<h1>แบบฟอร์มร้องเรียนร้องทุกข์</h1><form>{FIELDS}</form>", "absent", "general_complaint_form"),
        (COMPLAINT, "<h1>ร้องเรียนการทุจริต</h1><p>โทร. 1205 หรือ ตู้ ปณ. 1</p>", "absent", "element_missing"),
        (COMPLAINT, '<h1>ร้องเรียนการทุจริต</h1><a href="https://forms.gle/x">แบบฟอร์มแจ้งเรื่องร้องเรียนการทุจริต</a>', "unsure", "weak_wording"),
        (COMPLAINT, '<h1>Whistleblowing</h1><a href="https://report.unit.example/new">เปิดระบบแจ้งเบาะแสการทุจริต</a>', "unsure", "weak_wording"),
        (COMPLAINT, '<h1>ร้องเรียนการทุจริต</h1><a href="https://www.nacc.go.th/x">ระบบแจ้งเบาะแสการทุจริต</a>', "absent", "element_missing"),
        (COMPLAINT, '<h1>ร้องเรียนการทุจริต</h1><a href="https://x.example/">ระบบแจ้งเบาะแสการทุจริต ของ ป.ป.ช.</a>', "absent", "element_missing"),
        (COMPLAINT, '<h1>ร้องเรียนการทุจริต</h1><a href="https://x.example/form.pdf">แบบฟอร์มแจ้งเบาะแสการทุจริต</a>', "absent", "element_missing"),
        (COMPLAINT, f"<h1>รับเรื่องร้องเรียนร้องทุกข์</h1><form>ถนน ขยะ เจ้าหน้าที่ทุจริต {FIELDS}</form>", "absent", "general_complaint_form"),
        (COMPLAINT, f"<h1>แจ้งเรื่องทุจริต</h1><form>ร้องเรียน ขยะ เจ้าหน้าที่ทุจริต {FIELDS}</form>", "unsure", "weak_wording"),
        (COMPLAINT, '<h1>แจ้งเรื่องร้องเรียนการทุจริต</h1><iframe src="https://docs.google.com/forms/d/e/1/viewform"></iframe>', "present", None),
        (COMPLAINT, f"<h1>สายตรงสุจริต</h1><p>พบพนักงานเรียกเงิน บอกเราตรงนี้</p><form>{FIELDS}</form>", "present", None),
        (COMPLAINT, f"<h1>ร้องเรียนและแจ้งทุจริต</h1><p>ท่านร้องเรียนทุกเรื่องได้ที่แบบฟอร์มนี้</p><form>ขยะ ไฟฟ้าสาธารณะ ทุจริต {FIELDS}</form>", "absent", "general_complaint_form"),
        (OPINION, f"<h1>รับฟังความคิดเห็นของประชาชน</h1><form>{FIELDS}</form>", "present", None),
        (OPINION, f"<h1>ติชมและเสนอความเห็น</h1><form>{FIELDS}</form>", "present", None),
    ],
)  # fmt: skip
def test_what_counts(probe: ChannelProbe, body: str, state: str, reason: str | None) -> None:
    finding = probe.look([page(body)], CONTEXT)
    assert finding.state is ElementState(state), finding.detail
    assert finding.reason == reason
    assert finding.quotes or finding.state is ElementState.ABSENT


HOME = "<p>ยื่นได้ตลอด 24 ชั่วโมง ติดตามสถานะคำขอได้เอง</p>"
LOGIN = '<form action="/login"><input name="u"><input type="password" name="p"></form>'


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (f'{HOME}<a href="https://q.bansuanmali.go.th/book">จองคิว</a>', "present"),
        ('<a href="https://q.bansuanmali.go.th/book">จองคิว</a>', "unsure"),
        (f'{HOME}<a href="https://efiling.rd.go.th">ยื่นแบบภาษี</a>', "absent"),
        (f'{HOME}<a href="/forms/1.pdf">ยื่นคำขอ</a>', "absent"),
        (f'{HOME}<a href="/page">จองคิว</a>', "absent"),
        (f'<p>เร็ว ๆ นี้</p>{HOME}<a href="/book">จองคิว</a>', "absent"),
        (f'<p>พิมพ์แบบแล้วนำมายื่นที่เทศบาล</p>{HOME}<a href="/book">ยื่นคำขอ</a>', "unsure"),
        (f"<p>ผู้ประกอบการยื่นคำขอผ่านระบบ</p>{LOGIN}", "present"),
        (f"<h2>ระบบ e-Office สำหรับเจ้าหน้าที่</h2>{LOGIN}", "absent"),
        (f"<p>ระบบสำหรับบุคลากร</p>{HOME}<a href='/leave'>ขอใช้ห้องประชุม</a>", "absent"),
        (f"<h3>เข้าสู่ระบบสำหรับพนักงาน</h3><p>ยื่นคำขอ</p>{LOGIN}", "absent"),
        (f'{HOME}<a href="https://leave.bansuanmali.go.th">ระบบลาออนไลน์</a>', "absent"),
        (f"<form>{FIELDS}แสดงความคิดเห็น</form>", "absent"),
        ('<p>สอบถามได้</p><a href="https://lin.ee/x1">LINE</a>', "unsure"),
    ],
)  # fmt: skip
def test_a_service_may_stand_behind_a_link_or_a_login(body: str, state: str) -> None:
    finding = SERVICE.look([page(f"<h1>บริการออนไลน์</h1>{body}")], CONTEXT)
    assert finding.state.value == state
