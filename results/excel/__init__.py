"""Building blocks of every workbook: the unit's and the overview's.

`book` holds sheets into which any text may be written, `table` a sheet that is one table,
`looks` the colours and the font, `measure` how high a row must be.
"""
