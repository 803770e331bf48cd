"""Everything that can be changed of a running process, with the pages where it is changed."""

from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.tools.amending_now import duty_name, ladder_now, player, step_words
from app.web.views.tools.change import check_may_amend
from app.web.views.tools.tool import Link
from models.papers.group_words import rule_told
from models.process import COORDINATOR
from models.storage.database import Session
from models.words import DutyKind, PhaseStatus


class Amended(NamedTuple):
    """One thing that can be changed: what it is now, and the pages where it is changed."""

    name: str
    now: str
    links: tuple[Link, ...]


class AtPhase(NamedTuple):
    """What can be changed of one phase's checkpoint."""

    name: str
    open_round: bool  # then it is returned first
    groups: tuple[Amended, ...]
    criteria: tuple[Amended, ...]
    adding: tuple[Link, ...]


class Amendments(NamedTuple):
    """Everything that can be changed."""

    roles: tuple[Amended, ...]
    phases: tuple[AtPhase, ...]
    ladders: tuple[Amended, ...]


def amendments(place: Place, session: Session) -> Amendments:
    """What can be changed of the process. Raises NotAuthorised."""
    _ = place.visitor.say
    check_may_amend(place)
    place.fetch_people(session, place.process.roles.values())
    roles = (slot.id for slot in place.definition.roles if slot.id != COORDINATOR)
    ahead = [key for key, phase in place.process.phases.items() if phase.status is not PhaseStatus.PASSED]
    return Amendments(
        roles=tuple(
            Amended(place.name("role", slot), player(place, slot), (_link(place, _("Vaihda"), "rooli", slot),))
            for slot in roles
        ),
        phases=tuple(_at_phase(place, key) for key in ahead),
        ladders=tuple(
            Amended(
                duty_name(place, kind),
                ", ".join(step_words(place, one) for one in ladder_now(place, kind)) or _("Ei muistutusviestejä"),
                (_link(place, _("Muuta"), "muistutukset", kind.value),),
            )
            for kind in DutyKind
        ),
    )


def _at_phase(place: Place, phase: str) -> AtPhase:
    _, plan = place.visitor.say, place.checkpoint(phase)
    groups = tuple(
        Amended(
            place.name("group", at.group),
            rule_told(at.rule, at.quorum, place.visitor.language),
            (
                _link(place, _("Muuta"), "ryhma", f"{phase}:{at.group}"),
                _link(place, _("Poista"), "ryhma-pois", f"{phase}:{at.group}"),
            ),
        )
        for at in plan.groups
    )
    criteria = tuple(
        Amended(
            one.text.in_(place.visitor.language),
            _("Välttämätön") if one.must else _("Suositus"),
            (
                _link(place, _("Muuta"), "asia", f"{phase}:{one.id}"),
                _link(place, _("Poista"), "asia-pois", f"{phase}:{one.id}"),
            ),
        )
        for one in plan.criteria
    )
    adding = (
        _link(place, _("Lisää työryhmä"), "uusi-ryhma", phase),
        _link(place, _("Lisää tarkistettava asia"), "uusi-asia", phase),
    )
    return AtPhase(place.name("phase", phase), phase in place.process.rounds, groups, criteria, adding)


def _link(place: Place, name: str, tool: str, item: str) -> Link:
    return Link(name, addresses.tool(place.key, tool, item))
