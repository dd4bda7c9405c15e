"""From bytes to `Document`: HTML, PDF, Office files and plain text, read defensively."""

from crawler.extract.reader import extract, read_file

__all__ = ["extract", "read_file"]
