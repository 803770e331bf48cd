"""What other engines took for the work of `plan.peers_process`: measured side by side in November 2026 on two shared
cores, 1,000 processes parked, every flush real. Each stands beside the bare transaction of its own run, because only
such ratios can be compared with those of another machine.
"""

from typing import NamedTuple

BARE = {"SQLite": (0.134, 0.211, 383.0), "PostgreSQL": (0.90, 1.37, 78.0)}
"""The bare transaction then: a sign-off and the last one of a checkpoint in milliseconds, whole processes a second."""


class Peer(NamedTuple):
    """One engine on one database; what it could not do is None."""

    name: str
    database: str
    stance: float | None  # ms, median
    passing: float | None  # ms, median: from the last sign-off to the next phase
    whole: float | None  # processes a second


PEERS = (
    Peer("SpiffWorkflow 3.2, saved at each sign-off", "SQLite", 7.8, 10.7, 9.1),
    Peer("SpiffWorkflow 3.2, saved after each task", "SQLite", 10.4, 29.6, 4.6),
    Peer("Viewflow 2.4 on Django", "SQLite", 7.4, 15.3, 7.8),
    Peer("Viewflow 2.4 on Django", "PostgreSQL", 17.6, 36.2, 3.5),
    Peer("DBOS 3.4 (a sign-off is only sent)", "PostgreSQL", 4.4, 18.7, 3.8),
    Peer("DBOS 3.4 (a sign-off is only sent)", "SQLite", 3.7, 390.0, 0.4),
    Peer("Airflow 3.3, human in the loop", "PostgreSQL", None, 2670.0, None),
    Peer("Prefect 3.9, suspend and resume, poll 1 s", "SQLite", None, 2557.0, None),
    Peer("Prefect 3.9, suspend and resume, poll 10 s", "SQLite", None, 7106.0, None),
)
