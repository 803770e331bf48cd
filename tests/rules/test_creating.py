"""Creating a process: what is proposed, what follows when a date is moved, and the commands that answers come to."""

import datetime as dt
from collections.abc import Iterator
from itertools import count

import pytest

from models.creating.answers import CHECK, Answers, GroupAnswer, Reading, next_step, step_before, steps
from models.creating.creation import creation
from models.creating.proposing import newest_definitions, proposed_choices, proposed_roles, proposed_start
from models.days.calendar_data import calendar_for
from models.days.schedule import schedule
from models.definitions.definition import Definition
from models.definitions.shipped import read_shipped
from models.errors import NotFound
from models.inviting.lines import Said
from models.inviting.verdicts import Sitting, Who
from models.municipality.commands import AddPerson, GiveRole, GiveSeat, SetUpGroup
from models.municipality.directory import Directory, Group, Person, RoleOf, SeatOf
from models.words import GroupKind, Role, SeatPart

DAY = dt.date(2026, 11, 2)
START = dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def definition() -> Definition:
    return next(one for one, _ in read_shipped() if one.id == "kemijarvi-2030")


def town(*, coordinates: bool = True) -> Directory:
    roles = {"a": RoleOf(person="admin", role=Role.ADMINISTRATOR, first=DAY)}
    if coordinates:
        roles["c"] = RoleOf(person="coordinator", role=Role.COORDINATOR, first=DAY)
    return Directory(
        municipality="kunta",
        people={key: Person(name=key) for key in ("admin", "coordinator", "rehtori")},
        groups={"elinvoimaryhma": Group(name="Elinvoima", kind=GroupKind.WORKING_GROUP)},
        seats={"e1": SeatOf(group="elinvoimaryhma", person="rehtori", part=SeatPart.CHAIR, first=DAY)},
        roles=roles,
        definitions={"old": "kemijarvi-2030", "new": "kemijarvi-2030"},
    )


def keys() -> Iterator[str]:
    return (f"hlo-{number}" for number in count(1))


def answered(definition: Definition) -> Answers:
    eka, vara = Who(name="Eka", email="eka@k.example"), Who(name="Vara", email="VARA@k.example")
    new = GroupAnswer(
        name="Hyvinvointi",
        sitting=(
            Sitting(who=eka, said=Said.CHAIR, deputies=(vara,)),
            Sitting(who=Who(person="rehtori", name="Rehtori")),
        ),
    )
    roles = {slot.id: Who(person="coordinator") for slot in definition.roles}
    return Answers(
        definition="new",
        title="Kemijärvi 2030",
        choices={"aikataulu": Reading(reading="tekstit", why="Näin sovittiin.")},
        start=START,
        dates={"checkpoint:tuottamistarve": dt.date(2027, 2, 25)},
        roles={**roles, "preparer": Who(name="vara", email="vara@k.example")},  # the same one by the address
        groups={
            "hyvinvointiryhma": new,
            "laajennettu-jory": GroupAnswer(name="Jory", sitting=(Sitting(who=eka),)),
            "elinvoimaryhma": GroupAnswer(group="elinvoimaryhma"),
        },
        answered=steps(definition),
    )


# --- proposals ----------------------------------------------------------------------------------------------------


def test_the_newest_version_of_a_definition_is_proposed():
    assert newest_definitions(town()) == {"kemijarvi-2030": "new"}


def test_who_coordinates_is_proposed_only_with_the_standing_role(definition: Definition):
    assert proposed_roles(definition, town(), "coordinator", DAY, {}) == {"coordinator": "coordinator"}
    assert proposed_roles(definition, town(), "admin", DAY, {}) == {}


def test_a_choice_is_read_as_the_definition_proposes(definition: Definition):
    chosen = proposed_choices(definition, {})
    assert {key: one.reading for key, one in chosen.items()} == {
        "aikataulu": "laatikot",
        "paatosikkuna": "kesa-elokuu",
        "ohjelmat": "nelja",
    }


def test_a_definition_of_a_year_gone_by_begins_in_the_next_such_month():
    shipped = {one.id: one for one, _ in read_shipped()}
    rauma = shipped["rauman-tarina-2013"]  # begins on 25.2.2013
    chosen = {one.id: one.proposed for one in rauma.choices}
    assert proposed_start(rauma, chosen, dt.date(2026, 11, 2)) == dt.date(2027, 2, 1)
    assert proposed_start(rauma, chosen, dt.date(2027, 1, 15)) == dt.date(2027, 2, 1)
    assert proposed_start(rauma, chosen, dt.date(2012, 11, 2)) == dt.date(2013, 2, 25)


# --- dates --------------------------------------------------------------------------------------------------------


