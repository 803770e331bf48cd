"""What the machine's own clock says. The rules are given the time; whoever runs them asks for it here."""

import datetime as dt


def clock_of_the_machine() -> dt.datetime:
    """The time now, UTC."""
    return dt.datetime.now(dt.UTC)
