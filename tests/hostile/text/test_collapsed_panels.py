"""The honest neighbour: panels that a click opens.

Tried: a tightened reader might throw out accordions, tabs and details that hold the real report.
Must: what the page itself offers to open is published.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "details": "<details><summary>รายงาน</summary>@</details>",
    "button": "<button>เปิด</button><div style='display:none'>@</div>",
    "target": "<a data-toggle='collapse' href='#p'>ดู</a><div id='p' style='display:none'>@</div>",
    "tab": "<style>.tab-pane{display:none}</style><div class='tab-pane'>@</div>",
    "height": "<h3 class='accordion'>ดู</h3><div style='max-height:0;overflow:hidden'>@</div>",
    "fade": "<div class='aos-init' style='opacity:0'>@</div>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_published(case: str) -> None:
    assert CLAIM in published(page("<p>ก</p>" + CASES[case].replace("@", CLAIM)))
