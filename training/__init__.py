"""How the English pipeline under `analysis/language/` was trained: named open data in, weights out.

`python -m training --data FOLDER` runs everything again; MODEL_CARD.md tells what came of it.
"""
