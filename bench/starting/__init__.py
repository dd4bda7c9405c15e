"""How long the program takes to start, beside Python loading three libraries."""

from bench.starting.measure import measure
from bench.subject import Subject

SUBJECT = Subject("starting", "การเริ่มโปรแกรม / Start-up", measure)
