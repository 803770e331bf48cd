"""The working groups of a process: who sits in them, inviting many, ending a seat, changing the chair, deputies."""

import datetime as dt
from collections.abc import Iterable

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.creating import everybody
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.pages.creating import new_person_key
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.inviting import Row, chosen, pasted, sent, sentence_of
from app.web.views.members import (
    GroupPage,
    Seated,
    chairs_besides,
    group_list,
    group_page,
    invited_people,
    may_change_groups,
    sees_members,
)
from models.amounts import day_in
from models.days.formats import date_text
from models.errors import NotAuthorised, NotFound, NotValid, Refused
from models.inviting.lines import MOST_LINES, entries
from models.inviting.seating import People, seats_given
from models.inviting.verdicts import Known, Sitting, Who, verdicts, who_of
from models.municipality.commands import (
    ChangeSeatPart,
    EndSeat,
    MunicipalityCommand,
    NameDeputies,
    RemovePerson,
    RenameGroup,
)
from models.municipality.directory import Directory
from models.outgoing import invitations
from models.outgoing.invitations import Invitation
from models.personal import Private
from models.storage.database import Session
from models.words import SeatPart

router = APIRouter()
AT = "/prosessi/{process}/ryhmat"
ONE = AT + "/{group}"
SEAT = ONE + "/paikka/{seat}"
ONE_DAY = dt.timedelta(days=1)


@router.get(AT)
def all_groups(place: At) -> Response:
    """The groups, and how many sit in each."""
    with place.visitor.reading() as session:
        found, invited = group_list(place, session), invited_people(place, session)
    return page(place.visitor, "groups.html", place=place, groups=found, invited=invited)


@router.get(ONE)
def one_group(place: At, group: str) -> Response:
    """Who sits in the group, from when to when, and who steps in."""
    return page(place.visitor, "group.html", place=place, group=_group(place, group))


@router.post(ONE + "/nimi")
def rename(place: At, group: str, form: Posted) -> Response:
    """The group is called so."""
    found = _to_change(place, group)
    name = form.text("name")
    if not name:
        return go(place.visitor, addresses.group(place.key, group))
    _do(place, [RenameGroup(group=found.of, name=name[:200])])
    return go(place.visitor, addresses.group(place.key, group), place.visitor.say("Ryhmän nimi on muutettu."))


# --- inviting -----------------------------------------------------------------------------------------------------


@router.get(ONE + "/kutsu")
def ask_whom(place: At, group: str) -> Response:
    """A list of people, to be pasted."""
    return _invite(place, _to_change(place, group), Mistakes(), "")


@router.post(ONE + "/kutsu")
def invite(place: At, group: str, form: Posted) -> Response:
    """The list is looked at line by line; once that has been seen and sent, the people have their seats."""
    found, visitor, mistakes = _to_change(place, group), place.visitor, Mistakes()
    text = form.text("pasted")
    if not text:
        mistakes.add("pasted", visitor.say("Kirjoita tai liitä kutsuttavat, yksi riville."))
    elif len(entries(text)) > MOST_LINES:
        most = visitor.say("Listassa on liian monta riviä: enintään %(most)s kerralla.", most=MOST_LINES)
        mistakes.add("pasted", most)
    if mistakes or form.checked("edit"):
        return _invite(place, found, mistakes, text, status=422 if mistakes else 200)
    seated = {one.person for one in found.seats}
    with visitor.reading() as session:
        people = everybody(session, visitor)
    if not form.checked("seen"):
        return _look(place, found, text, pasted(visitor, text, people, seated), Mistakes())
    rows = sent(visitor, form, text, people, seated)
    sitting = chosen(visitor, rows, mistakes)
    _check_chair(place, found, rows, sitting, mistakes)
    if mistakes or not sitting:
        if not sitting and not mistakes:
            mistakes.add(rows[0].field if rows else "pasted", visitor.say("Listassa ei ole ketään kutsuttavaa."))
        return _look(place, found, text, rows, mistakes, status=422)
    return _seat(place, found, sitting, mails=form.checked("invite"))


