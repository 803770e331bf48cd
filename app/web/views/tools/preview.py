"""What a tool would lead to, before its button: what moves, what is odd then, what is reached, who is told."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from app.rehearsing.sentences import Said, Sentences
from app.web.place import Place
from app.web.session import Visitor
from app.web.views.duties import what_of
from app.web.views.handling_words import (
    defect_words,
    fact_words,
    field_words,
    handling_name,
    kind_words,
    outcome_words,
    vote_words,
)
from app.web.views.returning import returned_to
from app.web.views.tools.amending_now import step_words
from app.web.views.tools.dates import date_name, fetch_names
from app.web.views.who_is_told import Missed, fetch_unreached, not_reached
from models.canonical import canonical, sha256
from models.commands import AssignRole, ChangeLadder, Command
from models.days.calendar import Calendar
from models.days.formats import date_text
from models.days.schedule_warnings import warnings_of_move
from models.definitions.definition import CheckpointPlan
from models.duties.duties import duties
from models.duties.duty import Duty
from models.events import (
    CoordinatorChanged,
    DatesMoved,
    EntryCorrected,
    Event,
    HandlingRecorded,
    ProcessAmended,
    ProcessHeld,
    ProcessResumed,
    ProcessStopped,
    WorkReturned,
)
from models.papers.group_words import rule_told
from models.process import Process
from models.rehearsal.outlook import outlook_of
from models.rehearsal.worries import worry_of
from models.rights import Thing
from models.storage.database import Session
from models.storage.reading import open_duty
from models.telling.foretelling import Foretold, foretell
from models.telling.wording import Wording
from models.words import HandlingOutcome, PhaseStatus


class Move(NamedTuple):
    """One thing before and after."""

    name: str
    before: str
    after: str


class Preview(NamedTuple):
    """What would be so."""

    seen: str  # names what is shown: another outcome is told as overtaken
    happens: tuple[str, ...]
    moves: tuple[Move, ...]
    worries: tuple[Said, ...]
    told: int
    names: tuple[str, ...]  # of those who would be told, for who may read names
    unreached: tuple[Missed, ...]


def would_be(place: Place, command: Command) -> tuple[list[Event], str]:
    """What the command would lead to now, and its name. Raises what it would be refused with."""
    events = place.possible.would(command)
    return events, sha256(canonical([[type(one).__name__, one.model_dump(mode="json")] for one in events]))


def preview(place: Place, session: Session, command: Command) -> Preview:
    """Everything that is shown before the button. Raises what the command would be refused with."""
    events, seen = would_be(place, command)
    found = foretell(place.process, events, place.possible.actor(command), place.world)
    sees_names = place.may_read(Thing.EVERYTHING)
    if sees_names:
        place.fetch_people(session, found.told)
    fetch_unreached(place, session, found.unreached)
    names = sorted((place.person(one) for one in found.told), key=str.casefold) if sees_names else []
    return Preview(
        seen=seen,
        happens=tuple(line for event in events for line in _happens(place, session, event, found)),
        moves=tuple(move for event in events for move in _moves(place, session, event)),
        worries=tuple(worry for event in events for worry in _odd(place, event, found.process)),
        told=len(found.told),
        names=tuple(names),
        unreached=tuple(not_reached(place, found.unreached)),
    )


# --- what happens -------------------------------------------------------------------------------------------------


def _happens(place: Place, session: Session, event: Event, found: Foretold) -> Iterator[str]:
    _ = place.visitor.say
    match event:
        case ProcessHeld() | ProcessStopped():
            yield place.visitor.say_counted(
                "Yhtä odottavaa asiaa ei enää muistuteta.",
                "%(num)s odottavaa asiaa ei enää muistuteta.",
                len(_owed(place, place.process)),
            )
        case ProcessResumed():
            yield from _late(place)
        case CoordinatorChanged():
            yield from _handed_over(place, session, event, found.process)
        case DatesMoved():
            yield from _reached(place, found.process)
        case HandlingRecorded():
            yield from _handled(place, event)
        case EntryCorrected():
            yield _("Entinen arvo jää valmisteluhistoriaan.")
            if event.decides is not None:
                yield _("Tämä on prosessin päätös.") if event.decides else _("Tämä ei ole prosessin päätös.")
        case WorkReturned():
            yield _("Työ jatkuu vaiheesta ”%(phase)s”.", phase=place.name("phase", event.to))
            yield returned_to(place, event).words(place)
        case ProcessAmended() if event.phase is not None:
            yield _("Muutos koskee vaihetta ”%(phase)s”.", phase=place.name("phase", event.phase))
            yield _("Se on voimassa seuraavasta käsittelykerrasta.")
        case ProcessAmended():
            yield _("Muutos on voimassa heti.")


def _handled(place: Place, event: HandlingRecorded) -> Iterator[str]:
    _, name = place.visitor.say, handling_name(place, event)
    kind, outcome = kind_words(place, event.kind), outcome_words(place, event.outcome)
    yield _("Kirjataan: %(name)s, %(kind)s: %(outcome)s.", name=name, kind=kind, outcome=outcome)
    if event.vote:
        yield vote_words(place, event.vote)
    if event.decides:
        yield _("Tämä on prosessin päätös.")
    if event.outcome is HandlingOutcome.RETURNED:
        yield _("Kun käsittely on kirjattu, työn voi palauttaa valmisteluun.")
    yield _(
        "Kirjaus jää valmisteluhistoriaan. Päivän, pykälän, toimielimen, lajin ja tuloksen voi oikaista myöhemmin, "
        "muuta ei."
    )


def _owed(place: Place, process: Process) -> dict[str, Duty]:
    """What waits in the process as it would be."""
    found = duties(process, place.definition, place.world.calendar)
    return {key: one for key, one in found.items() if one.since is None or one.since <= place.visitor.today}


def _late(place: Place) -> Iterator[str]:
    """The dates that have gone by while the process waited."""
    process, today = place.process, place.visitor.today
    ahead = [key for key, phase in process.phases.items() if phase.status is not PhaseStatus.PASSED]
    late = [key for key in ahead if process.dates[f"checkpoint:{key}"] < today]
    for phase in late:
        yield place.visitor.say(
            "Päivä on jo mennyt: %(name)s %(day)s. Siirrä se jatkettuasi.",
            name=place.name("checkpoint", phase),
            day=date_text(process.dates[f"checkpoint:{phase}"], place.visitor.language),
        )


def _handed_over(place: Place, session: Session, event: CoordinatorChanged, after: Process) -> Iterator[str]:
    _ = place.visitor.say
    place.fetch_people(session, [event.before, event.to])
    before, then = _owed(place, place.process), _owed(place, after)
    moved = [key for key, one in then.items() if one.person == event.to and before[key].person != event.to]
    yield _("Uusi koordinaattori: %(name)s.", name=place.person(event.to))
    yield (
        place.visitor.say_counted("Yksi avoin tehtävä siirtyy.", "%(num)s avointa tehtävää siirtyy.", len(moved))
        if moved
        else _("Avoimia tehtäviä ei ole.")
    )
    for key in moved:
        duty = what_of(place.visitor, open_duty(place.key, place.title, key, then[key]), place.wording)
        yield _("Siirtyy: %(duty)s", duty=duty)
    yield from _left_with(place, place.person(event.before), after)


def _left_with(place: Place, name: str, after: Process) -> Iterator[str]:
    """What whoever coordinated before cannot do then, and what they may still read."""
    _, reads = place.visitor.say, after.predecessor
    if reads is None:
        yield _("%(name)s ei enää ohjaa eikä näe prosessia, ellei hänellä ole siinä muuta tehtävää.", name=name)
        return
    yield _(
        "%(name)s ei enää ohjaa prosessia. Hän ei näe jäsenten kantoja nimillä, myöhässä olevia eikä salassa "
        "pidettävää, ellei hänellä ole prosessissa muuta tehtävää.",
        name=name,
    )
    yield _(
        "%(name)s voi lukea prosessia ja sen valmisteluhistoriaa vielä %(day)s asti.",
        name=name,
        day=date_text(reads.until, place.visitor.language),
    )


def _reached(place: Place, after: Process) -> Iterator[str]:
    calendar = place.world.calendar
    yield from reached(place, _first_reached(place, place.process, calendar), _first_reached(place, after, calendar))


def reached_by(place: Place, calendar: Calendar) -> Iterator[str]:
    """Which meeting can be reached by another calendar, where that is another one than by the present."""
    process = place.process
    yield from reached(
        place, _first_reached(place, process, place.world.calendar), _first_reached(place, process, calendar)
    )


def reached(place: Place, before: dt.date | None, then: dt.date | None) -> Iterator[str]:
    """Which meeting of the body that decides can be reached, where that is another one than before."""
    if before == then:
        return
    _, language = place.visitor.say, place.visitor.language
    if before is not None and (then is None or then > before):
        yield _("Kokoukseen %(day)s ei enää ehditä.", day=date_text(before, language))
    if then is None:
        yield _("Mihinkään kalenterissa olevaan päättävän toimielimen kokoukseen ei ehditä.")
    else:
        yield _("Ensimmäinen kokous, johon ehditään: %(day)s.", day=date_text(then, language))


def _first_reached(place: Place, process: Process, calendar: Calendar) -> dt.date | None:
    ways = outlook_of(_wording(place, process), calendar, place.visitor.today).ways
    return next((way.meeting for way in ways if way.reached), None)


def _wording(place: Place, process: Process) -> Wording:
    return place.wording._replace(process=process)


def _odd(place: Place, event: Event, after: Process) -> Iterator[Said]:
    """What is odd with the event, or in what it leads to."""
    match event:
        case DatesMoved():
            yield from _worries(place, after)
        case HandlingRecorded() | EntryCorrected():
            yield from (Said(defect_words(place, one), "") for one in event.defects or ())


def _worries(place: Place, after: Process) -> Iterator[Said]:
    """What is odd in the dates then and is not now."""
    calendar, wording = place.world.calendar, _wording(place, after)
    sentences = Sentences(outlook_of(wording, calendar, place.visitor.today), on_page=True)
    for warning in warnings_of_move(place.definition, place.process.dates, after.dates, calendar):
        yield sentences.worry(worry_of(warning, calendar, wording))


# --- before and after ---------------------------------------------------------------------------------------------


def _moves(place: Place, session: Session, event: Event) -> Iterator[Move]:
    match event:
        case DatesMoved():
            fetch_names(place, session)
            for key, day in sorted(event.dates.items(), key=lambda one: one[1]):
                yield Move(date_name(place, key), _day(place.visitor, event.before[key]), _day(place.visitor, day))
        case ProcessAmended():
            yield from _amended(place, session, event)
        case EntryCorrected():
            name = field_words(place, event.field)
            yield Move(name, *(fact_words(place, event.field, one) for one in (event.before, event.to)))


def _day(visitor: Visitor, day: dt.date) -> str:
    return date_text(day, visitor.language)


def _amended(place: Place, session: Session, event: ProcessAmended) -> Iterator[Move]:
    change = event.change
    if isinstance(change, AssignRole):
        before = place.process.roles.get(change.role)
        place.fetch_people(session, [before, change.person])
        now = place.person(before) if before else place.visitor.say("Ei nimetty")
        yield Move(place.name("role", change.role), now, place.person(change.person))
    elif isinstance(change, ChangeLadder):
        former = place.process.ladders.get(change.ladder.duty)
        planned = former or next((one for one in place.definition.ladders if one.duty is change.ladder.duty), None)
        none = place.visitor.say("Ei muistutusviestejä")
        said = [
            ", ".join(step_words(place, step) for step in one)
            for one in (planned.steps if planned else (), change.ladder.steps)
        ]
        yield Move(place.visitor.say("Muistutusviestit"), said[0] or none, said[1] or none)
    elif event.checkpoint is not None and event.phase is not None:
        yield from _plans(place, place.checkpoint(event.phase), event.checkpoint)


def _plans(place: Place, before: CheckpointPlan, after: CheckpointPlan) -> Iterator[Move]:
    """What stands otherwise in the checkpoint's groups and tested matters."""
    rows = [dict(_stands(place, plan)) for plan in (before, after)]
    none = place.visitor.say("Ei mukana")
    for name in dict.fromkeys([*rows[0], *rows[1]]):
        was, will = rows[0].get(name, none), rows[1].get(name, none)
        if was != will:
            yield Move(name, was, will)


def _stands(place: Place, plan: CheckpointPlan) -> Iterator[tuple[str, str]]:
    _ = place.visitor.say
    for at in plan.groups:
        named = place.directory.groups.get(place.process.groups.get(at.group, at.group))
        covers = ", ".join(place.name("output", one) for one in at.covers)
        said = rule_told(at.rule, at.quorum, place.visitor.language) + (
            f" {_('Kanta pyydetään vain näihin: %(outputs)s.', outputs=covers)}" if covers else ""
        )
        yield named.name if named else place.name("group", at.group), said
    for one in plan.criteria:
        by = place.name("role", one.assessed_by) if one.assessed_by else _("Etappi tarkistaa")
        must = _("Välttämätön") if one.must else _("Suositus")
        yield one.text.in_(place.visitor.language), f"{must}, {by}"
