"""A scan as a board of units and items: one short line a unit, from which every page is counted.

`models` and `line` are what is kept, `rows` writes and fills it, `matrix` is a scan's board in
memory, `points` its scores, `decisions` what people decided, `choice` filters and sorts,
`counts` adds up, `trend` compares scans, `shelf` keeps the boards that were read last.
"""
