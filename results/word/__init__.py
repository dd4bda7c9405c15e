"""Building blocks of every Word paper: the gap report, the memo, the monthly and the yearly one.

`letters` knows how Word sets Thai, `styles` the look of a paper, `paper` its pages and file,
`text` what stands in a line, `tables`, `fields` and `pictures` the rest. Each takes and gives
python-docx's own objects.
"""
