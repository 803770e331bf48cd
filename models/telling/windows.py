"""When a message leaves: it is held for some minutes, and what is told to one person meanwhile joins it. Pure."""

import datetime as dt


def next_window(now: dt.datetime, held: dt.timedelta, ahead: int = 1) -> dt.datetime:
    """The end of the first window that is at least as long away as things are held, or of one after it.

    Windows are as long as things are held, and counted from midnight UTC.
    """
    midnight = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - ((midnight - now) // held - ahead) * held
