"""That Prefect is lost is told once, and once that it is back: whoever waits for it looks many times in between."""

import logging
import time

log = logging.getLogger("etappi")


class Silence:
    """One part's picture of whether the engine room answers, as its log tells it."""

    def __init__(self) -> None:
        self._since: float | None = None

    def begins(self, why: str = "") -> None:
        """The engine room does not answer; it is told where that is new."""
        if self._since is None:
            self._since = time.monotonic()
            log.warning("The engine room does not answer%s; what is owed waits until it does.", f" ({why})" * bool(why))

    def ends(self) -> None:
        """The engine room answers; it is told where it had not."""
        if self._since is not None:
            log.info("The engine room answers again, after %d seconds.", time.monotonic() - self._since)
            self._since = None
