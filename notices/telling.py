"""One round: look at what is stored, and say what would go to whom. Queueing and sending follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from notices.collecting import collect
from notices.composing import Plan, plan, settled_told
from notices.routing import parcels

if TYPE_CHECKING:
    from notices.collecting import Sources
    from notices.letters import Letters


def planned_now(
    sources: Sources, owner_mails: Mapping[str, str], letters: Letters, *, whole: bool
) -> Plan:
    """The messages that are to be queued now; nothing is written.

    `owner_mails` are the registry's addresses by unit id, `whole` says that nothing was left out
    of `sources`. Raises `StoreError`, `ChecklistError` and `LetterError`.
    """
    told = settled_told(sources.outbox.told(), sources.outbox)
    routed = parcels(collect(sources, told), sources.book, owner_mails, told)
    return plan(
        routed, told, sources.outbox, sources.book, letters, sources.now, whole=whole
    )  # fmt: skip
