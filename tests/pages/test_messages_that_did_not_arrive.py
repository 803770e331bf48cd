"""Viestit: the coordinator sees what did not arrive and why, and takes back what waits."""

import datetime as dt
import re

from visiting import Pages, tell

from models.commands import ScheduleMeeting
from models.days.calendar import local_date
from models.municipality.commands import NoteAbsence

PAGE = "/prosessi/kemijarvi-2030/viestit"
STOPS = re.compile(r'action="[^"]*/(\d+)/peru"')


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


def test_the_coordinator_sees_who_could_not_be_told_and_takes_back_what_waits(pages: Pages) -> None:
    invited(pages)
    visit = pages.as_("koordinaattori")
    visit.get(PAGE)
    assert "Henkilö on poissa, eikä kukaan paikalla oleva toimi hänen puolestaan." in visit.text
    assert "Kyläyhdistyksen edustaja" in visit.text.partition("Odottavat lähtöä")[0]
    assert "kokous · lähtee" in visit.text
    waiting = STOPS.findall(visit.get(PAGE).text)

    visit.post(f"{PAGE}/{waiting[0]}/peru")

    assert "Viesti on peruttu. Sitä ei lähetetä." in visit.text
    assert STOPS.findall(visit.get(PAGE).text) == waiting[1:]
    with pages.installation.database.reading() as session:
        (state,) = session.all("select state from message where id = :id", {"id": int(waiting[0])})
    assert state == ("taken back",)
    assert visit.post(f"{PAGE}/{waiting[0]}/peru").status_code == 409, "once"
    assert visit.post(f"{PAGE}/99999/peru").status_code == 404


def test_nobody_else_sees_or_stops_messages(pages: Pages) -> None:
    invited(pages)
    coordinator = pages.as_("koordinaattori")
    number = STOPS.findall(coordinator.get(PAGE).text)[0]
    for person in ("rehtori", "valmistelujohtaja"):
        visit = pages.as_(person)
        visit.get("/")
        assert visit.get(PAGE).status_code == 403
        visit.get("/")
        assert visit.post(f"{PAGE}/{number}/peru").status_code == 403
