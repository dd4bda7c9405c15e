"""Why a verdict is what it is: every reason code with its Thai and English sentence and remedy.

The codes are the product's vocabulary: they stand in reports, in JSON and in the database,
so a code is never renamed.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from checklist.verdict import Verdict

CRAWLER_NAME = "OITChecker"
"""The word by which the crawler names itself in its User-Agent and reads robots.txt."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code, the item verdict it leads to, its sentences, and what to do in Thai."""

    code: str
    verdict: Verdict
    th: str
    en: str
    remedy: str


_ROBOTS_LETTER = (
    f"ขอความอนุเคราะห์ผู้ดูแลเว็บไซต์เพิ่มข้อความ 2 บรรทัดนี้ไว้บนสุดของไฟล์ robots.txt: "
    f"“User-agent: {CRAWLER_NAME}” และ “Allow: /” "
    "เพื่อให้ระบบตรวจ OIT ของกระทรวงมหาดไทยอ่านข้อมูลสาธารณะได้ แล้วแจ้งให้ตรวจซ้ำ"
)
_ALLOW_LETTER = (
    "ให้ส่งข้อความนี้แก่ผู้ให้บริการเว็บไซต์หรือผู้ดูแลไฟร์วอลล์: “ขอให้อนุญาต (allow-list) คำขอแบบอ่านอย่างเดียว "
    f"(HTTP GET) ที่มี User-Agent ว่า {CRAWLER_NAME} จากระบบตรวจ OIT ของกระทรวงมหาดไทย "
    "โดยไม่ต้องผ่านหน้ายืนยันตัวตน CAPTCHA หรือการจำกัดประเทศ ระบบเข้าอ่านทีละหนึ่งคำขอต่อเว็บไซต์”"
)

