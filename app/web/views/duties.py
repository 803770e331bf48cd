"""A duty in words: what it is, and why it waits for somebody."""

from collections.abc import Callable

from app.web.session import Visitor
from models.process import COORDINATOR
from models.storage.reading import OpenDuty
from models.telling.wording import Wording
from models.words import DutyKind

Said = Callable[[Visitor, OpenDuty, Wording], str]


def _named(kind: str, key: str | None, wording: Wording) -> str:
    return wording.name(f"{kind}:{key}") if key else ""


def _phase(duty: OpenDuty, wording: Wording) -> str:
    return _named("phase", duty.phase, wording)


def _part(duty: OpenDuty, wording: Wording) -> str:
    """The role or the group that nobody plays, or leads."""
    return _named("group", duty.group, wording) if duty.group else _named("role", duty.item, wording)


def _of(kind: str, text: str) -> Said:
    """The text with the name of the duty's item as `%(name)s`, and of its phase as `%(phase)s`."""
    return lambda v, d, w: v.say(text, name=_named(kind, d.item, w), phase=_phase(d, w))


def N_(text: str) -> str:  # noqa: N802 (the customary name: marks a text for the catalogues)
    return text


WHAT: dict[DutyKind, Said] = {
    DutyKind.OPEN_PHASE: _of("phase", N_("Aloita vaihe: %(phase)s")),
    DutyKind.OUTPUT: _of("output", N_("Valmistele ja toimita: %(name)s")),
    DutyKind.STANCE: lambda v, d, w: v.say(N_("Ota kantaa: %(name)s"), name=_named("checkpoint", d.phase, w)),
    DutyKind.ANSWER: _of("phase", N_("Vastaa perusteluihin: %(phase)s")),
    DutyKind.REPLY: lambda v, d, w: v.say(
        N_("Lue vastaus ja kerro, riittääkö se: %(name)s"), name=_named("checkpoint", d.phase, w)
    ),
    DutyKind.CONDITION: _of("phase", N_("Tee, mitä edellytys vaatii: %(phase)s")),
    DutyKind.ASSESSMENT: _of("criterion", N_("Arvioi: %(name)s")),
    DutyKind.OUTCOME: lambda v, d, w: v.say(
        N_("Totea tarkistuspisteen tulos: %(name)s"), name=_named("checkpoint", d.phase, w)
    ),
    DutyKind.MEMO: _of("meeting", N_("Kirjaa kokous: %(name)s")),
    DutyKind.ASK_STATEMENT: _of("statement", N_("Pyydä lausunto: %(name)s")),
    DutyKind.STATEMENT: _of("statement", N_("Kirjaa saapunut lausunto: %(name)s")),
    DutyKind.OPEN_HEARING: _of("hearing", N_("Avaa kuuleminen: %(name)s")),
    DutyKind.HEARING: _of("hearing", N_("Päätä kuuleminen ja kerro, mitä siitä seurasi: %(name)s")),
    DutyKind.HANDLING: _of("handling", N_("Huolehdi käsittelystä: %(name)s")),
    DutyKind.STAFF_COOPERATION: _of("phase", N_("Arvioi, tarvitaanko yhteistoimintaa, ja käy se")),
    DutyKind.INVITATION: _of("meeting", N_("Lähetä kutsu: %(name)s")),
    DutyKind.DECISION_MEETING: _of("handling", N_("Sovi kokouksesta: %(name)s")),
    DutyKind.VACANCY: lambda v, d, w: v.say(N_("Etsi tekijä: %(name)s"), name=_part(d, w)),
    DutyKind.REPORT: _of("phase", N_("Vie tiedoksi kunnanhallitukselle: %(phase)s")),
}


def _vacant(duty: OpenDuty) -> str:
    if duty.group:
        return N_("Työryhmästä puuttuu puheenjohtaja tai jäsenet.")
    if duty.item == COORDINATOR:
        return N_("Koordinaattori on lähtenyt. Uuden nimeää pääkäyttäjä: sovi hänen kanssaan, kuka jatkaa.")
    return N_("Tehtävän hoitaja on lähtenyt.")


