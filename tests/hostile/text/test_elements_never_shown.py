"""Words in elements that a browser does not draw.

Tried: noscript, template, comments, scripts, fallbacks of objects, frames, video and canvas.
Must: nobody sees them, so they are not read as content.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "noscript": "<noscript>@</noscript>",
    "template": "<template>@</template>",
    "object": "<object data=a.pdf>@</object>",
    "video": "<video>@</video>",
    "audio": "<audio>@</audio>",
    "canvas": "<canvas>@</canvas>",
    "noframes": "<noframes>@</noframes>",
    "noembed": "<noembed>@</noembed>",
    "iframe": "<iframe>@</iframe>",
    "iframe inner": "<iframe srcdoc='@'></iframe>",
    "comment": "<!-- @ -->",
    "script": "<script>var t='@'</script>",
    "style": "<style>/* @ */</style>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)
