"""The phrases of the meeting document, the interim report and the memo."""

from collections.abc import Mapping

from models.definitions.parts import Text
from models.papers.saying import text
from models.papers.texts_package import TEXTS as OF_THE_PACKAGE

MEETING: Mapping[str, Text] = {
    **OF_THE_PACKAGE,
    "kicker": text("Kokousaineisto", "Mötesmaterial", "Meeting document"),
    "asked": text("Mitä työryhmältä pyydetään", "Vad arbetsgruppen ombeds göra", "What the working group is asked"),
    "asked_say": text(
        "Työryhmän kantaa pyydetään alla lueteltuihin versioihin viimeistään {due}. Kanta annetaan juuri tähän "
        "aineistoon: jos jokin asiakirja muuttuu, siitä kerrotaan ja kanta voidaan pitää tai muuttaa.",
        "Arbetsgruppens ståndpunkt till versionerna nedan önskas senast {due}. Ståndpunkten gäller just detta "
        "material: om något dokument ändras meddelas det, och ståndpunkten kan hållas eller ändras.",
        "The working group is asked for its stance on the versions listed below by {due}. The stance is on exactly "
        "this material: when a document changes, you are told, and may keep or change your stance.",
    ),
    "ways": text(
        "Voit kannattaa esitystä sellaisenaan tai edellytyksin tai olla kannattamatta sitä; perustele silloin. Voit "
        "myös jättää kannan ottamatta, kertoa, ettet ehtinyt perehtyä, tai ilmoittaa olevasi esteellinen.",
        "Du kan understöda förslaget som sådant eller med förutsättningar, eller inte understöda det; motivera då. "
        "Du kan också avstå, säga att du inte hann sätta dig in i saken eller anmäla jäv.",
        "You may accept the proposal as it is or with conditions, or object to it with a reason. You may also "
        "abstain, say that you have not read it, or declare yourself disqualified.",
    ),
    "not_cooperation": text(
        "Kantasi on osa valmistelua. Se ei ole päätös eikä yhteistoimintamenettely.",
        "Din ståndpunkt är en del av beredningen. Den är varken ett beslut eller ett samarbetsförfarande.",
        "Your stance is part of the preparation. It is neither a decision nor staff co-operation.",
    ),
    "groups": text(
        "Työryhmät, joiden kantaa pyydetään", "Arbetsgrupper som tillfrågas", "Working groups that are asked"
    ),
    "read": text("Mitä luetaan", "Vad som läses", "What is read"),
    "before": text("Edellinen versio", "Föregående version", "Version before"),
    "unchanged": text("ei muuttunut", "oförändrad", "unchanged"),
    "changed": text("muuttunut", "ändrad", "changed"),
    "new": text("uusi", "ny", "new"),
    "difference": text("Muutos edelliseen", "Ändring", "Change"),
    "tested": text("Mitä tarkistuspisteessä tarkistetaan", "Vad kontrollpunkten prövar", "What the checkpoint tests"),
    "revised": text(
        "Aineisto on muuttunut käsittelykerran aikana: {output}. {reason}",
        "Materialet har ändrats under behandlingsomgången: {output}. {reason}",
        "The material has changed during the round: {output}. {reason}",
    ),
    "technical": text(
        "Muutos on tekninen korjaus; annetut kannat ovat voimassa.",
        "Ändringen är en teknisk rättelse; givna ståndpunkter gäller.",
        "The change is a technical correction; stances given stand.",
    ),
    "meeting": text("Kokous", "Möte", "Meeting"),
    "returned": text("Miksi käsitellään uudelleen", "Varför ärendet behandlas på nytt", "Why it is handled again"),
    "returned_why": text(
        "Aineisto palautettiin valmisteluun: {reason}",
        "Materialet återremitterades: {reason}",
        "The material was returned to preparation: {reason}",
    ),
    "objection": text("Vastustus", "Invändning", "Objection"),
    "answer": text("Vastaus", "Svar", "Answer"),
    "no_answer": text("Ei vielä vastausta.", "Inget svar ännu.", "No answer yet."),
    "differences": text(
        "Mikä on muuttunut edellisestä käsittelykerrasta",
        "Vad som har ändrats sedan föregående behandlingsomgång",
        "What has changed since the round before",
    ),
    "marks": text(
        "Poistettu on merkitty [-näin-] ja lisätty {+näin+}.",
        "Det som tagits bort är märkt [-så här-] och det som lagts till {+så här+}.",
        "What was taken away is marked [-so-], what was added {+so+}.",
    ),
    "in_table": text("Taulukko", "Tabell", "Table"),
    "what": text("Kohta", "Punkt", "Item"),
    "fate": text("Muutos", "Ändring", "Change"),
    "how": text("Mitä muuttui", "Vad som ändrades", "What changed"),
    "fate_added": text("lisätty", "tillagd", "added"),
    "fate_removed": text("poistettu", "borttagen", "removed"),
    "fate_changed": text("muuttunut", "ändrad", "changed"),
    "codes": text("Edellisten vaiheiden tunnukset", "Beteckningar från tidigare faser", "Codes of earlier phases"),
    "codes_say": text(
        "Tuotoksissa viitataan näihin edellisten vaiheiden riveihin tunnuksella.",
        "Resultaten hänvisar till dessa rader från tidigare faser med beteckning.",
        "The outputs refer to these rows of earlier phases by their codes.",
    ),
    "seals": text("Tarkisteet kokonaan", "Kontrollsummorna i sin helhet", "The hashes in full"),
    "due": text("Kanta viimeistään", "Ståndpunkt senast", "Stance by"),
    "as_of": text("Tilanne", "Läget", "As of"),
    "as_of_say": text(
        "{at}. Tilanteen nyt kertoo tarkistuspisteen sivu.",
        "{at}. Läget just nu finns på kontrollpunktens sida.",
        "{at}. How it is now, the checkpoint page tells.",
    ),
    "sent": text("Toimitettu tarkistuspisteeseen", "Lämnat till kontrollpunkten", "Submitted"),
}

