"""A town where everything happens at once, for `crowd.py`: parallel phases that join, groups with different rules and
quorums, and people with several parts."""

from typing import Any

from small_town import definition, group, phase, town

from models.municipality.directory import Directory


def asked(key: str, must: bool = True, **more: str) -> dict[str, Any]:
    return {"id": key, "text": {"fi": key}, "must": must, **more}


PLAN = definition(
    phase(
        "image",
        2,
        ["vision"],
        group("teachers"),
        group("neighbours", "majority"),
        criteria=[asked("clear", assessed_by="assessor"), asked("answered", False, computed="groups-answered")],
        correction_days=2,
    ),
    phase(
        "school",
        3,
        ["lessons", "fees?"],
        group("teachers", covers=["lessons"]),
        group("builders", "chair"),
        receives=["image"],
        affected=[{"id": "village", "name": {"fi": "Kylä"}}],
        criteria=[asked("heard", computed="affected-heard")],
    ),
    phase(
        "streets",
        3,
        ["plans"],
        group("neighbours", "all"),
        group("builders", "majority", "2/3"),
        receives=["image"],
        at_least=1,
        four_eyes=False,
    ),
    phase(
        "whole",
        4,
        ["model", "map"],
        group("teachers", quorum="1/3", covers=["model", "vision"]),
        group("neighbours", "majority", "2"),
        group("builders", "chair"),
        receives=["school", "streets"],
        carries=["image", "school", "streets", "whole"],
        at_least=2,
        criteria=[asked("sound", assessed_by="assessor")],
    ),
)
PHASES = [one.id for one in PLAN.phases]
SEATS = sorted(town().seats)
GROUPS = ["teachers", "neighbours", "builders"]
EMPLOYEES = ["coordinator", "preparer", "owner", "assessor"]


def crowded_town() -> Directory:
    """Some have several parts: two seats, a seat and an office, a deputyship beside a seat of their own."""
    plain = town()
    seats = dict(plain.seats)
    seats["n3"] = seats["n3"].model_copy(update={"person": "teacher-1"})
    for seat in ("b3", "t2"):
        seats[seat] = seats[seat].model_copy(update={"person": "owner"})
    seats["b2"] = seats["b2"].model_copy(update={"deputies": ("teacher-2", "builder-2-deputy")})
    seats["n1"] = seats["n1"].model_copy(update={"deputies": ()})
    return plain.model_copy(update={"seats": seats})
