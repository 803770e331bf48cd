"""What the command line shows, to whom, and in which shape."""

import datetime as dt
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command_line import BEGINS
from pydantic import TypeAdapter

from app.cli.checking import SHAPES
from app.cli.screen import LEAST, table
from models.days.calendar import local_date
from models.outgoing.heartbeat import TICK, beat
from models.storage.database import Database

LONG_NAME = "Huoltajien ja kyläyhdistysten yhteistyöryhmä"
TODAY = local_date(BEGINS)


def day(after: int) -> str:
    return (TODAY + dt.timedelta(days=after)).isoformat()


# --- JSON -----------------------------------------------------------------------------------------------------------


def matches(shape: str, told: Any) -> bool:
    """Whether an object has exactly the fields of its shape, and they make sense."""
    adapter = TypeAdapter(SHAPES[shape])
    return bool(adapter.dump_python(adapter.validate_python(told), mode="json") == told)


@pytest.mark.parametrize(
    ("shape", "words", "who"),
    [
        ("statuses", ["status"], "coordinator"),
        ("status", ["status", "kylakoulut"], "coordinator"),
        ("status", ["status", "kylakoulut"], "parent"),
        ("show", ["show", "kylakoulut", "1"], "coordinator"),
        ("show", ["show", "kylakoulut", "2"], "teacher"),
        ("inbox", ["inbox"], "parent"),
        ("record", ["record", "kylakoulut"], "teacher"),
        ("record", ["record"], "auditor"),
        ("person list", ["person", "list"], "coordinator"),
        ("group list", ["group", "list"], "coordinator"),
        ("draft show", ["draft", "show", "kylakoulut", "1"], "owner"),
        ("plan", ["create", "kylakoulut", "--start", "2026", "--plan"], "coordinator"),
        ("reach", ["reach", "kylakoulut"], "coordinator"),
        ("rehearse", ["rehearse", "kylakoulut", "--start", "2026", "--messages"], "coordinator"),
        ("verify", ["verify"], "administrator"),
    ],
)
def test_what_is_shown_is_also_an_object_of_its_documented_shape(town, at_checkpoint, shape, words, who) -> None:
    town("stance", at_checkpoint, "1", "--object", "Kyydit puuttuvat", as_="parent")
    assert matches(shape, town(*words, "--json", as_=who).json)


def test_an_act_tells_as_an_object_what_happened_and_what_it_relied_on(town, at_checkpoint) -> None:
    told = town("stance", at_checkpoint, "1", "--accept", "--json", as_="teacher").json
    assert matches("act", told)
    assert [one["type"] for one in told["happened"]] == ["StanceTaken"]
    assert told["seen"] == told["happened"][0]["data"]["manifest"]
    changed = town("role", "give", "owner", "auditor", "--json", as_="administrator").json
    assert matches("act", changed)
    assert (changed["process"], changed["happened"][0]["type"]) == (None, "RoleGiven")


def test_moving_a_date_to_an_odd_day_says_so_and_whoever_leaves_leaves_their_parts_to_be_filled(town, process) -> None:
    may_day = ["extend", process, "checkpoint:ehdotus", "--to", "1.5.2027", "--reason", "Kokeilu"]
    moved = town(*may_day, "--json", as_="coordinator").json
    assert matches("act", moved)
    assert any("not a working day" in one for one in moved["look_at"])
    removed = town("person", "remove", "preparer", "--reason", "Lähti", as_="administrator")
    assert "Look at these" in removed.out
    assert f"etappi amend role {process} preparer PERSON" in removed.text
    told = town("status", process, "--json", as_="coordinator").json
    assert [(one["slot"], one["missing"]) for one in told["vacancies"]] == [("preparer", "person")]


def test_what_is_kept_how_long_and_destroying_by_hand_what_is_over(town, process, document) -> None:
    town("draft", "save", process, "selvitys", "koulumatkaselvitys", document("# Luonnos\n\nTeksti.\n"), as_="owner")
    told = town("retention", "--json", as_="coordinator").json
    assert matches("retention", told)
    assert [(one["data"], one["over"], one["left"]) for one in told["kept"]] == [
        ("drafts", None, 1),
        ("messages", None, 0),
        ("record", None, None),
    ]
    town("retention", process, "--destroy", "--yes", as_="administrator", code=1)
    town("stop", process, "--reason", "Kunnat yhdistyvät", as_="coordinator")
    town("close", process, as_="coordinator")
    assert "not yours" in town("retention", "--destroy", "--yes", as_="coordinator", code=1).err
    assert "destroyed tonight" in town("retention", process, as_="coordinator").text
    town("retention", process, "--destroy", as_="administrator", code=2)  # nobody can be asked
    told = town("retention", process, "--destroy", "--yes", "--json", as_="administrator")
    assert "nothing is left" in town("retention", as_="coordinator").text
    told = town("record", process, as_="registrar").text
    assert "Destroyed, because its time of keeping is over: the drafts" in " ".join(told.split())
    town("retention", "nowhere", as_="coordinator", code=2)
    town("verify")


