"""The phrases of the handover package's paper and its front."""

from collections.abc import Mapping

from models.definitions.parts import Text
from models.papers.saying import text

TEXTS: Mapping[str, Text] = {
    "kicker": text("Vaiheen kooste", "Fasens sammanställning", "Handover package"),
    # --- the front
    "proposed": text("Mitä esitetään", "Vad som föreslås", "What is proposed"),
    "see_outputs": text("sisältö on luvussa ”Tuotokset”.", "se kapitlet ”Resultat”.", "see the chapter “Outputs”."),
    "carried": text("Mukana aiemmista vaiheista", "Med från tidigare faser", "Carried along from earlier phases"),
    "changes": text("Mikä muuttuu asukkaille", "Vad som ändras för invånarna", "What changes for residents"),
    "where": text("Missä tai kenelle", "Var eller för vem", "Where or for whom"),
    "service": text("Palvelu", "Tjänst", "Service"),
    "what_changes": text("Mikä muuttuu", "Vad som ändras", "What changes"),
    "no_changes": text(
        "Muutoksia ei ole annettu kylittäin ja palveluittain. Niistä kerrotaan tuotoksissa.",
        "Ändringarna har inte angetts per by och tjänst. De beskrivs i resultaten.",
        "The changes were not given by village and service. The outputs tell of them.",
    ),
    "disagreed": text("Kuka oli eri mieltä", "Vem var av annan mening", "Who disagreed"),
    "groups_met": text(
        "Työryhmistä {met}/{all} puoltaa esitystä.",
        "{met}/{all} arbetsgrupper tillstyrker förslaget.",
        "{met} of {all} working groups are in favour of the proposal.",
    ),
    "stances_where": text(
        "Kannat ryhmittäin: luku ”Työryhmien kannat”.",
        "Ståndpunkterna: kapitlet ”Arbetsgruppernas ståndpunkter”.",
        "Their stances: “The groups' stances”.",
    ),
    "signers": text("Montako", "Antal", "How many"),
    "in_one_line": text("Mitä mieltä", "Vilken mening", "What they say"),
    "nobody": text(
        "Eriäviä mielipiteitä ei ole kirjattu.",
        "Inga avvikande meningar har antecknats.",
        "No dissent stands on record.",
    ),
    "disagree": text("Kuka on eri mieltä", "Vem är av annan mening", "Who disagrees"),
    "groups_so_far": text(
        "Työryhmistä {met}/{all} puoltaa esitystä tähän mennessä.",
        "{met}/{all} arbetsgrupper tillstyrker förslaget hittills.",
        "{met} of {all} working groups are in favour of the proposal so far.",
    ),
    "nobody_so_far": text(
        "Kukaan ei ole tähän mennessä vastustanut esitystä.",
        "Ingen har hittills motsatt sig förslaget.",
        "Nobody has objected so far.",
    ),
    "offered": text("Ehdotettu edellytys: {text}", "Föreslagen förutsättning: {text}", "A condition offered: {text}"),
    "lacking": text("Mikä ei vielä täyty", "Vad som ännu inte uppfylls", "What does not hold yet"),
    "nothing_lacking": text(
        "Kaikki pakolliset asiat täyttyvät.",
        "Alla obligatoriska krav uppfylls.",
        "Everything that must hold holds.",
    ),
    "late": text("jälkikäteen", "i efterhand", "afterwards"),
    "remark": text(
        "Kirjattu kanta korjattu etenemisen jälkeen: {stance}. {reason}",
        "En antecknad ståndpunkt rättad efter att fasen gått vidare: {stance}. {reason}",
        "A recorded stance corrected after the phase had passed: {stance}. {reason}",
    ),
    "waived": text("Mistä on poikettu", "Undantag", "What was waived"),
    "nothing_waived": text(
        "Kaikki pakolliset asiat täyttyivät, mistään ei ole poikettu.",
        "Alla obligatoriska krav uppfylldes, inga undantag gjordes.",
        "Everything that must hold holds; nothing was waived.",
    ),
    "waived_group": text("Ryhmän kanta: {group}", "Gruppens ståndpunkt: {group}", "The group's stance: {group}"),
    "money": text("Eurot ja henkilötyövuodet", "Euro och årsverken", "Euros and person-years"),
    "a_year": text("Vuodessa", "Per år", "A year"),
    "euros_now": text("€ nyt", "€ nu", "€ now"),
    "euros_then": text("€ esitys", "€ förslag", "€ proposed"),
    "euros_change": text("€ muutos", "€ ändring", "€ change"),
    "years_now": text("htv nyt", "årsv. nu", "p-y now"),
    "years_then": text("htv esitys", "årsv. förslag", "p-y proposed"),
    "years_change": text("htv muutos", "årsv. ändring", "p-y change"),
    "sum_line": text(
        "{what}: {euros_now} → {euros_then} € vuodessa ({euros_change} €), {years_now} → {years_then} "
        "henkilötyövuotta ({years_change}).",
        "{what}: {euros_now} → {euros_then} € per år ({euros_change} €), {years_now} → {years_then} årsverken "
        "({years_change}).",
        "{what}: {euros_now} → {euros_then} € a year ({euros_change} €), {years_now} → {years_then} person-years "
        "({years_change}).",
    ),
    "total": text("Yhteensä", "Sammanlagt", "Total"),
    "some_without": text(
        "Luvut puuttuvat osittain tai kokonaan: {count}. Yhteissummassa ovat vain ne, joiden kaikki luvut on annettu.",
        "Siffror saknas helt eller delvis: {count}. Summan omfattar bara dem vars alla siffror har angetts.",
        "Figures are missing in part or wholly: {count}. The total is of those alone whose figures were all given.",
    ),
    "people_one": text("koskee {count} henkilöä", "berör {count} person", "concerns {count} person"),
    "people_many": text("koskee {count} henkilöä", "berör {count} personer", "concerns {count} people"),
    "from_phase": text("Vaiheesta {phase}.", "Ur fasen {phase}.", "From the phase {phase}."),
    "no_money": text(
        "Euroja ja henkilötyövuosia ei ole annettu lukuina, joten niitä ei ole voitu laskea yhteen.",
        "Euro och årsverken har inte angetts i siffror och kan därför inte summeras.",
        "Euros and person-years were not given in figures, so they could not be summed.",
    ),
    "staff": text("Henkilöstö ja yhteistoiminta", "Personalen och samarbetet", "Staff and co-operation"),
    "cooperation_unjudged": text(
        "Yhteistoiminnan tarvetta (laki 449/2007) ei ole vielä arvioitu.",
        "Behovet av samarbete (lag 449/2007) har ännu inte bedömts.",
        "The need for staff co-operation (Act 449/2007) has not been judged yet.",
    ),
    "cooperation_not_needed": text(
        "Yhteistoimintaa (laki 449/2007) ei arvioitu tarvittavan ({day}).",
        "Samarbete (lag 449/2007) bedömdes inte behövas ({day}).",
        "Staff co-operation (Act 449/2007) was judged not to be needed ({day}).",
    ),
    "cooperation_needed": text(
        "Yhteistoiminta (laki 449/2007) tarvitaan, arvioitu {day}.",
        "Samarbete (lag 449/2007) behövs, bedömt {day}.",
        "Staff co-operation (Act 449/2007) is needed, judged {day}.",
    ),
    "cooperation_proposed": text(
        "Neuvotteluesitys annettu {day}.", "Förhandlingsframställning {day}.", "Negotiations proposed {day}."
    ),
    "cooperation_meetings": text("Neuvottelut: {days}.", "Förhandlingar: {days}.", "Negotiations: {days}."),
    "cooperation_not_begun": text(
        "Neuvotteluja ei ole vielä aloitettu.", "Förhandlingarna har inte inletts.", "Negotiations have not begun."
    ),
    "cooperation_ended": text(
        "Yhteistoiminta päättyi {day}.", "Samarbetet avslutades {day}.", "Co-operation ended {day}."
    ),
    "alternatives": text(
        "Vaihtoehdot, myös nykytilan jatkaminen",
        "Alternativen, även att fortsätta som nu",
        "Alternatives, doing nothing included",
    ),
    "alternative": text("Vaihtoehto", "Alternativ", "Alternative"),
    "need": text("Tarve", "Behov", "Need"),
    "euros": text("€ vuodessa", "€ per år", "€ a year"),
    "years": text("htv", "årsv.", "p-y"),
    "chosen": text("Esitetään", "Föreslås", "Proposed"),
    "yes": text("kyllä", "ja", "yes"),
    "as_now": text("nykytila", "som nu", "as now"),
    "why": text("Miksi", "Varför", "Why"),
    "no_alternatives": text(
        "Vaihtoehtoja ei ole annettu taulukkona. Niistä kerrotaan tuotoksissa.",
        "Alternativen har inte angetts i tabellform. De beskrivs i resultaten.",
        "The alternatives were not given as a table. The outputs tell of them.",
    ),
    "no_as_now": text(
        "Nykytilan jatkamista ei ole annettu vaihtoehdoksi.",
        "Att fortsätta som nu har inte angetts som alternativ.",
        "Going on as now was not given as an alternative.",
    ),
    "conditions": text("Edellytykset jatkovalmistelulle", "Förutsättningar för fortsatt beredning", "Conditions"),
    "condition_due": text("{text} (viimeistään {day})", "{text} (senast {day})", "{text} (by {day})"),
    "condition_owed": text(
        "{text} (viimeistään {day}, vastuussa: {who})",
        "{text} (senast {day}, ansvarig: {who})",
        "{text} (by {day}, owner: {who})",
    ),
    "no_conditions": text("Avoimia edellytyksiä ei ole.", "Inga öppna förutsättningar.", "No condition is open."),
    "next": text("Mitä seuraavaksi tapahtuu", "Vad som händer härnäst", "What happens next"),
    "next_phase": text(
        "Seuraavaksi voidaan aloittaa vaihe {phase}, suunniteltu {days}. Sen tarkistuspiste on {due}.",
        "Härnäst kan fasen {phase} inledas, planerad {days}. Dess kontrollpunkt är {due}.",
        "Next the phase {phase} may begin, planned {days}. Its checkpoint is on {due}.",
    ),
    "next_other": text(
        "Seuraava vaihe odottaa, kunnes muutkin sen pohjana olevat vaiheet ovat edenneet.",
        "Nästa fas väntar tills också de andra faser som den bygger på har gått vidare.",
        "The next phase waits until the other phases it builds on have passed too.",
    ),
    "next_bodies": text(
        "Asia etenee toimielinten käsiteltäväksi: {chain}.",
        "Ärendet går till organen för behandling: {chain}.",
        "The matter goes to the bodies: {chain}.",
    ),
    "next_window": text(
        "Päätös on suunniteltu ajalle {days}.",
        "Beslutet är planerat till {days}.",
        "The decision is planned for {days}.",
    ),
    "next_preparation": text(
        "Tarkistuspisteen tulos on valmistelua: siitä ei voi valittaa (kuntalaki 136 §).",
        "Kontrollpunktens resultat är beredning: det kan inte överklagas (kommunallagen 136 §).",
        "The outcome of a checkpoint is preparation: no appeal lies against it (Local Government Act 136 §).",
    ),
    # --- the parts
    "stances": text("Työryhmien kannat", "Arbetsgruppernas ståndpunkter", "The groups' stances"),
    "seats": text("Paikkoja", "Platser", "Seats"),
    "accept": text("Kannattaa", "För", "Accept"),
    "object": text("Ei kannata", "Emot", "Object"),
    "abstain": text("Ei ota kantaa", "Avstår", "Abstain"),
    "not_read": text("Ei ehtinyt lukea", "Hann inte läsa", "Not read"),
    "silent": text("Ei vastannut", "Svarade inte", "Silent"),
    "disqualified": text("Esteellisiä", "Jäviga", "Disqualified"),
    "left": text("Paikka päättynyt", "Lämnat", "Left"),
    "verdict": text("Ryhmän kanta", "Gruppens ståndpunkt", "The group's stance"),
    "settled": text(
        "{group}: {count} ei kannattanut, mutta yksikään vastustus ei ollut enää auki: {how}.",
        "{group}: {count} understödde inte, men ingen invändning var längre öppen: {how}.",
        "{group}: {count} did not accept, but no objection was open any more: {how}.",
    ),
    "no": text("ei", "nej", "no"),
    "counts_only": text(
        "Taulukossa ovat ryhmien kannat lukuina. Jäsenten nimiä ei kerrota; nimi on vain sellaisessa eriävässä "
        "mielipiteessä, jonka allekirjoittaja on itse halunnut näyttää nimensä.",
        "Tabellen visar gruppernas ståndpunkter i antal. Medlemmarnas namn anges inte; ett namn finns bara i en "
        "avvikande mening, om undertecknaren själv har valt att visa det.",
        "The table shows the groups' stances in numbers. Members' names are not given; a name stands only under a "
        "dissent whose signer chose to show it.",
    ),
    "dissents": text("Eriävät mielipiteet", "Avvikande meningar", "Dissents"),
    "dissent_of": text("{number}. {group}, {phase}", "{number}. {group}, {phase}", "{number}. {group}, {phase}"),
    "signed_by": text(
        "Allekirjoittajia {count}, heistä nimensä näyttävät: {names}.",
        "Undertecknare: {count}, varav med namn: {names}.",
        "Signers: {count}, of whom with their name: {names}.",
    ),
    "signed": text("Allekirjoittajia {count}.", "Undertecknare: {count}.", "Signers: {count}."),
    "preparers_reason": text("Valmistelijan perustelu", "Beredarens motivering", "The preparer's reason"),
    "objections": text("Vastustukset ja vastaukset", "Invändningar och svar", "Objections and answers"),
    "objection_of": text("{number}. {group}, {count}", "{number}. {group}, {count}", "{number}. {group}, {count}"),
    "makers_one": text("{count} jäsen", "{count} medlem", "{count} member"),
    "makers_many": text("{count} jäsentä", "{count} medlemmar", "{count} members"),
    "offer": text("Ehdotettu edellytys", "Föreslagen förutsättning", "A condition offered"),
    "answer": text("Vastaus", "Svar", "Answer"),
    "result_changed": text("esitystä muutettu", "förslaget ändrat", "the proposal was changed"),
    "result_unchanged": text("esitystä ei muutettu", "förslaget inte ändrat", "the proposal was not changed"),
    "objection_status": text("Miten päättyi", "Hur det slutade", "How it ended"),
    "status_open": text("avoin", "öppen", "open"),
    "status_withdrawn": text("peruttu", "återkallad", "withdrawn"),
    "status_carried": text("edellytykseksi", "blev en förutsättning", "carried as a condition"),
    "status_dissent": text("kirjattu eriäväksi mielipiteeksi", "antecknad som avvikande mening", "recorded as dissent"),
    "status_returned": text("palautettu valmisteluun", "återremitterad", "returned to preparation"),
    "status_lapsed": text("rauennut", "förfallen", "lapsed"),
    "criteria": text("Tarkistettavat asiat", "Kontrollfrågor", "What the checkpoint tests"),
    "criterion": text("Asia", "Fråga", "Statement"),
    "must": text("Pakollinen", "Obligatorisk", "Must"),
    "holds": text("Täyttyy", "Uppfylld", "Holds"),
    "unknown": text("ei voitu todeta", "kunde inte konstateras", "could not be told"),
    "waiver": text("Poikkeaminen", "Undantag", "Waiver"),
    "heard": text("Kuuleminen ja osallistuminen", "Hörande och delaktighet", "Hearing and participation"),
    "affected": text("Ryhmä, jota muutos koskee", "Grupp som berörs", "Affected group"),
    "opportunity": text("Tilaisuus annettu", "Tillfälle gavs", "Given an opportunity"),
    "was_heard": text("Tuli kuulluksi", "Blev hörd", "Was heard"),
    "effect": text("Mikä muuttui", "Vad som ändrades", "What changed"),
    "statement_from": text("Lausunto: {body}", "Utlåtande: {body}", "Statement: {body}"),
    "statement_given": text(
        "pyydetty {asked}, saatu {given}", "begärt {asked}, fått {given}", "asked {asked}, given {given}"
    ),
    "statement_not_given": text(
        "pyydetty {asked}, määräaika {due}, ei annettu",
        "begärt {asked}, senast {due}, inte avgivet",
        "asked {asked}, due {due}, not given",
    ),
    "hearing_from": text("Kuuleminen {days}", "Hörande {days}", "Hearing {days}"),
    "contributions": text("palautteita {count}", "svar: {count}", "contributions: {count}"),
    "hearing_open": text("kesken", "pågår", "still open"),
    "outputs": text("Tuotokset", "Resultat", "Outputs"),
    "files": text("Tiedostot ja tarkisteet", "Filer och kontrollsummor", "Files and hashes"),
    "files_say": text(
        "Tarkiste yksilöi tiedoston: jos tiedosto muuttuu, tarkiste ei enää täsmää. Se ei ole sähköinen allekirjoitus.",
        "Kontrollsumman identifierar filen: om filen ändras stämmer summan inte längre. Den är ingen elektronisk "
        "signatur.",
        "A hash names a file: when the file changes, the hash no longer fits. It is no electronic signature.",
    ),
    "this_package": text("Tämä kooste", "Den här sammanställningen", "This package"),
    "manifest": text("Kokousaineiston luettelo", "Förteckningen över mötesmaterialet", "Meeting manifest"),
    "previous": text("Edellinen lukittu kooste", "Föregående låsta sammanställning", "The package locked before"),
    "supersedes": text("Korvaa koosteen", "Ersätter sammanställningen", "Supersedes the package"),
    "received": text("Pohjana vaiheen {phase} kooste", "Bygger på fasen {phase}", "Builds on the phase {phase}"),
    "attachment": text("liitetiedosto", "bilaga", "attachment"),
    "stated_by": text("Vastuuvalmistelija", "Ansvarig beredare", "Preparer"),
}
