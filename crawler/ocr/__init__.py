"""Scans read: page pictures to text, Thai digits by a network of our own, sureness kept."""

from crawler.ocr.document import may_be_read_on, read_pages
from crawler.ocr.pool import OcrPool
from crawler.ocr.settings import OcrSettings

__all__ = ["OcrPool", "OcrSettings", "may_be_read_on", "read_pages"]
