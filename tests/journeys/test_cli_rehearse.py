"""`etappi rehearse` as it is typed: without an installation, in three languages, as text and as one JSON object."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.ending import ENDING
from app.cli.program import program
from app.rehearsing import words
from models.machine_clock import ClockOfFile
from models.settings import settings

START = ("kemijarvi-2030", "--start", "2026-12")


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: Any) -> Any:
    """No installation: the data folder is not there, and must not be made."""
    monkeypatch.setenv("ETAPPI_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("COLUMNS", "80")
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()
    assert not (tmp_path / "none").exists()


def rehearsed(*typed: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, ["rehearse", *typed])
    ENDING.close()
    return result.exit_code, result.stdout, result.stderr


def told(*typed: str) -> str:
    code, out, err = rehearsed(*typed)
    assert (code, err) == (0, "")
    return out


def data(*typed: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(told(*typed, "--json"))
    return read


def test_it_says_that_june_cannot_be_reached_and_on_what_conditions_august_can() -> None:
    out = " ".join(told(*START).split())
    assert "Kesäkuun valtuustoon (14.6.2027*) ei ehditä." in out
    assert "Elokuun valtuustoon (30.8.2027*) ehditään, jos" in out
    assert "yhteistoiminta alkaa viimeistään 19.5.2027" in out
    assert "Kokouspäivä on ehdotus" in out


def test_in_a_pipe_it_is_plain_text_of_the_terminals_width() -> None:
    lines = told(*START).splitlines()
    assert [line for line in lines if "\x1b" in line or len(line) > 80 or line != line.rstrip()] == []


@pytest.mark.parametrize("columns", ["60", "110"])
def test_it_fits_narrow_and_wide_terminals(columns: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert max(map(len, told(*START).splitlines())) <= int(columns)
    assert max(map(len, told(*START, "--messages").splitlines())) <= int(columns)


def test_every_message_is_an_object_with_when_to_whom_what_kind_and_about_what() -> None:
    messages = data(*START, "--messages")["messages"]
    assert len(messages) > 200
    assert all(message[field] for message in messages for field in ("at", "to", "kind", "about"))
    assert data(*START)["messages"] is None


@pytest.mark.parametrize(("language", "sentence"), [("sv", "hinner man inte"), ("en", "cannot be reached")])
def test_it_speaks_swedish_and_english(language: str, sentence: str) -> None:
    read = data(*START, "--language", language)
    assert sentence in read["meetings"][0]["sentence"]
    assert "ehditä" not in told(*START, "--language", language, "--messages")


def test_a_file_a_calendar_and_a_reading_are_taken(nowhere: Path) -> None:
    file = nowhere / "oma.yaml"
    file.write_bytes(Path("config/processes/kemijarvi-2030.yaml").read_bytes())
    meetings = nowhere / "kokoukset.yaml"
    meetings.write_text("meetings:\n  valtuusto: [2027-08-23]\n", encoding="utf-8")
    read = data(str(file), "--start", "2026-12", "--calendar", str(meetings), "--choice", "paatosikkuna=elokuu")
    assert [(one["meeting"], one["proposed"]) for one in read["meetings"]] == [("2027-08-23", False)]


def test_one_role_sees_its_weeks_and_its_messages() -> None:
    out = told(*START, "--person", "preparer")
    assert "Vastuuvalmistelija: viikko viikolta" in out
    assert "Totea tulos: Tarkistuspiste 1" in out
    assert "Ota kantaa" not in out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("kemijarvi-2031", "--start", "2026-12"), "There is no definition kemijarvi-2031"),
        ((*START, "--language", "de"), "fi, sv, en"),
        ((*START, "--person", "preparers"), "preparer"),
        ((*START, "--away", "preparer=joulu"), "FIRST..LAST"),
        ((*START, "--late", "naapurit"), "Nobody is called naapurit"),
        (("kemijarvi-2030", "--start", "joulu"), "is no start"),
        (("rauman-tarina-2013", "--start", "2026"), "2013"),
        (("puuttuu.yaml",), "cannot be read"),
    ],
)
def test_wrong_input_gets_a_sentence(typed: tuple[str, ...], said: str) -> None:
    code, _, err = rehearsed(*typed)
    assert code == 2
    assert said in err


@pytest.mark.parametrize("name", ["rehearsal", "worries"])
def test_every_sentence_is_there_in_three_languages(name: str) -> None:
    assert {key for key, said in words._read(name).items() if set(said) != {"fi", "sv", "en"}} == set()


def test_beside_a_database_without_tables_the_shipped_definitions_are_rehearsed(
    tmp_path: Path, monkeypatch: Any
) -> None:
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / "etappi.sqlite3").touch()
    monkeypatch.setenv("ETAPPI_DATA_DIR", str(tmp_path / "begun"))
    settings.cache_clear()
    assert "Elokuun valtuustoon" in told(*START)


def test_a_command_that_only_looks_makes_no_database() -> None:
    result = CliRunner().invoke(program, ["status"])
    assert (result.exit_code, "etappi init" in result.output) == (1, True)


@pytest.mark.parametrize(("now", "year"), [("2028-12-01T21:59:00+00:00", 2028), ("2028-12-01T22:01:00+00:00", 2029)])
def test_without_a_start_the_day_is_finlands_by_the_installations_own_clock(
    nowhere: Path, monkeypatch: Any, now: str, year: int
) -> None:
    clock = ClockOfFile(nowhere / "clock")
    clock.set(dt.datetime.fromisoformat(now))
    monkeypatch.setenv("ETAPPI_CLOCK_FILE", str(clock.file))
    settings.cache_clear()
    assert data("kemijarvi-2030")["start"] == f"{year}-12-01", "the usual day, or that of the next year once it is over"