def test_setting_up_tells_as_an_object_what_is_there(etappi, tmp_path) -> None:
    named = ["--municipality", "kyla", "--name", "Kylä", "--administrator-name", "Johtaja"]
    assert matches("init", etappi("init", *named, "--json").json)
    file = tmp_path / "kalenteri.yaml"
    file.write_text("own_days: {2026-12-31: Vapaa}\n")
    assert matches("calendar", etappi("calendar", str(file), "--json", as_="administrator").json)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_a_schema_in_which_its_fields_are_told(etappi, shape: str) -> None:
    schema = etappi("schema", shape).json
    assert schema["properties"]
    assert schema["description"]


def test_the_schema_of_an_acting_verb_is_that_of_acts(etappi) -> None:
    assert etappi("schema", "stance").json == etappi("schema", "act").json
    assert etappi("schema", "statuss", code=2).err == 'There is no schema of statuss; did you mean "statuses"?\n'


def test_the_schema_of_definitions_is_the_shipped_one(etappi) -> None:
    assert etappi("schema").out == Path("config/schema/process.schema.json").read_text(encoding="utf-8")


# --- validate -------------------------------------------------------------------------------------------------------


def test_every_mistake_of_a_definition_is_told_with_its_place(etappi, tmp_path) -> None:
    file = tmp_path / "malli.yaml"
    file.write_text("format: 1\nid: Malli\nversion: '1'\nname: {fi: Malli}\nnonsense: 1\n")
    done = etappi("validate", str(file), code=2)
    lines = done.out.splitlines()
    assert [line for line in lines if line.startswith((f"{file}:2:5: ", f"{file}:5:1: "))]
    assert all(line.startswith(f"{file}:") for line in lines)
    told = etappi("validate", str(file), "--json", code=2).json
    assert matches("validate", told)
    assert {(2, 5), (5, 1)} <= {(one["line"], one["column"]) for one in told["files"][0]["mistakes"]}


def test_the_shipped_definitions_hold(etappi) -> None:
    done = etappi("validate", "config/processes/kemijarvi-2030.yaml", "config/processes/rauman-tarina-2013.yaml")
    assert done.out.count("holds") == 2


# --- who may read what ----------------------------------------------------------------------------------------------


def test_who_said_what_is_shown_of_ones_own_group(town, at_checkpoint) -> None:
    town("stance", at_checkpoint, "1", "--object", "Kyydit puuttuvat", as_="parent")
    town("stance", at_checkpoint, "1", "--accept", as_="teacher")
    mine, other = town("show", at_checkpoint, "1", "--json", as_="villager").json["groups"]
    assert [one["person"]["name"] for one in mine["stances"]] == ["Huoltaja"]
    assert (other["stances"], other["silent"]) == (None, None)
    assert other["standing"]["accept"] == 1
    shown = town("show", at_checkpoint, "1", as_="villager").text
    assert "Huoltaja (vanhemmat-1) objects [o1]" in shown
    assert "Luokanopettaja" not in shown


def test_the_record_does_not_tell_which_member_of_another_group_acted(town, at_checkpoint) -> None:
    town("stance", at_checkpoint, "1", "--object", "Kyydit puuttuvat", as_="parent")
    told = town("record", at_checkpoint, "--json", as_="teacher")
    stance = told.json["happened"][-1]
    assert (stance["person"], stance["seat"], stance["data"]) == (None, None, None)
    assert stance["sentence"].startswith(f'a member of {LONG_NAME} objects: "Kyydit puuttuvat" [o1].')
    town("withdraw", at_checkpoint, "o1", as_="parent")
    town("file-dissent", at_checkpoint, "1", "--text", "Oma mielipide", as_="villager")
    for event in town("record", at_checkpoint, "--json", as_="teacher").json["happened"][3:]:
        assert (event["person"], event["data"]) == (None, None)
        assert "Huoltaja (" not in event["sentence"]
    assert town("record", at_checkpoint, "--json", as_="coordinator").json["happened"][3]["person"] == "parent"


def test_who_is_late_is_told_to_the_coordinator_and_to_the_chair_of_the_group(town, at_checkpoint) -> None:
    database = sqlite3.connect(town.folder / "etappi.sqlite3")
    with database:
        database.execute("update duty set due = '2026-01-02' where kind = 'stance'")
    database.close()
    late = {
        who: town("status", at_checkpoint, "--json", as_=who).json["late"]
        for who in ("coordinator", "teacher", "parent")
    }
    assert len(late["coordinator"]) == 4
    assert [one["seat"] for one in late["teacher"]] == ["opettajat-1", "opettajat-2"]
    assert [one["seat"] for one in late["parent"]] == ["vanhemmat-1", "vanhemmat-2"]
    assert town("status", at_checkpoint, "--json", as_="villager").json["late"] is None


