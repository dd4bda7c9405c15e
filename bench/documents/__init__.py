"""Reading the text of PDF files, beside PDFium alone."""

from bench.documents.measure import measure
from bench.subject import Subject

SUBJECT = Subject(
    "documents", "ข้อความของ PDF เทียบ pypdfium2 เปล่า / PDF text, beside bare pypdfium2", measure
)
