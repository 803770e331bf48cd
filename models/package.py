"""The two canonical texts a checkpoint rests on: the meeting manifest that is read, and the package that is locked.

Both are built from the process and an event alone, so that they can be built again and compared. A package carries the
groups' stances, counts and reasons, never members' names: a name is in it only by its bearer's choice (a signed
dissent).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.canonical import Written, canonical, quoted, sha256
from models.definitions.definition import GroupAtCheckpoint
from models.events import Actor, CheckpointPassed, OutputRevised, OutputsSubmitted
from models.process import Condition, Dissent, Objection, Process, RoundVersion
from models.recent import Recent
from models.rounds import COUNTS, SETTLED, Standing, is_quorum, standing
from models.words import GroupRule, ObjectionStatus

MANIFEST_FORMAT = 1

PACKAGE_FORMAT = 2
"""Of a package that is locked now. Since 2 a group has which objections of its members no longer stood in its way, and
what its silent members objected to a former text. Those of format 1 are built as they were."""

_built: Recent[tuple[str, str], tuple[Process, str, str]] = Recent(32)
"""By municipality and process: the process that passed, the package's tarkiste and its text."""


def manifest_body(process: Process, event: OutputsSubmitted | OutputRevised) -> str:
    """The meeting manifest's text: which exact versions are read, what is tested, what they replace.

    `process` is the process before the event.
    """
    versions = (
        dict(event.versions) if isinstance(event, OutputsSubmitted) else dict(process.rounds[event.phase].versions)
    )
    body: dict[str, Any] = {
        "format": MANIFEST_FORMAT,
        "kind": "manifest",
        "process": process.id,
        "definition": process.definition,
    }
    body |= {"phase": event.phase, "round": event.round}
    if isinstance(event, OutputsSubmitted):
        body |= {"criteria": event.criteria, "former": event.former}
    else:
        versions[event.output] = event.version
        body |= {"revises": process.rounds[event.phase].manifest, "output": event.output, "technical": event.technical}
    return canonical(body | {"versions": _versions(versions)})


def manifest_hash(process: Process, event: OutputsSubmitted | OutputRevised) -> str:
    """The manifest's tarkiste."""
    return sha256(manifest_body(process, event))


def package_body(before: Process, event: CheckpointPassed, by: Actor, at: dt.datetime) -> str:
    """The locked package's text. `before` is the process before it passed; the event's own `package` is not in it.

    Whoever decides that a phase passes has asked for its hash: the text that has it was built then.
    """
    known = _built.get((before.municipality, before.id))
    if known is not None and known[0] is before and known[1] == event.package:
        return known[2]
    return _package(before, event, by, at)


def _package(before: Process, event: CheckpointPassed, by: Actor, at: dt.datetime) -> str:
    round_ = before.rounds[event.phase]
    objections = {key: o for key, o in before.objections.items() if o.phase == event.phase}
    return canonical(
        {
            "format": event.format,
            "kind": "package",
            "municipality": before.municipality,
            "process": before.id,
            "definition": before.definition,
            "phase": event.phase,
            "round": event.round,
            "outcome": event.outcome,
            "locked_at": at,
            "stated_by": by.name,
            "manifest": round_.manifest,
            "versions": _versions(round_.versions),
            "received": before.phases[event.phase].received,
            "previous": event.previous,
            "supersedes": event.supersedes,
            "groups": [_group(before, event, at_) for at_ in round_.groups],
            "objections": {key: _objection(objection) for key, objection in objections.items()},
            "dissents": {key: dissent_told(dissent) for key, dissent in before.dissents.items()},
            "conditions": {key: _condition(condition) for key, condition in before.conditions.items()},
            "criteria": event.criteria,
            "waived": event.waived,
            "remarks": before.remarks,
            "affected": {
                key.partition("/")[2]: {"on": given.on, "heard": given.heard, "effect": given.effect}
                for key, given in before.opportunities.items()
                if key.startswith(f"{event.phase}/")
            },
        }
    )


