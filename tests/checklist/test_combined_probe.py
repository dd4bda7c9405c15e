"""Joined probes: signs that prove only together, and what casts doubt on evidence."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from checklist.probes.combined import EitherProbe, UnlessProbe
from checklist.probes.terms import TermsProbe
from checklist.verdict import ElementState
from tests.checklist.pages import CONTEXT, page


def term(word: str) -> TermsProbe:
    return TermsProbe(kind="terms", all=((word,),))


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("หนึ่ง สอง", "present"),
        ("หนึ่ง สี่", "unsure"),
        ("หนึ่ง", "absent"),
        ("ไม่มีเลย", "absent"),
    ],
)
def test_several_signs_together(words: str, state: str) -> None:
    probes = (term("หนึ่ง"), term("สอง"), term("~สี่"))
    finding = EitherProbe(kind="any", at_least=2, probes=probes).look(
        [page(f"<p>{words}</p>")], CONTEXT
    )
    assert finding.state is ElementState(state)
    assert len(finding.quotes) == (1 if "หนึ่ง" in words else 0)


def test_no_more_signs_can_be_asked_for_than_there_are() -> None:
    with pytest.raises(ValidationError):
        EitherProbe(kind="any", at_least=3, probes=(term("หนึ่ง"), term("สอง")))


@pytest.mark.parametrize(
    ("words", "state"),
    [("จัดแล้ว", "present"), ("จัดแล้ว จะจัด", "unsure"), ("จะจัด", "absent"), ("อื่น", "absent")],
)
def test_doubt_asks_a_person_only_where_there_is_evidence(words: str, state: str) -> None:
    probe = UnlessProbe(kind="unless", probe=term("จัดแล้ว"), forbidden=term("จะจัด"), doubtful=True)
    assert probe.look([page(f"<p>{words}</p>")], CONTEXT).state is ElementState(state)
