"""Lemmas are remembered by the network's numbers of forms: said once, and forgotten with the form."""

from __future__ import annotations

import numpy as np

from analysis.language.lemmas import Lemmas


def test_a_pair_is_looked_up_once_until_its_number_is_another_forms() -> None:
    asked: list[tuple[str, int]] = []

    def look_up(form: str, tag: int) -> tuple[int, int]:
        asked.append((form, tag))
        return ord(form), -tag

    lemmas = Lemmas(look_up, 3)

    def read(forms: str, numbers: list[int], renewed: list[int], tags: list[int], size: int) -> list[list[int]]:
        given = (np.array(one, dtype=np.intp) for one in (numbers, renewed, tags))
        return lemmas(list(forms), *given, size).tolist()

    assert read("aba", [0, 1, 0], [0, 1], [2, 1, 2], 2) == [[97, -2], [98, -1], [97, -2]]
    assert asked == [("a", 2), ("b", 1)]
    assert read("ab", [0, 1], [], [2, 0], 2) == [[97, -2], [98, 0]]
    assert asked[2:] == [("b", 0)]
    # The second number is another form's now, and there are more of them.
    assert read("cad", [1, 0, 3], [1, 3], [1, 2, 0], 5) == [[99, -1], [97, -2], [100, 0]]
    assert asked[3:] == [("c", 1), ("d", 0)]
