"""Editions of the divisions: founded from the first, reviewed county by county from the second.

`rows` reads and checks a list, `founding` founds from the first; `comparison` (with `matching` and
`merging`, all pure) compares a later one, `receiving` keeps it for review; `deciding` and `answers`
take the decisions; `draft` and `checking` look at a county as a whole, `effect` carries it out,
`undoing` takes it back; `heirs` asks other packages what becomes of their rows.
"""
