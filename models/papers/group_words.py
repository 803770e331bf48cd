"""By which rule a working group is in favour and how it stands, in the reader's words: on the checkpoint page, where
rules are amended, and in papers."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from models.days.formats import Language
from models.definitions.parts import Text
from models.papers.saying import text
from models.rounds import Standing
from models.words import GroupRule, ObjectionStatus

RULES: Mapping[GroupRule, Text] = {
    GroupRule.CONSENT: text(
        "Ryhmä puoltaa, kun joku kannattaa eikä yksikään vastustus ole auki. Vastustus, joka on viety edellytykseksi "
        "tai kirjattu eriäväksi mielipiteeksi, ei ole esteenä.",
        "Gruppen tillstyrker när någon understöder och ingen invändning är öppen. En invändning som har förts vidare "
        "som förutsättning eller antecknats som avvikande mening hindrar inte.",
        "The group is in favour when somebody accepts and no objection is open. An objection carried as a condition "
        "or recorded as a dissent does not stand in the way.",
    ),
    GroupRule.MAJORITY: text(
        "Ryhmä puoltaa, kun useampi kannattaa kuin vastustaa.",
        "Gruppen tillstyrker när flera understöder än motsätter sig.",
        "The group is in favour when more accept than object.",
    ),
    GroupRule.CHAIR: text(
        "Ryhmä puoltaa, kun sen puheenjohtaja kannattaa.",
        "Gruppen tillstyrker när dess ordförande understöder.",
        "The group is in favour when its chair accepts.",
    ),
    GroupRule.ALL: text(
        "Ryhmä puoltaa, kun jokainen paikka kannattaa.",
        "Gruppen tillstyrker när varje plats understöder.",
        "The group is in favour when every seat accepts.",
    ),
}
WITH_QUORUM = (GroupRule.CONSENT, GroupRule.MAJORITY)
HALF = "1/2"
ENOUGH_HALF = text(
    "Lisäksi vähintään puolet paikoista on ottanut kantaa.",
    "Dessutom har minst hälften av platserna tagit ställning.",
    "And at least half of the seats have taken a stance.",
)
ENOUGH_SHARE = text(
    "Lisäksi vähintään {quorum} paikoista on ottanut kantaa.",
    "Dessutom har minst {quorum} av platserna tagit ställning.",
    "And at least {quorum} of the seats have taken a stance.",
)
ENOUGH_SEATS = text(
    "Lisäksi kantaa on otettu vähintään näin monella paikalla: {quorum}.",
    "Dessutom har ställning tagits på minst så här många platser: {quorum}.",
    "And a stance has been taken in at least so many seats: {quorum}.",
)

IN_FAVOUR = text("Puoltaa", "Tillstyrker", "In favour")
NOBODY = text("Ryhmässä ei ole enää ketään", "Det finns ingen kvar i gruppen", "Nobody is left in the group")
OPEN = text(
    "Vastustus tai ehdotus on auki", "En invändning eller ett förslag är öppet", "An objection or offer is open"
)
SETTLED = text(
    "Ei puolla, mutta ei ole enää esteenä",
    "Tillstyrker inte, men hindrar inte längre",
    "Not in favour, but no longer in the way",
)
NOT_YET = text("Ei puolla vielä", "Tillstyrker ännu inte", "Not in favour yet")
TOO_FEW = text("Kantoja on vielä liian vähän", "Ännu för få ståndpunkter", "Too few stances yet")

WAS_IN_FAVOUR = text("Puolsi", "Tillstyrkte", "Was in favour")
WAS_NOBODY = text("Ryhmässä ei ollut enää ketään", "Det fanns ingen kvar i gruppen", "Nobody was left in the group")
WAS_SETTLED = text(
    "Ei puoltanut, mutta ei ollut enää esteenä",
    "Tillstyrkte inte, men hindrade inte längre",
    "Was not in favour, but no longer in the way",
)
WAS_NOT = text("Ei puoltanut", "Tillstyrkte inte", "Was not in favour")

STALE_OBJECTION = text(
    "vastusti vanhaa tekstiä eikä ole vastannut uuteen",
    "invände mot den gamla texten och har inte svarat på den nya",
    "objected to the former text, with no answer to the new one",
)
STALE_OFFER = text(
    "ehdotti edellytystä vanhaan tekstiin eikä ole vastannut uuteen",
    "föreslog en förutsättning till den gamla texten och har inte svarat på den nya",
    "offered a condition to the former text, with no answer to the new one",
)
ENDED: Mapping[ObjectionStatus, Text] = {
    ObjectionStatus.CARRIED: text("viety edellytykseksi", "blev en förutsättning", "carried as a condition"),
    ObjectionStatus.DISSENT: text(
        "kirjattu eriäväksi mielipiteeksi", "antecknat som avvikande mening", "recorded as dissent"
    ),
}


def rule_told(rule: GroupRule, quorum: str, language: Language) -> str:
    """By which rule the group is in favour, in a sentence or more."""
    said = RULES[rule].in_(language)
    if rule not in WITH_QUORUM:
        return said
    enough = ENOUGH_HALF if quorum == HALF else ENOUGH_SHARE if "/" in quorum else ENOUGH_SEATS
    return f"{said} {enough.in_(language).format(quorum=quorum)}"


class Stale(NamedTuple):
    """How many of a group's silent seats objected or offered something to a former text, and what became of it."""

    seats: int
    words: str


def stale(stands: Standing, objections: Mapping[str, tuple[bool, str]], language: Language) -> list[Stale]:
    """What the silent had said to a former text. Of each objection: whether it is an offer, and its status."""
    counted = Counter(objections[key] for key in stands.silent_objections)
    return [Stale(count, _stale(offer, status, language)) for (offer, status), count in sorted(counted.items())]


def _stale(offer: bool, status: str, language: Language) -> str:
    said = (STALE_OFFER if offer else STALE_OBJECTION).in_(language)
    ended = ENDED.get(ObjectionStatus(status))
    return f"{said}: {ended.in_(language)}" if ended else said


def stale_then(package: Mapping[str, Any], stands: Standing, language: Language) -> list[Stale]:
    """The same, as it was when the phase passed."""
    told = {key: (bool(one["offer"]), str(one["status"])) for key, one in package["objections"].items()}
    return stale(stands, told, language)


def verdict(stands: Standing) -> Text:
    """How the group stands in an open round."""
    if stands.met:
        return IN_FAVOUR
    if stands.seats == 0:
        return NOBODY
    if stands.open_objections:
        return OPEN
    if stands.settled:
        return SETTLED
    return NOT_YET if stands.quorum else TOO_FEW


def verdict_then(stands: Standing) -> Text:
    """How the group stood when the phase passed."""
    if stands.met:
        return WAS_IN_FAVOUR
    if stands.seats == 0:
        return WAS_NOBODY
    return WAS_SETTLED if stands.settled else WAS_NOT
