"""What a run of the bench found, and the limits it is held against (design.md, 9)."""

from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from benchmarks.timing import Times, in_blocks

ACT_LIMITS = {"sqlite": 4.0, "postgresql": 3.0}  # times the bare durable transaction
GROWTH_LIMIT = 1.2  # times the same with fewer processes, a shorter record, or less that waits
SWEEP_LEAST = 1 / 3  # of the bare sweep's rate
OF_ACTS = ("stance", "passing")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    parked: int = 1000  # processes that wait in both databases
    driven: int = 60  # processes whose round is gone through
    whole: int = 40  # processes gone through from beginning to end
    record_copies: int = 24  # of the process with a long record, and of the one with a short one
    few: int = 1000
    many: int = 20_000  # none: growth is not measured
    random: int = 600  # stances in random processes
    passes: int = 20  # checkpoints passed until the next flow has run
    pending: int = 1_000_000  # reminders; none: the sweep is not measured
    falling_due: int = 10_000
    mails: int = 10_000


FULL = Sizes()
LARGE = Sizes(many=100_000)
QUICK = Sizes(parked=100, driven=12, whole=8, record_copies=8, many=0, pending=0, passes=6, mails=1000)


@dataclass(slots=True)
class Results:
    """Ratios by name, and absolute figures by database and name."""

    ratios: dict[str, float] = field(default_factory=dict)
    absolute: dict[str, dict[str, float]] = field(default_factory=dict)

    def compare(self, name: str, ours: Times, other: Times, block: int) -> None:
        """The median of the ratios of medians of neighbouring blocks, which were taken in turn."""
        pairs = zip(in_blocks(ours.taken, block), in_blocks(other.taken, block), strict=True)
        self.ratios[name] = round(median(median(one) / median(two) for one, two in pairs), 3)

    def note(self, place: str, name: str, figure: float | Times) -> None:
        """An absolute figure; of times the median and the 95th percentile."""
        kept = self.absolute.setdefault(place, {})
        if isinstance(figure, Times):
            kept[f"{name}_ms_median"] = round(figure.median, 4)
            kept[f"{name}_ms_p95"] = round(figure.p95, 4)
        else:
            kept[name] = round(figure, 2)


def is_rate(ratio: str) -> bool:
    """Whether more is better."""
    return ratio.endswith(("_sweep", "_rate"))


def limit_of(ratio: str) -> float:
    """What a ratio may be at most; one of rates at least."""
    place, _, what = ratio.partition("_")
    if is_rate(ratio):
        return SWEEP_LEAST
    return ACT_LIMITS[place] if what in OF_ACTS else GROWTH_LIMIT


def holds(results: Results, ratio: str) -> Literal["holds", "NOT MET"]:
    """Whether a ratio is within its limit, in words."""
    measured, limit = results.ratios[ratio], limit_of(ratio)
    return "holds" if (measured >= limit if is_rate(ratio) else measured <= limit) else "NOT MET"
