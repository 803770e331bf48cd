"""Invitations and feeds, read back by another library: times, updates, cancellations, and who sees what."""

import datetime as dt
from email.message import EmailMessage
from typing import Any

import pytest
import vobject
from test_messages_owed import deliver, read, tell
from village import Village

from models.commands import CancelMeeting, OpenPhase, ScheduleMeeting
from models.days.calendar import at_local
from models.errors import NotFound
from models.municipality.commands import RemovePerson
from models.outgoing.feeds import own_feed, public_feed
from models.personal import Private

DOMAIN = "kyla.example"


def meets(village: Village, when: dt.datetime, key: str = "ilta", **more: Any) -> None:
    given = {"name": "Kyläilta", "place": "Koulun sali; Kylätie 1, Kylä"} | more
    village.act(ScheduleMeeting(meeting=key, at=when, **given), "coordinator")


def delivered(village: Village) -> None:
    tell(village)
    village.clock.forward(minutes=20)
    deliver(village)


def mails(village: Village, person: str) -> list[EmailMessage]:
    return [read(mail) for mail in village.mails() if f"-{person}-" in mail.name]


def calendars(mail: EmailMessage) -> list[Any]:
    return [vobject.readOne(part.get_content()) for part in mail.walk() if part.get_content_type() == "text/calendar"]


def entries(content: bytes) -> dict[str, Any]:
    """The entries of a feed by what they are called."""
    return {one.summary.value: one for one in getattr(vobject.readOne(content.decode()), "vevent_list", [])}


# --- invitations --------------------------------------------------------------------------------------------------


def test_a_meeting_comes_as_an_invitation_that_calendars_understand(village: Village) -> None:
    when = at_local(dt.date(2027, 2, 9), 17, 30)
    meets(village, when)
    delivered(village)

    (mail,) = mails(village, "owner")
    shown, attached = calendars(mail)
    for calendar in (shown, attached):
        assert calendar.method.value == "REQUEST"
        event = calendar.vevent
        assert event.dtstart.value == when
        assert event.dtend.value == when + dt.timedelta(hours=2)
        assert (event.summary.value, event.location.value) == ("Kyläilta", "Koulun sali; Kylätie 1, Kylä")
        assert event.organizer.value == "mailto:etappi@etappi.invalid"
        assert event.attendee.value == "mailto:owner@kyla.example"
        assert event.sequence.value == "0"
        assert calendar.vtimezone.tzid.value == "Europe/Helsinki"
    assert "kutsu.ics" in [part.get_filename() for part in mail.walk()]


def test_a_meeting_that_moves_updates_its_entry_and_one_that_is_off_takes_it_away(village: Village) -> None:
    meets(village, at_local(dt.date(2027, 2, 9), 17))
    delivered(village)
    meets(village, at_local(dt.date(2027, 3, 30), 18))  # in summer time
    delivered(village)
    village.act(CancelMeeting(meeting="ilta"), "coordinator")
    delivered(village)

    told = [calendars(mail)[0] for mail in mails(village, "owner")]
    assert [one.method.value for one in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [one.vevent.sequence.value for one in told] == ["0", "1", "2"]
    assert len({one.vevent.uid.value for one in told}) == 1
    assert told[1].vevent.dtstart.value.utcoffset() == dt.timedelta(hours=3)
    assert told[2].vevent.status.value == "CANCELLED"


def test_two_meetings_in_one_message_are_two_files(village: Village) -> None:
    meets(village, at_local(dt.date(2027, 2, 9), 17))
    meets(village, at_local(dt.date(2027, 2, 16), 17), "toinen", name="Toinen ilta")
    delivered(village)

    (mail,) = mails(village, "owner")
    names = [part.get_filename() for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert names == ["kutsu-1.ics", "kutsu-2.ics"]


def test_a_meeting_without_a_time_of_day_takes_the_whole_day(village: Village) -> None:
    meets(village, at_local(dt.date(2027, 2, 9), 0))
    delivered(village)

    event = calendars(mails(village, "owner")[0])[0].vevent
    assert (event.dtstart.value, event.dtend.value) == (dt.date(2027, 2, 9), dt.date(2027, 2, 10))


# --- feeds --------------------------------------------------------------------------------------------------------


def test_a_persons_feed_has_their_meetings_and_the_last_days_of_what_they_owe(village: Village) -> None:
    meets(village, at_local(dt.date(2027, 2, 9), 17), group="teachers", phase="future-image")
    village.open()
    village.submit()

    mine = entries(own_feed(village.engine, village.name, "teacher-1", DOMAIN))
    assert set(mine) == {"Kyläilta", "Tarkistuspiste 1: viimeistään"}
    assert mine["Kyläilta"].location.value == "Koulun sali; Kylätie 1, Kylä"
    due = village.state.rounds["future-image"].due
    assert mine["Tarkistuspiste 1: viimeistään"].dtstart.value == due
    assert "Kyläilta" not in entries(own_feed(village.engine, village.name, "owner", DOMAIN))

    village.say("teacher-1")
    assert set(entries(own_feed(village.engine, village.name, "teacher-1", DOMAIN))) == {"Kyläilta"}


def test_a_process_has_a_public_feed_with_its_days_and_nobodys_name(village: Village) -> None:
    meets(village, at_local(dt.date(2027, 2, 9), 17), key="oma", group="teachers", phase="future-image", name="Oma")
    meets(village, at_local(dt.date(2027, 2, 16), 17))
    content = public_feed(village.engine, village.name, village.process, DOMAIN)

    shown = entries(content)
    assert {"Kyläilta", "Vaihe: Vaihe 1", "Tarkistuspiste 1: kannat viimeistään", "Päätöksen aika"} <= set(shown)
    assert "Oma" not in shown
    assert b"mailto:" not in content
    assert b"ORGANIZER" not in content
    with pytest.raises(NotFound):
        public_feed(village.engine, village.name, "nothing", DOMAIN)


def test_who_has_left_has_no_feed(village: Village) -> None:
    village.municipal(RemovePerson(person="teacher-1", reason=Private("Muutti")))
    with pytest.raises(NotFound):
        own_feed(village.engine, village.name, "teacher-1", DOMAIN)


def test_entries_keep_their_names_when_the_feed_is_read_again(village: Village) -> None:
    def names() -> list[str]:
        feed = public_feed(village.engine, village.name, village.process, DOMAIN)
        return sorted(one.uid.value for one in vobject.readOne(feed.decode()).vevent_list)

    before = names()
    village.act(OpenPhase(phase="future-image"), "coordinator")
    assert names() == before
    assert len(set(before)) == len(before)