def package_hash(before: Process, event: CheckpointPassed, by: Actor, at: dt.datetime) -> str:
    """The package's tarkiste, by which the next phase verifies it."""
    text = _package(before, event, by, at)
    hash_ = sha256(text)
    _built.put((before.municipality, before.id), (before, hash_, text))
    return hash_


def _versions(versions: dict[str, RoundVersion]) -> Written:
    """The versions by output. They are most of either text, and so written here, the keys in order."""
    written = [
        f'{quoted(key)}:{{"no":{v.no},"phase":{quoted(v.phase)},"publicity":"{v.publicity}","sha256":"{v.sha256}"}}'
        for key, v in sorted(versions.items())
    ]
    return Written(f"{{{','.join(written)}}}")


def _group(process: Process, event: CheckpointPassed, at: GroupAtCheckpoint) -> Written:
    """How the group stands; written here, the keys in order, for every package has several."""
    s = standing(process, event.phase, at)
    since_2 = event.format > 1
    settled = f'"settled":{canonical(s.settled)},' if since_2 else ""
    silent = f',"silent_objections":{canonical(s.silent_objections)}' if since_2 else ""
    return Written(
        f'{{"abstain":{s.abstain},"accept":{s.accept},"disqualified":{s.disqualified},"group":{quoted(s.group)},'
        f'"left":{s.left},"met":{canonical(s.met)},"not_read":{s.not_read},"object":{s.object},'
        f'"quorum":{quoted(at.quorum)},"rule":"{s.rule}","seats":{s.seats},{settled}"silent":{s.silent}{silent}}}'
    )


def standing_in(package: Mapping[str, Any], group: Mapping[str, Any]) -> Standing:
    """How the group stood when the phase passed, as the package's text has it. The text names nobody."""
    counted = {name: group.get(name, 0) for name in COUNTS}
    raised = _raised_in(package, group)
    settled = group["settled"] if "settled" in group else _settled_in(group, raised)
    return Standing(
        group=group["group"],
        rule=GroupRule(group["rule"]),
        open_objections=tuple(key for key, status in raised.items() if status == ObjectionStatus.OPEN),
        acceptors=frozenset(),
        quorum=_had_quorum(group),
        met=bool(group["met"]),
        settled=tuple(settled),
        silent_objections=tuple(group.get("silent_objections", ())),
        **counted,
    )


def _raised_in(package: Mapping[str, Any], group: Mapping[str, Any]) -> dict[str, str]:
    """What the group objected and offered in the package's round, and what became of it."""
    mine = (group["group"], package["round"])
    objections = package["objections"].items()
    return {key: one["status"] for key, one in objections if (one["group"], one["round"]) == mine}


def _settled_in(group: Mapping[str, Any], raised: Mapping[str, str]) -> list[str]:
    """Which of them no longer stood in the way, as far as a package of format 1 lets it be told."""
    if group["rule"] != GroupRule.CONSENT or not _had_quorum(group) or ObjectionStatus.OPEN in raised.values():
        return []
    return [key for key, status in raised.items() if status in SETTLED]


def _had_quorum(group: Mapping[str, Any]) -> bool:
    seats, silent = group.get("seats", 0), group.get("silent", 0)
    return bool(group["met"]) or is_quorum(group["quorum"], seats - silent, seats)


def _objection(objection: Objection) -> dict[str, Any]:
    return {
        "round": objection.round,
        "group": objection.group,
        "makers": len(objection.makers),
        "offer": objection.offer,
        "status": objection.status,
        "text": objection.text,
        "answer": objection.answer,
        "result": objection.result,
    }


def dissent_told(dissent: Dissent) -> dict[str, Any]:
    """A dissent as a package has it."""
    return {
        "phase": dissent.phase,
        "round": dissent.round,
        "group": dissent.group,
        "count": len(dissent.signers),
        "names": sorted(signer.name for signer in dissent.signers.values() if signer.name),
        "text": dissent.text,
        "reason": dissent.reason,
        "late": dissent.late,
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "phase": condition.phase,
        "objection": condition.objection,
        "text": condition.text,
        "due": condition.due,
        "checkpoint": condition.checkpoint,
    }
