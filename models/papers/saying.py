"""Phrases of the papers in the reader's language. What people wrote is put in as it is and is never a pattern."""

import datetime as dt
from collections.abc import Mapping

from models.days.formats import Language, date_span, date_text, moment
from models.definitions.parts import Text
from models.papers.shortening import clean


def text(fi: str, sv: str, en: str) -> Text:
    """A phrase in the three languages."""
    return Text(fi=fi, sv=sv, en=en)


class Saying:
    """The phrases of a paper in one language, and how that writes dates and hashes."""

    def __init__(
        self, texts: Mapping[str, Text], language: Language, words: Mapping[str, str], *, public: bool = False
    ) -> None:
        self.texts = {**COMMON, **texts}
        self.language = language
        self.words = words
        self.public = public

    def __call__(self, key: str, **facts: object) -> str:
        """The phrase, with its facts put in."""
        phrase = str(self.texts[key].in_(self.language))
        return clean(phrase.format(**{name: str(value) for name, value in facts.items()})) if facts else phrase

    def among(self, kind: str, word: object) -> str:
        """A word of an enumeration: `among("stance", "accept")`."""
        return self(f"{kind}_{word}")

    def theirs(self, commitment: str | None) -> str:
        """A person's own words; where they were covered or are not public, that they are not here."""
        if commitment is None:
            return ""
        if self.public:
            return self("words_not_public")
        said = self.words.get(commitment)
        return self("covered") if said is None else clean(said)

    def day(self, day: dt.date | str) -> str:
        return date_text(dt.date.fromisoformat(day) if isinstance(day, str) else day, self.language)

    def span(self, first: dt.date, last: dt.date) -> str:
        """Two days as a span: 1.–30.4.2027."""
        return date_span(first, last, self.language)

    def at(self, instant: dt.datetime) -> str:
        return moment(instant, self.language)

    def count(self, key: str, number: int) -> str:
        """A phrase for one or for many."""
        return self(f"{key}_one" if number == 1 else f"{key}_many", count=number)


SHORT_HASH = 12

