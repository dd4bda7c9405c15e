"""From bytes to `Document`: HTML, PDF, Office files and plain text, read defensively."""

from crawler.extract.pool import ExtractPool
from crawler.extract.reader import extract, extract_all, read_file
from crawler.extract.shell import needs_browser

__all__ = ["ExtractPool", "extract", "extract_all", "needs_browser", "read_file"]
