"""A learner's own table: from bytes or text to X and y, and what was read in words.

`decoding` makes text of bytes, `sheet` rows of cells, `cells` numbers, `table` X and y; `words`
tells of it.
"""
