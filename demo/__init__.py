"""A demonstration ministry: invented units, their websites, and what an assessor would say.

Nearly everything is data. `units/<id>.yaml` says who a unit is, how its site is laid out and
served, and what is wrong with which item; `truth/<id>.yaml` says, written by hand, what a
careful assessor finds there. `texts/O<n>.html` holds a complete text for each item, with the
unit and the fiscal year left open; `slips/` the texts that are no evidence; `layouts/` the page
frames; `kinds/` what every province, local authority or central agency has.

`copies.yaml` holds names for copies of these units, as many as a bench wants.

To add a unit, write its two YAML files with a number of its own; the tests hold that what is
seeded and what the truth says agree.
"""
