"""The people of a process that is being created: who plays which role, and who sits in the groups."""

from typing import Any

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.creating import Creating, InCreation, everybody
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.rendering import go, page
from app.web.views.creating import group_page, near_ones, slots
from app.web.views.creating_warnings import DoubledPage, doubled_page
from app.web.views.inviting import Row, chosen, pasted, sent, sentence_of
from models.creating.answers import GROUP, ROLES, GroupAnswer
from models.inviting.lines import MOST_LINES, Said, entries
from models.inviting.seating import with_chair
from models.inviting.verdicts import Known, Sitting, Who, verdicts, who_of
from models.process import COORDINATOR

router = APIRouter()
AT = addresses.NEW_PROCESS
LONGEST_NAME = 200


# --- roles --------------------------------------------------------------------------------------------------------


@router.get(AT + "/vastuut")
def ask_roles(creating: InCreation) -> Response:
    """Who plays which role."""
    return _roles(creating, Mistakes(), None)


@router.post(AT + "/vastuut")
def give_roles(creating: InCreation, form: Posted) -> Response:
    """The roles are played by these people; some may be new."""
    mistakes = Mistakes()
    with creating.visitor.reading() as session:
        people = everybody(session, creating.visitor)
    roles = _named(creating, form, people, mistakes)
    found = doubled_page(creating, roles, {one.person: one.name for one in people})
    if not mistakes and found and not (found.possible and form.checked("both")):
        mistakes.add(found.field, found.sentence)
    if mistakes:
        return _roles(creating, mistakes, form.typed(), found, status=422)
    return creating.keep(ROLES, lambda _: {"roles": roles})


def _named(creating: Creating, form: Form, people: list[Known], mistakes: Mistakes) -> dict[str, Who]:
    """Who is named for each role; where asked the coordinator plays those that were left empty."""
    found: dict[str, Who] = {}
    for slot in slots(creating, {}):
        text = form.text(slot.field)
        who = _who(creating, text, people, slot.field, mistakes) if text else None
        if who is not None:
            found[slot.key] = who
    if form.checked("rest") and COORDINATOR in found:
        empty = [slot.key for slot in slots(creating, {}) if not form.text(slot.field) and slot.key != "preparer"]
        found |= dict.fromkeys(empty, found[COORDINATOR])
    for slot in slots(creating, {}):
        if slot.required and slot.key not in found and not mistakes[slot.field]:
            mistakes.add(slot.field, creating.visitor.say("Nimeä henkilö: %(role)s.", role=slot.name))
    return found


def _who(creating: Creating, text: str, people: list[Known], field: str, mistakes: Mistakes) -> Who | None:
    """Whom the text means. What is open stands in the mistakes."""
    read = entries(text)
    if len(read) != 1:
        mistakes.add(field, creating.visitor.say("Nimeä yksi henkilö."))
        return None
    (line,) = verdicts(read, people)
    who = who_of(line)
    if who is None:
        mistakes.add(field, f"{text}: {sentence_of(creating.visitor, line)}")
    return who


def _roles(
    creating: Creating, mistakes: Mistakes, typed: Typed | None, found: DoubledPage | None = None, *, status: int = 200
) -> Response:
    with creating.visitor.reading() as session:
        people = everybody(session, creating.visitor)
    names = {one.person: one.name for one in people}
    if typed is None:  # what was answered before, and kept though it is so
        found = doubled_page(creating, creating.answers.roles, names)
    values = {
        "creating": creating,
        "back": creating.before(ROLES),
        "at": creating.at(ROLES),
        "slots": slots(creating, names),
        "near": near_ones(creating.directory, names, creating.visitor.today),
        "mistakes": mistakes,
        "typed": typed,
        "doubled": found,
    }
    return page(creating.visitor, "creating_roles.html", status=status, **values)


# --- groups -------------------------------------------------------------------------------------------------------


@router.get(AT + "/ryhma/{group}")
def ask_group(creating: InCreation, group: str) -> Response:
    """Which of the municipality's groups it is; or a new one, with a list of its people."""
    creating.check_step(f"{GROUP}/{group}")
    return _group(creating, group, Mistakes(), None)


