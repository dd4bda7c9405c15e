"""News about a document or a deed: people met over it, opened it, handed it out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklist.reading import Reading

_STORY_CHARS = 3000
# What news says of a document, in match form: that people met over it, or handed it out.
_STORY = re.compile(
    r"ภาพ/ข่าว|ข่าว/ภาพ|ภาพข่าว:|ผู้สื่อข่าว|ประมวลภาพ"
    r"|เมื่อวัน(?:ที่|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์).{0,160}?"
    r"(?:เป็นประธาน|จัดประชุม|จัดการประชุม|ร่วมประชุม|เข้าร่วม|จัดกิจกรรม|จัดอบรม|จัดโครงการ|มอบคู่มือ|แจกคู่มือ)"
)


def is_story(reading: Reading) -> bool:
    """True for a short text that tells of people doing something with a document."""
    return len(reading.body) < _STORY_CHARS and _STORY.search(reading.body) is not None
