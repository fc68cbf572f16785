"""The dashboard's pages: one file a page, each reads the filters, calls the analysis and draws. No arithmetic."""

import os

# The sums of a page are small: divided among threads, they cost five times as much, most of it one thread waiting for
# the other. numpy reads this once, when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
