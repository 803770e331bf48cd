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

FORMAT = 1

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
        "format": FORMAT,
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
            "format": FORMAT,
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
            "groups": [_group(before, event.phase, at_) for at_ in round_.groups],
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


def _group(process: Process, phase: str, at: GroupAtCheckpoint) -> Written:
    """How the group stands; written here, the keys in order, for every package has several."""
    s = standing(process, phase, at)
    return Written(
        f'{{"abstain":{s.abstain},"accept":{s.accept},"disqualified":{s.disqualified},"group":{quoted(s.group)},'
        f'"left":{s.left},"met":{canonical(s.met)},"not_read":{s.not_read},"object":{s.object},'
        f'"quorum":{quoted(at.quorum)},"rule":"{s.rule}","seats":{s.seats},"silent":{s.silent}}}'
    )


def standing_in(package: Mapping[str, Any], group: Mapping[str, Any]) -> Standing:
    """How the group stood when the phase passed, as the package's text has it. The text names nobody: `settled` are
    the objections."""
    rule, counted = GroupRule(group["rule"]), {name: group.get(name, 0) for name in COUNTS}
    seats, silent = counted["seats"], counted["silent"]
    enough = bool(group["met"]) or is_quorum(group["quorum"], seats - silent, seats)
    of_round = {
        key: one
        for key, one in package["objections"].items()
        if one["group"] == group["group"] and one["round"] == package["round"]
    }
    still_open = tuple(key for key, one in of_round.items() if one["status"] == ObjectionStatus.OPEN)
    settled = {key for key, one in of_round.items() if one["status"] in SETTLED}
    return Standing(
        group=group["group"],
        rule=rule,
        open_objections=still_open,
        acceptors=frozenset(),
        quorum=enough,
        met=bool(group["met"]),
        settled=frozenset(settled) if rule is GroupRule.CONSENT and enough and not still_open else frozenset(),
        **counted,
    )


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
