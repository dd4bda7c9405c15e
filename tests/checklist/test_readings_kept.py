"""The readings of documents: kept while they are judged, let go afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from checklist.evidence import Document, Fetch, Passage, Region, TextSource
from checklist.reading import forget, reading_of


def document(number: int) -> Document:
    url = f"https://surin.example/{number}"
    said = Passage(f"รายงานผลการดำเนินงาน ฉบับที่ {number}", Region.MAIN)
    return Document(fetch=Fetch(url, url), source=TextSource.HTML, passages=(said,))


def test_a_document_is_read_once_while_it_is_judged() -> None:
    one = document(1)
    assert reading_of(one) is reading_of(one)


def test_what_is_judged_is_forgotten_and_others_are_not() -> None:
    one, other = document(1), document(2)
    kept = reading_of(other)
    before = reading_of(one)
    forget([one, document(3)])
    assert reading_of(one) is not before
    assert reading_of(one).evidence == before.evidence
    assert reading_of(other) is kept


def test_threads_that_judge_more_documents_than_are_kept_all_get_their_own() -> None:
    documents = [document(number) for number in range(1_500)]

    def read(_: int) -> bool:
        return all(reading_of(one).document is one for one in documents)

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(read, range(8)))
    forget(documents)