INTERIM: Mapping[str, Text] = {
    **OF_THE_PACKAGE,
    "kicker": text("Väliraportti", "Mellanrapport", "Interim report"),
    "to": text("Tiedoksi", "För kännedom", "For information"),
    "done": text("Missä mennään", "Var processen står", "Where the work stands"),
    "done_say": text(
        "Vaihe {phase} on käynyt läpi tarkistuspisteensä {day}. Tulos: {outcome}. Vaiheita on edennyt {passed}/{all}.",
        "Fasen {phase} passerade sin kontrollpunkt {day}. Resultat: {outcome}. Faser som gått vidare: {passed}/{all}.",
        "The phase {phase} passed its checkpoint on {day}. Outcome: {outcome}. Phases passed: {passed} of {all}.",
    ),
    "all_of_it": text(
        "Koko aineisto on vaiheen koosteessa (tarkiste {hash}).",
        "Allt material finns i fasens sammanställning (kontrollsumma {hash}).",
        "All of it is in the handover package (hash {hash}).",
    ),
    "stances_say": text(
        "{group}: {verdict}. Kannattaa {accept}, ei kannata {object}, ei ota kantaa {abstain}, ei vastannut {silent}.",
        "{group}: {verdict}. För {accept}, emot {object}, avstår {abstain}, svarade inte {silent}.",
        "{group}: {verdict}. Accept {accept}, object {object}, abstain {abstain}, silent {silent}.",
    ),
    "page": text("Sivu", "Sida", "Page"),
}