_FAIL = (
    ("judged_lacking", "เจ้าหน้าที่เปิดดูแล้วเห็นว่ายังไม่ครบถ้วน",
     "A person looked at the page and found it lacking.",
     "แก้ไขตามเหตุผลที่เจ้าหน้าที่ให้ไว้ แล้วแจ้งให้ตรวจซ้ำ"),
    ("no_url", "ไม่ได้ระบุ URL ของข้อนี้ และค้นจากเว็บไซต์หลักแล้วไม่พบ",
     "No URL was given for this item and none was found from the main site.",
     "เผยแพร่ข้อมูลของข้อนี้บนเว็บไซต์หลักของหน่วยงาน แล้วระบุ URL ของหน้านั้นในทะเบียน URL ของหน่วยงาน"),
    ("not_found", "เปิด URL แล้วไม่พบหน้าหรือไฟล์ (HTTP 404 หรือ 410)",
     "The address answers that the page or file does not exist (HTTP 404 or 410).",
     "นำไฟล์กลับมาไว้ที่ URL เดิม หรือแก้ URL ให้ตรงกับที่อยู่ปัจจุบัน แล้วทดลองเปิดจากหน้าต่างที่ไม่ได้ลงชื่อเข้าใช้"),
    ("soft_404", "เว็บไซต์ตอบว่าเปิดได้ แต่หน้าที่แสดงคือหน้าแจ้งว่าไม่พบข้อมูล",
     "The site answers 200 but shows its own 'page not found' text.",
     "ตรวจว่าหน้าหรือไฟล์ยังอยู่จริง แล้วแก้ URL ให้ชี้ไปยังหน้าที่มีข้อมูล"),
    ("login_required", "ต้องลงชื่อเข้าใช้ก่อนจึงจะเห็นข้อมูล",
     "The page asks for a log-in before it shows anything.",
     "ย้ายข้อมูลไปไว้ในหน้าสาธารณะที่ประชาชนเปิดดูได้โดยไม่ต้องลงชื่อเข้าใช้"),
    ("access_request", "ลิงก์ไปยังที่เก็บไฟล์ซึ่งยังไม่เปิดให้ทุกคนดู (ขึ้นหน้าขอสิทธิ์เข้าถึง)",
     "The file host asks visitors to request access.",
     "ตั้งค่าการแชร์ไฟล์เป็น “ทุกคนที่มีลิงก์ดูได้” หรือย้ายไฟล์มาไว้บนเว็บไซต์ของหน่วยงาน"),
    ("social_media_only", "ข้อมูลอยู่บนสื่อสังคมออนไลน์เท่านั้น ไม่ได้อยู่บนเว็บไซต์หลัก",
     "The evidence is only on social media, not on the agency's own site.",
     "นำเนื้อหาหรือไฟล์มาเผยแพร่บนเว็บไซต์หลักของหน่วยงาน แล้วใช้ URL ของเว็บไซต์แทน"),
    ("empty_page", "เปิดหน้าได้ แต่ไม่มีเนื้อหาในส่วนของข้อนี้",
     "The page opens and holds no content for this item.",
     "เพิ่มเนื้อหาหรือแนบไฟล์ในหน้านั้น แล้วตรวจว่าแสดงผลได้เมื่อเปิดจากเครื่องอื่น"),
    ("index_only", "พบเพียงเมนูหรือรายการที่เอ่ยชื่อเอกสาร แต่ไม่พบตัวเอกสาร",
     "A menu or list names the document; the document itself was not found.",
     "เชื่อมรายการนั้นไปยังตัวเอกสารที่เปิดอ่านได้ และใช้ URL ของเอกสารหรือหน้าที่แสดงเอกสารโดยตรง"),
    ("criteria_only", "หน้านี้คัดลอกข้อความเกณฑ์ OIT มาแสดง แต่ไม่มีข้อมูลจริงของหน่วยงาน",
     "The page repeats the checklist's own wording without the agency's data.",
     "แทนที่ข้อความเกณฑ์ด้วยข้อมูลจริงของหน่วยงาน หรือแนบเอกสารที่มีข้อมูลครบตามเกณฑ์"),
    ("home_page_only", "URL ที่ระบุเป็นเพียงหน้าแรกของเว็บไซต์ ไม่ใช่หน้าของข้อมูล",
     "The address given is only the home page.",
     "ระบุ URL ของหน้าหรือเอกสารที่แสดงข้อมูลข้อนี้โดยตรง"),
    ("template_text", "ยังเป็นแบบฟอร์มหรือข้อความตัวอย่างที่ยังไม่ได้กรอกข้อมูล",
     "Still a form or a template's sample text that nobody filled in.",
     "กรอกช่องที่ยังว่าง หรือแทนที่ข้อความตัวอย่าง ด้วยข้อมูลจริงของหน่วยงานให้ครบทุกรายการ แล้วตรวจหน้าเว็บอีกครั้ง"),
    ("outdated", "เป็นเอกสารประเภทที่ถูกต้อง แต่เป็นของปีก่อนหรือไม่ใช่ปีที่ประเมิน",
     "The right sort of document, but not of the year that is assessed.",
     "เผยแพร่ฉบับของปีที่กำหนด ระบุปีงบประมาณไว้ในหัวเรื่องเอกสาร และแก้ลิงก์ให้ชี้ไปยังฉบับใหม่"),
    ("period_incomplete", "ข้อมูลไม่ครอบคลุมช่วงเวลาที่กำหนดทั้งหมด",
     "The data does not cover the whole period required.",
     "ปรับข้อมูลให้ครบทั้งช่วง เช่น รอบ 6 เดือนแรกต้องครบตั้งแต่ 1 ตุลาคม ถึง 31 มีนาคม และระบุช่วงเวลาไว้ในหัวเรื่อง"),
    ("month_missing", "ขาดรายงานของบางเดือน",
     "The report of at least one month is missing.",
     "เพิ่มรายงานของเดือนที่ขาด หากเดือนนั้นไม่มีรายการ ให้ระบุข้อความว่า “ไม่มีรายการในเดือนนี้”"),
    ("element_missing", "ขาดองค์ประกอบด้านข้อมูลที่ข้อนี้กำหนด",
     "A required part of this item is missing.",
     "เพิ่มองค์ประกอบที่ขาดลงในเอกสารหรือหน้าเดียวกัน ข้อนี้ได้คะแนนเมื่อมีครบทุกองค์ประกอบเท่านั้น"),
    ("none_statement_missing", "ไม่มีข้อมูล และไม่ได้ระบุว่า “ไม่มี” ไว้ให้ชัดเจน",
     "There is no data and no explicit statement that there was none.",
     "หากไม่มีข้อมูลจริง ให้ระบุข้อความให้ชัด เช่น “ปีงบประมาณนี้ไม่มีเรื่องร้องเรียน”"),
    ("signature_missing", "ไม่พบการลงนาม ตำแหน่ง หรือวันที่ลงนามของผู้บริหาร",
     "The executive's signature, position or signing date was not found.",
     "เผยแพร่ฉบับที่ผู้บริหารคนปัจจุบันลงนามแล้ว พร้อมชื่อ ตำแหน่ง และวันที่"),
    ("wrong_kind", "เอกสารที่พบไม่ใช่เอกสารประเภทที่ข้อนี้กำหนด",
     "The document found is not the sort of document this item asks for.",
     "แทนที่ด้วยเอกสารประเภทที่ข้อนี้กำหนด โดยดูชื่อเอกสารจากชื่อข้อและองค์ประกอบ"),
    ("hidden_text_only", "ข้อความมีอยู่ในโค้ดของหน้าเว็บ แต่ถูกซ่อนไว้ ผู้เข้าชมมองไม่เห็น",
     "The wording is in the page's code but visitors cannot see it.",
     "แก้หน้าเว็บให้ข้อความแสดงผลตามปกติโดยไม่ต้องใช้เครื่องมือพิเศษ"),
    ("not_on_main_site", "ไม่พบเส้นทางจากเว็บไซต์หลักของหน่วยงานไปยังข้อมูลนี้",
     "No path leads from the agency's main site to this evidence.",
     "เพิ่มเมนูหรือลิงก์จากเว็บไซต์หลักไปยังหน้านี้"),
    ("wrong_unit", "เอกสารที่พบเป็นของหน่วยงานอื่น",
     "The document belongs to another body.",
     "แทนที่ด้วยเอกสารของหน่วยงานเอง ที่มีชื่อหน่วยงานปรากฏชัดในหัวเรื่องหรือเนื้อหา"),
    ("whole_law", "แนบกฎหมายทั้งฉบับ โดยไม่ได้แสดงเฉพาะหน้าที่และอำนาจของหน่วยงาน",
     "A whole law was attached instead of the agency's own duties and powers.",
     "สรุปหรือคัดเฉพาะหน้าที่และอำนาจของหน่วยงานมาแสดง พร้อมอ้างมาตราที่เกี่ยวข้อง"),
    ("general_complaint_form", "ใช้ช่องทางร้องเรียนทั่วไป ไม่ได้แยกเรื่องทุจริตและประพฤติมิชอบ",
     "The general complaint form is used; corruption complaints need a channel of their own.",
     "จัดทำช่องทางแจ้งเรื่องร้องเรียนการทุจริตแยกต่างหาก และตั้งชื่อให้ชัดเจน"),
    ("one_way_faq", "เป็นคำถามที่พบบ่อยหรือช่องทางทางเดียว ผู้เข้าชมถามและรับคำตอบไม่ได้",
     "A one-way FAQ: visitors cannot ask and get an answer.",
     "จัดให้มีช่องทางถาม-ตอบสองทาง เช่น กระดานถามตอบ Messenger หรือ Live Chat แล้วเชื่อมจากเว็บไซต์หลัก"),
    ("download_form_only", "มีเพียงแบบฟอร์มให้ดาวน์โหลด ยังไม่ใช่บริการออนไลน์ที่ยื่นเรื่องได้",
     "Only a form to download: nothing can be submitted on line.",
     "เปิดให้ผู้รับบริการกรอกและส่งคำขอผ่านระบบออนไลน์ได้โดยไม่ต้องเดินทางมาที่หน่วยงาน"),
)  # fmt: skip

