"""`make bench`: how fast Etappi is, as ratios against bare durable transactions measured in the same run.

The ratios are judged by people: what does not hold is said, and the exit code is 0 all the same.
"""

import argparse

from rich.console import Console

from benchmarks.acts import measure_acts
from benchmarks.growth import measure_processes, measure_record
from benchmarks.outputs import measure_outputs
from benchmarks.pages import measure_pages
from benchmarks.papers import measure_papers
from benchmarks.pass_to_flow import measure_flows
from benchmarks.places import Place, places
from benchmarks.report import FILE, leave, say_if_busy, show
from benchmarks.results import FULL, LARGE, QUICK, Results, Sizes
from benchmarks.sweeps import measure_sweep
from benchmarks.whole import measure_whole

BOTH = ("sqlite", "postgresql")


def main() -> None:
    asked = _arguments()
    sizes = QUICK if asked.quick else LARGE if asked.large else FULL
    console = Console()
    results = Results()
    say_if_busy(console)
    with places((asked.only,) if asked.only else BOTH) as found:
        for place in found:
            _measure(place, sizes, results, console)
        if "postgresql" not in {place.name for place in found} and asked.only != "sqlite":
            console.print(
                "[bold]PostgreSQL is not installed: its ratios are left out (install the package postgresql)."
            )
    with console.status("typed outputs"):
        measure_outputs(results)
    if sizes.many:
        with console.status("the pages"):
            measure_pages(results)
    with console.status("papers"):
        measure_papers(results)
    with console.status("from passing to the next flow"):
        measure_flows(results, sizes.passes, (asked.only,) if asked.only else BOTH)
    from benchmarks.mail import (
        measure_mail,
    )  # here, because Prefect comes with it, and flows tell it where its server is

    with console.status("mails over a mail server"):
        measure_mail(results, sizes.mails)
    show(results, console)
    leave(results)
    console.print(f"Written to {FILE}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="under a minute; without the growth of processes")
    size.add_argument("--large", action="store_true", help="growth up to 100,000 processes; takes long")
    parser.add_argument("--only", choices=BOTH, help="one kind of database")
    return parser.parse_args()


def _measure(place: Place, sizes: Sizes, results: Results, console: Console) -> None:
    for name, measure in (
        ("a stance and passing", measure_acts),
        ("long records", measure_record),
        ("whole processes", measure_whole),
        ("many processes", measure_processes if sizes.many else None),
        ("many reminders", measure_sweep if sizes.pending else None),
    ):
        if measure is not None:
            with console.status(f"{place.name}: {name}"):
                measure(place, sizes, results)


if __name__ == "__main__":
    main()
