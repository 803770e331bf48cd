"""The demo's municipality: its people, groups and roles, set up from data before the process begins."""

import datetime as dt
from importlib.resources import files as resources
from typing import Any

from ruamel.yaml import YAML

from models.definitions.definition import Definition
from models.definitions.file import read_definition
from models.engine import Engine
from models.municipality import commands as m
from models.words import Role, SeatPart

DATA = resources("config")
DEFINITION = "processes/kemijarvi-2030.yaml"
PARTS = (SeatPart.CHAIR, SeatPart.VICE_CHAIR)


def people_and_roles() -> dict[str, Any]:
    """The demo's people as their file tells."""
    told: dict[str, Any] = YAML(typ="safe").load(DATA.joinpath("demo/people.yaml").read_text("utf-8"))
    return told


def set_up(engine: Engine, day: dt.date) -> tuple[Definition, str, dict[str, Any]]:
    """The municipality has its people, groups, roles and the definition; the definition, its hash and the file."""
    told = people_and_roles()
    town, administrator = told["municipality"], told["administrator"]
    people = {person["id"]: person for person in told["people"]}
    first = people[administrator]
    engine.handle_municipality(
        town["id"],
        m.SetUpMunicipality(
            municipality=town["id"],
            name=town["name"],
            languages=tuple(town["languages"]),
            administrator=administrator,
            administrator_name=first["name"],
            administrator_email=_address(administrator),
        ),
        administrator,
        channel="demo",
    )
    source = DATA.joinpath(DEFINITION).read_text("utf-8")
    definition = read_definition(source, DEFINITION)
    commands: list[m.MunicipalityCommand] = [_added(p) for key, p in people.items() if key != administrator]
    commands += [m.GiveRole(person=r["person"], role=Role(r["role"]), first=day) for r in told["standing"]]
    commands += _groups(told["groups"], set(people), definition, day)
    for command in commands:
        engine.handle_municipality(town["id"], command, administrator, channel="demo")
    hash_ = engine.load_definition(town["id"], definition, source, administrator, channel="demo")
    return definition, hash_, told


def _added(person: dict[str, Any]) -> m.AddPerson:
    language = person.get("language", "fi")
    return m.AddPerson(person=person["id"], name=person["name"], email=_address(person["id"]), language=language)


def _address(person: str) -> str:
    return f"{person}@kemijarvi.example"


def _groups(
    groups: dict[str, Any], known: set[str], definition: Definition, day: dt.date
) -> list[m.MunicipalityCommand]:
    commands: list[m.MunicipalityCommand] = []
    plans = {group.id: group for group in definition.groups}
    for key, seats in groups.items():
        commands.append(m.SetUpGroup(group=key, name=plans[key].name.fi, kind=plans[key].kind))
        for number, seat in enumerate(seats):
            sitting = [{"id": seat["person"], **seat}]
            if "deputy" in seat:
                sitting.append({"id": seat["deputy"]["person"], **seat["deputy"]})
            for person in sitting:
                if person["id"] not in known:
                    known.add(person["id"])
                    commands.append(_added(person))
            commands.append(
                m.GiveSeat(
                    seat=seat["seat"],
                    group=key,
                    person=seat["person"],
                    part=PARTS[number] if number < len(PARTS) else SeatPart.MEMBER,
                    deputies=tuple(person["id"] for person in sitting[1:]),
                    first=day,
                )
            )
    return commands
