"""Whether the costly ways of reading are taken only where they are needed."""

from bench.needed.measure import measure
from bench.subject import Subject

SUBJECT = Subject(
    "needed", "เบราว์เซอร์และ OCR เท่าที่จำเป็น / Browser and OCR only where needed", measure
)
