"""How the command line says no: which exit code, where, and in which words."""

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.cli.exits import EXIT_CODES, REFUSED, WRONG_INPUT, exit_code, invalid, told
from models.errors import DefinitionError, EtappiError, NotValid, Overtaken, Refused, WindowRuns
from models.municipality.commands import AddPerson, GiveSeat, SetUpMunicipality
from models.release import RELEASE


def derived(of: type[EtappiError]) -> Iterator[type[EtappiError]]:
    for kind in of.__subclasses__():
        yield kind
        yield from derived(kind)


@pytest.mark.parametrize("kind", list(derived(EtappiError)))
def test_every_error_has_an_exit_code(kind: type[EtappiError]) -> None:
    assert any(base in EXIT_CODES for base in kind.__mro__), f"{kind.__name__} has no exit code"
    expected = WRONG_INPUT if issubclass(kind, NotValid | DefinitionError) else None
    error = kind.__new__(kind)
    assert exit_code(error) in (REFUSED, WRONG_INPUT)
    assert expected in (None, exit_code(error))


@pytest.mark.parametrize("kind", [Refused, Overtaken])
def test_not_now_and_overtaken_are_refusals(kind: type[EtappiError]) -> None:
    assert exit_code(kind("Not now.")) == REFUSED


# --- wrong input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["hold", "kylakoulut"], "Missing option '--reason'."),
        (["stance"], "Missing argument 'PROCESS'."),
        (
            ["stance", "kylakoulut", "1"],
            "Say one: --accept, --condition, --object, --abstain, --not-read or --disqualified.",
        ),
        (["stance", "kylakoulut", "1", "--accept", "--abstain"], "Say one: --accept, --condition, --object, --abstain"),
        (
            ["stance", "kylakoulut", "1", "--accept", "--ground", "28 §"],
            "--ground and --output belong to --disqualified.",
        ),
        (
            ["extend", "kylakoulut", "x", "--to", "31.2.2027", "--reason", "x"],
            '"31.2.2027" is no date. Write 2026-10-19 or',
        ),
        (["hold", "kylakoulut", "--reason", "@nowhere.txt"], "The file nowhere.txt cannot be read: No such file"),
        (["reopen", "kylakoulut", "--setting-up", "KH § 5"], '"KH § 5" names no decision. Write body, date and §'),
        (["open", "kylakoulut", "3"], "There is no phase 3; the process has: selvitys, ehdotus."),
        (["open", "kylakoulu", "1"], "There is no process named kylakoulu."),
        (["load", "nowhere.yaml"], "Invalid value for 'FILE': file 'nowhere.yaml' does not exist."),
        (["handling", "record", "kylakoulut", "hallitus", "--kind", "proposel"], 'did you mean "proposal"?'),
        (
            ["person", "add", "Teacher", "--name", "Opettaja"],
            'person: "Teacher" will not do; it must be an id: small letters',
        ),
        (["person", "add", "x", "--name", "X", "--email", "x"], 'email: "x" will not do; it must be so that an e-mail'),
        (["amend", "role", "kylakoulut", "owner", "nobody", "--reason", "x"], "There is no person named nobody."),
        (["answer", "kylakoulut", "o1"], "Say one: --changed how, or --unchanged why."),
    ],
)
def test_wrong_input_is_met_with_what_is_allowed(town, process, words: list[str], told: str) -> None:
    done = town(*words, as_="coordinator", code=2)
    assert told in " ".join(done.err.split())
    assert done.out == ""


def test_nobody_acts_without_being_named(town, process) -> None:
    done = town("open", process, "1", code=2)
    assert done.err == "Say who you are: --as PERSON (an id or an e-mail address), or ETAPPI_AS.\n"


def test_people_are_named_by_id_or_address(town, process) -> None:
    assert "was opened" in town("open", process, "1", "--as", "COORDINATOR@kyla.fi").out
    assert "no person with the address" in town("open", process, "1", "--as", "nobody@kyla.fi", code=2).err
    assert town("open", process, "1", "--as", "nobody", code=2).err == "There is no person named nobody.\n"


def test_what_pydantic_finds_is_told_field_by_field() -> None:
    with pytest.raises(ValidationError) as found:
        SetUpMunicipality.model_validate({"municipality": "Kylä", "name": "", "languages": ["fi", "fi"]})
    told = str(invalid(found.value.errors()))
    assert 'municipality: "Kylä" will not do; it must be an id: small letters a-z, digits and hyphens' in told
    assert "administrator is missing." in told
    assert "it must be so that each language is named once." in told
    assert "pydantic" not in told


@pytest.mark.parametrize("model", [AddPerson, GiveSeat, SetUpMunicipality])
def test_no_error_of_a_field_speaks_of_types_or_links(model) -> None:
    fields = dict.fromkeys(model.model_fields, 7.5)
    with pytest.raises(ValidationError) as found:
        model.model_validate(fields)
    told = str(invalid(found.value.errors()))
    assert "https://" not in told
    assert "type=" not in told


