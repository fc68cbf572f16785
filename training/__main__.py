"""`python -m training --data FOLDER`: from the named open data to the files under `analysis/language/weights/`.

All parts run one after the other: the grammar, a first recogniser of names, a second one that has also read what the
first found in the unmarked treebank, and the packing. `--part` runs one of them.
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path

from thinc.api import NumpyOps, fix_random_seed, set_current_ops

from analysis.language.weights import HOME

PARTS = ("grammar", "names", "pack")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and ner_open/")
    parser.add_argument("--work", type=Path, default=Path("artifacts/language"), help="where runs are kept")
    parser.add_argument("--out", type=Path, default=HOME, help="where the packed weights go")
    parser.add_argument("--part", choices=PARTS, action="append", help="run this part only; may be given again")
    parser.add_argument("--minutes", type=float, default=71, help="for the grammar; each recogniser takes a quarter")
    parser.add_argument("--every", type=int, default=300, help="steps between two looks at the dev part")
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args()
    if not (given.data / "treebank").is_dir():
        parser.error(f"No treebank folder in {given.data}. MODEL_CARD.md names the data and where it comes from.")
    fix_random_seed(given.seed)
    set_current_ops(NumpyOps(use_blis=False))  # numpy's own BLAS is four times as fast here
    parts = given.part or PARTS
    if "grammar" in parts:
        train_grammar(given, random.Random(given.seed))
    if "names" in parts:
        first = given.work / "names-first"
        if not first.is_dir():
            train_names(given, random.Random(given.seed))
            shutil.copytree(given.work / "names", first)
        train_names(given, random.Random(given.seed))
    if "pack" in parts:
        from training.pack import pack

        pack(given.work, given.data, given.out)


def train_grammar(given: argparse.Namespace, rng: random.Random) -> None:
    from training import grammar, loop

    nlp = grammar.pipeline()
    texts = grammar.documents(given.data, grammar.TRAIN)
    examples = grammar.stream(nlp, texts, rng)
    nlp.initialize(lambda: grammar.fixed(nlp, texts))
    dev = grammar.fixed(nlp, grammar.documents(given.data, grammar.DEV))
    random.Random(1).shuffle(dev)
    loop.run(
        nlp,
        examples,
        dev[:260],
        lambda s: s["dep_las"] + 0.3 * s["tag_acc"] + 0.2 * s["sents_f"],
        given.work / "grammar",
        minutes=given.minutes,
        every=given.every,
    )


def train_names(given: argparse.Namespace, rng: random.Random) -> None:
    from training import loop, names, pack

    tagger = pack.trained(given.work / "grammar")
    nlp = names.pipeline()
    corpus = names.corpus(given.data, tagger)
    rng.shuffle(corpus)
    dev, train = corpus[:500], corpus[500:]  # the open data mark no dev part: a random twelfth stops the training
    if (given.work / "names-first" / "model-best").is_dir():
        train += names.silver(given.data, pack.trained(given.work / "names-first"))
    nlp.initialize(lambda: [names.example(nlp, one) for one in train[:3000]])
    loop.run(
        nlp,
        names.stream(nlp, train, rng),
        [names.example(nlp, one) for one in dev],
        lambda s: s["ents_f"],
        given.work / "names",
        minutes=given.minutes / 4,
        every=given.every,
        dropout=0.3,
    )


if __name__ == "__main__":
    main()
