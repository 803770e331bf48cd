"""`etappi show`: one phase, what is proposed, what is tested and what is said of it."""

from app.cli.desk import Desk
from app.cli.params import As, Json, Municipality, Phase, ProcessKey
from app.cli.screen import date_of, fact, heading, instant, item, plain, print_json, say
from app.cli.shapes_looking import CriterionLine, GroupStances, OutputLine, Show, StanceLine
from app.cli.standing import group_line, objection_lines, person
from app.cli.status import check_may_read, show_group
from app.cli.why import tested
from app.history.sentences import tarkiste
from models.definitions.definition import GroupAtCheckpoint, OutputPlan
from models.rights import Thing
from models.rounds import counts, current, digest, window_until
from models.storage.drafts import Draft, drafts_of

HOLDS = {True: "holds", False: "does not hold", None: "not known"}


def show(
    process: ProcessKey, phase: Phase, as_: As = None, municipality: Municipality = None, json_: Json = False
) -> None:
    """Show a phase: what is proposed, in which versions, what is tested and why it holds or not, and what groups say.

    Who said what is shown of your own group; the coordinator reads all.

    Examples:

        etappi show kemijarvi-2030 tulevaisuuskuva
        etappi show kemijarvi-2030 2 --json --as teacher
    """
    desk = Desk(municipality, as_, None, process)
    check_may_read(desk, Thing.PROCESS)
    found = one(desk, desk.phase(phase))
    if json_:
        print_json(found)
    else:
        _show(desk, found)


def one(desk: Desk, key: str) -> Show:
    """Everything there is to say of the phase."""
    phase, round_ = desk.process.phases[key], desk.process.rounds.get(key)
    with desk.reading() as session:
        drafts = drafts_of(session, desk.scope.id, key)
    return Show(
        format=1,
        municipality=desk.municipality,
        process=str(desk.key),
        phase=key,
        name=desk.names.phase(key),
        status=phase.status.value,
        round=round_.no if round_ else None,
        due=round_.due if round_ else None,
        tarkiste=round_.manifest if round_ else None,
        digest=digest(desk.process, key) if round_ else None,
        contestable_until=window_until(round_, desk.now) if round_ else None,
        package=phase.package,
        received=dict(phase.received),
        outputs=tuple(_output(desk, key, plan, drafts.get(plan.id)) for plan in desk.world().phase(key).outputs),
        criteria=tuple(
            CriterionLine(criterion.id, criterion.text.in_(desk.language), criterion.must, holds, why)
            for criterion, holds, why in tested(desk, key)
        ),
        groups=tuple(_group(desk, key, at) for at in round_.groups) if round_ else (),
        objections=objection_lines(desk, key),
    )


def _output(desk: Desk, phase: str, plan: OutputPlan, draft: Draft | None) -> OutputLine:
    version = desk.newest_version(phase, plan.id)
    owner = desk.process.roles.get(plan.owner)
    return OutputLine(
        output=plan.id,
        name=plan.name.in_(desk.language),
        required=plan.required,
        owner=person(desk, owner) if owner else None,
        version=version.no if version else None,
        tarkiste=version.sha256 if version else None,
        publicity=version.publicity.value if version else None,
        draft_revision=draft.revision if draft else None,
        draft_saved=draft.updated_at if draft else None,
    )


def _group(desk: Desk, phase: str, at: GroupAtCheckpoint) -> GroupStances:
    round_ = desk.process.rounds[phase]
    mine = {key: seat for key, seat in round_.seats.items() if seat.group == at.group}
    stances = tuple(
        StanceLine(
            seat=key,
            person=person(desk, said.by),
            stance=said.kind.value,
            current=current(round_, key) is not None,
            way=said.way.value,
            objection=said.objection,
        )
        for key in mine
        if (said := round_.stances.get(key))
    )
    silent = tuple(
        person(desk, seat.person) for key, seat in mine.items() if counts(round_, key) and current(round_, key) is None
    )
    return GroupStances(
        standing=group_line(desk, phase, at),
        stances=stances if desk.may_read(Thing.NAMES, at.group) else None,
        silent=silent if desk.may_read(Thing.LATE, at.group) else None,
    )


# --- on the screen ------------------------------------------------------------------------------------------------


def _show(desk: Desk, found: Show) -> None:
    heading(f"{found.name} ({found.phase}): {plain(found.status)}")
    if found.round and found.due:
        say(f"Round {found.round}. Stances are due {date_of(found.due)}.")
        fact("Tarkiste", f"{tarkiste(found.tarkiste)}, with all that was said {tarkiste(found.digest)}")
    if found.contestable_until:
        say(f"What was recorded may be contested until {instant(found.contestable_until)}.")
    if found.package:
        fact("Package", found.package)
    for source, package in found.received.items():
        fact("Builds on", f"{desk.names.phase(source)}, {tarkiste(package)}")
    heading("What is proposed")
    for output in found.outputs:
        _show_output(output)
    if found.criteria:
        heading("What is tested")
    for criterion in found.criteria:
        must = "must" if criterion.must else "should"
        said = f": {HOLDS[criterion.holds]}; {criterion.why}." if found.round or found.package else ""
        item("-", f"{criterion.text} ({criterion.criterion}, {must}){said}")
    if found.groups:
        heading("What groups say")
    for group in found.groups:
        _show_members(desk, group)
    if found.objections:
        heading("Open objections")
    for objection in found.objections:
        what = "offers a condition" if objection.offer else "objects"
        answer = f" Answer ({objection.result}): {objection.answer}" if objection.result else " Not answered."
        former = ", to the text before it changed" if objection.to_former_text else ""
        by = f"{desk.names.group(objection.group)} {what}{former}, {objection.makers} behind it"
        item(objection.objection, f"{by}: {objection.text or '[peitetty]'}.{answer}")


def _show_output(output: OutputLine) -> None:
    owner = output.owner.name or output.owner.person if output.owner else "nobody"
    version = f"version {output.version}, tarkiste {tarkiste(output.tarkiste)}" if output.version else "no version yet"
    draft = f"; draft saved {instant(output.draft_saved)}" if output.draft_saved else ""
    required = "" if output.required else ", not required"
    item("-", f"{output.name} ({output.output}{required}), {owner}: {version}{draft}.")


def _show_members(desk: Desk, group: GroupStances) -> None:
    show_group(group.standing)
    for line in group.stances or ():
        objection = f" [{line.objection}]" if line.objection else ""
        stale = "" if line.current else ", before it changed"
        said = desk.names.words(f"said.{line.stance}")
        say(f"{line.person.name or line.person.person} ({line.seat}) {said}{objection}{stale}", indent=6)
    if group.silent:
        names = ", ".join(one.name or one.person for one in group.silent)
        say(f"Not answered: {names}", indent=6)
