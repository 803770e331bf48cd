"""The try-out's story: Kemijärvi 2030 up to the middle of its third checkpoint, where something waits for almost all.

Two phases have passed. At the third checkpoint there is an open objection with an answer, an offered condition, stances
that a revision has made stale, a disqualified member, a member who is away, a late group, and an open condition.
"""

import datetime as dt

from app.demo import moves, story, town
from app.demo.clock import SimulatedClock
from app.demo.moves import METHOD, OWNERS, PREPARER
from app.demo.stage import TOWN, Stage
from models import commands as c
from models.definitions.shipped import read_shipped
from models.engine import Engine
from models.municipality import commands as m
from models.words import AnswerResult, StanceKind

SET_UP = dt.date(2026, 11, 2)
TODAY = "2027-04-01"  # the day after stances were due


def play(engine: Engine, clock: SimulatedClock) -> str:
    """The story has happened up to the try-out's own day; the process's name. Nobody is told anything of it."""
    definition, hash_, told = town.set_up(engine, SET_UP)
    for other, source in read_shipped():
        if other.id != definition.id:
            engine.load_definition(TOWN, other, source, moves.ADMINISTRATOR, channel="demo")
    stage = Stage(engine, clock, definition, tell=lambda _: None, deliver=lambda: None)
    story.create(stage, hash_, told)
    story.future_image(stage)
    story.production_need(stage)
    story.begin_method(stage)
    _said_of_the_first_texts(stage)
    _revised(stage)
    _away(stage)
    stage.go_to(TODAY)
    return stage.process


def _said_of_the_first_texts(stage: Stage) -> None:
    story.disqualify(stage)
    reason = (
        "Tarverekisteristä puuttuu kylien asiointikuljetus, vaikka vaihtoehdot nojaavat siihen. Ilman kuljetusta "
        "keskitetty palvelu ei tavoita niitä, jotka eivät aja autoa."
    )
    objecting = c.TakeStance(phase=METHOD, seat="h4", kind=StanceKind.OBJECT, seen=stage.seen(METHOD), reason=reason)
    stage.act("kylayhdistyksen-edustaja", objecting, seat="h4")
    stage.act("vanhusneuvoston-edustaja", c.CoSign(item="o3", seat="h5"), seat="h5")
    words = "Paikallisille yrityksille varataan mahdollisuus tarjota palveluja myös pieninä osina."
    kind = StanceKind.ACCEPT_WITH_CONDITIONS
    offer = c.TakeStance(phase=METHOD, seat="e2", kind=kind, seen=stage.seen(METHOD), reason=words)
    stage.act("yrittajajarjeston-edustaja", offer, seat="e2")
    stage.go_to("2027-03-23")
    stage.all_take(METHOD, moves.MANAGEMENT, StanceKind.ACCEPT)
    for seat, person in (("h1", "sivistysjohtaja"), ("h3", "rehtori")):
        taking = c.TakeStance(phase=METHOD, seat=seat, kind=StanceKind.ACCEPT, seen=stage.seen(METHOD))
        stage.act(person, taking, seat=seat)
    quiet = c.TakeStance(phase=METHOD, seat="e4", kind=StanceKind.NOT_READ, seen=stage.seen(METHOD))
    stage.act("matkailuyrittaja", quiet, seat="e4")


def _revised(stage: Stage) -> None:
    """The comparison is revised because of the objection: stances on the former text are stale."""
    stage.go_to("2027-03-25")
    stage.draft(METHOD, "vaihtoehtojen-vertailu", OWNERS[METHOD], ".v2")
    why = "Vertailuun lisättiin kylien asiointikuljetus vastustuksen perusteella."
    stage.act(OWNERS[METHOD], c.Revise(phase=METHOD, output="vaihtoehtojen-vertailu", reason=why))
    answer = "Asiointikuljetus on nyt omana rivinään vertailussa, ja sen kustannus on arvioitu kylittäin."
    stage.act(PREPARER, c.Answer(objection="o3", result=AnswerResult.CHANGED, text=answer))
    seen = stage.seen(METHOD)
    stage.act("sivistysjohtaja", c.Confirm(phase=METHOD, seat="h1", seen=seen), seat="h1")
    stage.act("tekninen-johtaja", c.Confirm(phase=METHOD, seat="j2", seen=seen), seat="j2")


def _away(stage: Stage) -> None:
    """A member is away, so her deputy is asked."""
    away = m.NoteAbsence(person="varhaiskasvatuksen-opettaja", first=dt.date(2027, 3, 29), last=dt.date(2027, 4, 9))
    stage.engine.handle_municipality(TOWN, away, moves.ADMINISTRATOR, channel="demo")
