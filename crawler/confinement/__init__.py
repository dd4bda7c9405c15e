"""Ties the processes down that open what strangers published: limits, no network, no files."""

from crawler.confinement.limits import (
    MEBIBYTE,
    Confinement,
    Limits,
    begin_job,
    confine,
    confinement_of,
    end_job,
)

__all__ = [
    "MEBIBYTE",
    "Confinement",
    "Limits",
    "begin_job",
    "confine",
    "confinement_of",
    "end_job",
]