_REVIEW = (
    ("ocr_year", "อ่านปีได้จากภาพสแกนเท่านั้น ตัวเลขอาจคลาดเคลื่อน",
     "The year was read only from a scanned image and may be wrong.",
     "เปิดเอกสารดูปีด้วยตา และควรเผยแพร่เป็น PDF ที่มีข้อความ หรือระบุปีไว้ในชื่อลิงก์และหัวเรื่องของหน้า"),
    ("weak_wording", "พบถ้อยคำที่ใกล้เคียง แต่ยังไม่ชัดพอที่จะยืนยัน",
     "The wording found is close but not clear enough to confirm.",
     "เปิดดูข้อความที่ยกมา หากใช่ ควรปรับหัวเรื่องหรือถ้อยคำให้ตรงกับองค์ประกอบของข้อนี้"),
    ("conflicting_years", "เอกสารระบุปีไม่ตรงกันในแต่ละจุด",
     "The document states different years in different places.",
     "ตรวจว่าเอกสารเป็นของปีใด แล้วแก้หัวเรื่อง ชื่อไฟล์ และลิงก์ให้ระบุปีเดียวกัน"),
    ("year_unclear", "ไม่พบปีที่ระบุชัดในตัวเอกสาร",
     "The document does not state its year clearly.",
     "ระบุปีงบประมาณไว้ในหัวเรื่องของเอกสารหรือหัวข้อของหน้า"),
    ("unproven_element", "ไม่พบองค์ประกอบนี้ แต่ถ้อยคำของเกณฑ์ยังไม่มีเอกสารยืนยัน",
     "Not found, but the wording of this criterion is not proven.",
     "เทียบกับคู่มือการประเมินฉบับของปีนั้น หากคู่มือกำหนดไว้ ให้เพิ่มองค์ประกอบนี้"),
    ("image_only", "ข้อมูลอยู่ในรูปภาพ ระบบอ่านข้อความไม่ได้ครบ",
     "The content is a picture whose text could not be read in full.",
     "เปิดดูรูปด้วยตา และควรเพิ่มข้อความประกอบหรือคำอธิบายรูป (alt) เพื่อให้ทุกคนเข้าถึงได้"),
    ("unreadable", "เปิดไฟล์ได้ แต่ไม่มีข้อความที่อ่านได้ แม้ใช้การอ่านอักษรจากภาพแล้ว",
     "The file opens but yields no text, not even by OCR.",
     "เปิดดูไฟล์ด้วยตา และควรเผยแพร่ไฟล์ที่ส่งออกจากโปรแกรมพิมพ์โดยตรงแทนการสแกน"),
    ("hidden_by_style", "สไตล์ชีต (CSS) หรือสคริปต์ของหน้าซ่อนข้อความของข้อนี้ไว้ ผู้เข้าชมอาจมองไม่เห็น",
     "A style sheet or script of the page hides the wording; visitors may not see it.",
     "เปิดหน้าดูด้วยตาโดยไม่กดสิ่งใด หากไม่เห็นข้อความ ให้แก้สไตล์ชีตให้แสดงตามปกติ หรือแนบเป็นไฟล์ PDF"),
    ("main_site_unclear", "ยังยืนยันไม่ได้ว่าเข้าถึงข้อมูลนี้จากเว็บไซต์หลักของหน่วยงาน",
     "It is not certain that the main site leads to this evidence.",
     "ทดลองเข้าจากหน้าแรกของเว็บไซต์หลัก หากไม่มีทางเข้า ให้เพิ่มเมนูหรือลิงก์"),
    ("unit_unclear", "ไม่พบชื่อหน่วยงานในเอกสาร จึงยังยืนยันไม่ได้ว่าเป็นของหน่วยงานนี้",
     "The agency's name is not in the document, so its owner is not certain.",
     "ตรวจว่าเป็นเอกสารของหน่วยงาน และระบุชื่อหน่วยงานไว้ในหัวเรื่อง"),
)  # fmt: skip

