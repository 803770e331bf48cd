"""A small municipality as plain data: its people, groups and seats, and definitions made in a line or two.

The people are called what they are: "coordinator", "preparer", "owner", "assessor", "registrar" …, and in the groups
"teacher-1" sits in the seat "t1" with the deputy "teacher-1-deputy". The first seat of a group is its chair's, the
second its vice-chair's.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from models.canonical import sha256
from models.definitions.definition import Definition
from models.definitions.rules import problems_of
from models.municipality.directory import Directory, Group, Person, RoleOf, SeatOf
from models.words import Role

START = dt.date(2027, 2, 1)

ROLES = {"coordinator": "coordinator", "preparer": "preparer", "owner": "owner", "assessor": "assessor"}
STANDING = {
    "administrator": Role.ADMINISTRATOR,
    "setter-up": Role.COORDINATOR,
    "registrar": Role.REGISTRAR,
    "protection": Role.PROTECTION,
    "auditor": Role.AUDITOR,
}
GROUPS = {"teachers": "teacher", "neighbours": "neighbour", "builders": "builder"}
PARTS = ("chair", "vice_chair", "member")
SEATS = {
    f"{group[0]}{number}": (f"the-{group}", f"{member}-{number}", part)
    for group, member in GROUPS.items()
    for number, part in enumerate(PARTS, 1)
}


def holder(seat: str) -> str:
    """Who sits in the seat."""
    return SEATS[seat][1]


def deputy(seat: str) -> str:
    """Who steps in for the seat's holder."""
    return f"{holder(seat)}-deputy"


def text(words: str) -> dict[str, str]:
    return {"fi": words}


def group(key: str, rule: str = "consent", quorum: str = "1/2", covers: Iterable[str] = ()) -> dict[str, Any]:
    return {"group": key, "rule": rule, "quorum": quorum, "covers": list(covers)}


def phase(key: str, month: int, outputs: Iterable[str], *groups: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One phase of a calendar month. What is not about phases (`criteria`, `carries` …) is about its checkpoint."""
    of_phase = {name: more.pop(name) for name in ("receives", "affected", "kind") if name in more}
    return {
        "id": key,
        "kind": "general",
        "name": text(key),
        "dates": [{"from": {"month": month}, "to": {"month": month}}],
        "no_participation_because": text("ei tässä"),
        "outputs": [
            {"id": one.rstrip("?"), "name": text(one), "owner": "owner", "required": one[-1] != "?"} for one in outputs
        ],
        "checkpoint": {
            "id": f"{key}-checkpoint",
            "name": text(key),
            "groups": list(groups) or [group("teachers")],
            **more,
        },
        **of_phase,
    }


def definition(*phases: dict[str, Any], **more: Any) -> Definition:
    """A definition of those phases, which the reader of definitions would accept."""
    phases[-1]["checkpoint"]["kind"] = "readiness"
    made = Definition.model_validate(
        {
            "format": 1,
            "id": "small-town",
            "version": "1",
            "name": text("Pieni kunta"),
            "languages": ["fi"],
            "roles": [{"id": role, "name": text(role)} for role in ROLES],
            "groups": [{"id": key, "name": text(key), "kind": "working_group"} for key in GROUPS],
            "bodies": [
                {"id": "council", "name": text("Valtuusto"), "kind": "council", "ground": "Kuntalaki 14 §"},
                {"id": "executive", "name": text("Hallitus"), "kind": "executive", "ground": "Kuntalaki 39 §"},
                {"id": "board", "name": text("Lautakunta"), "kind": "board"},
                {"id": "youth-council", "name": text("Nuorisovaltuusto"), "kind": "influence"},
            ],
            "phases": list(phases),
            "decision": {
                "window": [{"from": {"month": 6}, "to": {"month": 8}}],
                "chain": [
                    {"id": "proposal", "name": text("Ehdotus"), "body": "executive", "kind": "proposal"},
                    {
                        "id": "decision",
                        "name": text("Päätös"),
                        "body": "council",
                        "kind": "decision",
                        "after": ["proposal"],
                        "ground": "Kuntalaki 14 §",
                    },
                ],
            },
            **more,
        }
    )
    assert not problems_of(made), problems_of(made)
    return made


BOTH = (group("teachers"), group("neighbours", "majority"))
SMALL = definition(
    phase("image", 2, ["vision"], *BOTH),
    phase("need", 3, ["register", "survey?"], *BOTH),
    phase("method", 4, ["comparison"], *BOTH),
)
"""Three phases in a row; at each the teachers by consent and the neighbours by majority."""

DIAMOND = definition(
    phase("image", 2, ["vision"]),
    phase("school", 3, ["lessons"], receives=["image"]),
    phase("streets", 3, ["plans"], receives=["image"]),
    phase("whole", 4, ["model"], receives=["school", "streets"], carries=["image", "school", "streets", "whole"]),
)
"""A phase, two side by side that receive from it, and one that joins them; the teachers alone, by consent."""


def one_round(*groups: dict[str, Any], outputs: Iterable[str] = ("vision",), **checkpoint: Any) -> Definition:
    """A definition of one phase, "image", with those groups at its checkpoint."""
    return definition(phase("image", 2, outputs, *groups, **checkpoint))


def town() -> Directory:
    """The municipality: three groups of three with deputies, the employees, and an outsider."""
    holders = [person for _, person, _ in SEATS.values()]
    others = [f"{person}-deputy" for person in holders]
    people = [*ROLES.values(), *STANDING, "outsider", "stand-in", *holders, *others]
    return Directory(
        municipality="small-town",
        name="Pieni kunta",
        people={person: Person(name="c1:" + sha256(person)) for person in people},
        groups={f"the-{key}": Group(name=key, kind="working_group") for key in GROUPS},
        seats={
            key: SeatOf(group=of, person=person, part=part, deputies=(f"{person}-deputy",), first=START)
            for key, (of, person, part) in SEATS.items()
        },
        roles={role: RoleOf(person=person, role=role, first=START) for person, role in STANDING.items()},
    )