COMMON: Mapping[str, Text] = {
    "draft": text(
        "LUONNOS – valmisteluaineistoa, ei päätös",
        "UTKAST – beredningsmaterial, inte ett beslut",
        "DRAFT – material for preparation, not a decision",
    ),
    "preparation": text("Valmistelua, ei päätös", "Beredning, inte ett beslut", "Preparation, not a decision"),
    "rehearsal": text(
        "HARJOITUS – prosessilla ei ole asettamispäätöstä",
        "ÖVNING – processen saknar beslut om tillsättande",
        "REHEARSAL – the process has no setting-up decision",
    ),
    "covered": text("[peitetty]", "[dold]", "[covered]"),
    "edition": text("{no}. versio, peitetty {day}", "version {no}, dold {day}", "edition {no}, covered {day}"),
    "made_public": text(
        "mukana {day} mennessä julkiseksi tullut",
        "med det som blivit offentligt senast {day}",
        "with what became public by {day}",
    ),
    "public_edition": text("Julkinen versio", "Offentlig version", "Public edition"),
    "page": text("Sivu", "Sida", "Page"),
    "seal": text("tarkiste {hash}", "kontrollsumma {hash}", "hash {hash}"),
    "goes_on": text("Jatkuu kokonaan sivulla", "Fortsätter i sin helhet på sidan", "Continues in full on page"),
    "goes_on_in": text("Jatkuu kokonaan luvussa", "Fortsätter i sin helhet i kapitel", "Continues in full in chapter"),
    "in_package": text(
        "Jatkuu kokonaan vaiheen koosteessa",
        "Fortsätter i sin helhet i fasens sammanställning",
        "Continues in full in the handover package",
    ),
    "more": text("vielä", "ytterligare", "more:"),
    "contents": text("Sisällys", "Innehåll", "Contents"),
    "not_shown": text(
        "Tässä tulosteessa merkki ▯ korvaa merkit, joita fontissa ei ole: {what}. Ne näkyvät HTML- ja Word-versiossa.",
        "I den här utskriften ersätter tecknet ▯ tecken som saknas i typsnittet: {what}. De syns i HTML- och "
        "Word-versionen.",
        "In this print the sign ▯ stands for characters that the typeface lacks: {what}. They show in the HTML and "
        "Word editions.",
    ),
    "logo": text("{name}, tunnus", "{name}, emblem", "{name}, emblem"),
    "matter": text("Asianumero", "Ärendenummer", "Matter number"),
    "setting_up": text("Asettamispäätös", "Beslut om tillsättande", "Setting-up decision"),
    "process": text("Prosessi", "Process", "Process"),
    "phase": text("Vaihe", "Fas", "Phase"),
    "checkpoint": text("Tarkistuspiste", "Kontrollpunkt", "Checkpoint"),
    "round": text("Käsittelykerta", "Behandlingsomgång", "Round"),
    "round_of": text("{round} ({checkpoint})", "{round} ({checkpoint})", "{round} ({checkpoint})"),
    "locked": text("Lukittu", "Låst", "Locked"),
    "outcome": text("Tarkistuspisteen tulos", "Kontrollpunktens resultat", "Outcome of the checkpoint"),
    "outcome_passed": text("etenee", "går vidare", "passes"),
    "outcome_passed_with_conditions": text(
        "etenee edellytyksin", "går vidare med förutsättningar", "passes with conditions"
    ),
    "group": text("Työryhmä", "Arbetsgrupp", "Working group"),
    "tarkiste": text("Tarkiste", "Kontrollsumma", "Hash"),
    "version": text("Versio", "Version", "Version"),
    "output": text("Tuotos", "Resultat", "Output"),
    "file": text("Tiedosto", "Fil", "File"),
    "publicity": text("Julkisuus", "Offentlighet", "Publicity"),
    "publicity_in_preparation": text(
        "luonnos, ei vielä julkinen", "utkast, ännu inte offentligt", "draft, not public yet"
    ),
    "publicity_public": text("julkinen", "offentlig", "public"),
    "publicity_partly_secret": text("osittain salassa pidettävä", "delvis sekretessbelagd", "partly secret"),
    "publicity_secret": text("salassa pidettävä", "sekretessbelagd", "secret"),
    "publicity_internal": text("sisäinen työpaperi", "internt arbetsdokument", "internal working paper"),
    "stance_accept": text("kannatan", "jag understöder", "accept"),
    "stance_accept_with_conditions": text(
        "kannatan, kun seuraava otetaan huomioon", "jag understöder när följande beaktas", "accept with conditions"
    ),
    "stance_object": text("en kannata", "jag understöder inte", "object"),
    "stance_abstain": text("en ota kantaa", "jag tar inte ställning", "abstain"),
    "stance_not_read": text("en ehtinyt perehtyä", "jag hann inte sätta mig in i saken", "not read"),
    "stance_disqualified": text("esteellinen", "jävig", "disqualified"),
    "binds_nobody": text(
        "Työryhmien kannat ovat valmistelua. Ne eivät ole päätöksiä eivätkä sido toimielimiä, eivät myöskään "
        "valtuustoa. Ne eivät korvaa yhteistoimintaa henkilöstön kanssa.",
        "Arbetsgruppernas ståndpunkter är beredning. De är inte beslut och binder inga organ, inte heller "
        "fullmäktige. De ersätter inte samarbetet med personalen.",
        "The working groups' stances are preparation. They are no decisions and bind no body, not even the council. "
        "They do not replace co-operation with the staff.",
    ),
    "without_secret": text(
        "Salassa pidettävä: {paragraph}. Sisältö ei ole tässä asiakirjassa.",
        "Sekretessbelagd: {paragraph}. Innehållet finns inte i det här dokumentet.",
        "Secret: {paragraph}. Its contents are not in this paper.",
    ),
    "without_covered": text("Sisältö on peitetty.", "Innehållet är dolt.", "Its contents have been covered."),
    "without_not_public": text(
        "Ei vielä julkinen. Sisältö on jätetty pois julkisesta versiosta.",
        "Ännu inte offentligt. Innehållet är utelämnat ur den offentliga versionen.",
        "Not public yet. Its contents are left out of the public edition.",
    ),
    "without_no_text": text(
        "Erillinen tiedosto, jota ei voi näyttää tekstinä.",
        "En separat fil som inte kan visas som text.",
        "A separate file that cannot be shown as text.",
    ),
    "words_not_public": text(
        "[ei julkisessa versiossa]", "[inte i den offentliga versionen]", "[not in the public edition]"
    ),
    "left_out": text(
        "Tuotokset, jotka kertovat tästä, on jätetty pois tästä versiosta.",
        "De resultat som berättar om det här är utelämnade ur den här versionen.",
        "The outputs that tell of this are left out of this edition.",
    ),
    "no_paragraph": text("peruste puuttuu", "grund saknas", "no ground given"),
}
"""Phrases that every paper uses."""
