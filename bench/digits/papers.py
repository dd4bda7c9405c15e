"""Pages such as agencies publish, with known Thai digits: letters, announcements, reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from bench.digits.lines import drawn

if TYPE_CHECKING:
    import numpy as np

    from bench.digits.faces import Face

_RUNS = re.compile(r"[๐-๙]+|[0-9]+|[\x00-\x7f]+?(?=[0-9๐-๙]|[^\x00-\x7f]|$)|[^\x00-\x7f๐-๙]+")
_DIGIT_INCHES = 0.068
_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม",
    "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.")
_PLACES = (
    "กระบี่", "กาญจนบุรี", "กาฬสินธุ์", "ขอนแก่น", "จันทบุรี", "ฉะเชิงเทรา", "ชลบุรี", "เชียงใหม่",
    "ตรัง", "นครปฐม", "นนทบุรี", "น่าน", "บุรีรัมย์", "พะเยา", "เพชรบุรี", "แพร่", "ภูเก็ต", "ยโสธร",
    "ระนอง", "ลำปาง", "เลย", "สงขลา", "สุโขทัย", "หนองคาย", "อ่างทอง", "อุตรดิตถ์", "มุกดาหาร",
)  # fmt: skip
_TEMPLATES = (
    "แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. {y}",
    "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. {y} รอบ ๖ เดือน",
    "ประกาศ ณ วันที่ {d} {m} พ.ศ. {y}",
    "ที่ ศก {n}/{n} ลงวันที่ {d} {m} {y}",
    "ตามพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. {y}",
    "แผนพัฒนาท้องถิ่น ({y} - {y})",
    "ข้อมูล ณ วันที่ {d} {s} {y} จำนวน {n} ราย",
    "(๑ ตุลาคม {y} - ๓๐ กันยายน {y})",
    "งบประมาณรายจ่ายประจำปี {y} เป็นเงิน {n},{t} บาท",
    "ผลการประเมิน ITA ปี {y} ได้คะแนน {n}.{d}",
    "คำสั่งเทศบาลตำบล ที่ {n}/{y} เรื่อง แต่งตั้งคณะทำงาน",
    "มาตรา {d} แห่งพระราชกฤษฎีกาว่าด้วยหลักเกณฑ์ (ฉบับที่ ๒) พ.ศ. {y}",
    "นโยบายไม่รับของขวัญ (No Gift Policy) ประจำปี {y}",
    "รายงานการกำกับติดตามการใช้จ่ายงบประมาณ เดือน {m} {y}",
    "สรุปผลการจัดซื้อจัดจ้างในรอบเดือน {m} พ.ศ.{y}",
    "ปีงบประมาณ {y} ลดลงจากปี {y} ร้อยละ {n}.{d}",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A page picture and the text of its lines from top to bottom."""

    picture: Image.Image
    lines: tuple[str, ...]


def paper(face: Face, dpi: int, random: np.random.Generator, lines: int = 24) -> Paper:
    """An A4 page of `lines` lines with about as many years, set in `face`."""
    page = Image.new("L", (int(8.27 * dpi), int(11.69 * dpi)), 255)
    height = _DIGIT_INCHES * dpi
    down = int(0.8 * dpi)
    texts = []
    places = random.permutation(len(_PLACES))
    for number in range(lines):
        # A name of its own in every line, by which the line is found again in what was read.
        place = _PLACES[int(places[number % len(places)])]
        text = f"{_filled(str(random.choice(_TEMPLATES)), random)} {place}"
        size = height * (1.25 if number < 2 else random.uniform(0.9, 1.1))
        line, _ = drawn(face, _RUNS.findall(text), size, random, worn_type=False)
        if line.width > page.width - 1.2 * dpi:
            line = line.crop((0, 0, int(page.width - 1.2 * dpi), line.height))
            continue
        page.paste(line, (int(0.9 * dpi), down))
        texts.append(text)
        down += int(3.9 * size)
        if down > page.height - 1.2 * dpi:
            break
    return Paper(page, tuple(texts))


def _filled(template: str, random: np.random.Generator) -> str:
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    makers = {
        "y": lambda: str(random.integers(2550, 2572)),
        "d": lambda: str(random.integers(1, 32)),
        "n": lambda: str(random.integers(1, 1500)),
        "t": lambda: f"{random.integers(0, 1000):03d}",
        "m": lambda: str(random.choice(_MONTHS)),
        "s": lambda: str(random.choice(_SHORT)),
    }
    return re.sub(r"\{(.)\}", lambda found: makers[found[1]]().translate(thai), template)
