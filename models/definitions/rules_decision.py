"""Rules of a definition about the way to the decision, reminders and what is kept."""

from collections.abc import Iterator

from models.definitions.definition import Definition, HandlingPlan
from models.definitions.nearness import suggestion
from models.words import OF_STANCES, Audience, BodyKind, HandlingKind

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]

MOST_MONTHS = 1200


def chain_problems(definition: Definition) -> Found:
    """The order of handlings, and that somebody with the power to decide does decide."""
    chain = definition.decision.chain
    order = [handling.id for handling in chain]
    for i, handling in enumerate(chain):
        yield from _after_problems(chain, i)
        yield from _power_problems(definition, handling, ("decision", "chain", i))
    if not any(handling.kind is HandlingKind.DECISION for handling in chain):
        yield ("decision", "chain"), 'Nobody decides: one handling of the chain is of the kind "decision".'
    if len(order) == len(set(order)):
        yield from _executive_problems(definition)


def _after_problems(chain: tuple[HandlingPlan, ...], i: int) -> Found:
    order = [handling.id for handling in chain]
    at: Path = ("decision", "chain", i, "after")
    for j, key in enumerate(chain[i].after):
        if key not in order:
            yield (*at, j), f'There is no handling "{key}"{suggestion(key, order)}'
            continue
        earlier, before, date = chain[order.index(key)], chain[order.index(key)].date, chain[i].date
        if earlier not in chain[:i]:
            sentence = (
                f'"{key}" does not stand before "{chain[i].id}" in the chain. A handling comes after earlier ones.'
            )
            yield (*at, j), sentence
        elif before is not None and date is not None and date < before:
            yield at, f'"{chain[i].id}" ({date}) comes after "{key}", but that was later ({before}).'


def _power_problems(definition: Definition, handling: HandlingPlan, at: Path) -> Found:
    if handling.kind is not HandlingKind.DECISION:
        return
    body = next((one for one in definition.bodies if one.id == handling.body), None)
    if body is not None and body.kind is BodyKind.INFLUENCE:
        sentence = (
            f'"{body.id}" is asked for statements and never decides (Kuntalaki 26-28 §). Choose another body or kind.'
        )
        yield (*at, "kind"), sentence
    if not (handling.ground or "").strip():
        yield at, f'The decision "{handling.id}" lacks its ground: add the paragraph that gives the body this power.'


def _executive_problems(definition: Definition) -> Found:
    """The executive prepares the council's matters (Kuntalaki 39 and 93 §)."""
    kinds = {body.id: body.kind for body in definition.bodies}
    chain = {handling.id: handling for handling in definition.decision.chain}
    for i, handling in enumerate(definition.decision.chain):
        unknown = set(handling.after) - set(chain)  # a problem of its own
        if handling.kind is not HandlingKind.DECISION or kinds.get(handling.body) is not BodyKind.COUNCIL or unknown:
            continue
        before = [chain[key] for key in _before(chain, handling.id)]
        prepared = any(
            one.kind is HandlingKind.PROPOSAL and kinds.get(one.body) is BodyKind.EXECUTIVE for one in before
        )
        if not prepared and definition.decision.without_executive_because is None:
            sentence = (
                f'The council decides "{handling.id}" without a proposal of the executive before it (Kuntalaki 39 and '
                "93 §). Add one and name it in after, or write the ground in without_executive_because."
            )
            yield ("decision", "chain", i), sentence


def _before(chain: dict[str, HandlingPlan], key: str) -> set[str]:
    found: set[str] = set()
    waiting = [key]
    while waiting:
        for earlier in chain[waiting.pop()].after:
            if earlier in chain and earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return found


def ladder_problems(definition: Definition) -> Found:
    """Two ladders for one duty, a step twice, and reminders that go where they must not."""
    for i, ladder in enumerate(definition.ladders):
        at: Path = ("ladders", i)
        if ladder.duty in {one.duty for one in definition.ladders[:i]}:
            yield (*at, "duty"), f'There are two ladders for "{ladder.duty}". Put their steps into one.'
        for j, step in enumerate(ladder.steps):
            if step in ladder.steps[:j]:
                yield (*at, "steps", j), f'"{step.when}" to the {step.to} stands here twice. Keep one.'
            if step.when.startswith(("0 ", "00 ")):
                yield (*at, "steps", j, "when"), 'No days before or after is said "on the day".'
            if ladder.duty in OF_STANCES and step.to is Audience.LINE_MANAGER:
                sentence = (
                    "A line manager is never told whether somebody has taken a stance. "
                    "Tell the holder, the chair or the coordinator."
                )
                yield (*at, "steps", j, "to"), sentence


def retention_problems(definition: Definition) -> Found:
    """Two times for one kind of data, a record that would not be kept, and times without end."""
    for i, kept in enumerate(definition.retention):
        if kept.data in {one.data for one in definition.retention[:i]}:
            yield ("retention", i, "data"), f'There are two times for "{kept.data}". Keep one.'
        if kept.data == "record" and kept.then != "archive":
            yield ("retention", i, "then"), "The record shows how the decision was prepared: it can only be archived."
        if kept.months > MOST_MONTHS:
            most = f"{kept.months} months are too many; give at most {MOST_MONTHS}."
            yield ("retention", i, "months"), f"{most} What is kept for ever is archived."
