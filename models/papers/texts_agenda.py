"""The phrases of the agenda item (kokousasian pohja)."""

from collections.abc import Mapping

from models.definitions.parts import Text
from models.papers.saying import text
from models.papers.texts_others import INTERIM

AGENDA: Mapping[str, Text] = {
    **INTERIM,
    "kicker": text("Kokousasian pohja", "Underlag för ärende", "Agenda item"),
    "earlier": text("Aikaisempi käsittely", "Tidigare behandling", "Earlier handling"),
    "earlier_set_up": text(
        "{body} {day} § {section}: asettamispäätös",
        "{body} {day} § {section}: beslut om tillsättande",
        "{body} {day} § {section}: setting-up decision",
    ),
    "earlier_handling": text(
        "{body} {day}{section}: {outcome}", "{body} {day}{section}: {outcome}", "{body} {day}{section}: {outcome}"
    ),
    "nothing_earlier": text("Ei aikaisempaa käsittelyä.", "Ingen tidigare behandling.", "No earlier handling."),
    "handling_approved": text("hyväksytty", "godkänt", "approved"),
    "handling_amended": text("hyväksytty muutettuna", "godkänt med ändringar", "approved as amended"),
    "handling_partly": text("hyväksytty osittain", "delvis godkänt", "approved in part"),
    "handling_returned": text("palautettu valmisteluun", "återremitterat", "returned to preparation"),
    "handling_tabled": text("pantu pöydälle", "bordlagt", "tabled"),
    "handling_rejected": text("hylätty", "förkastat", "rejected"),
    "handling_noted": text("merkitty tiedoksi", "antecknat för kännedom", "noted"),
    "preparer": text("Valmistelija", "Beredare", "Prepared by"),
    "account": text("Selostus", "Redogörelse", "Account"),
    "account_say": text(
        "Vaihe {phase} on käynyt läpi tarkistuspisteensä {day}. Tulos: {outcome}. Työryhmistä {met}/{all} puoltaa "
        "esitystä. Tulos on valmistelua, ei päätös.",
        "Fasen {phase} passerade sin kontrollpunkt {day}. Resultat: {outcome}. {met}/{all} arbetsgrupper tillstyrker "
        "förslaget. Resultatet är beredning, inte ett beslut.",
        "The phase {phase} passed its checkpoint on {day}. Outcome: {outcome}. {met} of {all} working groups are "
        "in favour of the proposal. The outcome is preparation, not a decision.",
    ),
    "dissent_line": text(
        "Eriävä mielipide, {group} ({count}): {text}",
        "Avvikande mening, {group} ({count}): {text}",
        "Dissent, {group} ({count}): {text}",
    ),
    "condition_line": text("Edellytys: {text}", "Förutsättning: {text}", "Condition: {text}"),
    "waived_line": text("Poikettu: {text}", "Undantag: {text}", "Waived: {text}"),
    "impact": text("Vaikutusten arviointi", "Konsekvensbedömning", "Impact assessment"),
    "headed": text("{heading}: {line}", "{heading}: {line}", "{heading}: {line}"),
    "of_money": text("Vaikutukset talouteen", "Ekonomiska konsekvenser", "Effects on the economy"),
    "of_staff": text("Vaikutukset henkilöstöön", "Konsekvenser för personalen", "Effects on staff"),
    "of_services": text(
        "Vaikutukset palveluihin ja asukkaisiin",
        "Konsekvenser för servicen och invånarna",
        "Effects on services and residents",
    ),
    "of_heard": text("Kuuleminen ja sen vaikutus", "Hörande och dess verkan", "Hearing and what came of it"),
    "change_now": text("Nyt: {words}.", "Nu: {words}.", "Now: {words}."),
    "change_then": text("Esitys: {words}.", "Förslag: {words}.", "As proposed: {words}."),
    "change_who": text("Tekijä: {words}.", "Utförare: {words}.", "Done by: {words}."),
    "change_starts": text("Alkaen: {words}.", "Från: {words}.", "From: {words}."),
    "concerned": text(
        "Esitys muuttaa seuraavia: {named}.",
        "Förslaget ändrar följande: {named}.",
        "The proposal changes these: {named}.",
    ),
    "and_more_one": text("ja vielä {count} muu", "och ytterligare {count} annan", "and {count} more"),
    "and_more_many": text("ja vielä {count} muuta", "och ytterligare {count} andra", "and {count} more"),
    "heard_line": text(
        "{group}: tilaisuus tulla kuulluksi {day}. {effect}",
        "{group}: tillfälle att bli hörd {day}. {effect}",
        "{group}: given an opportunity to be heard on {day}. {effect}",
    ),
    "presenter": text("Esittelijä", "Föredragande", "Presented by"),
    "presenter_say": text(
        "[esittelijä täyttää]", "[fylls i av föredraganden]", "[filled in by the presenting officer]"
    ),
    "proposal": text("Päätösehdotus", "Beslutsförslag", "Proposed decision"),
    "proposal_say": text(
        "[Esittelijä kirjoittaa päätösehdotuksen. Etappi ei ehdota päätöstä.]",
        "[Föredraganden skriver beslutsförslaget. Etappi föreslår inget beslut.]",
        "[The presenting officer writes the proposed decision. Etappi proposes none.]",
    ),
    "appendices": text("Liitteet", "Bilagor", "Appendices"),
    "appendix": text(
        "Liite {number}: {name}, versio {no} (tarkiste {hash})",
        "Bilaga {number}: {name}, version {no} (kontrollsumma {hash})",
        "Appendix {number}: {name}, version {no} (hash {hash})",
    ),
    "secret_appendix": text(
        "Liite {number}: {name}, versio {no}, salassa pidettävä ({paragraph})",
        "Bilaga {number}: {name}, version {no}, sekretessbelagd ({paragraph})",
        "Appendix {number}: {name}, version {no}, secret ({paragraph})",
    ),
    "material": text("Oheismateriaali", "Övrigt material", "Supplementary material"),
    "the_package": text(
        "Oheismateriaali: vaiheen kooste {phase} (tarkiste {hash})",
        "Övrigt material: fasens sammanställning {phase} (kontrollsumma {hash})",
        "Supplementary material: handover package {phase} (hash {hash})",
    ),
    "material_file": text(
        "Oheismateriaali: {name} (tarkiste {hash})",
        "Övrigt material: {name} (kontrollsumma {hash})",
        "Supplementary material: {name} (hash {hash})",
    ),
    "secret_file": text(
        "Oheismateriaali: salassa pidettävä tiedosto ({paragraph})",
        "Övrigt material: sekretessbelagd fil ({paragraph})",
        "Supplementary material: a secret file ({paragraph})",
    ),
    "informed": text("Tiedoksi", "För kännedom", "For information"),
    "informed_say": text(
        "{groups} [hallintosihteeri täydentää]",
        "{groups} [kompletteras av förvaltningssekreteraren]",
        "{groups} [completed by the secretary]",
    ),
    "appeal": text("Muutoksenhaku", "Ändringssökande", "Appeal"),
    "appeal_say": text(
        "Valmistelua koskevaan päätökseen ei saa vaatia oikaisua eikä hakea muutosta valittamalla (kuntalaki 136 §). "
        "[hallintosihteeri tarkistaa]",
        "Omprövning får inte begäras och besvär inte anföras över ett beslut som gäller beredning (kommunallagen "
        "136 §). [kontrolleras av förvaltningssekreteraren]",
        "No appeal lies against a decision on preparation (Local Government Act 136 §). [checked by the secretary]",
    ),
    "appeal_council": text(
        "Kun {body} ratkaisee asian, sen päätökseen haetaan muutosta kunnallisvalituksella hallinto-oikeudelta "
        "(kuntalaki 135 §), ja päätökseen liitetään valitusosoitus. [hallintosihteeri tarkistaa]",
        "När {body} avgör ärendet söks ändring genom kommunalbesvär hos förvaltningsdomstolen (kommunallagen 135 §), "
        "och en besvärsanvisning fogas till beslutet. [kontrolleras av förvaltningssekreteraren]",
        "When {body} settles the matter, a municipal appeal against its decision is made to the administrative court "
        "(Local Government Act 135 §), and instructions for it are attached. [checked by the secretary]",
    ),
    "appeal_other": text(
        "Kun {body} ratkaisee asian, sen päätökseen vaaditaan oikaisua (kuntalaki 134 §), ja päätökseen liitetään "
        "oikaisuvaatimusohje. [hallintosihteeri tarkistaa]",
        "När {body} avgör ärendet begärs omprövning av beslutet (kommunallagen 134 §), och anvisningar för det fogas "
        "till beslutet. [kontrolleras av förvaltningssekreteraren]",
        "When {body} settles the matter, a request for revision is made against its decision (Local Government Act "
        "134 §), and instructions for it are attached. [checked by the secretary]",
    ),
}
