"""Viestit: the coordinator sees what did not arrive and why, and takes back or lets go what waits."""

import datetime as dt
import re

import pytest
from visiting import Pages, tell

from models.commands import Hold, ScheduleMeeting
from models.days.calendar import local_date
from models.municipality.commands import NoteAbsence
from models.outgoing import holding
from models.personal import Private
from models.storage.database import NONE, Row, Session
from models.storage.drivers import Params

PAGE = "/prosessi/kemijarvi-2030/viestit"
OTHERS = """
    insert into message (municipality_id, person, sending_window, channel, state, created_at)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
    select 'kemijarvi', 'other-' || i, '2027-04-01T08:00:00.000000Z', 'mail', 'open', '2027-04-01T07:00:00.000000Z'
    from n"""
THEIR_THINGS = """
    insert into message_item (message_id, item, municipality_id, kind, payload)
    select id, 'etappi:1', 'kemijarvi', 'Invited', '{}' from message where person like 'other-%'"""
THEIR_LOG = """
    insert into message_log (municipality_id, message_id, person, channel, subject, outcome, reason, at)
    select 'kemijarvi', id, person, 'mail', 'etappi:1', 'refused', 'no', created_at from message
    where person like 'other-%'"""
NUMBER = re.compile(r'name="number" value="(\d+)"')


def invited(pages: Pages) -> None:
    """A group is invited to a meeting, and told, as a courier does it; one member is away, and nobody acts for them."""
    engine = pages.installation.engine
    first = local_date(engine.clock())
    away = NoteAbsence(person="kylayhdistyksen-edustaja", first=first, last=first + dt.timedelta(days=20))
    engine.handle_municipality("kemijarvi", away, "paakayttaja")
    at = engine.clock() + dt.timedelta(days=12)
    meeting = ScheduleMeeting(meeting="kylailta", at=at, phase="tuottamistapa", group="hyvinvointiryhma")
    engine.handle("kemijarvi", meeting, "koordinaattori", process="kemijarvi-2030")
    tell(pages.installation)


def waiting(pages: Pages) -> list[str]:
    """The numbers of the messages that the coordinator can take back."""
    return list(dict.fromkeys(NUMBER.findall(pages.as_("koordinaattori").get(PAGE).text)))


def state_of(pages: Pages, number: str) -> str:
    with pages.installation.database.reading() as session:
        row = session.one("select state from message where id = :id", {"id": int(number)})
    assert row is not None
    return str(row[0])


def test_the_coordinator_sees_who_could_not_be_told_and_takes_back_what_waits(pages: Pages) -> None:
    invited(pages)
    visit = pages.as_("koordinaattori")
    visit.get(PAGE)
    missed, _, leaving = visit.text.partition("Odottavat lähtöä")
    assert "Kokous kylailta: 13.4.2027" in missed, "what it was about"
    assert "Kyläyhdistyksen edustaja" in missed
    assert "Henkilö on poissa, eikä kukaan paikalla oleva toimi hänen puolestaan." in missed
    assert "Kokous 13.4.2027" in leaving
    assert "Lähtee 1.4.2027 klo" in leaving
    first, *others = waiting(pages)

    visit.post(f"{PAGE}/peru", number=first)

    assert "Viesti on peruttu. Sitä ei lähetetä." in visit.text
    assert waiting(pages) == others
    assert state_of(pages, first) == "taken back"
    visit.get(PAGE)
    assert visit.post(f"{PAGE}/peru", number=first).status_code == 409, "once"
    visit.get(PAGE)
    assert visit.post(f"{PAGE}/peru", number="99999").status_code == 404
    visit.get(PAGE)
    assert visit.post(f"{PAGE}/peru").status_code == 422, "none"


def test_all_about_the_same_are_taken_back_at_once_or_none(pages: Pages) -> None:
    invited(pages)
    visit = pages.as_("koordinaattori")
    visit.get(PAGE)
    numbers = waiting(pages)
    assert f"Peru kaikki {len(numbers)} viestiä" in visit.text
    assert visit.post(f"{PAGE}/peru", number=[*numbers, "99999"]).status_code == 404
    assert waiting(pages) == numbers
    visit.get(PAGE)
    visit.post(f"{PAGE}/peru", number=numbers)
    assert f"{len(numbers)} viestiä on peruttu. Niitä ei lähetetä." in visit.text
    assert "Mikään viesti ei odota lähtöä." in visit.text


def test_a_message_tells_each_thing_that_is_in_it_and_one_that_is_held_is_let_go(pages: Pages) -> None:
    invited(pages)
    engine = pages.installation.engine
    pausing = Hold(reason=Private("Odotetaan talousarviota."))
    engine.handle("kemijarvi", pausing, "koordinaattori", process="kemijarvi-2030")
    tell(pages.installation)
    number = waiting(pages)[0]
    with engine.database.transaction() as session:
        holding.hold(session, "kemijarvi", int(number))
    visit = pages.as_("koordinaattori")
    visit.get(PAGE)
    assert "Prosessi odottaa: Kemijärvi kohti vuotta 2030 (esimerkki) Pysäytetty" in visit.text
    assert "Päästä viesti matkaan" in visit.text
    visit.post(f"{PAGE}/paasta", number=number)
    assert "Viesti lähtee." in visit.text
    assert state_of(pages, number) == "open"


def test_a_message_that_nobody_held_is_not_hastened(pages: Pages) -> None:
    invited(pages)
    number = waiting(pages)[0]
    visit = pages.as_("koordinaattori")
    leaving = re.search(r"Lähtee 1\.4\.2027 klo \S+", visit.get(PAGE) and visit.text)
    assert visit.post(f"{PAGE}/paasta", number=number).status_code == 409
    assert f"Viestiä {number} ei ole pysäytetty." in visit.text
    visit.get(PAGE)
    assert leaving and leaving[0] in visit.text


def test_as_much_is_asked_of_one_message_as_of_many(pages: Pages) -> None:
    invited(pages)
    visit = pages.as_("koordinaattori")
    asked: list[list[str]] = []
    for numbers in ([], waiting(pages)):
        visit.get(PAGE)
        asked.append([])
        pages.installation.database.watch = asked[-1].append
        assert visit.post(f"{PAGE}/peru", number=[*numbers, "99999"]).status_code == 404
        pages.installation.database.watch = None
    assert len(asked[0]) == len(asked[1])


def test_the_page_reads_what_is_of_its_own_process_alone(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    invited(pages)
    visit = pages.as_("koordinaattori")
    read: list[int] = []

    def counting(session: Session, sql: str, params: Params = NONE) -> list[Row]:
        rows = every(session, sql, params)
        read.append(len(rows))
        return rows

    every = Session.all
    monkeypatch.setattr(Session, "all", counting)
    visit.get(PAGE)
    before = sum(read)
    with pages.installation.database.transaction() as session:
        session.run(OTHERS, {"count": 500})
        session.run(THEIR_THINGS)
        session.run(THEIR_LOG)
    read.clear()
    visit.get(PAGE)
    assert sum(read) == before


def test_nobody_else_sees_or_stops_messages(pages: Pages) -> None:
    invited(pages)
    number = waiting(pages)[0]
    for person in ("rehtori", "valmistelujohtaja"):
        visit = pages.as_(person)
        visit.get("/")
        assert visit.get(PAGE).status_code == 403
        for act in ("peru", "paasta"):
            visit.get("/")
            assert visit.post(f"{PAGE}/{act}", number=number).status_code == 403
    assert state_of(pages, number) == "open"
