"""A sweep on several machines: a queue of units in PostgreSQL, workers that take them.

The queue is procrastinate's (see docs/decisions/engine.md); what is done with a unit is what the
embedded sweep does with it, `sweep.unit_work`.
"""
