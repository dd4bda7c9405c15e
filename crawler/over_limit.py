"""What stops an answer or a page that went past one of the crawl's limits."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class OverLimitError(IgnoreRequest):
    """An answer went past a limit; `code` is a reason code, `detail` names the limit in Thai."""

    def __init__(self, code: str, detail: str) -> None:
        """Keep the reason."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