def _check_chair(
    place: Place, found: GroupPage, rows: Iterable[Row], sitting: Iterable[Sitting], mistakes: Mistakes
) -> None:
    """A group that has a chair gets no other one by an invitation."""
    for part in (SeatPart.CHAIR, SeatPart.VICE_CHAIR):
        held = next((one for one in found.seats if one.part is part), None)
        row = next((row for row in rows if row.said.value == part.value and row.who != "skip"), None)
        if held is not None and row is not None and any(one.said.value == part.value for one in sitting):
            say = place.visitor.say
            sentence = say("Ryhmällä on jo puheenjohtaja, %(name)s. Vaihda hänet ensin.", name=held.name)
            if part is SeatPart.VICE_CHAIR:
                sentence = say("Ryhmällä on jo varapuheenjohtaja, %(name)s. Vaihda hänet ensin.", name=held.name)
            mistakes.add(f"said-{row.at}", sentence)


def _seat(place: Place, found: GroupPage, sitting: Iterable[Sitting], *, mails: bool) -> Response:
    """The people sit in the group from today; who is new or newly seated is invited."""
    visitor = place.visitor
    people = People(place.directory, new_person_key)
    seats = tuple(seats_given(found.of, sitting, people, visitor.today, place.directory.seats))
    invited = tuple(dict.fromkeys((*(seat.person for seat in seats), *people.new)))
    held = dt.timedelta(minutes=visitor.installation.settings.message_window)

    def besides(session: Session, now: dt.datetime) -> None:
        if mails:
            invitations.invite(session, visitor.municipality, invited, now, held, seats)

    visitor.engine.handle_together(
        visitor.municipality, (*people.added, *seats), visitor.person, also=besides, channel="web"
    )
    said = visitor.say_counted("Yksi jäsen on lisätty.", "%(num)s jäsentä on lisätty.", len(seats))
    if mails:
        minutes = visitor.installation.settings.message_window
        said += " " + visitor.say(
            "Kutsut lähtevät %(minutes)s minuutin kuluttua. Sitä ennen voit perua ne.", minutes=minutes
        )
    return go(visitor, addresses.group(place.key, found.key), said)


@router.post(ONE + "/kutsu/peru")
def take_back(place: At, group: str, form: Posted) -> Response:
    """The invitations with which these seats were given never leave; the seats were never given."""
    wanted = [one for one in _to_change(place, group).invited if one.key in form.all("seat")]
    found = {one.invitation for one in wanted if one.invitation}
    return _taken_back(place, found, wanted, addresses.group(place.key, group))


@router.post(AT + "/kutsut/peru")
def take_back_of_all(place: At, form: Posted) -> Response:
    """These invitations never leave, and the seats that came with them were never given. What else their people have
    stays theirs."""
    _check_may_change(place)
    with place.visitor.reading() as session:
        wanted = [one for one in invited_people(place, session) if str(one.invitation.number) in form.all("invitation")]
    seats = [seat for one in wanted for seat in one.seats]
    return _taken_back(place, {one.invitation for one in wanted}, seats, addresses.groups(place.key))


def _taken_back(place: Place, found: set[Invitation], seats: list[Seated], to: str) -> Response:
    """These invitations never leave, and who was added today with nothing but these seats is out again. Raises
    Refused."""
    visitor = place.visitor
    if not found:
        raise Refused("These invitations have left already. End the seats instead.")
    commands = list(_undoing(place, seats))

    def besides(session: Session, now: dt.datetime) -> None:
        for one in found:
            invitations.take_back(session, visitor.municipality, one, visitor.person, now)

    visitor.engine.handle_together(visitor.municipality, commands, visitor.person, also=besides, channel="web")
    said = visitor.say_counted("Kutsu on peruttu.", "%(num)s kutsua on peruttu.", len(found))
    return go(visitor, to, said)


def _undoing(place: Place, wanted: list[Seated]) -> Iterable[MunicipalityCommand]:
    """The seats are as if they had never been given. Who was added today and has nothing else is taken out again."""
    reason = Private(place.visitor.say("Kutsu peruttiin."))
    for one in wanted:
        yield EndSeat(seat=one.key, last=one.first - ONE_DAY, reason=reason)
    gone = {one.key for one in wanted}
    people = [place.directory.seats[one.key].person for one in wanted]
    people += [deputy for one in wanted for deputy in place.directory.seats[one.key].deputies]
    for person in dict.fromkeys(people):
        if _added_for_this(place, person, gone):
            yield RemovePerson(person=person, reason=reason)


