"""How well the analysis does what people did by hand: development data in, a table of scores beside their floors out.

    python -m benchmarks.quality [--data FOLDER] [--only NAME] [--documents N]

Without data it measures on the gold set that ships (tests/gold). FOLDER holds the development data, which is other
people's text and does not ship; the scorer lies beside it. Exits with 1 where a score has fallen below its floor in
floors.tsv, with 2 where the data is missing.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from benchmarks.quality import (
    agency_rows,
    babe,
    basil,
    entities,
    factuality,
    gold,
    metonymy,
    newsmtsc,
    newswcl50,
    polnear,
    ptc,
    scare_quotes,
    target_rows,
    tone_rows,
)

FLOORS = Path(__file__).parents[1] / "floors.tsv"
ROUNDING = 0.0005  # floors have three decimals
MEASURES = {
    "gold": gold.measure,
    "polnear": polnear.measure,
    "scare_quotes": scare_quotes.measure,
    "babe": babe.measure,
    "ptc": ptc.measure,
    "basil": basil.measure,
    "factuality": factuality.measure,
    "newsmtsc": newsmtsc.measure,
    "newswcl50": newswcl50.measure,
    "tone_rows": tone_rows.measure,
    "target_rows": target_rows.measure,
    "agency_rows": agency_rows.measure,
    "entities": entities.measure,
    "metonymy": metonymy.measure,
}


def main() -> int:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the development data")
    parser.add_argument("--documents", type=int, default=60, help="PolNeAR documents to read; default: 60")
    parser.add_argument("--only", choices=MEASURES, action="append", help="this measure alone; may be given again")
    args = parser.parse_args()
    measures = args.only or (MEASURES if args.data else ["gold"])
    if measures != ["gold"] and not (args.data and (args.data / "polnear").is_dir()):
        print(
            f"benchmarks: there is no development data in {args.data}; it does not ship, so name its folder by --data.",
            file=sys.stderr,
        )
        return 2
    with FLOORS.open(encoding="utf-8", newline="") as file:
        floors = {row["score"]: row for row in csv.DictReader(file, delimiter="\t")}
    fallen = 0
    print(f"{'score':34} {'now':>6} {'floor':>6} {'goal':>6} {'people':>7}")
    for measure in measures:
        for name, value in MEASURES[measure](args.data, args.documents):
            floor = floors[name]
            low = value < float(floor["floor"]) - ROUNDING
            fallen += low
            mark = "  below its floor" if low else ""
            pinned = f"{floor['floor']:>6} {floor['goal']:>6} {floor['people']:>7}"
            print(f"{name:34} {value:6.3f} {pinned}{mark}", flush=True)
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main())
