"""`python -m training --data FOLDER`: from the named open data to the files under `analysis/language/weights/`.

Four rounds: the network on trees and names; a larger teacher on the same; its scores for the same texts and for open
ones; the network again on both. The best on the dev parts of each round goes into the next, the last is written out.
"""

from __future__ import annotations

import argparse
import random
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.language.weights import HOME

if TYPE_CHECKING:
    from torch import nn

    from training.examples import Example
    from training.fit import Step


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and ner_open/")
    parser.add_argument("--text", type=Path, required=True, help="folder with wikipedia/ and speeches/ (open_text.py)")
    parser.add_argument("--work", type=Path, default=Path("artifacts/language"), help="where runs are kept")
    parser.add_argument("--out", type=Path, default=HOME, help="where the packed weights go")
    parser.add_argument("--minutes", type=float, default=110, help="for the rounds together, by the clock")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args()
    for folder in (given.data / "treebank", given.data / "ner_open", given.text / "wikipedia"):
        if not folder.is_dir():
            parser.error(f"There is no folder {folder}. MODEL_CARD.md names the data and where it comes from.")
    try:
        import torch
        import transformers  # noqa: F401
    except ImportError:
        parser.error("Training needs more than the product does; MODEL_CARD.md has the line to install it.")
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    Training(given.data, given.text, given.work, given.out, random.Random(given.seed)).run(given.minutes)


class Training:
    """The data, read once, and the rounds."""

    def __init__(self, data: Path, text: Path, work: Path, out: Path, rng: random.Random) -> None:
        from training import examples, names, network, open_text, soft, vectors

        self.work, self.out, self.rng, self.nlp = work, out, rng, examples.tokeniser()
        self.texts, dev_texts = (examples.documents(data, parts) for parts in (examples.TRAIN, examples.DEV))
        names.mark(self.texts)
        names.mark(dev_texts)
        self.known = examples.labels(self.texts)
        corpus = names.corpus(data)
        rng.shuffle(corpus)
        apart, self.corpus = corpus[:250], corpus[250:]  # the open data mark no dev part: a share chooses the weights
        dev = examples.trees(self.nlp, dev_texts, self.known, None)
        random.Random(1).shuffle(dev)
        self.dev = dev[:260] + [examples.named(self.nlp, *one) for one in apart]
        frequent, table, scale = vectors.load()
        self.table = table.astype("float32") * scale
        self.forms = network.Forms({word: i for i, word in enumerate(frequent)})
        self.forms("")
        self.open = list(soft.passages(self.nlp, open_text.paragraphs(text), rng))

    def trees(self) -> list[Example]:
        """One round through the treebanks, newly changed."""
        from training import examples

        return examples.trees(self.nlp, self.texts, self.known, self.rng)

    def names(self) -> list[Example]:
        """One round through the corpora of names, newly changed."""
        from training import examples, names

        changed = (names.changed(one, self.rng) for one in self.corpus)
        return [examples.named(self.nlp, *one) for one in changed if one[0]]

    def run(self, minutes: float) -> None:
        from training import fit, network, pack, soft, teacher

        pupil = network.Network(self.table, self.known)
        gold, named = self._steps(pupil)
        self._round(pupil, "gold", [*[gold] * 5, named], minutes * 0.30, rate=2e-3)

        master = teacher.Teacher(self.table, self.known)
        gold, named = self._steps(master)
        self._round(master, "teacher", [*[gold] * 5, named], minutes * 0.29, rate=1.5e-3)
        taught = [*self.open, *self.trees(), *self.names()]
        soft.label(master, self.forms, taught, self.rng)

        pupil = network.Network(self.table, self.known, drop=0.2, drop_state=0.1)
        self._load(pupil, "gold")
        gold, named = self._steps(pupil)
        stream = fit.endless(lambda: taught, self.rng)
        learn = fit.step(pupil, self.forms, stream, partial(soft.loss, known=self.known))
        turn = [gold, learn, learn, gold, learn, learn, gold, learn, learn, named]
        for name, share, rate in (("taught", 0.14, 2e-3), ("grammar", 0.27, 1.4e-3)):
            self._round(pupil, name, turn, minutes * share, rate=rate, decay=1e-5)
        pack.pack(self.work / "grammar.pt", self.texts, self.out)

    def _steps(self, model: nn.Module) -> tuple[Step, Step]:
        from training import fit

        streams = (fit.endless(one, self.rng) for one in (self.trees, self.names))
        trees, names = (fit.step(model, self.forms, stream) for stream in streams)
        return trees, names

    def _round(self, model: nn.Module, name: str, steps: list[Step], minutes: float, **rates: float) -> None:
        """Train, then take the weights that did best."""
        from training import fit

        print(f"{name}: {minutes:.0f} minutes", flush=True)
        fit.run(model, self.forms, self.known, steps, self.dev, self.work / f"{name}.pt", minutes=minutes, **rates)
        self._load(model, name)

    def _load(self, model: nn.Module, name: str) -> None:
        import torch

        model.load_state_dict(torch.load(self.work / f"{name}.pt", weights_only=False)["model"], strict=False)


if __name__ == "__main__":
    main()
