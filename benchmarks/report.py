"""The tables that a run prints, and the file it leaves."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.peers import BARE, PEERS
from benchmarks.results import Results, holds, is_rate, limit_of

FILE = Path(__file__).parent.parent / "var" / "bench.json"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
OUTPUTS = {
    "80_needs_read_ms": "80 needs: five outputs read, ms",
    "80_needs_criteria_ms": "80 needs: all criteria, ms",
    "80_needs_thread_ms": "80 needs: thread, matrix and picture, ms",
    "5000_needs_criteria_ms": "5,000 needs: the criteria of a checkpoint, ms (at most 200)",
    "80_needs_papers_s": "80 needs: criteria, thread and all papers, seconds (at most 2)",
    "80_needs_papers_processor_s": "  of the processor",
    "5000_needs_pdf_s": "5,000 needs: the package as a PDF, seconds (at most 10)",
    "5000_needs_pdf_processor_s": "  of the processor",
}

SHOWN = {
    "stance_ms_median": "a stance, ms",
    "stance_ms_p95": "a stance, ms, 95th percentile",
    "bare_stance_ms_median": "bare: a stance, ms",
    "passing_ms_median": "passing, ms",
    "passing_ms_p95": "passing, ms, 95th percentile",
    "bare_passing_ms_median": "bare: passing, ms",
    "stance_statements": "statements of a stance",
    "passing_statements": "statements of passing",
    "state_bytes": "bytes of the working set",
    "whole_processes_per_s": "whole processes a second",
    "bare_whole_processes_per_s": "bare: whole processes a second",
    "events_per_s": "events a second",
    "embedded_pass_to_flow_seconds": "from passing to the end of the next flow, embedded, s",
    "embedded_pass_to_flow_seconds_longest": "the longest of them, s",
    "scaled_pass_to_flow_seconds": "from passing to the end of the next flow, scaled, s",
    "scaled_pass_to_flow_seconds_longest": "the longest of them, s",
    "tick_reminders_per_s": "reminders a second: fallen due and recorded",
    "sweep_reminders_per_s": "reminders a second: in messages that are owed",
    "bare_sweep_rows_per_s": "bare: a sweep's rows a second",
    "sweep_memory_mb": "memory a sweep takes, MB",
    "mails_per_s": "mails a second over a mail server",
    "bare_mails_per_s": "bare: mails a second",
}


BUSY = 0.5
"""Other work for each core from which on a run says little: the waiting is then most of what is measured."""


def say_if_busy(console: Console) -> None:
    """Told beforehand: whether other work on this machine will blur the figures."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > BUSY * cores:
        console.print(
            f"[bold]The machine is busy (load {load:.1f} on {cores} cores): ratios come out wrong. Run again."
        )


def leave(results: Results) -> None:
    """The results stand in var/bench.json."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(asdict(results), indent=2) + "\n", encoding="utf-8")


def show(results: Results, console: Console) -> None:
    """The ratios with their limits, the absolute figures, and the other engines."""
    console.print(_ratios(results))
    console.print(_absolute(results))
    console.print(_outputs(results))
    console.print(_peers(results))
    unmet = [ratio for ratio in results.ratios if holds(results, ratio) != "holds"]
    console.print(f"[bold red]Not met: {', '.join(unmet)}." if unmet else "[bold green]Every limit holds.")


def _ratios(results: Results) -> Table:
    table = _table("Ratios of one run: medians of what was measured in turn", "ratio", "measured", "limit", "")
    for name, ratio in results.ratios.items():
        table.add_row(
            name, f"{ratio:.2f}", f"{'≥' if is_rate(name) else '≤'} {limit_of(name):.2g}", holds(results, name)
        )
    return table


def _absolute(results: Results) -> Table:
    places = [place for place in results.absolute if place in NAMES]
    table = _table("Absolute figures of this machine", "", *(NAMES[place] for place in places))
    for name, words in SHOWN.items():
        cells = [results.absolute[place].get(name) for place in places]
        table.add_row(
            words, *("" if cell is None else f"{cell:,.3g}" if cell < 100 else f"{cell:,.0f}" for cell in cells)
        )
    return table


def _outputs(results: Results) -> Table:
    """Typed outputs and papers, which need no database."""
    table = _table("Typed outputs and papers", "", "measured")
    for name, words in OUTPUTS.items():
        figure = results.absolute.get("outputs", {}).get(name)
        table.add_row(words, "" if figure is None else f"{figure:,.3g}")
    return table


def _peers(results: Results) -> Table:
    table = _table(
        "Beside other engines (theirs of November 2026; × is times the bare transaction of the same run)",
        "engine",
        "database",
        "stance, ms",
        "×",
        "passing, ms",
        "×",
        "processes/s",
    )
    for place in (place for place in results.absolute if place in NAMES):
        figures = results.absolute[place]
        bare = (figures["bare_stance_ms_median"], figures["bare_passing_ms_median"])
        ours = (figures["stance_ms_median"], figures["passing_ms_median"], figures["whole_processes_per_s"])
        table.add_row("[bold]Etappi, this run", NAMES[place], *_beside(*ours, *bare))
    for peer in PEERS:
        bare_then = BARE[peer.database]
        table.add_row(peer.name, peer.database, *_beside(peer.stance, peer.passing, peer.whole, *bare_then[:2]))
    return table


def _beside(
    stance: float | None, passing: float | None, whole: float | None, bare_stance: float, bare_passing: float
) -> tuple[str, ...]:
    return (
        _number(stance),
        _number(stance and stance / bare_stance),
        _number(passing),
        _number(passing and passing / bare_passing),
        _number(whole),
    )


def _number(figure: float | None) -> str:
    if figure is None:
        return "–"
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for other in others:
        table.add_column(other, justify="left" if other == "database" else "right")
    return table
