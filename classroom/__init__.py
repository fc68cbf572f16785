"""The classroom: rooms in which pupils mark a text before they see what anybody else made of it.

    database   one SQLite file            rooms      codes, PINs, phases, texts
    pupils     nicknames and tokens       marks      operations in any order to marks
    agreement  Krippendorff's alpha       reveal     the class beside the analyser
    phone      messages of the phones     lessons    ready lessons            handout, export   on paper, as a table

Plain Python over SQLite; `views/` draws it.
"""