def test_what_is_counted_from_a_moved_date_follows_and_the_rest_stays(definition: Definition):
    calendar, last = calendar_for(), dt.date(2027, 3, 19)
    before = schedule(definition, START, {}, calendar).dates
    after = schedule(definition, START, {}, calendar, {"phase:tuottamistapa:last": last}).dates
    changed = {key for key in before if before[key] != after[key]}
    assert after["phase:tuottamistapa:last"] == last
    assert after["checkpoint:tuottamistapa"] == last
    assert after["statement:nuorisovaltuusto-tuottamistavasta"] == dt.date(2027, 2, 26)  # three weeks ahead
    assert changed == {
        "phase:tuottamistapa:last",
        "checkpoint:tuottamistapa",
        *(key for key in before if key.startswith(("statement:", "hearing:")) and "tuottamistavasta" in key),
    }


def test_a_date_that_is_not_planned_cannot_be_moved(definition: Definition):
    with pytest.raises(NotFound):
        schedule(definition, START, {}, calendar_for(), {"phase:nowhere:last": START})


# --- answers ------------------------------------------------------------------------------------------------------


def test_the_steps_follow_one_another_and_the_first_unanswered_is_next(definition: Definition):
    order = steps(definition)
    assert (order[0], order[-1]) == ("malli", CHECK)
    assert step_before(definition, order[0]) is None
    assert step_before(definition, "alku") == "valinta/ohjelmat"
    assert next_step(definition, Answers(definition="new", answered=("malli",))) == "nimi"
    assert next_step(definition, answered(definition)) == CHECK


def test_another_start_or_reading_has_the_dates_looked_at_again(definition: Definition):
    before = answered(definition)
    same = before.with_("alku", start=START)
    assert (next_step(definition, same), same.dates) == (CHECK, before.dates)
    later = before.with_("alku", start=dt.date(2027, 12, 1))
    assert (next_step(definition, later), later.dates) == ("ajat", {})
    other = before.with_("valinta/aikataulu", choices={"aikataulu": Reading(reading="laatikot", why="Toisin.")})
    assert next_step(definition, other) == "ajat"


def test_a_step_that_is_changed_but_not_done_is_asked_again(definition: Definition):
    after = answered(definition).with_("ryhma/elinvoimaryhma", done=False, groups={})
    assert next_step(definition, after) == "ryhma/elinvoimaryhma"


# --- commands -----------------------------------------------------------------------------------------------------


def test_answers_come_to_people_groups_seats_and_the_process(definition: Definition):
    made = keys()
    found = creation(answered(definition), definition, town(), "coordinator", DAY, lambda: next(made))

    added = [one for one in found.before if isinstance(one, AddPerson)]
    assert [(one.person, str(one.name)) for one in added] == [("hlo-1", "vara"), ("hlo-2", "Eka")]
    groups = [one.group for one in found.before if isinstance(one, SetUpGroup)]
    assert groups == ["laajennettu-jory", "hyvinvointiryhma"]
    seats = [one for one in found.before if isinstance(one, GiveSeat)]
    assert [(one.seat, one.person, one.part, one.deputies) for one in seats] == [
        ("laajennettu-jory-1", "hlo-2", SeatPart.MEMBER, ()),
        ("hyvinvointiryhma-1", "hlo-2", SeatPart.CHAIR, ("hlo-1",)),
        ("hyvinvointiryhma-2", "rehtori", SeatPart.MEMBER, ()),
    ]
    assert found.invited == ("hlo-1", "hlo-2")
    assert found.create.groups["elinvoimaryhma"] == "elinvoimaryhma"
    assert found.create.roles["preparer"] == "hlo-1"
    assert found.create.choices["aikataulu"].reading == "tekstit"
    assert found.create.choices["ohjelmat"].reading == "nelja"
    assert found.create.dates == {"checkpoint:tuottamistarve": dt.date(2027, 2, 25)}


def test_an_administrator_gives_whoever_coordinates_the_standing_role_and_nobody_else_does(definition: Definition):
    made = keys()
    without = town(coordinates=False)
    by_admin = creation(answered(definition), definition, without, "admin", DAY, lambda: next(made))
    given = [one for one in by_admin.before if isinstance(one, GiveRole)]
    assert [(one.person, one.role) for one in given] == [("coordinator", Role.COORDINATOR)]
    by_other = creation(answered(definition), definition, without, "rehtori", DAY, lambda: next(made))
    assert not any(isinstance(one, GiveRole) for one in by_other.before)


def test_a_new_group_takes_another_id_where_the_definitions_is_taken(definition: Definition):
    made = keys()
    answers = answered(definition)
    groups = {
        **answers.groups,
        "elinvoimaryhma": GroupAnswer(name="Toinen", sitting=(Sitting(who=Who(person="rehtori")),)),
    }
    found = creation(
        answers.model_copy(update={"groups": groups}), definition, town(), "admin", DAY, lambda: next(made)
    )
    assert found.create.groups["elinvoimaryhma"] == "elinvoimaryhma-2"