@pytest.mark.parametrize("words", [["status", "kylakoulut"], ["show", "kylakoulut", "1"], ["record", "kylakoulut"]])
def test_somebody_without_a_part_reads_nothing(town, process, words: list[str]) -> None:
    assert town(*words, as_="deputy", code=None).code in (0, 1)
    town("person", "add", "stranger", "--name", "Ohikulkija", as_="administrator")
    assert "not yours" in town(*words, as_="stranger", code=1).err
    assert town("status", "--json", as_="stranger").json["processes"] == []


def test_only_those_who_keep_the_directory_list_it(town) -> None:
    assert "not yours" in town("person", "list", as_="teacher", code=1).err
    assert "not yours" in town("record", as_="teacher", code=1).err


# --- inbox ----------------------------------------------------------------------------------------------------------


def test_an_empty_inbox_says_so_kindly(town) -> None:
    done = town("inbox", as_="teacher")
    assert done.text == "Nothing waits for you now. Etappi sends a message when something does."


def test_the_inbox_tells_what_waits_by_when_and_how_it_is_done(town, at_checkpoint) -> None:
    waiting = town("inbox", "--json", as_="teacher").json["waiting"]
    assert [(one["what"], one["days_late"]) for one in waiting] == [("Take a stance on Selvitys for Opettajat", 0)]
    assert waiting[0]["how"].startswith("etappi stance kylakoulut selvitys --seat opettajat-1 --accept")
    town("stance", at_checkpoint, "1", "--accept", as_="teacher")
    assert town("inbox", "--json", as_="teacher").json["waiting"] == []


def test_a_deputy_owes_while_the_holder_is_away(town, at_checkpoint) -> None:
    assert town("inbox", "--json", as_="deputy").json["waiting"] == []
    assert "while the holder is away" in town("stance", at_checkpoint, "1", "--accept", as_="deputy", code=1).err
    town("absence", "note", "--first", day(-1), "--last", day(3), as_="specialist")
    (owed,) = town("inbox", "--json", as_="deputy").json["waiting"]
    assert owed["acting_for"] == "specialist"
    told = town("stance", at_checkpoint, "1", "--accept", "--json", as_="deputy").json
    assert (told["happened"][0]["person"], told["happened"][0]["for_whom"]) == ("deputy", "specialist")


def test_a_stand_in_acts_for_an_absent_employee(town, process) -> None:
    note = ["absence", "note", "--first", day(-1), "--last", day(3), "--stand-in", "registrar"]
    town(*note, as_="coordinator")
    assert [one["kind"] for one in town("inbox", "--json", as_="registrar").json["waiting"]][:1] == ["open_phase"]
    assert "do not stand in" in town("open", process, "1", "--for", "preparer", as_="registrar", code=1).err
    town("open", process, "1", "--for", "coordinator", as_="registrar")
    town("absence", "end", "--first", day(-1), "--last", day(-1), as_="coordinator")
    assert "not yours" in town("retract", process, "1", "--opening", as_="registrar", code=1).err


def test_a_disqualified_holders_seat_is_the_deputys(town, at_checkpoint) -> None:
    town("stance", at_checkpoint, "1", "--disqualified", "--ground", "Hallintolaki 28 §", as_="specialist")
    assert [one["kind"] for one in town("inbox", "--json", as_="deputy").json["waiting"]] == ["stance"]
    town("stance", at_checkpoint, "1", "--accept", as_="deputy")
    assert town("show", at_checkpoint, "1", "--json", as_="coordinator").json["groups"][1]["standing"]["accept"] == 1


# --- the record as it was -------------------------------------------------------------------------------------------


def test_the_record_tells_how_it_stood_at_the_end_of_a_day(town, at_checkpoint) -> None:
    told = town("record", at_checkpoint, "--as-of", day(0), "--json", as_="coordinator").json
    assert told["stood"].startswith("Selvitys is at its checkpoint, round 1")
    assert len(told["happened"]) == 3
    assert "was not there yet" in town("record", at_checkpoint, "--as-of", day(-9), as_="coordinator", code=2).err