def _output_waits(duty: OpenDuty, wording: Wording) -> str:
    if wording.process.phases[duty.phase or ""].came_back:
        return N_("Työ on palautettu valmisteluun: korjaa ja toimita uudelleen vaiheessa ”%(phase)s”.")
    return N_("Vastaat tuotoksesta vaiheessa ”%(phase)s”.")


def _stance_waits(duty: OpenDuty, wording: Wording) -> str:
    """A stance that was taken waits anew only where the text has changed since."""
    round_ = wording.process.rounds.get(duty.phase or "")
    if round_ is not None and duty.seat in round_.stances:
        return N_("Asiakirja on muuttunut kannanoton jälkeen: pidä kanta tai muuta sitä. %(name)s.")
    return N_("Työryhmäsi kantaa pyydetään: %(name)s.")


WHY: dict[DutyKind, Said] = {
    DutyKind.OPEN_PHASE: _of("phase", N_("Edeltävä vaihe on valmis. Vaihe alkaa, kun aloitat sen.")),
    DutyKind.OUTPUT: lambda v, d, w: v.say(_output_waits(d, w), phase=_phase(d, w)),
    DutyKind.STANCE: lambda v, d, w: v.say(_stance_waits(d, w), name=_named("group", d.group, w)),
    DutyKind.ANSWER: lambda v, d, w: v.say(
        N_("Työryhmän perusteluihin ei ole vastattu: %(name)s."), name=_named("group", d.group, w)
    ),
    DutyKind.REPLY: _of("phase", N_("Perusteluihisi on vastattu vaiheessa ”%(phase)s”.")),
    DutyKind.CONDITION: _of("phase", N_("Olet edellytyksen vastuuhenkilö.")),
    DutyKind.ASSESSMENT: _of("criterion", N_("Sinut on nimetty arvioimaan tämä vaiheessa ”%(phase)s”.")),
    DutyKind.OUTCOME: _of("phase", N_("Olet vastuuvalmistelija vaiheessa ”%(phase)s”.")),
    DutyKind.MEMO: _of("meeting", N_("Kokous on pidetty, ja muistio puuttuu.")),
    DutyKind.ASK_STATEMENT: _of(
        "statement", N_("Lausunnolle varataan aikaa ennen vaiheen ”%(phase)s” tarkistuspistettä.")
    ),
    DutyKind.STATEMENT: _of("statement", N_("Lausuntoa on pyydetty. Kirjaa se, kun se saapuu.")),
    DutyKind.OPEN_HEARING: _of(
        "hearing", N_("Kuulemiselle varataan aikaa ennen vaiheen ”%(phase)s” tarkistuspistettä.")
    ),
    DutyKind.HEARING: _of("hearing", N_("Kuulemisaika päättyy.")),
    DutyKind.HANDLING: _of("handling", N_("Toimielimen käsittely kuuluu päätöksen tiehen.")),
    DutyKind.STAFF_COOPERATION: _of("phase", N_("Laki 449/2007. Tarkistakaa asia kunnan lakimieheltä.")),
    DutyKind.INVITATION: _of("meeting", N_("Kutsut lähtevät, kun kokous on kalenterissa.")),
    DutyKind.DECISION_MEETING: _of("handling", N_("Toimielimellä ei ole kokousta päätöksen aikaan.")),
    DutyKind.VACANCY: lambda v, d, _: v.say(_vacant(d)),
    DutyKind.REPORT: _of("phase", N_("Vaihe on edennyt. Väliraportti viedään hallitukselle tiedoksi.")),
}


def what_of(visitor: Visitor, duty: OpenDuty, wording: Wording) -> str:
    """What is to be done."""
    return WHAT[DutyKind(duty.kind)](visitor, duty, wording)


def reason_of(visitor: Visitor, duty: OpenDuty, wording: Wording) -> str:
    """Why it waits for whoever it waits for."""
    return WHY[DutyKind(duty.kind)](visitor, duty, wording)