# --- not you, not now -----------------------------------------------------------------------------------------------


def test_what_belongs_to_somebody_else_is_refused(town, process) -> None:
    done = town("open", process, "1", as_="teacher", code=1)
    assert done.err == "This is not yours to do: it belongs to the coordinator of the process.\n"


def test_days_and_times_are_told_as_clocks_in_finland_show_them() -> None:
    until = dt.datetime(2026, 11, 30, 22, 0, tzinfo=dt.UTC)
    assert "1.12.2026 0.00" in told(WindowRuns(until=until))


def test_what_cannot_be_done_now_is_refused(town, process) -> None:
    done = town("submit", process, "1", as_="owner", code=1)
    assert done.err.startswith("The phase Selvitys (selvitys) is ready")


def test_nothing_asks_where_nobody_can_answer(town, process) -> None:
    shown = town(
        "extend", process, "window:last", "--to", "30.9.2027", "--shift", "--reason", "x", as_="coordinator", code=2
    )
    assert shown.out.startswith("1 date would move:\n")
    assert shown.err == "Nothing was done. Look at this and say --yes to do it.\n"
    assert "--role owner=PERSON" in town("create", "kylakoulut", "--start", "2026", as_="coordinator", code=2).err
    assert "--start is missing" in town("create", "kylakoulut", as_="coordinator", code=2).err


def test_init_says_what_is_missing_instead_of_asking(etappi) -> None:
    assert "--municipality is missing" in etappi("init", code=2).err


def test_an_installation_that_is_not_there_is_told_with_what_to_do(etappi) -> None:
    done = etappi("status", as_="coordinator", code=1)
    assert done.err == "The database has no tables yet; run `etappi init`.\n"


def test_a_definition_with_mistakes_is_not_loaded_and_all_are_told(town, tmp_path: Path) -> None:
    file = tmp_path / "malli.yaml"
    file.write_text("format: 1\nid: Malli\nversion: '1'\nname: {fi: Malli}\nnonsense: 1\n")
    done = town("load", str(file), as_="administrator", code=2)
    assert f"{file}:2:5: " in done.err
    assert f"{file}:5:1: " in done.err


# --- faults ---------------------------------------------------------------------------------------------------------


def test_a_state_that_cannot_be_read_is_told_with_what_mends_it(town, process) -> None:
    tamper(town, 'update process set state = \'{"not": "a process"}\'')
    done = town("open", process, "1", as_="coordinator", code=1)
    assert (
        done.err
        == "Stored data does not hold: the state of kylakoulut cannot be read; etappi rebuild makes it again.\n"
    )
    town("rebuild", "--yes")
    town("open", process, "1", as_="coordinator")


def test_a_fault_is_told_in_a_sentence_and_without_a_traceback(town, process) -> None:
    tamper(town, "drop table duty")
    done = town("inbox", as_="coordinator", code=3)
    assert done.err.startswith(f"A fault in Etappi {RELEASE} itself: OperationalError: no such table: duty.\n")
    assert done.out == ""


def tamper(town, statement: str) -> None:
    database = sqlite3.connect(town.folder / "etappi.sqlite3")
    with database:
        database.execute(statement)
    database.close()


def test_a_setting_that_makes_no_sense_is_told_by_its_name(town, monkeypatch) -> None:
    monkeypatch.setenv("ETAPPI_FILE_LIMIT_MB", "much")
    assert town("status", as_="coordinator", code=2).err.startswith('ETAPPI_FILE_LIMIT_MB: "much" will not do;')


def test_a_pipe_that_ends_is_no_fault(town, process) -> None:
    script = [sys.executable, "-c", "from app.cli import main; main()", "schema"]
    environment = {**os.environ, **town.environment}
    with subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        told = running.stderr.read()
    assert b"Traceback" not in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["create", "kylakoulut", "--start", "9999-12"],
            "1.12.9999 is too far away; give a day between 1.1.1900 and 31.12.2199.",
        ),
        (["extend", "kylakoulut", "window:last", "--to", "31.12.9999", "--reason", "x"], "31.12.9999 is too far away"),
        (["open", "kylakoulut", "9" * 5000], "There is no phase 9999"),
        (["messages", "hold", "9" * 5000], "Write a number in figures, at most 999999999."),
        (["messages", "hold", "²"], "Write a number in figures, at most 999999999."),
        (["verify", "--anchor", f"kylakoulut:{'9' * 5000}:{'0' * 12}"], "there is no such record"),
        (["verify", "--anchor", f"kylakoulut:²:{'0' * 12}"], "there is no such record"),
    ],
)
def test_numbers_and_days_that_nobody_can_mean_are_told_in_a_sentence(
    town, process, words: list[str], said: str
) -> None:
    done = town(*words, as_="coordinator", code=None)
    assert said in " ".join((done.out + done.err).split())
    assert "A fault in Etappi" not in done.err