# --- the screen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [["status", "kylakoulut"], ["show", "kylakoulut", "1"], ["inbox"], ["record", "kylakoulut"], ["group", "list"]],
)
def test_long_finnish_words_fit_a_terminal_of_eighty_columns(town, at_checkpoint, words: list[str]) -> None:
    town("stance", at_checkpoint, "1", "--object", "Lentokonesuihkuturbiinimoottori " * 20, as_="parent")
    shown = town(*words, as_="coordinator").out
    assert [line for line in shown.splitlines() if len(line) > 80] == []
    assert LONG_NAME in " ".join(shown.split()) or words != ["status", "kylakoulut"]
    assert "\x1b" not in shown


def test_a_table_gives_way_where_it_is_widest(capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", str(LEAST))
    table(("", "Nimi", "Määrä"), [("1", "sana " * 30, "7"), ("2", "", "12")], right=("Määrä",))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= LEAST
    assert lines[-1].endswith("   12")


def test_what_failed_is_in_trouble_until_it_is_tried_again(town, at_checkpoint) -> None:
    database = sqlite3.connect(town.folder / "etappi.sqlite3")
    with database:
        database.execute("update outbox set state = 'failed', attempt = 10, error = 'No answer' where kind = 'notify'")
    database.close()
    trouble = town("status", at_checkpoint, "--json", as_="coordinator").json["trouble"]
    assert [(one["state"], one["kind"], one["error"]) for one in trouble] == [("failed", "notify", "No answer")]
    assert "owed again" in town("retry").out
    assert town("status", at_checkpoint, "--json", as_="coordinator").json["trouble"] == []


# --- keeping --------------------------------------------------------------------------------------------------------


def test_what_was_changed_behind_etappis_back_does_not_hold(town, at_checkpoint) -> None:
    heads = town("verify", "--json").json["heads"]
    anchor = next(f"{record}:{head}" for record, head in heads.items() if record.endswith(at_checkpoint))
    town("verify", "--anchor", anchor)
    database = sqlite3.connect(town.folder / "etappi.sqlite3")
    with database:
        database.execute("update phase set status = 'passed'")
    database.close()
    done = town("verify", "--anchor", anchor, code=1)
    assert "the row was changed" in done.text
    assert "not hold" in done.text
    town("rebuild", "--yes")
    town("verify")


def test_a_backup_is_restored_and_verified(town, at_checkpoint, tmp_path) -> None:
    place = tmp_path / "backup.zip"
    town("backup", "--to", str(place))
    assert "Everything holds" in town("restore", str(place), "--check").text
    assert town("restore", str(place), code=1).err
    other = type(town)(tmp_path / "elsewhere")
    assert "Everything holds" in other("restore", str(place)).text
    assert other("status", at_checkpoint, "--json", as_="coordinator").json["process"] == at_checkpoint


def test_the_public_edition_is_exported_unless_the_full_one_is_asked_for(town, at_checkpoint, tmp_path) -> None:
    town("stance", at_checkpoint, "1", "--object", "Kyydit puuttuvat", as_="parent")
    for edition, words in (("public", []), ("full", ["--full"])):
        place = tmp_path / f"{edition}.zip"
        assert f"({edition} edition)" in town("export", at_checkpoint, "--to", str(place), *words).text
        with zipfile.ZipFile(place) as archive:
            held = b"".join(archive.read(name) for name in archive.namelist())
        assert (b"Kyydit puuttuvat" in held) is (edition == "full")


# --- nothing heavy --------------------------------------------------------------------------------------------------

TELLING_WHAT_IS_IMPORTED = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from app.cli import main
main()
"""


@pytest.mark.parametrize("words", [["status"], ["status", "kylakoulut"], ["show", "kylakoulut", "1"], ["inbox"]])
def test_what_only_shows_imports_nothing_heavy(town, at_checkpoint, words: list[str]) -> None:
    environment = {**os.environ, **town.environment, "ETAPPI_AS": "coordinator"}
    script = [sys.executable, "-c", TELLING_WHAT_IS_IMPORTED, *words]
    ran = subprocess.run(script, capture_output=True, text=True, env=environment, check=True)
    heavy = {"prefect", "sqlalchemy", "sqlmodel", "alembic", "rich", "holidays", "ruamel", "models.engine", "fastapi"}
    assert set(ran.stderr.split()) & heavy == set()


# --- the clock ------------------------------------------------------------------------------------------------------


def test_a_clock_that_runs_is_said_to_run_whatever_time_it_shows(town, at_checkpoint) -> None:
    now = dt.datetime.now(dt.UTC)
    with (
        closing(Database(f"sqlite:///{town.folder / 'etappi.sqlite3'}")) as database,
        database.transaction() as session,
    ):
        beat(session, TICK, now - dt.timedelta(seconds=20))
    town.clock.set(now + dt.timedelta(hours=2))

    assert re.search(r"The clock last ran \d\d s ago\.", town("status", as_="coordinator").out)
    assert re.search(r"The clock last ran \d\d s ago\.", town("status", at_checkpoint, as_="coordinator").out)
