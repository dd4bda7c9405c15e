"""The most memory that a sweep holds."""

from bench.memory.measure import measure
from bench.subject import Subject

SUBJECT = Subject("memory", "หน่วยความจำสูงสุดของการตรวจ / Peak memory of a sweep", measure)
