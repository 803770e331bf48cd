"""`make scaled`: a scaled installation on this machine, in which the demo is played across two workers.

It starts PostgreSQL, a Prefect server on it, two workers, two couriers, two clocks and the pages, all programs of their
own, plays Kemijärvi 2030 from its setting up to the decision, and asks Prefect which worker carried out what.
"""

import argparse
import datetime as dt
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.courier import HASTE
from app.demo.clock import SharedClock
from app.demo.play import SET_UP, played
from benchmarks import postgresql
from benchmarks.fleet import Fleet, carried_out, fleet


def main() -> None:
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whatever ends it, nothing is left running
    console = Console(highlight=False)
    own = postgresql.programs()
    if own is None:
        sys.exit("PostgreSQL is not installed: install the package postgresql.")
    with tempfile.TemporaryDirectory(prefix="etappi-scaled-") as temporary:
        begun = time.monotonic()
        with fleet(asked.keep or Path(temporary), own, web=1) as there:
            console.print(f"Kaikki on käynnissä ({time.monotonic() - begun:.0f} s): {', '.join(there.programs)}.")
            begun = time.monotonic()
            figures = _played(there, console)
            _show(there, figures, time.monotonic() - begun, console)
            if asked.stay:
                with suppress(EOFError):
                    input("Prefectin sivu on yllä auki, kunnes painat Enter. ")
    if not figures["verified"] or figures["duplicates"]:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scaled-on-one-machine", description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave logs and files in this folder")
    parser.add_argument("--stay", action="store_true", help="leave everything running afterwards, until Enter")
    return parser.parse_args()


def _played(there: Fleet, console: Console) -> dict[str, Any]:
    clock = SharedClock(there.clock, SET_UP, lambda: carried_out(there.installation))

    def tell(mark: str, words: str) -> None:
        console.print(f"\n[bold]{words}[/bold]" if mark == "#" else f"  {mark}  {words}")

    def carry_out(everything: bool) -> None:
        if everything:
            clock.forward(HASTE)
        carried_out(there.installation)

    return played(there.installation, clock, tell, carry_out)


def _show(there: Fleet, figures: dict[str, Any], seconds: float, console: Console) -> None:
    runs = there.runs()
    by = Counter((run["labels"].get("prefect.worker.name", "–"), run["state_name"]) for run in runs)
    table = Table(title="Prefectin kertomat ajot", title_justify="left")
    for name in ("työntekijä", "tila", "ajoja"):
        table.add_column(name, justify="right" if name == "ajoja" else "left")
    for (worker, state), count in sorted(by.items()):
        table.add_row(worker, state, str(count))
    console.print()
    console.print(table)
    took = sorted(_seconds(run) for run in runs if run["end_time"])
    median, most = took[len(took) // 2], took[len(took) * 95 // 100]
    console.print(f"Ajon luomisesta sen loppuun: mediaani {median:.2f} s, 95 % alle {most:.2f} s.")
    console.print(
        f"Koko tarina: {seconds:.0f} s. Viestejä {figures['messages_sent']}, kahdesti {figures['duplicates']}."
    )
    console.print("Kaikki tallennettu pitää paikkansa." if figures["verified"] else "TALLENNETTU EI PIDÄ PAIKKAANSA.")
    console.print(f"Prefectin sivu: {there.url.removesuffix('/api')}")


def _seconds(run: dict[str, Any]) -> float:
    created, ended = (dt.datetime.fromisoformat(run[name]) for name in ("created", "end_time"))
    return (ended - created).total_seconds()


if __name__ == "__main__":
    main()
