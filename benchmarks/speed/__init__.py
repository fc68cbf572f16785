"""How fast the analysis is, beside what people would write themselves, and what size costs."""

import os

# One core is one thread, also inside numpy; it reads this once, when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
