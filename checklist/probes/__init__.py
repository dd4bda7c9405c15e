"""The probe kinds, one file each, named by what an assessor looks for.

`AnyProbe` is the union that a checklist's `probe:` key accepts, told apart by `kind`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from checklist.probes.channel import ChannelProbe
from checklist.probes.columns import ColumnsProbe
from checklist.probes.combined import AllProbe, EitherProbe, UnlessProbe
from checklist.probes.contact import ContactProbe
from checklist.probes.document import DocumentProbe
from checklist.probes.image import ImageProbe
from checklist.probes.linked import LinkedProbe
from checklist.probes.none_statement import NoneStatementProbe
from checklist.probes.people import PeopleProbe
from checklist.probes.period import PeriodProbe
from checklist.probes.reachable import ReachableProbe
from checklist.probes.series import SeriesProbe
from checklist.probes.signature import SignatureProbe
from checklist.probes.social import SocialProbe
from checklist.probes.terms import TermsProbe

AnyProbe = Annotated[
    TermsProbe
    | PeriodProbe
    | PeopleProbe
    | ContactProbe
    | ChannelProbe
    | SocialProbe
    | SeriesProbe
    | ColumnsProbe
    | DocumentProbe
    | ImageProbe
    | SignatureProbe
    | NoneStatementProbe
    | LinkedProbe
    | ReachableProbe
    | EitherProbe
    | AllProbe
    | UnlessProbe,
    Field(discriminator="kind"),
]

for _combined in (EitherProbe, AllProbe, UnlessProbe):
    _combined.model_rebuild(_types_namespace={"AnyProbe": AnyProbe})

__all__ = ["AnyProbe"]
