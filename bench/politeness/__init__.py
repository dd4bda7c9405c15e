"""A sweep of many slow hosts, beside the least time that politeness allows."""

from bench.politeness.measure import measure
from bench.subject import Subject

SUBJECT = Subject(
    "politeness",
    "เวลาของการตรวจ เทียบขอบเขตของความสุภาพ / Sweep time, beside the bound of politeness",
    measure,
)
