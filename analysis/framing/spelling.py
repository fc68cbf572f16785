"""How words are written: tables come in, the words that a corpus writes with capitals go out.

The table of words holds them folded; names are shown as people write them.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from analysis.flat import fold
from analysis.framing.measured_once import once
from analysis.tables import Tables
from analysis.voices import WORD

READ = 1_000_000  # characters, of sentences from all over the corpus; a tenth of a second


def as_written(tables: Tables, words: pd.Series) -> pd.Series:
    """Folded words in the spelling that the whole corpus uses most; one that was not met there stays as it is."""
    whole = tables.part_of[0] if tables.part_of else tables
    spelt = capitals(whole)
    return words.map(lambda word: spelt.get(word, word)).astype("str")


@once
def capitals(tables: Tables) -> dict[str, str]:
    """Folded word to its spelling, where most uses have a capital; titles and first words of sentences do not count."""
    titled = tables.articles.loc[tables.articles["title"] != "", "article"]
    rows = tables.sentences
    rows = rows[(rows["start"] > 0) | ~rows["article"].isin(titled)]
    step = max(1, int(rows["text"].str.len().sum()) // READ)
    counts: Counter[str] = Counter()
    for text in rows["text"].iloc[::step]:
        counts.update(WORD.findall(text)[1:])
    best: dict[str, tuple[int, str]] = {}
    for written, n in counts.most_common():
        spelling = written.removesuffix("'s").removesuffix("’s")
        best.setdefault(fold(spelling), (n, spelling))
    return {word: spelling for word, (_, spelling) in best.items() if spelling != word and not spelling.islower()}
