"""Making very many values at once, without Python looking through all of them for cycles again and again."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside = 0


@contextmanager
def many_values() -> Iterator[None]:
    """Python does not look for cycles meanwhile, in any thread. There are none among values; a third of the time
    would go into looking."""
    global _inside
    with _lock:
        looks = gc.isenabled() or _inside > 0
        _inside += looks
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _inside -= looks
            if looks and not _inside:
                gc.enable()
