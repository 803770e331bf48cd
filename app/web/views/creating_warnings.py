"""What is told of answers that speak against each other, while a process is being created."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from app.web import addresses
from app.web.creating import Creating
from app.web.views.planned_dates import are_apart, date_name, first_day
from models.creating.against import Contradicted, contradicted, doubled
from models.creating.answers import CHOICE
from models.days.formats import date_text
from models.inviting.verdicts import Who

MOST_DAYS = 3  # dates that are named before the others are counted


# --- dates against a choice ---------------------------------------------------------------------------------------


class AgainstChoice(NamedTuple):
    """A choice that dates were moved away from."""

    choice: str
    question: str
    sentence: str
    address: str


def against_choices(creating: Creating, moved: Mapping[str, dt.date]) -> tuple[AgainstChoice, ...]:
    """The choices that dates moved so speak against."""
    found = contradicted(creating.definition, creating.planned.start, creating.readings, moved, creating.calendar)
    return tuple(_against(creating, one, moved) for one in found)


def _against(creating: Creating, one: Contradicted, moved: Mapping[str, dt.date]) -> AgainstChoice:
    _, language = creating.visitor.say, creating.visitor.language
    choice = next(choice for choice in creating.definition.choices if choice.id == one.choice)
    reading = next(reading for reading in choice.readings if reading.id == creating.readings[choice.id])
    days = [
        f"{date_name(creating.visitor, creating.definition, key)} {date_text(moved[key], language)}"
        for key in one.dates
    ]
    more = creating.visitor.say_counted("yksi muu", "%(num)s muuta", len(days) - MOST_DAYS)
    shown = [*days[:MOST_DAYS], *([more] if len(days) > MOST_DAYS else [])]
    sentence = _(
        "Vastaus on ”%(reading)s”, mutta päiviä on siirretty sen ulkopuolelle: %(days)s. Muuta vastausta, palauta "
        "ehdotetut päivät, tai kerro vastauksen perustelussa, miksi päivät ovat toiset.",
        reading=reading.name.in_(language),
        days=", ".join(shown),
    )
    address = addresses.creating(f"{CHOICE}/{choice.id}")
    return AgainstChoice(choice.id, choice.question.in_(language), sentence, address)


def apart_from_start(creating: Creating) -> str | None:
    """What is told where the definition's dates begin at another time than the work; None where they do not."""
    if not are_apart(creating):
        return None
    language = creating.visitor.language
    return creating.visitor.say(
        "Työn aluksi on valittu %(start)s, mutta ensimmäinen vaihe alkaa %(first)s. Siirrä päivät alkamaan työn alusta "
        "tai muuta alkua.",
        start=date_text(creating.planned.start, language),
        first=date_text(first_day(creating), language),
    )


# --- two pairs of eyes --------------------------------------------------------------------------------------------


class DoubledPage(NamedTuple):
    """A preparer who could submit what they state the outcome of."""

    field: str
    sentence: str
    possible: bool  # somebody else may submit


def doubled_page(creating: Creating, roles: Mapping[str, Who], names: dict[str, str]) -> DoubledPage | None:
    """What is told of a preparer who answers for outputs too; None where none does."""
    _, found = creating.visitor.say, doubled(creating.definition, roles)
    if not found:
        return None
    without = [one for one in found if not one.others]
    told = without or found
    preparer, concerned = told[0].preparer, {one.phase for one in told}
    phases = ", ".join(one.name.in_(creating.language) for one in creating.definition.phases if one.id in concerned)
    name = called(creating, roles[preparer], names)
    if without:
        sentence = _(
            "%(name)s olisi ainoa, joka voi toimittaa tuotokset näissä vaiheissa: %(phases)s. Sama henkilö ei voi sekä "
            "toimittaa tuotoksia että todeta niiden tulosta (neljän silmän periaate). Nimeä vastuuvalmistelijaksi tai "
            "tuotoksista vastaavaksi joku muu.",
            name=name,
            phases=phases,
        )
        return DoubledPage(f"role-{preparer}", sentence, possible=False)
    others = dict.fromkeys(called(creating, who, names) for one in told for who in one.others)
    sentence = _(
        "%(name)s toteaisi tuloksen vaiheissa, joiden tuotoksista hän vastaa itse: %(phases)s. Hän ei silloin voi "
        "toimittaa niitä tarkistuspisteeseen (neljän silmän periaate), vaan sen tekee joku muu: %(others)s.",
        name=name,
        phases=phases,
        others=", ".join(others),
    )
    return DoubledPage(f"role-{preparer}", sentence, possible=True)


def called(creating: Creating, who: Who, names: dict[str, str]) -> str:
    """What somebody is called who is named; who is in no directory yet is marked as new."""
    if who.person:
        return names.get(who.person, who.name)
    return creating.visitor.say("%(name)s (uusi)", name=who.name)
