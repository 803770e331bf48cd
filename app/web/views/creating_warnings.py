"""What is told of answers that speak against each other, while a process is being created."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.web import addresses
from app.web.creating import Creating
from app.web.views.planned_dates import are_apart, date_name, first_day
from models.creating.against import Contradicted, contradicted, doubled
from models.creating.answers import CHOICE
from models.creating.proposing import AS_PROPOSED
from models.days.formats import date_text
from models.inviting.verdicts import Who
from models.words import SeatPart

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
    facts = {"reading": reading.name.in_(language), "days": _named(creating, moved, one.dates)}
    answered = creating.answers.choices.get(choice.id)
    if answered is None or answered.why in ("", _(AS_PROPOSED)):
        sentence = _(
            "Vastaus on ”%(reading)s”, mutta päiviä on siirretty sen ulkopuolelle: %(days)s. Muuta vastausta, palauta "
            "ehdotetut päivät, tai kerro vastauksen perustelussa, miksi päivät ovat toiset.",
            **facts,
        )
    else:
        sentence = _(
            "Vastaus on ”%(reading)s”, mutta päiviä on siirretty sen ulkopuolelle: %(days)s. Tarkista, että vastauksen "
            "perustelu kertoo, miksi päivät ovat toiset.",
            **facts,
        )
    address = addresses.creating(f"{CHOICE}/{choice.id}")
    return AgainstChoice(choice.id, choice.question.in_(language), sentence, address)


def _named(creating: Creating, dates: Mapping[str, dt.date], keys: Sequence[str]) -> str:
    """Some of the dates by name, and how many others there are."""
    visitor = creating.visitor
    shown = [
        f"{date_name(visitor, creating.definition, key)} {date_text(dates[key], visitor.language)}"
        for key in keys[:MOST_DAYS]
    ]
    if len(keys) > MOST_DAYS:
        shown.append(visitor.say_counted("yksi muu", "%(num)s muuta", len(keys) - MOST_DAYS))
    return ", ".join(shown)


def gone_by(creating: Creating, dates: Mapping[str, dt.date]) -> str | None:
    """What is told of those of the dates that are past already; None where none is."""
    past = sorted((key for key, day in dates.items() if day < creating.visitor.today), key=lambda key: dates[key])
    if not past:
        return None
    days = _named(creating, dates, past)
    return creating.visitor.say("Jo mennyt: %(days)s. Valitse myöhempi päivä, jos työtä ei ole jo tehty.", days=days)


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


# --- groups -------------------------------------------------------------------------------------------------------


def group_warning(creating: Creating, group: str, parts: Iterable[str]) -> str | None:
    """What is odd with one of the groups; `parts` are those of its members."""
    return " ".join(_odd_group(creating, group, tuple(parts))) or None


def _odd_group(creating: Creating, group: str, parts: tuple[str, ...]) -> Iterator[str]:
    _ = creating.visitor.say
    if not parts:
        yield _("Ryhmässä ei ole vielä ketään.")
    elif SeatPart.CHAIR not in parts:
        yield _("Ryhmällä ei ole puheenjohtajaa.")
    answer = creating.answers.groups[group]
    if answer.group is not None:
        return
    name = answer.name.casefold()
    others = [one.name for key, one in creating.answers.groups.items() if key != group and one.group is None]
    known = [one.name for one in creating.directory.groups.values() if one.active]
    if name in (one.casefold() for one in (*others, *known)):
        yield _("Samanniminen ryhmä on jo olemassa. Valitse se, tai anna uudelle ryhmälle toinen nimi.")


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
