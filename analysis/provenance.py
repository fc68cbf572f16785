"""What made the numbers: the versions that go into every output, so that a result can be repeated and cited."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analysis import __version__
from analysis.lexicon import own

_HOME = Path(__file__).resolve().parent
_FINGERPRINT = 12  # hexadecimal digits of SHA-256; enough to tell two versions of a word list apart
_DATA = {".tsv", ".json", ".txt", ".cfg", ".bin", ".npy", ".npz", ".gz", ""}  # "": spaCy's model files have no ending
OWN = ("own_words", "own_actors")  # names in `versions` of what a user brought
NAME = "News framing and attribution analysis"


def versions() -> dict[str, str]:
    """The version of the analysis, fingerprints of the lexicon and of the trained weights, and the libraries used.

    `own_words` and `own_actors` are there where a user's own are in use (`analysis.lexicon.own`).
    """
    used = own.current()
    mine = zip(OWN, (used.words.key, used.actors.key), strict=True)
    return _shipped() | {name: key for name, key in mine if key}


@cache
def _shipped() -> dict[str, str]:
    return {
        "analysis": __version__,
        "lexicon": fingerprint(_HOME / "lexicon"),
        "language": fingerprint(_HOME / "language"),
        "spacy": _installed("spacy"),
        "pandas": _installed("pandas"),
    }


def fingerprint(folder: Path) -> str:
    """A short hash of the data files of a folder: names and contents, in a fixed order. "none" where there are none."""
    digest, seen = hashlib.sha256(), False
    for file in sorted(folder.rglob("*"), key=lambda f: f.relative_to(folder).as_posix()):
        if file.is_file() and file.suffix in _DATA and "__pycache__" not in file.parts:
            seen = True
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:_FINGERPRINT] if seen else "none"


def citation() -> str:
    """How to cite a result."""
    made = versions()
    told = own.told(own.current())
    return (
        f"{NAME}, version {made['analysis']} (lexicon {made['lexicon']}, language {made['language']}), "
        + (
            f"with {told}, Apache-2.0. Results depend on all of these"
            if told
            else "Apache-2.0. Results depend on these three"
        )
        + "; please name them all."
    )


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
