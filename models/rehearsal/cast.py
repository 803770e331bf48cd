"""The sample people of a rehearsal: one for each role slot, and a chair, a vice-chair and a member in each group.

They have no names but their parts, and each has somebody who acts for them while they are away.
"""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from models.canonical import canonical, sha256
from models.days.formats import Language
from models.definitions.definition import Definition
from models.frozen import Frozen
from models.municipality.directory import Absence, Directory, Group, Person, RoleOf, SeatOf
from models.words import Role, SeatPart

TOWN = "rehearsal"
REGISTRAR = "registrar"
DEPUTY = "-deputy"  # ends the id of who acts for somebody

PARTS: dict[SeatPart, dict[Language, str]] = {
    SeatPart.CHAIR: {"fi": "puheenjohtaja", "sv": "ordförande", "en": "chair"},
    SeatPart.VICE_CHAIR: {"fi": "varapuheenjohtaja", "sv": "vice ordförande", "en": "vice-chair"},
    SeatPart.MEMBER: {"fi": "jäsen", "sv": "medlem", "en": "member"},
}
_REGISTRAR: dict[Language, str] = {"fi": "Hallintosihteeri", "sv": "Förvaltningssekreterare", "en": "Registrar"}
_DEPUTY: dict[Language, str] = {"fi": "{}: sijainen", "sv": "{}: ersättare", "en": "{}: deputy"}


class Player(Frozen):
    """One sample person."""

    id: str
    name: str  # the part, in the reader's language
    role: str | None = None  # the definition's role slot
    group: str | None = None  # the definition's group
    part: SeatPart | None = None
    deputy_of: str | None = None


class Away(NamedTuple):
    """Days somebody is away."""

    first: dt.date
    last: dt.date


class Cast(NamedTuple):
    """The people, and the directory that knows them."""

    players: dict[str, Player]
    directory: Directory
    definition: str  # the hash by which the directory knows it


def cast(definition: Definition, first: dt.date, language: Language, away: Mapping[str, Away]) -> Cast:
    """Everybody the definition has a part for, from the day on; `away` is by the player's id."""
    players = {player.id: player for player in _players(definition, language)}
    for key, player in list(players.items()):
        name = _DEPUTY[language].format(player.name)
        players[key + DEPUTY] = Player(id=key + DEPUTY, name=name, group=player.group, deputy_of=key)
    hash_ = sha256(canonical(definition))
    directory = Directory(
        municipality=TOWN,
        people={key: Person(name=player.name, email=key, language=language) for key, player in players.items()},
        groups={group.id: Group(name=group.name.in_(language), kind=group.kind) for group in definition.groups},
        seats=dict(_seats(players, first)),
        roles={
            "coordinator": RoleOf(person="coordinator", role=Role.COORDINATOR, first=first),
            REGISTRAR: RoleOf(person=REGISTRAR, role=Role.REGISTRAR, first=first),
        },
        absences={key: _absence(players[key], days) for key, days in away.items()},
        definitions={hash_: definition.id},
    )
    return Cast(players, directory, hash_)


def _players(definition: Definition, language: Language) -> list[Player]:
    slots = [Player(id=slot.id, name=slot.name.in_(language), role=slot.id) for slot in definition.roles]
    seats = [
        Player(
            id=f"{group.id}-{part.value}",
            name=f"{group.name.in_(language)}, {said[language]}",
            group=group.id,
            part=part,
        )
        for group in definition.groups
        for part, said in PARTS.items()
    ]
    return [*slots, *seats, Player(id=REGISTRAR, name=_REGISTRAR[language])]


def _seats(players: Mapping[str, Player], first: dt.date) -> list[tuple[str, SeatOf]]:
    return [
        (key, SeatOf(group=player.group, person=key, part=player.part, deputies=(key + DEPUTY,), first=first))
        for key, player in players.items()
        if player.group is not None and player.part is not None
    ]


def _absence(player: Player, days: Away) -> Absence:
    stand_in = None if player.group else player.id + DEPUTY
    return Absence(person=player.id, first=days.first, last=days.last, stand_in=stand_in)
