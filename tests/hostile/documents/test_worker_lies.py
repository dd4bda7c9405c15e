"""A worker that was taken over answers with something else than a document.

Tried: a pickle that runs a program where it is opened, JSON of other shapes, another address's
name and digest, a reason of its own making.
Must: no pickle is opened, other shapes are a lost worker, what the owner knows stays as it is.
"""

from __future__ import annotations

import json
import os
import pickle
from dataclasses import replace

import pytest

from checklist.evidence import Document, Fetch, Passage, Trail
from crawler.extract.answers import packed, unpacked

FETCH = Fetch("https://a.go.th/", "https://a.go.th/", sha256="aa")


class Runs:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, ("/tmp/oit-hostile-ran",))


@pytest.mark.parametrize(
    "answer",
    [
        pickle.dumps(Runs()),
        pickle.dumps(Document(FETCH)),
        b"[]",
        json.dumps({"fetch": {"url": "x", "final_url": "x"}, "passages": [{"text": 7}]}).encode(),
        b'{"fetch":',
    ],
)
def test_other_answers_are_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match="makes no sense"):
        unpacked(answer, FETCH, Trail())
    assert not os.path.exists("/tmp/oit-hostile-ran")


def test_what_the_owner_knows_is_not_taken_from_it() -> None:
    other = Fetch("https://other.go.th/", "https://other.go.th/", sha256="bb", problem="made_up")
    document = unpacked(packed(Document(other, trail=Trail(parent_url="x"))), FETCH, Trail())
    assert document.fetch == replace(FETCH, problem="extract_failed")
    assert document.trail == Trail()


def test_halves_of_letters_do_not_lose_the_document() -> None:
    document = Document(FETCH, passages=(Passage("\ud83d แผน 2567"),))
    assert unpacked(packed(document), FETCH, Trail()).passages[0].text.endswith("แผน 2567")
