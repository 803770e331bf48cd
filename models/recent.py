"""A limited number of things known lately."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The values put in last, a limited number of them; any number of threads may ask at once, without waiting."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._items: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        return self._items.get(key)

    def copy_to(self, other: "Recent[Key, Value]", key: Key) -> None:
        """The other one knows what this one knows by the key."""
        value = self.get(key)
        if value is not None:
            other.put(key, value)

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            self._items[key] = value
            self._items.move_to_end(key)
            if len(self._items) > self._limit:
                self._items.popitem(last=False)
