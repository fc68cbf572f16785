"""A stand-in for the work of a partition that takes its process along; by itself, so that processes start quickly."""

from __future__ import annotations

import json
import os

from analysis.batch.partitions import Partition


def fragile(partition: Partition) -> dict[str, bytes]:
    """An article with a bomb in it ends the process; the others give their ids and problems."""
    if any("bomb" in article.text for article in partition.articles):
        os._exit(9)
    return {"articles": json.dumps([[a.id, *a.problems] for a in partition.articles]).encode()}


def never_ready() -> None:
    """Ends the process while it loads."""
    os._exit(9)
