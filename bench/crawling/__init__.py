"""Crawling, reading and judging a site, beside programs that only crawl it."""

from bench.crawling.measure import measure
from bench.subject import Subject

SUBJECT = Subject(
    "crawling", "เก็บ อ่าน และตัดสิน เทียบโปรแกรมอื่น / Crawl, extract and judge, beside peers", measure
)
