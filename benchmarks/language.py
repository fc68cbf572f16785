"""`python -m benchmarks.language --data FOLDER`: scores of the shipped grammar on parts it never saw, beside the goals.

The text goes through `analysis.language.read_many`, as in the product: paragraph by paragraph, cut into words and
sentences by our own tools. A word counts for tags and trees where our tokeniser and the treebank agree on it.
Attachment leaves punctuation out, as spaCy's scorer does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example

from analysis.language import read, read_many
from training.conllu import Paragraph
from training.conllu import read as read_conllu

GOALS = {
    "EWT test: LAS": 84.0,
    "PUD: LAS": 87.0,
    "EWT test: tags": 94.5,
    "PUD: tags": 96.0,
    "GUM test, edited news paragraphs: sentences F": 97.0,
    "UNER PUD news: names F, span without type": 82.0,
}


@dataclass(frozen=True, slots=True)
class Score:
    name: str
    value: float
    note: str


def paragraphs(path: Path) -> list[Paragraph]:
    return [paragraph for document in read_conllu(path) for paragraph in document]


def text_of(paragraph: Paragraph) -> str:
    return " ".join(
        "".join(w + " " * s for w, s in zip(sentence.words, sentence.spaces, strict=True)).strip()
        for sentence in paragraph
    )


def grammar(given: list[Paragraph]) -> dict[str, float]:
    """UAS, LAS, tags, word classes and lemmas in per cent of the gold words, and the F of sentence ends."""
    right = dict.fromkeys(("UAS", "LAS", "LAS without subtypes", "tags", "classes", "lemmas"), 0)
    words = arcs = found = gold_ends = made_ends = both = 0
    for paragraph, doc in zip(given, read_many(text_of(p) for p in given), strict=True):
        place = {(t.idx, t.idx + len(t)): t for t in doc}
        spans: list[tuple[int, int]] = []
        at = 0
        ends: set[int] = set()
        for sentence in paragraph:
            for word, blank in zip(sentence.words, sentence.spaces, strict=True):
                spans.append((at, at + len(word)))
                at += len(word) + blank
            at = spans[-1][1]
            ends.add(at)
            at += 1
        made = {span.end_char for span in doc.sents}
        gold_ends, made_ends, both = gold_ends + len(ends), made_ends + len(made), both + len(ends & made)
        start = 0
        for sentence in paragraph:
            for i in range(len(sentence.words)):
                token = place.get(spans[start + i])
                words += 1
                dep = sentence.deps[i]
                arcs += dep != "punct"
                if token is None:
                    continue
                found += 1
                right["tags"] += token.tag_ == sentence.tags[i]
                right["classes"] += token.pos_ == sentence.pos[i]
                right["lemmas"] += token.lemma_ == sentence.lemmas[i]
                if dep == "punct":
                    continue
                head = spans[start + sentence.heads[i]]
                same = (token.head.idx, token.head.idx + len(token.head)) == head
                right["UAS"] += same
                right["LAS"] += same and token.dep_ == dep
                right["LAS without subtypes"] += same and token.dep_.split(":")[0] == dep.split(":")[0]
            start += len(sentence.words)
    scores = {k: 100 * v / (arcs if "AS" in k else words) for k, v in right.items()}
    scores["sentences F"] = 200 * both / (gold_ends + made_ends)
    scores["words in common"] = 100 * found / words
    return scores


Names = set[tuple[int, int, str]]


def uner(path: Path, prefix: str = "") -> Iterator[tuple[str, Names]]:
    """Sentences of a UNER file whose id begins with `prefix`: their text, and the names in it by offset."""
    text, wanted = "", False
    words: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            if line.startswith("# sent_id"):
                wanted = line.split("=")[1].strip().startswith(prefix)
            elif line.startswith("# text"):
                text = line.split("=", 1)[1].strip()
            elif line.strip() and not line.startswith("#"):
                row = line.split("\t")
                words.append((row[1], row[2]))
            elif words:
                if wanted:
                    yield text, _offsets(text, words)
                words = []


def _offsets(text: str, words: list[tuple[str, str]]) -> Names:
    made: list[list[int | str]] = []
    at = 0
    for word, tag in words:
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        if tag.startswith("B-"):
            made.append([start, at, tag[2:]])
        elif tag.startswith("I-") and made:
            made[-1][1] = at
    return {(int(a), int(b), str(c)) for a, b, c in made}


def names(given: Iterable[tuple[str, Names]], *, misc: bool) -> dict[str, float]:
    """Strict F of names, without type and with it. Corpora that know no MISC are scored without ours."""
    rows = list(given)
    gold = made = spans = types = 0
    for (_, wanted), doc in zip(rows, read_many(text for text, _ in rows), strict=True):
        ours = {(e.start_char, e.end_char, e.label_) for e in doc.ents if misc or e.label_ != "MISC"}
        gold, made = gold + len(wanted), made + len(ours)
        spans += len({w[:2] for w in wanted} & {o[:2] for o in ours})
        types += len(wanted & ours)
    return {
        "span P": 100 * spans / max(made, 1),
        "span R": 100 * spans / max(gold, 1),
        "span F": 200 * spans / max(made + gold, 1),
        "typed F": 200 * types / max(made + gold, 1),
    }


def jsonl(path: Path) -> Iterator[tuple[str, Names]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["text"], {(e["start"], e["end"], e["type"]) for e in row["entities"]}


def news(path: Path) -> list[Paragraph]:
    """Edited paragraphs of GUM's news: those in which every sentence ends in a stop. Lists of links are none."""
    kept = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        ids = [line.split("=")[1].strip() for line in lines if line.startswith("# newdoc id")]
    for name, document in zip(ids, read_conllu(path), strict=True):
        if "_news_" in name:
            kept += document
    closed = re.compile(r"[.?!…][\"'“”’)\]]*$")
    return [p for p in kept if all(closed.search("".join(s.words[-3:])) for s in p)]


