"""What a browser did not show of a page, marked at its elements before the HTML is taken."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import Error

from crawler.extract.html_facts import MARK

if TYPE_CHECKING:
    from playwright.async_api import Page

_MOST = 60_000
"""Elements looked at; what stands behind them is taken as shown."""
_ALIKE = 12
_SMALLEST_PX = 4
_FARTHEST_PX = 10_000
ARGUMENTS = [MARK, _MOST, _ALIKE, _SMALLEST_PX, _FARTHEST_PX]
"""What `SCRIPT` is given."""
SCRIPT = """
([mark, most, alike, smallest, farthest]) => {
  const numbers = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const clear = c => { const n = numbers(c); return n.length > 3 && n[3] <= 0.05; };
  const paper = e => {
    for (; e; e = e.parentElement) {
      const s = getComputedStyle(e);
      if (s.backgroundImage !== 'none') return null;
      if (!clear(s.backgroundColor)) return numbers(s.backgroundColor);
    }
    return [255, 255, 255];
  };
  const faint = (e, s) => {
    const ink = s.webkitTextFillColor || s.color;
    if (s.textShadow !== 'none' || (s.webkitBackgroundClip || '').includes('text')) return false;
    if (clear(ink)) return true;
    const under = paper(e), n = numbers(ink);
    if (under === null || n.length < 3) return false;
    return [0, 1, 2].every(i => Math.abs(n[i] - under[i]) <= alike);
  };
  const words = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const sight = (e, s) => {
    const up = e.parentElement && getComputedStyle(e.parentElement);
    if (s.display === 'none' || parseFloat(s.opacity) <= 0.09) return 'closed';
    if (s.visibility !== 'visible' && up && up.visibility === 'visible') return 'closed';
    const box = e.getBoundingClientRect();
    const cut = /hidden|clip/.test(s.overflow);
    if (cut && box.height <= 1) return box.width <= 1 ? 'unseen' : 'closed';
    if (!words(e) || s.visibility !== 'visible' || !e.getClientRects().length) return '';
    if (parseFloat(s.fontSize) < smallest || faint(e, s)) return 'unseen';
    const left = box.left + scrollX, top = box.top + scrollY;
    const off = left + box.width <= 0 || top + box.height <= 0 || left >= farthest;
    return off ? 'unseen' : '';
  };
  let looked = 0;
  for (const e of document.body ? document.body.querySelectorAll('*') : []) {
    if (looked++ >= most) break;
    e.removeAttribute(mark);
    const found = sight(e, getComputedStyle(e));
    if (found) e.setAttribute(mark, found);
  }
}
"""


async def mark_unseen(page: Page) -> None:
    """Write at each element whose text a visitor does not see why: `closed` or `unseen`.

    `closed` is what may be opened by a click, `unseen` what no click brings into sight. A page
    that cannot be asked stays without marks.
    """
    with suppress(Error):
        await page.evaluate(SCRIPT, ARGUMENTS)
