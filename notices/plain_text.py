"""Text from anywhere, made fit for a message: one line, nothing invisible in it."""

from __future__ import annotations

import re
import unicodedata

from results.wording import tidy


def one_line(text: str, limit: int = 0) -> str:
    """`text` on one line without control, direction or invisible marks, cut at `limit` letters."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return tidy(seen, limit)


def inert(text: str) -> str:
    """`text` that reads the same and in which no mail or chat program finds anything to act on.

    An invisible space parts what would become a link with a preview, a mention of everybody or a
    command: `evil.example`, `@all`, `<!channel>`, `[here](http://…)`. Mail addresses stay whole.
    """
    return _ACTING.sub(lambda found: found[0] if found["mail"] else f"{found[0]}\u200b", text)


_ACTING = re.compile(
    r"(?P<mail>[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?<=[A-Za-z0-9-])\.(?=[A-Za-z]{2})|://|@(?=\w)|<(?=[!@#]|https?:)|\](?=\()"
)
