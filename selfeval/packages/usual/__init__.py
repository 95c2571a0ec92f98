"""Parts that are written as spreadsheets write them, read by regular expressions at once: a quick way for the usual.

Each module knows one kind of part, and says nothing of one that differs from its pattern in a single byte: then the
parser of elements reads it from its beginning and judges it. So nothing is let in that the parser would refuse.
"""