MEMO: Mapping[str, Text] = {
    "kicker": text("Muistio", "Promemoria", "Memo"),
    "title": text("Tarkistuspisteen kokous: {group}", "Kontrollpunktens möte: {group}", "Checkpoint meeting: {group}"),
    "held": text("Kokouspäivä", "Mötesdag", "Held on"),
    "setting": text("Kokous ja läsnäolo", "Möte och närvaro", "Meeting and attendance"),
    "to_fill": text("[sihteeri täyttää]", "[sekreteraren fyller i]", "[filled in by the secretary]"),
    "place": text("Paikka", "Plats", "Place"),
    "begins": text("Kutsuttu alkamaan", "Kallat till", "Called for"),
    "ended": text("Alkoi ja päättyi", "Började och slutade", "Began and ended"),
    "chair": text("Puheenjohtaja ja sihteeri", "Ordförande och sekreterare", "Chair and secretary"),
    "present": text("Läsnä", "Närvarande", "Present"),
    "present_count": text(
        "{present} / {seats} paikasta, heistä varajäseniä {deputies}; poissa {absent}",
        "{present} av {seats} platser, varav ersättare {deputies}; frånvarande {absent}",
        "{present} of {seats} seats, of them deputies {deputies}; absent {absent}",
    ),
    "disqualified": text("Esteellisiä", "Jäviga", "Disqualified"),
    "later": text(
        "Luvut ovat kokouksessa kirjatut kannat. Kannan voi antaa tai muuttaa vielä kokouksen jälkeen käsittelykerran "
        "loppuun asti, ja vastustuksen voi peruuttaa vastauksen jälkeen. Siksi vaiheen koosteen luvut voivat olla "
        "toiset.",
        "Talen är de ståndpunkter som antecknades på mötet. En ståndpunkt kan ges eller ändras efter mötet så länge "
        "behandlingsomgången pågår, och en invändning kan tas tillbaka efter svaret. Därför kan talen i fasens "
        "sammanställning vara andra.",
        "The figures are the stances recorded in the meeting. A stance can be given or changed after it while the "
        "round is open, and an objection withdrawn after its answer. So the figures of the handover package may be "
        "others.",
    ),
    "approval": text("Muistion hyväksyminen", "Godkännande av promemorian", "Approval of the memo"),
    "approved": text("Hyväksytty", "Godkänd", "Approved"),
    "approved_line": text(
        "pvm ____________   puheenjohtaja ______________________________",
        "datum ____________   ordförande ______________________________",
        "date ____________   chair ______________________________",
    ),
    "about": text("Mistä aineistosta", "Om vilket material", "On which material"),
    "group_stance": text("Työryhmän kanta", "Arbetsgruppens ståndpunkt", "The group's stance"),
    "group_accept": text(
        "Ryhmä puoltaa esitystä.", "Gruppen tillstyrker förslaget.", "The group is in favour of the proposal."
    ),
    "group_accept_with_conditions": text(
        "Ryhmä puoltaa esitystä, kun kirjatut edellytykset otetaan huomioon.",
        "Gruppen tillstyrker förslaget med de antecknade förutsättningarna.",
        "The group is in favour of the proposal with the conditions recorded.",
    ),
    "group_object": text(
        "Ryhmä ei puolla esitystä.",
        "Gruppen tillstyrker inte förslaget.",
        "The group is not in favour of the proposal.",
    ),
    "group_abstain": text("Ryhmä ei ota kantaa.", "Gruppen tar inte ställning.", "The group abstains."),
    "group_not_read": text(
        "Ryhmä ei ehtinyt perehtyä aineistoon.", "Gruppen hann inte läsa materialet.", "The group has not read it."
    ),
    "no_group_stance": text(
        "Ryhmän yhteistä kantaa ei kirjattu; jäsenet vastaavat kukin itse.",
        "Ingen gemensam ståndpunkt antecknades; medlemmarna svarar var för sig.",
        "No common stance was recorded; members answer each for themselves.",
    ),
    "counts": text("Kirjatut kannat", "Antecknade ståndpunkter", "Stances recorded"),
    "stance": text("Kanta", "Ståndpunkt", "Stance"),
    "how_many": text("Kuinka moni", "Antal", "How many"),
    "reasons": text("Perustelut", "Motiveringar", "Reasons"),
    "memo": text("Kokouksen kulku", "Mötets gång", "What happened"),
    "correcting": text("Korjaaminen", "Rättelse", "Corrections"),
    "until": text(
        "Läsnä ollut jäsen voi korjata, mitä hänestä on kirjattu, {until} asti. Sen jälkeen tehty korjaus kirjataan "
        "koosteen rinnalle.",
        "En närvarande medlem kan rätta det som antecknats om hen till och med {until}. Senare rättelser antecknas vid "
        "sidan av sammanställningen.",
        "A member who was present may correct what was recorded of them until {until}. What comes later is recorded "
        "beside the package.",
    ),
    "no_names": text(
        "Muistiossa ei ole jäsenten nimiä. Läsnäolijat on kirjattu valmisteluhistoriaan.",
        "Promemorian innehåller inte medlemmarnas namn. De närvarande finns i beredningshistoriken.",
        "The memo holds no members' names. Who was present is in the record.",
    ),
}