_ERROR = (
    ("dns", "ไม่พบชื่อเว็บไซต์นี้ในระบบชื่อโดเมน (DNS)",
     "The site's name could not be resolved (DNS).",
     "ตรวจว่าสะกดชื่อเว็บไซต์ถูกต้องและโดเมนยังไม่หมดอายุ แล้วให้ผู้ให้บริการโดเมนตรวจระเบียน DNS"),
    ("timeout", "เว็บไซต์ไม่ตอบภายในเวลาที่กำหนด",
     "The site did not answer in time.",
     "ให้ผู้ให้บริการเว็บไซต์ตรวจความเร็วของเครื่องแม่ข่าย แล้วสั่งตรวจซ้ำ"),
    ("connection", "ต่อเข้าเว็บไซต์ไม่ได้ (เครื่องแม่ข่ายปฏิเสธหรือตัดการเชื่อมต่อ)",
     "The server refused or dropped the connection.",
     "ให้ผู้ให้บริการตรวจว่าเครื่องแม่ข่ายทำงานอยู่และไม่ได้ปิดกั้นการเข้าถึงจากภายนอก หากปิดกั้นอยู่ " + _ALLOW_LETTER),
    ("tls", "ใบรับรองความปลอดภัย (HTTPS) ใช้ไม่ได้",
     "The site's HTTPS certificate is not valid.",
     "ให้ผู้ให้บริการต่ออายุใบรับรองและติดตั้งใบรับรองกลาง (intermediate certificate) ให้ครบ"),
    ("blocked_by_robots", "ไฟล์ robots.txt ของเว็บไซต์ไม่อนุญาตให้ระบบตรวจอ่านหน้านี้",
     "The site's robots.txt does not allow this page to be read.", _ROBOTS_LETTER),
    ("blocked_by_waf", "ระบบป้องกันของเว็บไซต์ (WAF/ไฟร์วอลล์) ปิดกั้นการตรวจ",
     "The site's firewall or bot protection blocked the check.", _ALLOW_LETTER),
    ("rate_limited", "เว็บไซต์จำกัดจำนวนคำขอ (HTTP 429)",
     "The site limits the number of requests (HTTP 429).",
     "สั่งตรวจซ้ำนอกเวลาราชการ หากยังเกิดขึ้น " + _ALLOW_LETTER),
    ("server_error", "เครื่องแม่ข่ายของเว็บไซต์ขัดข้อง (HTTP 5xx)",
     "The site's server failed (HTTP 5xx).",
     "แจ้งผู้ให้บริการเว็บไซต์ให้แก้ข้อขัดข้องของหน้านี้ แล้วสั่งตรวจซ้ำ"),
    ("http_error", "เว็บไซต์ตอบรหัสผิดพลาดที่ไม่ได้บอกว่ามีหรือไม่มีข้อมูล",
     "The site answered with an error that does not say whether the page exists.",
     "เปิด URL จากหน้าต่างที่ไม่ได้ลงชื่อเข้าใช้ หากเปิดไม่ได้ ให้ผู้ดูแลเว็บไซต์แก้ไข แล้วสั่งตรวจซ้ำ"),
    ("redirect_loop", "หน้าเว็บส่งต่อวนไปมาไม่สิ้นสุด",
     "The page redirects in a circle.",
     "ให้ผู้ดูแลเว็บไซต์แก้การส่งต่อ (redirect) ให้ถึงหน้าปลายทาง หรือระบุ URL ปลายทางโดยตรง"),
    ("too_large", "ไฟล์ใหญ่เกินกว่าที่ระบบตรวจจะเปิดได้",
     "The file is larger than the checker opens.",
     "ลดขนาดไฟล์หรือแบ่งเป็นหลายไฟล์ โดยเฉพาะไฟล์สแกน แล้วสั่งตรวจซ้ำ"),
    ("extract_failed", "ดาวน์โหลดไฟล์ได้ แต่เปิดอ่านไม่ได้ (ไฟล์อาจเสียหรือมีรหัสผ่าน)",
     "The file was downloaded but could not be opened (damaged or protected).",
     "เปิดไฟล์ทดสอบ หากเสียหรือมีรหัสผ่าน ให้ส่งออกเป็น PDF ใหม่แล้วเผยแพร่แทน"),
    ("unsupported_type", "ไฟล์เป็นชนิดที่ระบบยังอ่านไม่ได้",
     "The file is of a type the checker does not read.",
     "เผยแพร่เป็น PDF หรือหน้าเว็บ ซึ่งประชาชนเปิดอ่านได้สะดวกกว่าด้วย"),
    ("render_failed", "หน้านี้ต้องใช้เบราว์เซอร์ประมวลผล และแสดงผลไม่สำเร็จ",
     "The page needs a browser to show its content and could not be rendered.",
     "ตรวจว่าหน้าแสดงผลได้โดยไม่มีข้อผิดพลาด และควรแสดงเนื้อหาสำคัญโดยไม่ต้องพึ่งสคริปต์"),
    ("bad_address", "URL เขียนไม่ถูกต้องหรือเป็นที่อยู่ที่เปิดจากอินเทอร์เน็ตไม่ได้",
     "The address is malformed or cannot be opened from the internet.",
     "แก้ URL ให้ขึ้นต้นด้วย https:// หรือ http:// และเป็นที่อยู่ที่ประชาชนเปิดได้"),
    ("inner_address", "URL เป็นที่อยู่ภายในเครือข่ายของหน่วยงาน ประชาชนเปิดจากอินเทอร์เน็ตไม่ได้",
     "The address lies inside a network; the public cannot open it.",
     "นำข้อมูลไปไว้บนเว็บไซต์สาธารณะ แล้วแก้ URL ทดลองเปิดด้วยโทรศัพท์นอกเครือข่ายของสำนักงาน"),
    ("not_checked", "ยังไม่ได้ตรวจ เพราะการตรวจหยุดก่อนหรือครบโควตาของหน่วยงานนี้",
     "Not checked: the scan stopped early or the unit's budget was used up.",
     "สั่งตรวจซ้ำ หรือระบุ URL ของข้อนี้โดยตรงเพื่อให้ตรวจเป็นลำดับแรก"),
)  # fmt: skip

REASONS: dict[str, Reason] = {
    code: Reason(code, verdict, th, en, remedy)
    for verdict, group in (
        (Verdict.FAIL, _FAIL),
        (Verdict.REVIEW, _REVIEW),
        (Verdict.ERROR, _ERROR),
    )
    for code, th, en, remedy in group
}


def reason(code: str) -> Reason:
    """The reason called `code`; raises `KeyError` that names the nearest known code."""
    try:
        return REASONS[code]
    except KeyError:
        close = difflib.get_close_matches(code, REASONS, n=1, cutoff=0.5)
        hint = f"; did you mean «{close[0]}»?" if close else f"; known: {', '.join(REASONS)}"
        raise KeyError(f"unknown reason code «{code}»{hint}") from None
