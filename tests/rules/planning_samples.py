"""A small definition and the pieces of states from which the tests of duties and reminders are made."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from models.days.calendar import Calendar, DayOff
from models.definitions.definition import Definition, GroupAtCheckpoint
from models.process import (
    Handling,
    Meeting,
    Objection,
    Phase,
    Process,
    Round,
    RoundVersion,
    Seat,
    Signature,
    Stance,
)
from models.words import (
    BodyKind,
    HandlingKind,
    HandlingOutcome,
    PhaseStatus,
    Publicity,
    StanceKind,
    StanceWay,
)

CALENDAR = Calendar(days_off=frozenset({DayOff(dt.date(2027, 3, 26), "pitkäperjantai")}))


def text(words: str) -> dict[str, str]:
    return {"fi": words}


def ladder(duty: str, *steps: tuple[str, str]) -> dict[str, Any]:
    return {"duty": duty, "steps": [{"when": when, "to": to} for when, to in steps]}


def span(month: int) -> list[dict[str, Any]]:
    return [{"from": {"month": month}, "to": {"month": month}}]


def phase_plan(key: str, month: int, criteria: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    return {
        "id": key,
        "kind": "general",
        "name": text(key),
        "dates": span(month),
        "outputs": [
            {"id": f"{key}-a", "name": text("a"), "owner": "owner"},
            {"id": f"{key}-b", "name": text("b"), "owner": "nobody"},
            {"id": f"{key}-extra", "name": text("c"), "owner": "owner", "required": False},
        ],
        "checkpoint": {
            "id": f"tp-{key}",
            "name": text(key),
            "groups": [{"group": "needs"}, {"group": "board", "covers": [f"{key}-a"]}],
            "criteria": [{"text": text("?"), **criterion} for criterion in criteria],
        },
    }


DEFINITION = Definition.model_validate(
    {
        "format": 1,
        "id": "model",
        "version": "1",
        "name": text("Malli"),
        "roles": [{"id": role, "name": text(role)} for role in ("coordinator", "preparer", "owner", "assessor")],
        "groups": [{"id": group, "name": text(group), "kind": "working_group"} for group in ("needs", "board")],
        "ladders": [
            ladder("stance", ("3 working days before", "holder"), ("on the day", "holder"), ("1 day after", "chair")),
            ladder("output", ("5 working days before", "holder"), ("2 working days after", "coordinator")),
            ladder("memo", ("5 days before", "holder"), ("1 day after", "coordinator")),
            ladder("condition", ("1 working day before", "holder"), ("1 working day before", "holder")),
        ],
        "phases": [
            phase_plan("one", 1),
            phase_plan(
                "two", 3, [{"id": "checked", "assessed_by": "assessor"}, {"id": "x", "computed": "conditions-done"}]
            ),
            phase_plan(
                "three",
                5,
                [
                    {"id": "judged", "computed": "staff-cooperation-judged"},
                    {"id": "done", "computed": "staff-cooperation-done"},
                ],
            ),
        ],
        "meetings": [
            {"id": "seminar", "name": text("s"), "owner": "owner", "invitations": {"month": 2}},
            {"id": "evening", "name": text("e")},
        ],
        "bodies": [
            {"id": "board", "name": text("b"), "kind": "board"},
            {"id": "executive", "name": text("e"), "kind": "executive"},
            {"id": "council", "name": text("c"), "kind": "council"},
        ],
        "decision": {
            "window": span(8),
            "chain": [
                {"id": "board", "name": text("b"), "body": "board", "kind": "statement"},
                {"id": "proposal", "name": text("p"), "body": "executive", "kind": "proposal", "after": ["board"]},
                {"id": "decision", "name": text("d"), "body": "council", "kind": "decision", "after": ["proposal"]},
            ],
        },
    }
)

DATES = {
    "phase:one:first": dt.date(2027, 1, 4),
    "checkpoint:one": dt.date(2027, 1, 29),
    "phase:two:first": dt.date(2027, 2, 1),
    "checkpoint:two": dt.date(2027, 3, 25),
    "phase:three:first": dt.date(2027, 4, 1),
    "checkpoint:three": dt.date(2027, 5, 28),
    "invitations:seminar": dt.date(2027, 2, 26),
    "window:first": dt.date(2027, 6, 1),
    "window:last": dt.date(2027, 8, 31),
}
DUE = dt.date(2027, 3, 25)


def process(**changed: Any) -> Process:
    fields: dict[str, Any] = {
        "id": "model",
        "municipality": "kunta",
        "definition": "d" * 64,
        "roles": {"coordinator": "leader", "preparer": "chief", "owner": "writer", "assessor": "judge"},
        "groups": {"needs": "needs", "board": "board"},
        "choices": {},
        "dates": DATES,
        "phases": statuses("planned", "planned", "planned"),
    }
    return Process(**(fields | changed))


def statuses(*names: str, rounds: int = 0) -> dict[str, Phase]:
    return {
        key: Phase(status=PhaseStatus(name), rounds=rounds)
        for key, name in zip(("one", "two", "three"), names, strict=True)
    }


def seat(person: str, group: str = "needs", *deputies: str, left: bool = False) -> Seat:
    return Seat(group=group, person=person, deputies=deputies, left=left)


def version(changed: int = 1) -> RoundVersion:
    return RoundVersion(phase="two", no=1, sha256="0" * 64, by="writer", publicity=Publicity.PUBLIC, changed=changed)


SEATS = {"s1": seat("anna"), "s2": seat("bertta", "needs", "cecilia", "daavid"), "s3": seat("eemeli", "board")}


def round_(**changed: Any) -> Round:
    fields: dict[str, Any] = {
        "no": 2,
        "opened_at": dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
        "due": DUE,
        "submitted_by": ("writer",),
        "manifest": "m",
        "versions": {"two-a": version(), "two-b": version()},
        "groups": (GroupAtCheckpoint(group="needs"), GroupAtCheckpoint(group="board", covers=("two-a",))),
        "seats": SEATS,
    }
    return Round(**(fields | changed))


def at_checkpoint(**changed: Any) -> Process:
    others = {key: changed.pop(key) for key in ("objections", "ladders", "roles", "amended") if key in changed}
    phases = statuses("passed", "at_checkpoint", "planned", rounds=2)
    return process(phases=phases, rounds={"two": round_(**changed)}, **others)


MEETING = Meeting(phase="two", group="needs", at=dt.datetime(2027, 3, 9, 22, 30, tzinfo=dt.UTC))


def accepts(edition: int = 1) -> Stance:
    return Stance(kind=StanceKind.ACCEPT, by="anna", edition=edition, way=StanceWay.OWN)


def objection(**changed: Any) -> Objection:
    makers = {"s1": Signature(group="needs", person="anna")}
    return Objection(**({"phase": "two", "round": 2, "group": "needs", "text": "c1", "makers": makers} | changed))


def handling(
    plan: str | None, outcome: HandlingOutcome = HandlingOutcome.APPROVED, date: dt.date = dt.date(2027, 6, 14)
) -> Handling:
    return Handling(
        plan=plan,
        body="council",
        body_kind=BodyKind.COUNCIL,
        kind=HandlingKind.DECISION,
        outcome=outcome,
        date=date,
        section="1",
    )
