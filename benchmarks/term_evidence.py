"""Counts how often trained readers marked each term of the lexicon, over how often it occurred.

    python -m benchmarks.term_evidence --data FOLDER [--write]

FOLDER holds babe/sg2.jsonl.gz (Spinde 2021); only its train part is counted. Two numbers for each term that the lexicon
already has leave this script: the columns `marked` and `occurred` of loaded.tsv. No term is taken from the data.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from analysis import language, lexicon
from analysis.detectors import context, loaded_terms
from analysis.lexicon import Term
from analysis.lexicon.matching import Matcher, build
from analysis.model import Article, Reading, Span
from benchmarks.fit_wording import load

LOADED_FILE = Path(lexicon.__file__).parent / "loaded.tsv"
Key = tuple[str, str]


def count(folder: Path) -> tuple[Counter[Key], Counter[Key]]:
    """(term, pos) -> times marked by the majority of readers, and times it occurred in the sense of the lexicon."""
    everything: Matcher[Term] = build((term.term, term.pos, term) for term in lexicon.load_terms())
    marked: Counter[Key] = Counter()
    occurred: Counter[Key] = Counter()
    train = [row for row in load(folder) if row["split"] == "train"]
    for row, doc in zip(train, language.read_many([row["text"] for row in train]), strict=True):
        here = context.of(Reading(Article("", row["text"]), doc, (), (), (), (), ()))
        spans = [Span(span["start"], span["end"]) for span in row["word_spans"]]
        for match in everything.find(here.words, here.text, lambda match, here=here: loaded_terms.meant(here, match)):
            key = (match.entry.term, match.entry.pos)
            occurred[key] += 1
            marked[key] += any(here.span(match.first, match.last).overlaps(span) for span in spans)
    return marked, occurred


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--write", action="store_true", help="write the counts to loaded.tsv")
    options = parser.parse_args()
    marked, occurred = count(options.data)
    print(f"{len(occurred)} terms occurred {occurred.total()} times; readers marked {marked.total()} of these.")
    if options.write:
        lines = LOADED_FILE.read_text(encoding="utf-8").splitlines()
        body = []
        for line in lines[1:]:
            cells = line.split("\t")
            key = (cells[0], cells[1])
            body.append("\t".join([*cells[:-2], str(marked[key]), str(occurred[key])]))
        LOADED_FILE.write_text("\n".join([lines[0], *body]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
