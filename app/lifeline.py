"""Keeps a program that Etappi started from outliving it: when its standard input ends, so does the program.

The one that started it holds the other end of that pipe and writes nothing. However it ends, also by `kill -9`, the
operating system closes the pipe.
"""

import os
import threading

STANDARD_INPUT = 0


def hold() -> None:
    """From now on this program ends when the one that started it does."""
    threading.Thread(target=_watch, name="lifeline", daemon=True).start()


def _watch() -> None:
    while os.read(STANDARD_INPUT, 1024):
        pass
    os._exit(0)
