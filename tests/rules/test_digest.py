"""What a preparer relies on when passing is another thing as soon as any of it is; and until when one has to wait."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from rulebook import MORNING

from models.process import (
    Assessment,
    Condition,
    Dissent,
    Objection,
    Process,
    Round,
    RoundVersion,
    Seat,
    Signature,
    Stance,
    Window,
)
from models.rounds import digest, window_until
from models.words import AnswerResult, ObjectionStatus, PhaseStatus, StanceKind

DAY = dt.date(2027, 2, 26)
KEY = "image"


def signed(*seats: str) -> dict[str, Signature]:
    return {seat: Signature(group="teachers", person=seat) for seat in seats}


SEATS = {key: Seat(group="teachers", person=f"teacher-{key}") for key in ("t1", "t2", "t3")}
STANCES = {
    "t1": Stance(kind=StanceKind.ACCEPT, by="teacher-t1", edition=1),
    "t2": Stance(kind=StanceKind.OBJECT, by="teacher-t2", edition=1, objection="o1"),
}
OBJECTION = Objection(phase=KEY, round=1, group="teachers", text="c1:a", makers=signed("t2"))
DISSENT = Dissent(phase=KEY, round=1, group="teachers", text="c1:b", signers=signed("t3"))
CONDITION = Condition(phase=KEY, objection=None, text="c1:c", owner="owner", due=DAY)
ASSESSED = Assessment(holds=True, by="assessor", edition=1)
ROUND = Round(
    no=1,
    opened_at=MORNING,
    due=DAY,
    submitted_by=("owner",),
    manifest="a" * 64,
    versions={"vision": RoundVersion(phase=KEY, no=1, sha256="b" * 64, by="owner", publicity="in_preparation")},
    groups=(),
    seats=SEATS,
    stances=STANCES,
    disqualified={"t3": ("vision",)},
    assessed={"clear": ASSESSED},
)


def process(round_: Round = ROUND, **more: Any) -> Process:
    fields: dict[str, Any] = {
        "objections": {"o1": OBJECTION},
        "conditions": {"c1": CONDITION},
        "dissents": {"d1": DISSENT},
        **more,
    }
    return Process(
        id="p1",
        municipality="town",
        definition="d" * 64,
        roles={},
        groups={},
        choices={},
        dates={},
        phases={KEY: {"status": PhaseStatus.AT_CHECKPOINT}},
        rounds={KEY: round_},
        **fields,
    )


def changed(of: Any, **fields: Any) -> Any:
    return of.model_copy(update=fields)


def stance(seat: str, **fields: Any) -> Process:
    return process(changed(ROUND, stances={**STANCES, seat: changed(STANCES[seat], **fields)}))


def objection(**fields: Any) -> Process:
    return process(objections={"o1": changed(OBJECTION, **fields)})


OTHER: dict[str, Process] = {
    "other versions are read": process(changed(ROUND, manifest="c" * 64)),
    "a seat says something": process(changed(ROUND, stances={**STANCES, "t3": STANCES["t1"]})),
    "a seat says nothing more": process(changed(ROUND, stances={"t1": STANCES["t1"]})),
    "a seat says something else": stance("t1", kind=StanceKind.ABSTAIN),
    "a seat says it of the new text": stance("t1", edition=2),
    "a seat stands behind another objection": stance("t2", objection="o2"),
    "nobody is out": process(changed(ROUND, disqualified={})),
    "somebody is out of the whole matter": process(changed(ROUND, disqualified={"t3": ()})),
    "a seat has left": process(changed(ROUND, seats={**SEATS, "t3": changed(SEATS["t3"], left=True)})),
    "another seat has left": process(changed(ROUND, seats={**SEATS, "t1": changed(SEATS["t1"], left=True)})),
    "the objection is withdrawn": objection(status=ObjectionStatus.WITHDRAWN),
    "the objection is answered": objection(result=AnswerResult.UNCHANGED),
    "somebody joins the objection": objection(makers=signed("t1", "t2")),
    "there is one objection more": process(objections={"o1": OBJECTION, "o2": OBJECTION}),
    "there is no condition": process(conditions={}),
    "there is one condition more": process(conditions={"c1": CONDITION, "c2": CONDITION}),
    "there is no dissent": process(dissents={}),
    "somebody signs the dissent": process(dissents={"d1": changed(DISSENT, signers=signed("t2", "t3"))}),
    "nothing is assessed": process(changed(ROUND, assessed={})),
    "it is assessed otherwise": process(changed(ROUND, assessed={"clear": changed(ASSESSED, holds=False)})),
    "it is assessed anew": process(changed(ROUND, assessed={"clear": changed(ASSESSED, edition=2)})),
}

SAME: dict[str, Process] = {
    "an objection in another phase": process(
        objections={"o1": OBJECTION, "o9": changed(OBJECTION, phase="need", status=ObjectionStatus.WITHDRAWN)}
    ),
    "the order in which seats spoke": process(changed(ROUND, stances=dict(reversed(STANCES.items())))),
    "the order in which an objection was joined": process(
        objections={"o1": changed(OBJECTION, makers=dict(reversed(signed("t1", "t2").items())))}
    ),
    "who the deputies are": process(changed(ROUND, seats={**SEATS, "t1": changed(SEATS["t1"], deputies=("visitor",))})),
}


@pytest.mark.parametrize("name", OTHER)
def test_the_tarkiste_is_another_where(name: str) -> None:
    assert digest(OTHER[name], KEY) != digest(process(), KEY)


def test_each_difference_has_a_tarkiste_of_its_own() -> None:
    assert len({digest(one, KEY) for one in OTHER.values()}) == len(OTHER)


@pytest.mark.parametrize("name", SAME)
def test_the_tarkiste_is_the_same_whatever(name: str) -> None:
    like = objection(makers=signed("t1", "t2")) if "joined" in name else process()
    assert digest(SAME[name], KEY) == digest(like, KEY)


# --- windows ------------------------------------------------------------------------------------------------------


def windows(*of: tuple[int, tuple[str, ...], tuple[str, ...]]) -> Iterator[Window]:
    """Windows that run for so many hours, for those seats, of which those have confirmed."""
    for hours, concerned, confirmed in of:
        until = MORNING + dt.timedelta(hours=hours)
        yield Window(about="vision", until=until, concerned=concerned, confirmed=confirmed)


@pytest.mark.parametrize(
    ("running", "hours"),
    [
        ([], None),
        ([(2, ("t1",), ())], 2),
        ([(2, ("t1",), ()), (5, ("t2",), ()), (3, ("t1",), ())], 5),  # the last of them
        ([(0, ("t1",), ())], None),  # it ends just now
        ([(-1, ("t1",), ())], None),
        ([(2, ("t1",), ("t1",))], None),  # all have confirmed
        ([(2, ("t1", "t2"), ("t1",))], 2),  # one has not
        ([(2, ("t3",), ())], None),  # who has left is not waited for
        ([(2, ("t1", "t3"), ("t1",))], None),
        ([(2, ("t1", "t3"), ("t3",))], 2),
        ([(2, ("t2",), ()), (5, ("t2",), ("t2",)), (9, ("t3",), ())], 2),
        ([(2, (), ())], None),
    ],
)
def test_a_window_runs_while_somebody_present_has_not_confirmed(
    running: list[tuple[int, tuple[str, ...], tuple[str, ...]]], hours: int | None
) -> None:
    round_ = changed(ROUND, windows=tuple(windows(*running)), seats={**SEATS, "t3": changed(SEATS["t3"], left=True)})
    assert window_until(round_, MORNING) == (None if hours is None else MORNING + dt.timedelta(hours=hours))
