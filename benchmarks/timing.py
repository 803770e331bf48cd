"""Times of acts: taken, and told as a median and a 95th percentile."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Times:
    """Times of one kind of act, in milliseconds."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def of(self, act: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        """What the act answers; how long it took is noted."""
        before = time.perf_counter()
        answer = act(*args, **kwargs)
        self.taken.append((time.perf_counter() - before) * 1000)
        return answer

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    @property
    def p95(self) -> float:
        return sorted(self.taken)[int(len(self.taken) * 0.95)]


def in_blocks(acts: Sequence[Answer], size: int) -> Iterator[list[Answer]]:
    """The acts in blocks, to be alternated with others: what slows the machine down then slows down both alike."""
    rest = iter(acts)
    while block := list(islice(rest, size)):
        yield block