def speed(texts: list[str]) -> float:
    """Words per second of processor time, nothing remembered."""
    read("Load the weights.")
    began = time.process_time()
    words = sum(len(doc) for doc in read_many(texts))
    return words / (time.process_time() - began)


def stock() -> spacy.Language:
    """A pipeline built as en_core_web_sm is: its layers and sizes, with random weights."""
    nlp = spacy.blank("en")
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "include_static_vectors": False}
    embed |= {"attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]}
    embed |= {"rows": [5000, 1000, 2500, 2500, 50, 50]}
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1}
    vectors = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode | {"maxout_pieces": 3}}
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    state = {"@architectures": "spacy.TransitionBasedParser.v2", "hidden_width": 64, "maxout_pieces": 2}
    state |= {"extra_state_tokens": False, "use_upper": True}
    nlp.add_pipe("tok2vec", config={"model": vectors})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"model": state | {"state_type": "parser", "tok2vec": listener}})
    nlp.add_pipe("ner", config={"model": state | {"state_type": "ner", "tok2vec": vectors}})
    doc = read("The minister met Angela Merkel in Berlin, she said, and then he left.")
    example = Example(
        nlp.make_doc(doc.text),
        Doc(
            nlp.vocab,
            words=[t.text for t in doc],
            tags=[t.tag_ for t in doc],
            heads=[t.head.i for t in doc],
            deps=[t.dep_ for t in doc],
            ents=["O" if not t.ent_type_ else f"{t.ent_iob_}-{t.ent_type_}" for t in doc],
        ),
    )
    nlp.initialize(lambda: [example])
    return nlp


def stock_speed(texts: list[str]) -> float:
    """Words per second of processor time, of the stock architecture."""
    nlp = stock()
    list(nlp.pipe(texts[:3]))
    began = time.process_time()
    words = sum(len(made) for made in nlp.pipe(texts))
    return words / (time.process_time() - began)


def measure(data: Path) -> Iterator[Score]:
    bank = data / "treebank"
    pud = [[sentence] for paragraph in paragraphs(bank / "pud-test.conllu.gz") for sentence in paragraph]
    texts = [text_of([s for one in pud[at : at + 10] for s in one]) for at in range(0, len(pud), 10)]
    yield Score("speed: words a second, everything", speed(texts), "of processor time, this machine")
    yield Score("speed: words a second, stock architecture", stock_speed(texts), "random weights")
    for name, given in (
        ("EWT test", paragraphs(bank / "ewt-test.conllu.gz")),
        ("PUD", pud),
        ("GUM test", paragraphs(bank / "gum-permissive-test.conllu.gz")),
    ):
        for key, value in grammar(given).items():
            yield Score(f"{name}: {key}", value, "")
    for part in ("dev", "test"):
        edited = news(bank / f"gum-permissive-{part}.conllu.gz")
        scores = grammar(edited)
        count = sum(len(p) for p in edited)
        yield Score(f"GUM {part}, edited news paragraphs: sentences F", scores["sentences F"], f"{count} sentences")
    open_ = data / "ner_open"
    for name, rows, misc in (
        ("UNER PUD news", uner(open_ / "uner-pud.iob2.gz", "n"), False),
        ("UNER PUD encyclopaedia", uner(open_ / "uner-pud.iob2.gz", "w"), False),
        ("UNER EWT test", uner(open_ / "uner-ewt-test.iob2.gz"), False),
        ("CoNLL++ 2020 news", jsonl(data / "ner_conllpp2020" / "docs.jsonl.gz"), True),
    ):
        for key, value in names(rows, misc=misc).items():
            suffix = ", span without type" if key.startswith("span") else ", typed"
            yield Score(f"{name}: names {key.split()[1]}{suffix}", value, "")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.language", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and ner_open/")
    given = parser.parse_args()
    if not (given.data / "treebank").is_dir():
        sys.exit(f"No treebank folder in {given.data}. training/MODEL_CARD.md names the data and where it comes from.")
    for score in measure(given.data):
        goal = GOALS.get(score.name)
        beside = "" if goal is None else f"goal {goal:.1f} {'reached' if score.value >= goal else 'missed'} "
        print(f"{score.name:58} {score.value:9.2f}  {beside}{score.note}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
