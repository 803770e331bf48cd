"""A pasted list of people as a table to look at: what each line was found to be, and what somebody says of it."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from app.web.forms import Form, Mistakes
from app.web.session import Visitor
from models.inviting.lines import LONGEST_NAME, MOST_LINES, Said, entries
from models.inviting.seating import together
from models.inviting.verdicts import Known, Line, Sitting, Verdict, Who, verdicts, well_formed

NEW, SKIP = "new", "skip"
PASSED_OVER = (Verdict.SEATED, Verdict.REPEATED, Verdict.NOBODY)


class Row(NamedTuple):
    """One line: as it was pasted, what is said of it, and what is chosen."""

    at: int
    text: str
    verdict: Verdict
    sentence: str
    candidates: tuple[Known, ...]
    who: str  # a person's key, NEW, SKIP; empty where somebody has to choose
    name: str
    email: str
    said: Said

    @property
    def field(self) -> str:
        return f"who-{self.at}"

    @property
    def good(self) -> bool:
        return self.verdict in (Verdict.NEW, Verdict.KNOWN)

    @property
    def simple(self) -> bool:
        """Whether there is nothing to choose but to leave the line out."""
        return self.verdict in (Verdict.KNOWN, Verdict.SEATED, Verdict.REPEATED)


def pasted(visitor: Visitor, text: str, people: Iterable[Known], seated: Collection[str] = ()) -> tuple[Row, ...]:
    """The rows of a list as it was pasted."""
    found = verdicts(entries(text)[:MOST_LINES], people, seated)
    return tuple(_row(visitor, at, line) for at, line in enumerate(found))


def _row(visitor: Visitor, at: int, line: Line) -> Row:
    entry = line.entry
    said = entry.said or Said.MEMBER
    sentence = sentence_of(visitor, line)
    return Row(
        at, entry.text, line.verdict, sentence, line.candidates, _chosen(line), entry.name, entry.email or "", said
    )


def _chosen(line: Line) -> str:
    """What is chosen to begin with: nothing where somebody has to look."""
    if line.verdict is Verdict.KNOWN:
        return line.candidates[0].person
    if line.verdict in PASSED_OVER:
        return SKIP
    return NEW if line.verdict in (Verdict.NEW, Verdict.NO_ADDRESS, Verdict.BAD_ADDRESS, Verdict.NAME_GUESSED) else ""


def sentence_of(visitor: Visitor, line: Line) -> str:
    """What a line was found to be, and what to do where something is open."""
    _ = visitor.say
    name = line.candidates[0].name if line.candidates else line.entry.name
    match line.verdict:
        case Verdict.NEW:
            return _("Uusi henkilö. Hän saa kutsun.")
        case Verdict.KNOWN:
            return _("On hakemistossa: %(name)s.", name=name)
        case Verdict.SEATED:
            return _("%(name)s istuu ryhmässä jo. Rivi ohitetaan.", name=name)
        case Verdict.REPEATED:
            return _("Sama henkilö on listassa jo aiemmin. Rivi ohitetaan.")
        case Verdict.SAME_NAME:
            return _("Hakemistossa on samanniminen henkilö, jolla on toinen osoite. Kumpaa tarkoitat?")
        case Verdict.OTHER_NAME:
            return _("Osoite on hakemistossa toisella nimellä. Kumpaa tarkoitat?")
        case Verdict.SEVERAL:
            return _("Hakemistossa on useita samannimisiä. Ketä tarkoitat?")
        case Verdict.NAME_GUESSED:
            return _("Nimi puuttui ja on päätelty osoitteesta. Korjaa se, jos se on väärin.")
        case Verdict.NO_ADDRESS:
            return _("Nimeä ei ole hakemistossa. Anna sähköpostiosoite.")
        case Verdict.BAD_ADDRESS:
            return _("Osoitteessa on virhe. Osoite on muotoa nimi@kunta.fi.")
        case Verdict.LEFT:
            return _("Osoite kuuluu henkilölle, joka on poistettu hakemistosta. Lisätäänkö hänet uutena?")
        case Verdict.NOBODY:
            return _("Riviltä ei löydy nimeä eikä osoitetta. Rivi ohitetaan.")


# --- as it was sent -----------------------------------------------------------------------------------------------


def sent(visitor: Visitor, form: Form, text: str, people: Sequence[Known], seated: Collection[str]) -> tuple[Row, ...]:
    """The same rows with what was chosen and written in them."""
    return tuple(_filled(form, row) for row in pasted(visitor, text, people, seated))


def _filled(form: Form, row: Row) -> Row:
    allowed = {NEW, SKIP, *(one.person for one in row.candidates)}
    who = form.text(row.field)
    said = form.text(f"said-{row.at}")
    return row._replace(
        who=who if who in allowed else "",
        name=form.text(f"name-{row.at}")[:LONGEST_NAME] or row.name,
        email=form.text(f"email-{row.at}") or row.email,
        said=Said(said) if said in set(Said) else row.said,
    )


def chosen(visitor: Visitor, rows: Sequence[Row], mistakes: Mistakes) -> tuple[Sitting, ...]:
    """Those who are to sit, with their deputies; what is open stands in the mistakes."""
    _, named, before = visitor.say, list[tuple[Who, Said]](), dict[str, str]()
    for row in rows:
        if row.who == SKIP:
            continue
        who = _who(visitor, row, mistakes)
        if who is None:
            continue
        if who.same in before:
            mistakes.add(row.field, _("%(name)s on listassa kahdesti. Ohita toinen rivi.", name=before[who.same]))
        before[who.same] = who.name
        named.append((who, row.said))
    _check_parts(visitor, rows, mistakes)
    return together(named)


def _who(visitor: Visitor, row: Row, mistakes: Mistakes) -> Who | None:
    _ = visitor.say
    if not row.who:
        mistakes.add(row.field, _("Valitse, ketä rivi tarkoittaa: %(text)s", text=row.text))
        return None
    known = next((one for one in row.candidates if one.person == row.who), None)
    if known is not None:
        return Who(person=known.person, name=known.name, email=known.email)
    if not row.name:
        mistakes.add(f"name-{row.at}", _("Kirjoita nimi: %(text)s", text=row.text))
    if not well_formed(row.email):
        mistakes.add(f"email-{row.at}", _("Kirjoita osoite muodossa nimi@kunta.fi: %(text)s", text=row.text))
    return Who(name=row.name, email=row.email)


def _check_parts(visitor: Visitor, rows: Sequence[Row], mistakes: Mistakes) -> None:
    """One chair and one vice-chair at most, and nobody deputises for nobody."""
    _ = visitor.say
    taken = [row for row in rows if row.who != SKIP]
    for said, sentence in (
        (Said.CHAIR, _("Ryhmällä on yksi puheenjohtaja. Valitse toiselle muu tehtävä.")),
        (Said.VICE_CHAIR, _("Ryhmällä on yksi varapuheenjohtaja. Valitse toiselle muu tehtävä.")),
    ):
        again = [row for row in taken if row.said is said][1:]
        if again:
            mistakes.add(f"said-{again[0].at}", sentence)
    if taken and taken[0].said is Said.DEPUTY:
        mistakes.add(f"said-{taken[0].at}", _("Varajäsen tulee listassa sen jäsenen jälkeen, jonka varalla hän on."))
