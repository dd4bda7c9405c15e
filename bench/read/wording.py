"""Papers as agencies write them, put together from official phrases; always the same for a number.

Every phrase stands between spaces, as a name does in Thai, so that a reader that loses none of its
letters lets it be found.
"""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files

from bench.read.sample import Block, Paper, Part

PHRASES_PER_PAPER = 34
_SEED = 2566

_TITLES = (
    ("รายงานผลการดำเนินงานตามแผนปฏิบัติราชการ", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ รอบ ๖ เดือน"),
    ("สรุปการเปิดเผยข้อมูลสาธารณะของหน่วยงาน", "ประจำปีงบประมาณ พ.ศ. 2566"),
    ("รายงานการกำกับติดตามการใช้จ่ายเงินงบประมาณ", "ตั้งแต่เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖๖"),
    ("ทะเบียนข้อมูลเพื่อการตรวจสอบของประชาชน", "ข้อมูล ณ วันที่ 31 มีนาคม 2566"),
)
_HEADINGS = (
    "ส่วนที่ ๑ ข้อมูลทั่วไป",
    "ส่วนที่ ๒ ผลการดำเนินงานที่สำคัญ",
    "๓. สรุปภาพรวมของหน่วยงาน",
    "4. รายละเอียดตามแผน",
)
_PROSE = (
    "เทศบาลตำบลดอนพุทราได้จัดทำ {} แล้วเสร็จ และเสนอผู้บริหารเพื่อทราบเมื่อวันที่ ๑๔ เมษายน ๒๕๖๖",
    "ในการนี้ สำนักปลัดได้รวบรวม {} ตลอดจน {} เพื่อใช้ประกอบการพิจารณาของที่ประชุม",
    "สำหรับ {} นั้น คณะทำงานเห็นว่าควรเผยแพร่ให้ประชาชนทราบโดยทั่วกันผ่านเว็บไซต์ของหน่วยงาน",
    "ทั้งนี้ เจ้าหน้าที่ผู้รับผิดชอบต้องปรับปรุง {} ให้เป็นปัจจุบันอย่างน้อยไตรมาสละ ๑ ครั้ง",
    "กองคลังรายงานว่า {} มีความคืบหน้าร้อยละ 63.40 ซึ่งสูงกว่าค่าเป้าหมายที่ตั้งไว้",
    "ที่ประชุมรับทราบ {} และมอบหมายให้ทุกส่วนราชการนำ {} ไปถือปฏิบัติอย่างเคร่งครัด",
    "นอกจากนี้ ยังพบว่าการจัดทำ {} ทำให้เกิดความเชื่อมั่นแก่ผู้มารับบริการและภาคีเครือข่ายในพื้นที่",
)
_ENTRIES = ("{} {}", "({}) {}", "{}. {} ตามเอกสารแนบท้าย", "{}) {} ให้เป็นไปตามที่กำหนด")
_OFFICES = ("กองช่าง", "กองคลัง", "สำนักปลัด", "กองการศึกษา", "กองสวัสดิการสังคม")
_ROW_HEAD = ("ลำดับ", "รายการ", "งบประมาณ (บาท)", "ร้อยละ", "ผู้รับผิดชอบ")
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@cache
def phrases() -> tuple[str, ...]:
    """All official phrases, in the order of the list; lines that start with # are its headings."""
    return _lines("phrases.txt")


def sound_paper() -> Paper:
    """Sound wording that resembles broken text: repair must leave every line as it is."""
    lines = _lines("traps.txt")
    return Paper(0, tuple(Block(Part.ENTRY, (line,)) for line in lines), lines)


def _lines(name: str) -> tuple[str, ...]:
    lines = files("bench.read").joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in map(str.strip, lines) if line and not line.startswith("#"))


def paper(number: int, share: int = PHRASES_PER_PAPER) -> Paper:
    """Paper `number` (from 0) with `share` phrases; papers in a row use up the whole list in turn.

    The first third of the phrases stands in prose, the second in entries, the last in a table.
    """
    chance = random.Random(f"{_SEED}-{number}-{share}")
    every = phrases()
    start = number * share
    taken = [every[(start + step) % len(every)] for step in range(share)]
    third = share // 3
    thai = number % 2 == 0
    title = _TITLES[number % len(_TITLES)]
    blocks = [Block(Part.TITLE, (line,)) for line in title]
    blocks += _prose(taken[:third], chance)
    blocks.append(Block(Part.HEADING, (_HEADINGS[1 + number % 3],)))
    blocks += _entries(taken[third : 2 * third], chance, thai=thai)
    blocks += _table(taken[2 * third :], chance, thai=not thai)
    return Paper(number, tuple(blocks), tuple(taken))


def _prose(names: list[str], chance: random.Random) -> list[Block]:
    """Sentences that use up `names`, two or three a paragraph, below a heading."""
    blocks = [Block(Part.HEADING, (_HEADINGS[0],))]
    left = list(names)
    sentences = []
    while left:
        form = chance.choice([form for form in _PROSE if form.count("{}") <= len(left)])
        count = form.count("{}")
        sentences.append(form.format(*left[:count]))
        del left[:count]
    while sentences:
        count = chance.choice((2, 3))
        blocks.append(Block(Part.PROSE, (" ".join(sentences[:count]),)))
        del sentences[:count]
    return blocks


def _entries(names: list[str], chance: random.Random, *, thai: bool) -> list[Block]:
    form = chance.choice(_ENTRIES)
    return [
        Block(Part.ENTRY, (form.format(_figure(str(count), thai=thai), name),))
        for count, name in enumerate(names, 1)
    ]


def _table(names: list[str], chance: random.Random, *, thai: bool) -> list[Block]:
    rows = [Block(Part.ROW, _ROW_HEAD)]
    for count, name in enumerate(names, 1):
        money = f"{chance.randrange(20, 9_000) * 500:,}"
        share = f"{chance.randrange(1000, 10_000) / 100:.2f}"
        cells = (str(count), name, money, share, chance.choice(_OFFICES))
        rows.append(
            Block(
                Part.ROW,
                tuple(
                    cell if index in {1, 4} else _figure(cell, thai=thai)
                    for index, cell in enumerate(cells)
                ),
            )
        )
    return rows


def _figure(text: str, *, thai: bool) -> str:
    return text.translate(_THAI_DIGITS) if thai else text