def _added_for_this(place: Place, person: str, gone: set[str]) -> bool:
    """Whether the person was added today and holds nothing but the seats that are taken back."""
    directory: Directory = place.directory
    others = (one for key, one in directory.seats.items() if key not in gone and person in (one.person, *one.deputies))
    elsewhere = next(others, None) is not None or person in place.process.roles.values()
    elsewhere = elsewhere or any(role.person == person for role in directory.roles.values())
    return directory.people[person].added == place.visitor.today and not elsewhere


# --- one seat -----------------------------------------------------------------------------------------------------


@router.get(SEAT)
def one_seat(place: At, group: str, seat: str) -> Response:
    """One seat: its part, its deputies, its end."""
    found = _to_change(place, group)
    return _one(place, found, _named(found, seat), Mistakes(), Typed())


@router.post(SEAT + "/tehtava")
def change_part(place: At, group: str, seat: str, form: Posted) -> Response:
    """The seat's part is another one; whoever had it is a member from now on."""
    found, mistakes = _to_change(place, group), Mistakes()
    one, text = _named(found, seat), form.text("part")
    if text not in set(SeatPart):
        mistakes.add("part", place.visitor.say("Valitse tehtävä."))
    elif one.part is SeatPart.CHAIR and text != SeatPart.CHAIR and not chairs_besides(found.seats, seat):
        said = place.visitor.say(
            "Ryhmä jäisi ilman puheenjohtajaa. Valitse puheenjohtaja ensin toisen jäsenen sivulla."
        )
        mistakes.add("part", said)
    if mistakes:
        return _one(place, found, one, mistakes, form.typed(), status=422)
    _do(place, _change_part(found, one, SeatPart(text)))
    return go(place.visitor, addresses.group(place.key, group), place.visitor.say("Tehtävä on muutettu."))


def _change_part(found: GroupPage, one: Seated, part: SeatPart) -> Iterable[MunicipalityCommand]:
    if part is not SeatPart.MEMBER:
        for other in found.seats:
            if other.part is part and other.key != one.key:
                yield ChangeSeatPart(seat=other.key, part=SeatPart.MEMBER)
    yield ChangeSeatPart(seat=one.key, part=part)


@router.post(SEAT + "/varajasenet")
def name_deputies(place: At, group: str, seat: str, form: Posted) -> Response:
    """The seat's deputies are these, in the order they step in; somebody new is added and invited."""
    found, mistakes, visitor = _to_change(place, group), Mistakes(), place.visitor
    one = _named(found, seat)
    with visitor.reading() as session:
        people = everybody(session, visitor)
    deputies = _deputies(place, seat, form, people, mistakes)
    if any(who.person == one.person for who in deputies):
        mistakes.add("deputies", visitor.say("%(name)s ei voi olla oma varajäsenensä.", name=one.name))
    if mistakes:
        return _one(place, found, one, mistakes, form.typed(), status=422)
    keys = People(place.directory, new_person_key)
    named = NameDeputies(seat=seat, deputies=tuple(keys.key(who) for who in deputies))
    held = dt.timedelta(minutes=visitor.installation.settings.message_window)
    visitor.engine.handle_together(
        visitor.municipality,
        (*keys.added, named),
        visitor.person,
        also=lambda session, now: invitations.invite(session, visitor.municipality, keys.new, now, held),
        channel="web",
    )
    return go(visitor, addresses.group(place.key, group), visitor.say("Varajäsenet on nimetty."))


def _deputies(place: Place, seat: str, form: Form, people: list[Known], mistakes: Mistakes) -> tuple[Who, ...]:
    """Who is named, one to a line; a name that stood in the form already means the one it stood for."""
    stood = {place.person(one): one for one in place.directory.seats[seat].deputies}
    found: list[Who] = []
    for line in verdicts(entries(form.text("deputies")), people):
        name = line.entry.name
        who = Who(person=stood[name], name=name) if name in stood and line.entry.email is None else who_of(line)
        if who is None:
            mistakes.add("deputies", f"{line.entry.text}: {sentence_of(place.visitor, line)}")
        else:
            found.append(who)
    return tuple(found)