@router.post(AT + "/ryhma/{group}")
def give_group(creating: InCreation, group: str, form: Posted) -> Response:
    """A group that is there is taken as it is; a new one's list is looked at next."""
    step = f"{GROUP}/{group}"
    creating.check_step(step)
    _, mistakes, found = creating.visitor.say, Mistakes(), group_page(creating, group)
    existing = form.text("group")
    if existing in {key for key, _name, _count in found.existing}:
        return creating.keep(step, lambda now: {"groups": {**now.groups, group: GroupAnswer(group=existing)}})
    name, text = form.text("name"), form.text("pasted")
    if not name or len(name) > LONGEST_NAME:
        mistakes.add("name", _("Anna ryhmälle nimi, enintään 200 merkkiä."))
    if not text:
        mistakes.add("pasted", _("Kirjoita tai liitä ryhmän jäsenet, yksi riville."))
    elif len(entries(text)) > MOST_LINES:
        mistakes.add("pasted", _("Listassa on liian monta riviä: enintään %(most)s kerralla.", most=MOST_LINES))
    if mistakes:
        return _group(creating, group, mistakes, form.typed(), status=422)
    before = creating.answers.groups.get(group)
    sitting = before.sitting if before and before.pasted == text else ()
    answer = GroupAnswer(name=name, kind=found.plan.kind, pasted=text, sitting=sitting)
    creating.keep_only(step, lambda now: {"groups": {**now.groups, group: answer}}, done=False)
    return go(creating.visitor, f"{addresses.creating(step)}/jasenet")


@router.get(AT + "/ryhma/{group}/jasenet")
def ask_members(creating: InCreation, group: str) -> Response:
    """The list, line by line: what each was found to be."""
    answer = _answer(creating, group)
    if answer is None:
        return go(creating.visitor, addresses.creating(f"{GROUP}/{group}"))
    with creating.visitor.reading() as session:
        rows = pasted(creating.visitor, answer.pasted, everybody(session, creating.visitor))
    return _members(creating, group, _as_answered(rows, answer.sitting), Mistakes())


@router.post(AT + "/ryhma/{group}/jasenet")
def give_members(creating: InCreation, group: str, form: Posted) -> Response:
    """These people are to sit in the group."""
    answer = _answer(creating, group)
    if answer is None:
        return go(creating.visitor, addresses.creating(f"{GROUP}/{group}"))
    visitor, mistakes = creating.visitor, Mistakes()
    with visitor.reading() as session:
        rows = sent(visitor, form, answer.pasted, everybody(session, visitor), ())
    sitting = chosen(visitor, rows, mistakes)
    if not sitting and not mistakes:
        mistakes.add(rows[0].field if rows else "rows", visitor.say("Ryhmässä pitää olla ainakin yksi jäsen."))
    if mistakes:
        return _members(creating, group, rows, mistakes, status=422)
    done = answer.model_copy(update={"sitting": with_chair(sitting)})
    return creating.keep(f"{GROUP}/{group}", lambda now: {"groups": {**now.groups, group: done}})


def _answer(creating: Creating, group: str) -> GroupAnswer | None:
    """What has been answered of a new group, where it has a list."""
    creating.check_step(f"{GROUP}/{group}")
    answer = creating.answers.groups.get(group)
    return answer if answer is not None and answer.pasted else None


def _as_answered(rows: tuple[Row, ...], sitting: tuple[Sitting, ...]) -> tuple[Row, ...]:
    """The rows as they were chosen before, where they were: going back loses nothing."""
    if not sitting:
        first = next((row for row in rows if row.who != "skip"), None)
        led = any(row.said is Said.CHAIR for row in rows)
        return tuple(row._replace(said=Said.CHAIR) if row is first and not led else row for row in rows)
    said = {one.who.same: one.said for one in sitting}
    said |= {deputy.same: Said.DEPUTY for one in sitting for deputy in one.deputies}
    emails = {who.email.casefold(): who for one in sitting for who in (one.who, *one.deputies) if who.email}
    return tuple(_answered(row, said, emails) for row in rows)


def _answered(row: Row, said: dict[str, Said], emails: dict[str, Who]) -> Row:
    who = emails.get(row.email.casefold())
    named = who.same if who else next((one.person for one in row.candidates if one.person in said), "")
    if named not in said:
        return row._replace(who="skip")
    name = who.name if who and who.person is None else row.name
    return row._replace(who=(who.person or "new") if who else named, name=name, said=said[named])


def _group(creating: Creating, group: str, mistakes: Mistakes, typed: Typed | None, *, status: int = 200) -> Response:
    found = group_page(creating, group)
    step = f"{GROUP}/{group}"
    values = {"creating": creating, "back": creating.before(step), "at": creating.at(step), "group": found}
    return page(creating.visitor, "creating_group.html", status=status, mistakes=mistakes, typed=typed, **values)


def _members(
    creating: Creating, group: str, rows: tuple[Row, ...], mistakes: Mistakes, *, status: int = 200
) -> Response:
    answer = creating.answers.groups[group]
    step = f"{GROUP}/{group}"
    values: dict[str, Any] = {"creating": creating, "at": creating.at(step), "rows": rows}
    values |= {"back": addresses.creating(step), "name": answer.name}
    return page(creating.visitor, "creating_members.html", status=status, mistakes=mistakes, **values)
