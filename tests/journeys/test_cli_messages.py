"""Looking at messages, holding and taking them back, one's own hours, and reading every text."""

import datetime as dt

import pytest
from command_line import BEGINS, CommandLine
from pydantic import TypeAdapter

from app.cli.checking import SHAPES
from models.outgoing import outbox
from models.outgoing.addressing import Addressing
from models.settings import Settings
from tasks.installation import installed

LATER = (BEGINS + dt.timedelta(days=3)).date().isoformat()


def told(town: CommandLine) -> None:
    """What is owed to be told stands in messages that wait."""
    there = installed(Settings(data_dir=town.folder, clock_file=town.clock.file))
    with there.database.transaction() as session:
        owed = outbox.lease(session, "notify", 100, there.engine.clock(), 60)
    for one in owed:
        Addressing(there.engine, dt.timedelta(minutes=10)).tell(one)
    there.database.close()


def listed(town, who: str, *words: str) -> list[dict]:
    shown = town("messages", "--json", *words, as_=who).json
    assert TypeAdapter(SHAPES["messages"]).validate_python(shown)
    return shown["messages"]


def test_messages_are_shown_to_their_readers_to_the_coordinator_and_to_an_administrator(town, at_checkpoint) -> None:
    told(town)

    mine = listed(town, "teacher")
    assert {one["person"]["person"] for one in mine} == {"teacher"}
    assert [one["state"] for one in mine] == ["open"]
    assert mine[0]["things"][0]["kind"] == "OutputsSubmitted"
    everybody = {one["person"]["person"] for one in listed(town, "coordinator")}
    assert everybody >= {"teacher", "parent", "owner", "preparer"}
    assert everybody == {one["person"]["person"] for one in listed(town, "administrator")}
    assert listed(town, "auditor") == []
    assert "waits until" in town("messages", "--to", "teacher", as_="coordinator").text


def test_a_waiting_message_is_held_let_go_and_taken_back_by_the_coordinator(town, at_checkpoint) -> None:
    told(town)
    (number,) = [str(one["number"]) for one in listed(town, "teacher")]

    for somebody in ("teacher", "parent", "auditor"):  # its reader, another member, and who sees no messages at all
        for what in ("hold", "release", "take-back"):
            assert "coordinator" in town("messages", what, number, as_=somebody, code=1).err
    assert [one["state"] for one in listed(town, "teacher")] == ["open"]
    assert "held" in town("messages", "hold", number, as_="coordinator").text
    assert [one["state"] for one in listed(town, "teacher")] == ["held"]
    assert "let go" in town("messages", "release", number, as_="coordinator").text
    assert "never leaves" in town("messages", "take-back", number, as_="coordinator").text

    (taken,) = listed(town, "coordinator", "--to", "teacher")
    assert taken["state"] == "taken back"
    assert taken["things"][0]["reason"] == "taken back by coordinator"
    assert "never will" in town("messages", "hold", number, as_="coordinator", code=1).err
    assert town("messages", "hold", "99999", as_="administrator", code=2).err
    assert town("messages", "hold", "x", as_="administrator", code=2).err


def test_ones_own_hours_and_digest_are_kept(town, at_checkpoint) -> None:
    assert "from 07:00 to 18:00" in town("my-messages", as_="teacher").text
    chosen = town("my-messages", "--hours", "7.30-15", "--rhythm", "weekly", "--weekday", "friday", as_="teacher")
    assert "07:30 to 15:00, once a week, on Friday" in chosen.text
    shown = town("my-messages", "--json", as_="teacher").json
    assert (shown["first"], shown["last"], shown["rhythm"], shown["weekday"]) == ("07:30", "15:00", "weekly", 4)
    for wrong in (["--hours", "15-7"], ["--hours", "aamu"], ["--hours", "7-25"], ["--weekday", "lauantai"]):
        assert town("my-messages", *wrong, as_="teacher", code=2).err


def test_a_duty_is_postponed_by_who_owes_it(town, at_checkpoint) -> None:
    (duty,) = [one["duty"] for one in town("inbox", "--json", as_="teacher").json["waiting"]]

    assert "reminded again" in town("snooze", at_checkpoint, duty, "--until", LATER, as_="teacher").text
    assert town("snooze", at_checkpoint, duty, "--until", LATER, "--json", as_="teacher").json["duty"] == duty
    assert town("snooze", at_checkpoint, duty, "--until", LATER, as_="parent", code=1).err
    assert town("snooze", at_checkpoint, duty, "--until", "2020-01-01", as_="teacher", code=2).err
    assert town("snooze", at_checkpoint, "stance:nothing", "--until", LATER, as_="teacher", code=2).err


def test_who_owes_is_reminded_by_the_coordinator_and_nobody_else_reminds(town, at_checkpoint) -> None:
    shown = town("nudge", at_checkpoint, "--json", as_="coordinator").json
    TypeAdapter(SHAPES["nudge"]).validate_python(shown)
    assert not shown["sent"]
    keys = {one["to"]["person"]: one["duty"] for one in shown["nudges"] if one["to"]}
    listed_ = town("nudge", at_checkpoint, as_="coordinator").text
    assert keys["teacher"] in listed_ and "Nobody has been written to" in listed_
    told(town)
    before = len(listed(town, "teacher")[0]["things"])

    assert "1 person will be reminded" in town("nudge", at_checkpoint, keys["teacher"], as_="coordinator").text
    assert len(listed(town, "teacher")[0]["things"]) == before + 1
    assert "coordinator" in town("nudge", at_checkpoint, as_="owner", code=1).err
    assert "duty" in town("nudge", at_checkpoint, "stance:nothing", as_="coordinator", code=2).err
    assert "0 people" in town("nudge", at_checkpoint, "--late", as_="coordinator").text


def test_what_is_no_report_of_a_mail_server_is_refused(town, tmp_path) -> None:
    file = tmp_path / "viesti.eml"
    file.write_text("Subject: hei\n\nhei\n")
    assert "no report" in town("messages", "bounced", str(file), as_="administrator", code=2).err
    assert town("messages", "bounced", str(tmp_path / "missing"), as_="administrator", code=2).err


@pytest.mark.parametrize("as_json", [True, False])
def test_every_text_can_be_read_in_three_languages_without_an_installation(etappi, tmp_path, as_json) -> None:
    place = tmp_path / "luettavaksi"
    done = etappi("preview", "--out", str(place), *(["--json"] if as_json else []))
    if as_json:
        shown = TypeAdapter(SHAPES["preview"]).validate_python(done.json).messages
        kinds = {one.kind for one in shown}
        assert {"OutputsSubmitted", "stance:holder", "SignIn", "several"} <= kinds
        assert len({(one.kind, one.language) for one in shown}) == len(shown) == 3 * len(kinds)
    else:
        page = (place / "viestit.html").read_text("utf-8")
        assert page.count("<iframe") > 250
        assert "Työryhmäsi kantaa pyydetään" in page
