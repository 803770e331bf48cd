"""When a message leaves: what is told to one person is gathered until its window ends. Pure."""

import datetime as dt


def next_window(now: dt.datetime, window: dt.timedelta, ahead: int = 1) -> dt.datetime:
    """When the window that runs now ends, or one after it. Windows are counted from midnight UTC."""
    midnight = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((now - midnight) // window + ahead) * window
