"""The letter that asks a website's keeper to let the checker read: its words. Pure.

An official letter to another office (หนังสือภายนอก) and the sheet of facts that goes with it. The
same words stand in docs/letter-for-webmasters.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from results.papers.office import Office

SUBJECT = "ขอความอนุเคราะห์อนุญาตให้ระบบตรวจข้อมูลสาธารณะ (OIT) เข้าอ่านเว็บไซต์"
ENCLOSED = "ข้อมูลของระบบตรวจสำหรับผู้ดูแลเว็บไซต์ จำนวน 1 ชุด"
REASON = (
    "ด้วยกระทรวงมหาดไทยได้ตรวจการเปิดเผยข้อมูลสาธารณะ (Open Data Integrity and Transparency "
    "Assessment: OIT) บนเว็บไซต์ของหน่วยงานเป็นประจำ โดยใช้โปรแกรมอ่านหน้าเว็บที่ประชาชนเปิดดูได้ "
    "เพื่อแจ้งข้อที่ยังไม่ครบถ้วนก่อนการประเมิน หากเว็บไซต์ปิดกั้นโปรแกรมดังกล่าว ผลจะเป็น “ตรวจไม่ได้” "
    "ซึ่งไม่ได้หมายความว่าขาดข้อมูล แต่หน่วยงานจะไม่ทราบผลล่วงหน้า"
)
WISH = (
    "ในการนี้ จึงขอความอนุเคราะห์มอบหมายผู้ดูแลเว็บไซต์และผู้ให้บริการระบบ อนุญาตให้โปรแกรมดังกล่าวอ่าน"
    "ข้อมูลสาธารณะบนเว็บไซต์{site} ตามข้อมูลและวิธีตั้งค่าที่ส่งมาพร้อมนี้ "
    "ทั้งนี้ โปรแกรมอ่านอย่างเดียว ไม่แก้ไขข้อมูล ไม่ลงชื่อเข้าใช้ และส่งคำขอทีละหนึ่งคำขอต่อเว็บไซต์"
)
CLOSING = "จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์ จะขอบคุณยิ่ง"
SHEET = "ข้อมูลของระบบตรวจสำหรับผู้ดูแลเว็บไซต์"
READ = (
    "หน้าเว็บและไฟล์ที่ทุกคนเปิดดูได้ ตาม URL ที่หน่วยงานระบุไว้ และหน้าที่ลิงก์จากหน้าดังกล่าว",
    "ด้วยคำขอแบบอ่านอย่างเดียว (HTTP GET) ทีละหนึ่งคำขอต่อชื่อเว็บไซต์ เว้นระยะอย่างน้อย {pause} วินาทีระหว่างหน้า",
    "หน้าที่สร้างเนื้อหาด้วยสคริปต์จะเปิดด้วยเบราว์เซอร์ ส่วนประกอบของหน้าเดียวกันขอต่อกันทีละรายการโดยไม่เว้นระยะ",
)
NOT_READ = (
    "หน้าที่ต้องลงชื่อเข้าใช้ ระบบภายใน และหน้าที่ robots.txt ไม่อนุญาต",
    "ไม่กรอกหรือส่งแบบฟอร์ม ไม่ทดสอบเจาะระบบ ไม่แก้ CAPTCHA และไม่หลบเลี่ยงการปิดกั้น",
    "เมื่อเว็บไซต์ตอบรหัส HTTP 429 หรือ 503 พร้อม Retry-After จะหยุดตามเวลาที่ขอ",
)
ROBOTS = ("User-agent: {name}", "Allow: /")
ROBOTS_HINT = (
    "วางไว้ในไฟล์ robots.txt ที่รากของเว็บไซต์ จะจำกัดบางโฟลเดอร์ด้วยบรรทัด Disallow: "
    "หรือขอระยะห่างด้วยบรรทัด Crawl-delay: ก็ได้"
)
FIREWALL = (
    "ไฟร์วอลล์หรือ WAF: อนุญาตหมายเลข IP ข้างต้น ให้ใช้ IP ร่วมกับ User-Agent เพราะผู้อื่นปลอม User-Agent ได้",
    "Cloudflare: Security > WAF > Custom rules สร้างกฎ Skip เมื่อ IP Source Address ตรงกับหมายเลขข้างต้น "
    "แล้วเลือกข้าม Managed Challenge, Bot Fight Mode และ Rate limiting",
    "การจำกัดประเทศ (geo-blocking): ยกเว้นหมายเลข IP ข้างต้น ไม่ต้องเปิดทั้งประเทศ",
    "ปลั๊กอินความปลอดภัยของ WordPress หรือ Joomla: เพิ่มหมายเลข IP ข้างต้นในรายการอนุญาต (allowlist)",
)
CHECK = "เมื่อตั้งค่าแล้ว ให้สั่งตรวจซ้ำจากแดชบอร์ด หรือแจ้งผู้ติดต่อข้างต้น"
UNKNOWN = "…………………………………"


@dataclass(frozen=True, slots=True)
class Asker:
    """The checker as a webmaster meets it: its headers, addresses, hours and pauses (seconds)."""

    user_agent: str
    robots_name: str
    contact: str
    pause_s: float
    addresses: tuple[str, ...] = ()
    hours: str = ""


@dataclass(frozen=True, slots=True)
class AccessLetter:
    """One letter; what is empty is a dotted line. `day` is C.E., `site` the unit's address."""

    sender: Office
    asker: Asker
    unit: str = ""
    site: str = ""
    number: str = ""
    day: date | None = None
    address: str = ""

    @property
    def to(self) -> str:
        """Whom the letter addresses."""
        if self.unit.startswith("จังหวัด"):
            return f"ผู้ว่าราชการ{self.unit}"
        return f"หัวหน้าหน่วยงาน {self.unit}" if self.unit else "หัวหน้าหน่วยงานเจ้าของเว็บไซต์"

    @property
    def wish(self) -> str:
        """What is asked for, with the unit's own site where it is known."""
        return WISH.format(site=f"ของ{self.unit} ({self.site})" if self.site else "ของหน่วยงาน")

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and value of what a webmaster needs to know."""
        asker = self.asker
        return (
            ("User-Agent", asker.user_agent),
            ("ชื่อใน robots.txt", asker.robots_name),
            ("หมายเลข IP", "\n".join(asker.addresses) or UNKNOWN),
            ("ช่วงเวลาที่อ่าน", asker.hours or UNKNOWN),
            ("ผู้ติดต่อ", asker.contact),
        )

    def read(self) -> tuple[str, ...]:
        """What is read, and how."""
        return tuple(line.format(pause=f"{self.asker.pause_s:g}") for line in READ)

    def robots(self) -> tuple[str, ...]:
        """The lines for robots.txt."""
        return tuple(line.format(name=self.asker.robots_name) for line in ROBOTS)
