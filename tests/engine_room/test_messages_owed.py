"""What is told becomes one message for each person and window; it leaves once, and a log says what went and why not."""

import datetime as dt
import email
import email.policy
import errno
import os
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from village import NAMES, SEATS, Village

from models.municipality.commands import AddPerson, NoteAbsence, RemovePerson
from models.outgoing import outbox
from models.outgoing.addressing import Addressing
from models.outgoing.contents import IN_DOUBT
from models.outgoing.outbox import Leased
from models.personal import Private
from models.telling.windows import next_window
from models.words import StanceKind

TEN = dt.timedelta(minutes=10)
NOTHING = {"sent": 0, "not sent": 0, "refused": 0, "wrong": 0}


@pytest.fixture(params=["sqlite", "postgresql"])
def village(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> Iterator[Village]:
    """A village on each kind of database; no courier is at work in it."""
    database = request.getfixturevalue(f"{request.param}_database")
    of = {} if request.param == "sqlite" else {"database_url": database.url}
    found = Village.founded(tmp_path / "data", migrated_file, **of)
    yield found
    found.database.close()


def tell(village: Village) -> int:
    """Everything that is to be told is in messages; how many people were told something."""
    addressing = Addressing(village.engine, TEN)
    return sum(addressing.tell(one) for one in leased(village, "notify"))


def leased(village: Village, kind: str, ahead: dt.timedelta = outbox.NOTHING) -> list[Leased]:
    with village.database.transaction() as session:
        return outbox.lease(session, kind, 500, village.clock(), 60, ahead)


def deliver(village: Village) -> dict[str, int]:
    """The messages whose window has ended have left."""
    from tasks.delivering import deliver_all
    from tasks.installation import within

    with within(village.installation):
        return deliver_all([one.id for one in leased(village, "message")])


def windows(village: Village) -> list[tuple[str, str, int]]:
    """Each person's messages: the window and how much is in them."""
    rows = village.all(
        "select person, substr(sending_window, 12, 5), (select count(*) from message_item i where i.message_id = m.id) "
        "from message m order by 1, 2"
    )
    return [(row[0], row[1], row[2]) for row in rows]


def read(mail: Path) -> EmailMessage:
    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def said_in(mail: Path) -> str:
    """The plain text of a mail."""
    body = read(mail).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def log(village: Village) -> list[tuple[str, str, str | None]]:
    return [(r[0], r[1], r[2]) for r in village.all("select person, outcome, reason from message_log order by id")]


# --- combining ----------------------------------------------------------------------------------------------------


def test_what_comes_in_one_window_is_one_message_and_what_comes_later_another(village: Village) -> None:
    village.open()
    village.pause()
    tell(village)
    assert ("owner", "07:20", 3) in windows(village)

    village.clock.forward(minutes=8)
    village.pause()
    tell(village)

    assert [one for one in windows(village) if one[0] == "owner"] == [("owner", "07:20", 3), ("owner", "07:30", 2)]
    keys = [row[0] for row in village.all("select key from outbox where kind = 'message' and key like '%owner%'")]
    assert keys == [f"message:owner:2027-02-01T07:{minute}:00.000000Z:mail" for minute in (20, 30)]
    assert "Z" in keys[0]


@pytest.mark.parametrize(
    ("now", "ends"),
    [("07:00:00", "07:10"), ("07:09:59", "07:20"), ("07:10:00", "07:20"), ("23:55:00", "00:10")],
)
def test_a_window_ends_on_the_first_full_ten_minutes_that_leave_time_to_take_back(now: str, ends: str) -> None:
    at = dt.datetime.fromisoformat(f"2027-02-01T{now}+00:00")

    assert f"{next_window(at, TEN):%H:%M}" == ends
    assert at + TEN <= next_window(at, TEN) < at + 2 * TEN


def test_told_twice_nothing_is_added(village: Village) -> None:
    village.open()
    (one,) = leased(village, "notify")
    addressing = Addressing(village.engine, TEN)

    assert addressing.tell(one) == 2
    before = windows(village)

    assert addressing.tell(one) == 0
    assert windows(village) == before


def test_a_message_on_its_way_out_takes_nothing_more(village: Village) -> None:
    village.pause()
    tell(village)
    village.clock.forward(minutes=7)
    with village.database.transaction() as session:
        session.run("update message set state = 'closed', sending_window = '2027-02-01T07:20:00.000000Z'")
    village.pause()

    tell(village)

    assert {window for _, window, _ in windows(village)} == {"07:20", "07:30"}
    assert {count for _, _, count in windows(village)} == {2}


def test_the_message_is_made_even_when_the_process_has_gone_on_since(village: Village) -> None:
    village.through()

    tell(village)

    assert ("teacher-1", "07:20", 2) in windows(village)
    village.clock.forward(minutes=17)
    deliver(village)
    (mail,) = [file for file in village.mails() if "teacher-1" in file.name]
    assert "Tarkistuspisteen tulos" in said_in(mail)
    assert "kantaa pyydetään" not in said_in(mail), "that has been given by now"


# --- leaving ------------------------------------------------------------------------------------------------------


def test_a_message_waits_for_its_window_and_leaves_once(village: Village) -> None:
    village.open()
    tell(village)

    assert deliver(village) == NOTHING
    village.clock.forward(minutes=17)
    assert deliver(village) == NOTHING | {"sent": 2}

    owner, preparer = village.mails()
    assert owner.name == f"{village.name}-0720-owner-mail.eml"
    assert owner.parent.name == "2027-02-01"
    message = read(owner)
    assert message["To"] == "owner@kyla.example"
    assert "Kylän suunnitelma 2030" in message["Subject"]
    assert NAMES["coordinator"] in said_in(owner)
    assert log(village) == [("owner", "sent", None), ("preparer", "sent", None)]
    assert deliver(village) == NOTHING
    assert preparer.exists()


def test_a_file_that_an_earlier_attempt_wrote_stands_and_only_its_row_follows(village: Village) -> None:
    village.open()
    tell(village)
    village.clock.forward(minutes=17)
    folder = village.settings.data_dir / "messages" / "2027-02-01"
    folder.mkdir(parents=True)
    written = folder / f"{village.name}-0720-owner-mail.eml"
    written.write_bytes(b"as it was written before the power went")

    assert deliver(village)["sent"] == 2

    assert written.read_bytes() == b"as it was written before the power went"
    assert len(village.mails()) == 2


def test_equal_keys_give_equal_message_ids_and_villages_have_their_own(
    village: Village, tmp_path: Path, migrated_file: Path
) -> None:
    other = Village.founded(tmp_path / "other", migrated_file)
    for one in (village, other):
        one.open()
        tell(one)
        one.clock.forward(minutes=17)
        deliver(one)

    ids = {read(mail)["Message-ID"] for one in (village, other) for mail in one.mails()}

    assert len(ids) == 4


def test_one_message_that_cannot_be_written_stops_no_other(village: Village) -> None:
    village.break_address("owner")
    village.open()
    tell(village)
    village.clock.forward(minutes=17)

    assert deliver(village) == NOTHING | {"sent": 1, "wrong": 1}

    ((state, error),) = village.all("select state, error from outbox where kind = 'message' and state <> 'done'")
    assert state == "leased", "the courier says that the attempt is over"
    assert "no e-mail address" in error
    assert [mail.name for mail in village.mails()] == [f"{village.name}-0720-preparer-mail.eml"]


def test_a_message_that_is_not_whole_on_the_disk_is_no_mail_and_is_written_once_later(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.open()
    tell(village)
    assert deliver(village) == NOTHING  # the key of links is there from now on
    village.clock.forward(minutes=17)
    there: list[list[Path]] = []

    def full(_: int) -> None:
        there.append(village.mails())
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        assert deliver(village) == NOTHING | {"wrong": 2}
    assert there == [[], []], "nothing stands under its name before it is flushed"
    assert village.mails() == []

    village.clock.forward(minutes=5)
    assert deliver(village) == NOTHING | {"sent": 2}
    assert [read(mail)["To"] for mail in village.mails()] == ["owner@kyla.example", "preparer@kyla.example"]
    assert deliver(village) == NOTHING


# --- nobody, or not any more --------------------------------------------------------------------------------------


def test_who_is_away_is_not_told_and_the_log_says_that_nobody_was(village: Village) -> None:
    away = NoteAbsence(person="owner", first=dt.date(2027, 2, 1), last=dt.date(2027, 2, 5))
    village.municipal(away)
    village.open()

    assert tell(village) == 1

    assert log(village) == [("owner", "nobody", "away, and nobody present acts for them")]


def test_who_has_no_address_is_in_the_log(village: Village) -> None:
    village.municipal(AddPerson(person="guest", name=Private("Vierailija")))
    village.give_part("owner", "guest")

    tell(village)

    assert ("guest", "nobody", "no e-mail address") in log(village)


def test_a_reminder_of_what_was_done_meanwhile_does_not_leave(village: Village) -> None:
    village.open()
    village.submit()
    due = village.one("select min(due_at) from reminder where duty like 'stance:%'")
    tell(village)
    village.clock.now = dt.datetime.fromisoformat(due)
    deliver(village)
    village.engine.tick()
    tell(village)
    village.say("teacher-1", StanceKind.ABSTAIN)
    village.clock.forward(minutes=20)
    before = len(village.mails())

    assert deliver(village) == NOTHING | {"sent": 1, "not sent": 1}

    assert len(village.mails()) == before + 1
    assert ("teacher-1", "not sent", "done meanwhile") in log(village)
    assert ("teacher-2", "sent", None) in log(village)


def test_what_a_sender_that_died_may_have_sent_is_not_called_unsent(village: Village) -> None:
    from tasks.delivering import Delivery

    village.open()
    village.submit()
    due = village.one("select min(due_at) from reminder where duty like 'stance:%'")
    village.clock.now = dt.datetime.fromisoformat(due)
    village.engine.tick()
    tell(village)
    village.clock.forward(minutes=20)
    taken = Delivery(village.installation).taken([one.id for one in leased(village, "message")], hasten=False)
    assert "teacher-1" in {one.person for one in taken}  # and then it died, before or after the mail server had it

    village.say("teacher-1", StanceKind.ABSTAIN)
    village.clock.forward(minutes=20)
    deliver(village)

    assert ("teacher-1", "not sent", f"done meanwhile; {IN_DOUBT}") in log(village)


def test_how_many_stances_are_missing_is_counted_when_the_message_leaves(village: Village) -> None:
    village.open()
    village.submit()
    last = village.one("select max(due_at) from reminder where duty like 'stance:%' and audience = 'coordinator'")
    village.clock.now = dt.datetime.fromisoformat(last)
    village.engine.tick()
    tell(village)
    village.say(SEATS[0])
    village.clock.forward(minutes=20)

    deliver(village)

    (mail,) = [file for file in village.mails() if "coordinator" in file.name]
    assert "puuttuu vielä 1" in " ".join(said_in(mail).split())


def test_who_has_left_the_directory_since_gets_nothing(village: Village) -> None:
    village.open()
    tell(village)
    village.give_part("preparer", "coordinator")
    village.municipal(RemovePerson(person="preparer", reason="Siirtyi muualle"))
    village.clock.forward(minutes=17)

    deliver(village)

    assert ("preparer", "not sent", "no longer in the directory") in log(village)
    assert [mail.name for mail in village.mails() if "preparer" in mail.name] == []


def test_that_the_coordinator_has_left_is_told_with_who_can_name_another(village: Village) -> None:
    village.municipal(RemovePerson(person="coordinator", reason="Siirtyi muualle"))
    tell(village)
    village.clock.forward(minutes=17)

    deliver(village)

    (mail,) = village.mails()
    said = " ".join(said_in(mail).split())
    assert "preparer" in mail.name
    assert str(read(mail)["subject"]).startswith("[Harjoitus] Prosessilla ei ole koordinaattoria: Kylän suunnitelma")
    assert "Kysy lisää: - Hallinnoija" in said
    assert NAMES["coordinator"] not in said
