"""What the grammar's network holds of the words of a text, for small networks that judge words in their place.

A state sums up a word, what it does in its sentence, and the words around it (Peters et al. 2018).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from analysis.language.network import ZERO
from analysis.language.vectors import Floats

SIZE = 256
STATES = "analysis.language.states"  # in Doc.user_data, so that they live exactly as long as the Doc


def states(doc: Doc, tokens: NDArray[np.intp]) -> Floats:
    """[tokens, SIZE], from -1 to 1; zeros for white space, and for a Doc that `language.read` did not make."""
    found = doc.user_data.get(STATES)
    if found is None:
        return np.zeros((len(tokens), SIZE), dtype=np.float32)
    made: Floats = (found[tokens].astype(np.float32) - ZERO) / 127
    return made
