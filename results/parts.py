"""The base of every part of a report, and the parts that tell of evidence beyond its text."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from checklist.verdict import Verdict
from checklist.whereabouts import Reach


class Part(BaseModel):
    """Base of every part of a report: immutable, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StepText(Part):
    """One click from the front page towards the evidence; `heading` stands above the link."""

    page_url: str
    page_title: str
    text: str
    context: str
    heading: str


class PlacementText(Part):
    """Where one piece of evidence stands and how a citizen comes to it; `line` says it in Thai.

    `direct`: its own address opens it (`None`: could not be checked). `clicks` from the front
    page along `path`, `None` unless `reach` is `linked`. `named`: a link or heading on the way
    names the item so that a citizen understands, `wording` are the words looked at.
    """

    url: str
    direct: bool | None
    reach: Reach
    clicks: int | None
    path: tuple[StepText, ...]
    named: bool | None
    wording: str
    own_site: bool | None
    line: str


class RecheckText(Part):
    """A second fetch of an item that stood worse than in the scan before; `line` says it in Thai.

    `confirmed`: worse both times. The verdict of the finding is the better one of the two.
    """

    before: Verdict
    first: Verdict
    second: Verdict
    first_at: datetime
    second_at: datetime
    confirmed: bool
    line: str


class ReasonText(Part):
    """A reason in words; `remedy` says in Thai what to do."""

    code: str
    th: str
    en: str
    remedy: str
