"""What is asked at a terminal: a real one, with somebody typing."""

import os
import pty
import subprocess
import sys
from collections.abc import Sequence

import pytest

ETAPPI = (sys.executable, "-c", "from app.cli import main; main()")


def typed(etappi, answers: Sequence[str], *words: str, as_: str = "") -> tuple[int, str]:
    """The exit code and all that was shown, after the answers were typed one line each."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, **etappi.environment, "ETAPPI_AS": as_}
    try:
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        ran = subprocess.run(
            [*ETAPPI, *words],
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            timeout=120,
            text=True,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    return ran.returncode, ran.stdout


def test_init_asks_what_it_was_not_told(etappi) -> None:
    code, shown = typed(etappi, ["kyla", "Kylän kunta", "", "Hallintojohtaja"], "init")
    assert code == 0, shown
    assert "Kylän kunta (kyla) was set up; Hallintojohtaja (administrator) administers it." in " ".join(shown.split())


def test_create_asks_choices_roles_and_whether_it_is_right(town) -> None:
    answers = ["kylakoulut", "pysakilta", "Niin on sovittu", "2026", "Koulut 2030", "preparer", "owner@kyla.fi", "y"]
    code, shown = typed(town, answers, "create", as_="coordinator")
    assert code == 0, shown
    assert "Mistä koulukyydit lasketaan?" in shown
    told = town("status", "kylakoulut", "--json", as_="coordinator").json
    assert (told["title"], told["roles"]["owner"]["person"]) == ("Koulut 2030", "owner")
    created = town("record", "kylakoulut", "--json", as_="coordinator").json["happened"][0]["data"]
    assert created["choices"]["kyytien-laskenta"]["reading"] == "pysakilta"


def test_nothing_is_created_when_the_answer_is_no(town) -> None:
    words = ["create", "kylakoulut", "--start", "2026", "--role", "preparer=preparer", "--role", "owner=owner"]
    code, shown = typed(town, ["", "", "", "n"], *words, as_="coordinator")
    assert code == 1
    assert shown.endswith("Nothing was done.\n")
    assert town("status", "--json", as_="coordinator").json["processes"] == []


@pytest.mark.parametrize(("answer", "moved"), [("y", "2027-06-15"), ("n", "2027-06-01"), ("", "2027-06-01")])
def test_a_shift_is_agreed_to_after_it_was_seen(town, process, answer: str, moved: str) -> None:
    shift = ["extend", process, "phase:ehdotus:last", "--to", "14.6.2027", "--shift", "--reason", "Lomat"]
    _, shown = typed(town, [answer], *shift, as_="coordinator")
    assert "4 dates would move:" in shown
    assert town("status", process, "--json", as_="coordinator").json["dates"]["window:first"] == moved