@router.post(SEAT + "/paata")
def end(place: At, group: str, seat: str, form: Posted) -> Response:
    """The seat ends on its last day. The last chair's ends only with a new chair."""
    found, mistakes, visitor = _to_change(place, group), Mistakes(), place.visitor
    one = _named(found, seat)
    last, reason = _last_day(place, one, form, mistakes), form.text("reason")
    if not reason:
        mistakes.add("reason", visitor.say("Kirjoita, miksi paikka päättyy."))
    heirs = [other for other in found.seats if other.key != seat]
    heir = next((other for other in heirs if other.key == form.text("heir")), None)
    if one.part is SeatPart.CHAIR and not chairs_besides(found.seats, seat) and heirs and heir is None:
        mistakes.add("heir", visitor.say("Ryhmä jäisi ilman puheenjohtajaa. Valitse samalla uusi puheenjohtaja."))
    if mistakes or last is None:
        return _one(place, found, one, mistakes, form.typed(), status=422)
    commands: list[MunicipalityCommand] = []
    if heir is not None:
        commands += [
            ChangeSeatPart(seat=seat, part=SeatPart.MEMBER),
            ChangeSeatPart(seat=heir.key, part=SeatPart.CHAIR),
        ]
    _do(place, [*commands, EndSeat(seat=seat, last=last, reason=Private(reason))])
    return go(visitor, addresses.group(place.key, group), visitor.say("Paikka on päätetty."))


def _last_day(place: Place, one: Seated, form: Form, mistakes: Mistakes) -> dt.date | None:
    _ = place.visitor.say
    try:
        last = day_in(form.text("last"))
    except (ValueError, NotValid):
        mistakes.add("last", _("Anna viimeinen päivä."))
        return None
    if last < one.first - ONE_DAY:
        began = date_text(one.first, place.visitor.language)
        mistakes.add("last", _("Viimeinen päivä on ennen paikan alkua. Paikka alkoi %(first)s.", first=began))
        return None
    return last


# --- what all of these use ----------------------------------------------------------------------------------------


def _group(place: Place, group: str) -> GroupPage:
    """The group. Raises NotFound where the process has none, or the visitor may not see who sits in it."""
    if group not in place.process.groups or not sees_members(place, group):
        raise NotFound(what="group", name=group)
    with place.visitor.reading() as session:
        return group_page(place, session, group)


def _to_change(place: Place, group: str) -> GroupPage:
    """The group, for one who may change it. Raises NotAuthorised, NotFound."""
    _check_may_change(place)
    return _group(place, group)


def _check_may_change(place: Place) -> None:
    if not may_change_groups(place):
        raise NotAuthorised(who="a coordinator of the municipality, or the administrator of the municipality")


def _named(found: GroupPage, seat: str) -> Seated:
    one = next((one for one in found.seats if one.key == seat), None)
    if one is None:
        raise NotFound(what="seat", name=seat)
    return one


def _do(place: Place, commands: Iterable[MunicipalityCommand]) -> None:
    place.visitor.engine.handle_together(place.visitor.municipality, commands, place.visitor.person, channel="web")


def _invite(place: Place, found: GroupPage, mistakes: Mistakes, text: str, *, status: int = 200) -> Response:
    return page(place.visitor, "invite.html", status=status, place=place, group=found, mistakes=mistakes, text=text)


def _look(
    place: Place, found: GroupPage, text: str, rows: tuple[Row, ...], mistakes: Mistakes, *, status: int = 200
) -> Response:
    values = {"place": place, "group": found, "text": text, "rows": rows}
    return page(place.visitor, "invite_rows.html", status=status, mistakes=mistakes, **values)


def _one(
    place: Place, found: GroupPage, seat: Seated, mistakes: Mistakes, typed: Typed, *, status: int = 200
) -> Response:
    values = {"place": place, "group": found, "seat": seat, "typed": typed}
    return page(place.visitor, "seat.html", status=status, mistakes=mistakes, **values)
